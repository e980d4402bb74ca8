"""Signs of life: when each inbox was last looked through, and whether a watch is at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import Engine, Table, insert, inspect, select, update

from formflow.recording.store import Store
from formflow.recording.tables import inboxes, watches


@dataclass(frozen=True, slots=True)
class Inspected:
    """How an inbox was found."""

    name: str
    path: str
    mark: str = ""
    """The id that its mark file holds; empty where none could be written."""
    looked: str = ""
    """ISO time of the last look that succeeded."""
    by: str = ""
    """The machine that looked."""
    reason: str = ""
    """A word for programs why it cannot be looked at now: `offline`, `other-share`, `looked-after`; empty if it can."""
    says: str = field(default="", repr=False)
    """The same for a person."""


@dataclass(frozen=True, slots=True)
class Watching:
    """The last sign of life of a watch."""

    host: str
    at: str
    """ISO time."""
    ended: str = ""
    """ISO time when it was told to stop; empty while it is at work, or when it ended otherwise."""


class Signs:
    """The signs that a register holds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def inboxes(self) -> Mapping[str, Inspected]:
        """How each inbox was found last, by its name."""
        return {row["name"]: Inspected(**row) for row in _rows(self._store.engine, inboxes)}

    def watches(self) -> tuple[Watching, ...]:
        """The watch of each machine."""
        return tuple(Watching(**row) for row in _rows(self._store.engine, watches))

    def inspected(self, found: Inspected) -> None:
        """Write down how an inbox was found."""
        self._put(inboxes, "name", asdict(found))

    def alive(self, sign: Watching) -> None:
        """Write down that a watch is at work, or was told to stop."""
        self._put(watches, "host", asdict(sign))

    def _put(self, table: Table, key: str, row: Mapping[str, str]) -> None:
        with self._store.writing() as connection:
            there = connection.execute(update(table).where(table.c[key] == row[key]).values(**row))
            if not there.rowcount:
                connection.execute(insert(table).values(**row))


def _rows(engine: Engine, table: Table) -> list[dict[str, str]]:
    if not inspect(engine).has_table(table.name):
        return []
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]
