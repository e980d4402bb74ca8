"""Which arrivals came in which message."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from formflow.recording import shelf
from formflow.recording.entry import Entry
from formflow.recording.keyed.cipher import as_read
from formflow.recording.tables import arrivals, audit, enclosures


def inside(connection: Connection, message: str) -> tuple[Entry, ...]:
    """The entries of what came in a message, in the order they were recorded; `message` is its id."""
    query = (
        select(arrivals).join(enclosures, enclosures.c.arrival == arrivals.c.id).where(enclosures.c.message == message)
    )
    found = [shelf.entry_of(row) for row in as_read(connection, arrivals, connection.execute(query).mappings())]
    if len(found) < 2:
        return tuple(found)
    lines = select(audit.c.subject, func.min(audit.c.seq)).where(audit.c.subject.in_([one.arrival for one in found]))
    order = {row[0]: row[1] for row in connection.execute(lines.group_by(audit.c.subject))}
    return tuple(sorted(found, key=lambda entry: order[entry.arrival]))


def came_in(connection: Connection, arrival_id: str) -> str:
    """The id of the message an arrival came in; empty for a file that was dropped by itself."""
    return str(connection.scalar(select(enclosures.c.message).where(enclosures.c.arrival == arrival_id)) or "")


def known_message(connection: Connection, sha256: str) -> Entry | None:
    """What was taken from a message with exactly these bytes, if nothing in it was returned; None otherwise."""
    query = select(arrivals.c.id).where(arrivals.c.sha256 == sha256, arrivals.c.outcome == "opened")
    for message in connection.scalars(query.order_by(arrivals.c.received.desc())).all():
        held = inside(connection, message)
        if held and all(entry.outcome != "returned" for entry in held):
            return next((entry for entry in held if entry.case_ref), None)
    return None
