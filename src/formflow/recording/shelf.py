"""Between the nouns and their rows: entries, submissions and decisions as the tables hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import URL, Engine, RowMapping, create_engine, event, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from formflow.deciding.decision import Decision
from formflow.errors import NotVerified, Stop
from formflow.inbox.arrival import Arrival
from formflow.recording.entry import Entry, Outcome
from formflow.recording.tables import SCHEMA, metadata, schema
from formflow.validating.submission import Submission

DATABASE = "formflow.sqlite"

_DECISION = TypeAdapter(Decision)


def open_engine(database: Path | None) -> Engine:
    """The database at a path, with its tables; with None an empty one in memory. Raises `Stop` for a newer one."""
    if database is not None and not database.exists():
        database.touch(mode=0o600)
    # Put together, not written as an address: a folder's name may hold ? or %.
    engine = create_engine(URL.create("sqlite", database=str(database) if database else None))
    event.listen(engine, "connect", _prepare)
    try:
        version = _version(engine)
    except OperationalError:
        raise  # locked, or no room on the disk: not the register's fault
    except DatabaseError as fault:
        raise NotVerified(
            f"The register ({database}) is damaged and cannot be read. Nothing was taken or changed; forms wait in the "
            "inbox. Put back the last backup of the whole register folder, or ask whoever looks after formflow."
        ) from fault
    if version > SCHEMA:
        raise Stop("This register was made by a newer formflow. Install that version, or a newer one, to use it.")
    return engine


def _version(engine: Engine) -> int:
    if not inspect(engine).has_table("schema"):
        metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(schema).values(version=SCHEMA))
    with engine.connect() as connection:
        return connection.scalar(select(schema.c.version)) or 0


def bring_up_to_date(engine: Engine) -> None:
    """Add the tables that a register of an older formflow does not have yet; what it holds stays as it is."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(update(schema).values(version=SCHEMA))


def _prepare(connection: Any, record: object) -> None:
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {setting}")


def new_entry(arrival_id: str, arrival: Arrival, shown_name: str, outcome: str, more: Mapping[str, object]) -> Entry:
    """An entry for a form that opens no case."""
    return Entry(
        arrival_id,
        arrival.sha256,
        arrival.received,
        shown_name,
        cast("Outcome", outcome),
        str(more.get("reason", "")),
        str(more.get("case_ref", "")),
        cast("int", more.get("version", 0)),
        0,
        cast("tuple[str, ...]", more.get("problems", ())),
    )


def row_of(entry: Entry) -> dict[str, object]:
    """An entry as its row."""
    return {
        "id": entry.arrival,
        "sha256": entry.sha256,
        "received": entry.received.isoformat(),
        "shown_name": entry.shown_name,
        "outcome": entry.outcome,
        "reason": entry.reason,
        "case_ref": entry.case_ref,
        "version": entry.version,
        "questions": entry.questions,
        "problems": json.dumps(entry.problems, ensure_ascii=False),
    }


def entry_of(row: RowMapping) -> Entry:
    """A row as its entry."""
    return Entry(
        row["id"],
        row["sha256"],
        datetime.fromisoformat(row["received"]),
        row["shown_name"],
        row["outcome"],
        row["reason"],
        row["case_ref"],
        row["version"],
        row["questions"],
        tuple(json.loads(row["problems"])),
    )


def submission_json(submission: Submission) -> str:
    """A submission as text that reads back exactly."""
    return submission.model_dump_json()


def decision_json(decision: Decision) -> str:
    """A decision as text that reads back exactly."""
    return _DECISION.dump_json(decision).decode("utf-8")


def decision_of(text: str) -> Decision:
    """A decision from its text."""
    return _DECISION.validate_json(text)
