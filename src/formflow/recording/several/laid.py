"""The ledger where several machines share a register: kept in the database alone, as no machine sees all of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from formflow.recording.sighting import IN_HAND
from formflow.recording.tables import sightings


def laid(connection: Connection, name: str, mark: tuple[int, int], at: datetime) -> None:
    """Note a file that was taken in: `name` is its inbox and where it lies in it, `mark` its size and time of change.

    One that is taken in again after a fault is the same file.
    """
    size, changed = mark
    inbox, path = _parts(name)
    seen = {"size": size, "changed": changed, "state": "arriving", "reason": "", "says": ""}
    before = connection.execute(_in_hand(name)).first()
    if before is not None:
        connection.execute(update(sightings).where(sightings.c.id == before[0]).values(**seen))
        return
    row = {"inbox": inbox, "path": path, "first_seen": at.isoformat(timespec="seconds"), "attempts": 0, "next_try": ""}
    connection.execute(insert(sightings).values(**row, **seen, arrival=""))


def lying(connection: Connection, name: str) -> RowMapping | None:
    """What is written down of a file that is in hand."""
    return connection.execute(_in_hand(name)).mappings().first()


def waits(connection: Connection, name: str, reason: str, says: str) -> None:
    """Note why a file waits."""
    before = connection.execute(_in_hand(name)).first()
    if before is not None:
        values = {"state": "waiting", "reason": reason, "says": says}
        connection.execute(update(sightings).where(sightings.c.id == before[0]).values(**values))


def taken_away(connection: Connection, arrival: str) -> None:
    """Note that the file of an arrival lies in its inbox no more; its name is forgotten."""
    connection.execute(update(sightings).where(sightings.c.arrival == arrival).values(path=""))


def _in_hand(name: str) -> Select[Any]:
    inbox, path = _parts(name)
    query = select(sightings).where(sightings.c.inbox == inbox, sightings.c.path == path)
    return query.where(sightings.c.state.in_(IN_HAND)).order_by(sightings.c.id).limit(1)


def _parts(name: str) -> tuple[str, str]:
    inbox, *inside = PurePosixPath(name).parts
    return inbox, "/".join(inside)
