"""The ledger: every file that was ever seen in an inbox, so that none can be forgotten and what is seen can be counted.

It is work in hand and no record: its rows change, and the audit chain does not cover them. What lies in an inbox now is
held in memory; the database is written to only when something changes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, RowMapping, insert, literal, select, update
from sqlalchemy.exc import SQLAlchemyError

from formflow.inbox.arrival import Arrival
from formflow.inbox.sweep import Left, Look, Mark
from formflow.recording.entry import Entry
from formflow.recording.several.laid import lying
from formflow.recording.sighting import IN_HAND, RECORDED, Sighting, State
from formflow.recording.store import Store
from formflow.recording.tables import arrivals, enclosures, sightings

_BEFORE = "before"
"""The inbox of what was recorded before there was a ledger."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a sighting, once the transaction that records it is whole."""

    sighting: Sighting
    after: Sighting


class Ledger:
    """The sightings of a register."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._rows: dict[str, Sighting] = {}
        """By full path: whatever lies in an inbox."""
        self._dirty: dict[int, Sighting] = {}
        self._roots: dict[str, Path] = {}
        self._looks: dict[str, Look] = {}
        """The last look through each inbox: where nothing changed, nothing need be gone through."""
        self._lock = threading.RLock()

    def enter(self, inbox: str, root: Path) -> None:
        """Begin to keep an inbox that lies at `root`: what was written down of it is read once."""
        with self._lock:
            if self._roots.get(inbox) == root:
                return
            self._roots[inbox] = root
            query = select(sightings).where(sightings.c.inbox == inbox, sightings.c.path != "")
            with self._store.engine.connect() as connection:
                for row in connection.execute(query).mappings():
                    self._rows[str(root / row["path"])] = sighting_of(row)

    def see(self, inbox: str, look: Look) -> None:
        """Hold a look through an inbox against what is known of it: what is new, what changed, what is gone."""
        with self._lock:
            if self._looks.get(inbox) != look:
                now = time.monotonic()
                for path, mark in look.marks.items():
                    row = self._rows.get(path) or self._oddly_named(path)
                    if row is None:
                        self._new(inbox, path, mark, now)
                    elif row.mark != mark:
                        self._changed(inbox, path, row, mark, now)
                for left in look.left:
                    self._left(inbox, left, now)
                self._missing(inbox, look)
                self._looks[inbox] = look
            self.flush()

    def in_hand(self, inbox: str) -> list[tuple[Path, Sighting]]:
        """What lies in an inbox and is to be taken, with its full path; what changed first, first."""
        return self._chosen(inbox, lambda row: row.state in IN_HAND)

    def untidy(self, inbox: str, most: int) -> list[tuple[Path, Sighting]]:
        """What was recorded and lies in the inbox still: at most so many of them, as thousands may."""
        with self._lock:
            rows = (pair for pair in self._rows.items() if pair[1].inbox == inbox and pair[1].state in RECORDED)
            return [(Path(path), row) for path, row in islice((pair for pair in rows if not pair[1].attempts), most)]

    def cannot_tidy(self, inbox: str, says: str) -> None:
        """Note of everything that was recorded and lies in the inbox still that it may not be moved."""
        with self._lock:
            for row in self._rows.values():
                if row.inbox == inbox and row.state in RECORDED and row.reason != "cannot-tidy" and not row.attempts:
                    self.change(row, reason="cannot-tidy", says=says)

    def _chosen(self, inbox: str, wanted: Callable[[Sighting], bool]) -> list[tuple[Path, Sighting]]:
        with self._lock:
            rows = [(Path(path), row) for path, row in self._rows.items() if row.inbox == inbox and wanted(row)]
        return sorted(rows, key=lambda pair: (pair[1].mark.changed, pair[0].name))

    def of(self, path: Path) -> Sighting | None:
        """What is known of the file that lies at a path."""
        return self._rows.get(str(path))

    def where(self, arrival_id: str) -> Path | None:
        """Where the file of an arrival lies, if it still lies in an inbox."""
        with self._lock:
            found = (path for path, row in self._rows.items() if row.arrival == arrival_id)
            return next((Path(path) for path in found), None)

    def knows(self, arrival_id: str) -> bool:
        """Whether an arrival was seen in an inbox before it was recorded: not one from before there was a ledger."""
        query = select(sightings.c.id).where(sightings.c.arrival == arrival_id, sightings.c.inbox != _BEFORE)
        with self._store.engine.connect() as connection:
            return connection.scalar(query) is not None

    def may_be(self, path: Path, arrival_id: str) -> bool:
        """Whether the file at a path may be the one of an arrival: not if that one is known to lie elsewhere."""
        lies = self.where(arrival_id)
        return lies is None or lies == path

    def change(self, row: Sighting, **values: object) -> None:
        """Change a sighting; it is written down at the next `flush`."""
        with self._lock:
            for name, value in values.items():
                setattr(row, name, value)
            self._dirty[id(row)] = row

    def leave(self, path: Path, **values: object) -> None:
        """Note that a file lies in the inbox no more; its name is forgotten."""
        with self._lock:
            row = self._rows.pop(str(path), None)
            if row is not None:
                self._looks.pop(row.inbox, None)
                self.change(row, path="", **values)

    def come_back(self, arrival_id: str, path: Path) -> None:
        """Note that a file that was set aside lies in the inbox again, to be tried anew."""
        query = select(sightings).where(sightings.c.arrival == arrival_id, sightings.c.state == "set aside")
        with self._lock, self._store.engine.connect() as connection:
            found = connection.execute(query).mappings().first()
            if found is None:
                return
            self.leave(path)
            row = self._rows[str(path)] = sighting_of(found)
            self.change(row, path=self._key(row.inbox, str(path)), state="arriving", attempts=0, arrival="", reason="",
                        says="", next_try="", due=0.0)  # fmt: skip

    def flush(self) -> bool:
        """Write down what changed, in one transaction; what cannot be written now is written next time."""
        with self._lock:
            if not self._dirty:
                return True
            new = [row for row in self._dirty.values() if not row.id]
            try:
                with self._store.writing() as connection:
                    numbers = [_write(connection, row) for row in new]
                    for row in self._dirty.values():
                        if row.id:
                            _write(connection, row)
            except (SQLAlchemyError, OSError):  # no room on the disk, or the database is away
                return False
            for row, number in zip(new, numbers, strict=True):
                row.id = number
            self._dirty.clear()
            return True

    def record(self, connection: Connection, arrival: Arrival, entry: Entry) -> Recorded | None:
        """Write down what became of the file of an arrival, within the transaction that records the arrival."""
        with self._lock:
            row = None if arrival.message else self._lying(connection, arrival.path)
            if row is None:
                return None
            outcome: State = "duplicate" if entry.outcome == "enclosed" else entry.outcome
            after = replace(row, state=outcome, arrival=entry.arrival, attempts=0, next_try="", reason="", says="")
            after.id = _write(connection, after)
            return Recorded(row, after)

    def _lying(self, connection: Connection, path: Path) -> Sighting | None:
        if self._store.alone:
            return self._rows.get(str(path))
        inbox = next((name for name, root in self._roots.items() if path.is_relative_to(root)), None)
        found = lying(connection, f"{inbox}/{self._key(inbox, str(path))}") if inbox else None
        return sighting_of(found) if found else None

    def name(self, inbox: str, root: Path) -> None:
        """Say where an inbox lies whose files other machines may look after."""
        self._roots[inbox] = root

    def became(self, recorded: Recorded) -> None:
        """The transaction is whole."""
        with self._lock:
            row, after = recorded.sighting, recorded.after
            row.state, row.arrival, row.id = after.state, after.arrival, after.id
            row.attempts, row.next_try, row.reason, row.says, row.due = 0, "", "", "", 0.0
            self._dirty.pop(id(row), None)

    def begin(self) -> None:
        """Of what was recorded before there was a ledger, make the sightings that it must have been."""
        with self._store.writing() as connection:
            if connection.scalar(select(sightings.c.id).limit(1)) is not None:
                return
            inside = select(enclosures.c.arrival)
            before = select(
                literal(_BEFORE), literal(""), literal(0), literal(0), arrivals.c.received, arrivals.c.outcome,
                literal(0), literal(""), literal(""), literal(""), arrivals.c.id,
            ).where(arrivals.c.id.not_in(inside))  # fmt: skip
            names = [column.name for column in sightings.c if column.name != "id"]
            connection.execute(insert(sightings).from_select(names, before))

    def _new(self, inbox: str, path: str, mark: Mark, now: float) -> Sighting:
        at = self._clock().isoformat(timespec="seconds")
        row = Sighting(inbox, self._key(inbox, path), mark, at, since=now)
        self._rows[path] = row
        self._dirty[id(row)] = row
        return row

    def _changed(self, inbox: str, path: str, row: Sighting, mark: Mark, now: float) -> None:
        if row.state in RECORDED:  # another file under the name of one that was recorded
            self.leave(Path(path))
            self._new(inbox, path, mark, now)
            return
        row.mark, row.since, row.due = mark, now, 0.0  # it grows, or was mended: from the beginning
        if row.state != "arriving" or row.attempts:
            self.change(row, state="arriving", attempts=0, next_try="", reason="", says="")

    def _left(self, inbox: str, left: Left, now: float) -> None:
        path = str(left.path)
        row = self._rows.get(path) or self._oddly_named(path) or self._new(inbox, path, Mark(0, 0), now)
        if (row.state, row.reason) != ("left", left.reason) and row.state not in RECORDED:
            self.change(row, state="left", reason=left.reason, says=left.says)

    def _missing(self, inbox: str, look: Look) -> None:
        left = {str(one.path) for one in look.left}
        closed = [one.path for one in look.left if one.reason == "no-permission"]
        missing = (path for path, row in self._rows.items() if row.inbox == inbox and path not in look.marks)
        for path in [path for path in missing if path not in left]:
            if any(Path(path).is_relative_to(folder) for folder in closed):
                continue  # behind a door that was shut, not gone
            state = self._rows[path].state
            gone = {"state": "gone"} if state in IN_HAND else {}
            self.leave(Path(path), next_try="", says="", **gone, **({} if state == "left" else {"reason": ""}))

    def _oddly_named(self, path: str) -> Sighting | None:
        """A row that was read back under what could be written of a name that is no text."""
        row = self._rows.pop(_text(path), None) if _text(path) != path else None
        if row is not None:
            self._rows[path] = row
        return row

    def _key(self, inbox: str, path: str) -> str:
        return _text(Path(path).relative_to(self._roots[inbox]).as_posix())


def _write(connection: Connection, row: Sighting) -> int:
    if row.id:
        connection.execute(update(sightings).where(sightings.c.id == row.id).values(**row.row()))
        return row.id
    key = connection.execute(insert(sightings).values(**row.row())).inserted_primary_key
    assert key is not None  # noqa: S101 - SQLAlchemy gives one for every single row
    return int(key[0])


def sighting_of(row: RowMapping) -> Sighting:
    """A row as its sighting."""
    held = {name: value for name, value in row.items() if name not in ("size", "changed")}
    return Sighting(mark=Mark(row["size"], row["changed"]), since=time.monotonic(), **held)


def _text(name: str) -> str:
    """A name as text that can be written down, also where it is no text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode()
    return name
