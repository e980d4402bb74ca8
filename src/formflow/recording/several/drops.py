"""Files on their way from the inbox to their case, as rows of the database that several machines share."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, Engine, RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import insert

from formflow.inbox.arrival import Arrival, arrival_id
from formflow.recording.keyed.sealed import seal, unseal
from formflow.recording.several.laid import laid, taken_away, waits
from formflow.recording.several.shared import drops, originals

Then = Callable[[Connection], object]
"""What is done in the same transaction: mostly that a job is put in the queue."""

FINISHED = ("done", "let go")
"""States of a file that needs nothing more: brought to its place, or left where it lies after a fault."""
_OPEN = ("new", "read")
_PREPARED = "prepared"
_WIPED = {"name": "", "prepared": "", "says": ""}


@dataclass(frozen=True, slots=True)
class Drop:
    """One file on its way."""

    id: int
    name: str = field(repr=False)
    """Its inbox and where it lies in it; it can hold a child's name."""
    suffix: str
    sha256: str
    received: datetime
    state: str
    """`new`, `read`, `recorded`, `done`; `fault` when formflow met something it did not expect, `let go` after that."""
    prepared: str = field(repr=False)
    """What was read in it, or why it goes back."""
    entry: str
    """The arrival it was recorded as."""

    def arrival(self, inboxes: Mapping[str, Path], content: bytes) -> Arrival:
        """The file as an arrival in the inboxes, by their names, as this machine sees them."""
        inbox, *inside = PurePosixPath(self.name).parts
        path = inboxes[inbox].joinpath(*inside)
        return Arrival(arrival_id(self.received, self.sha256), path, self.sha256, self.received, content)


def mark_of(name: str, arrival: Arrival, changed: int) -> str:
    """What tells a file from every other one that lies or lay there: its name, its bytes and when they changed."""
    inbox = PurePosixPath(name).parts[0]
    told = f"{name}\n{arrival.sha256}\n{changed}".encode("utf-8", "surrogatepass")
    return f"{inbox}:{hashlib.sha256(told).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Drops:
    """The rows."""

    engine: Engine = field(repr=False)
    key: bytes = field(default=b"", repr=False)
    """What originals and what was read are encrypted with; empty where they are not."""

    def lay(
        self, name: str, arrival: Arrival, changed: int, still_there: Callable[[], bool], then: Callable[..., object]
    ) -> int | None:
        """Take a file in, with its bytes; None when it is known already, or has left the inbox meanwhile.

        `then` is called with the connection and the number of the row, in the same transaction. Two that take one file
        at once get one row: whoever comes second finds the first one's, or finds that the file is gone.
        """
        with self._writing() as connection, connection.begin() as whole:
            row = {
                "mark": mark_of(name, arrival, changed), "name": name, "suffix": arrival.suffix, "state": "new",
                "sha256": arrival.sha256, "received": arrival.received.isoformat(),
            }  # fmt: skip
            added = insert(drops).values(**row).on_conflict_do_nothing().returning(drops.c.id)
            number = connection.scalar(added)
            if number is None or not still_there():
                whole.rollback()
                return None
            kept = {"sha256": arrival.sha256, "content": seal(self.key, arrival.sha256, arrival.content)}
            connection.execute(insert(originals).values(**kept).on_conflict_do_nothing())
            laid(connection, name, (len(arrival.content), changed), arrival.received)
            then(connection, int(number))
            return int(number)

    def get(self, number: int) -> Drop | None:
        """One of them."""
        return self._first(drops.c.id == number)

    def first_open(self) -> Drop | None:
        """The one that is to be recorded next: forms are recorded in the order they were dropped."""
        return self._first(drops.c.state.in_(_OPEN))

    def claimed(self, entry: str, but: int) -> bool:
        """Whether another file than `but` was recorded as this arrival."""
        query = select(drops.c.id).where(drops.c.entry == entry, drops.c.id != but)
        with self.engine.connect() as connection:
            return connection.scalar(query) is not None

    def read(self, number: int, prepared: str, then: Then) -> None:
        """Keep what was read in a file."""
        if self.key and prepared:
            prepared = b64encode(seal(self.key, _PREPARED, prepared.encode("utf-8", "surrogatepass"))).decode()
        self._change(number, ("new",), {"state": "read", "prepared": prepared}, then)

    def recorded(self, number: int, entry: str, then: Then) -> None:
        """Note as what a file was recorded."""
        self._change(number, _OPEN, {"state": "recorded", "entry": entry, "prepared": ""}, then)

    def done(self, number: int, then: Then) -> None:
        """Note that a file is in its place; its name and what was read in it are forgotten."""

        def and_then(connection: Connection) -> None:
            entry = connection.scalar(select(drops.c.entry).where(drops.c.id == number))
            taken_away(connection, str(entry))
            then(connection)

        self._change(number, ("recorded",), {**_WIPED, "state": "done", "mark": f"{number} done"}, and_then)

    def fault(self, number: int, says: str, then: Then) -> None:
        """Note that formflow met something it did not expect; the file stays where it is, and the others go on."""

        def and_then(connection: Connection) -> None:
            name = connection.scalar(select(drops.c.name).where(drops.c.id == number))
            waits(connection, str(name), "fault", says)
            then(connection)

        self._change(number, _OPEN, {"state": "fault", "says": says, "prepared": ""}, and_then)

    def let_go(self) -> int:
        """Forget the faults there were, so that the files they befell are taken again; gives how many."""
        change = {**_WIPED, "state": "let go", "mark": func.concat(drops.c.id, " let go")}
        with self._writing() as connection, connection.begin():
            return connection.execute(update(drops).where(drops.c.state == "fault").values(**change)).rowcount

    def waiting(self) -> int:
        """How many are on their way."""
        query = select(func.count()).select_from(drops).where(drops.c.state.not_in((*FINISHED, "fault")))
        with self.engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def states(self, numbers: list[int]) -> dict[int, tuple[str, str, str]]:
        """For each of these its state, the arrival it was recorded as, and what is to be said of it."""
        query = select(drops.c.id, drops.c.state, drops.c.entry, drops.c.says).where(drops.c.id.in_(numbers))
        with self.engine.connect() as connection:
            return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}

    def _first(self, where: object) -> Drop | None:
        with self.engine.connect() as connection:
            query = select(drops).where(where).order_by(drops.c.id).limit(1)  # type: ignore[arg-type]  # a condition
            row = connection.execute(query).mappings().first()
        return self._drop(row) if row else None

    def _change(self, number: int, before: tuple[str, ...], values: dict[str, str], then: Then) -> None:
        """Change a row that is in one of these states; one that another worker brought further is left as it is."""
        with self._writing() as connection, connection.begin():
            query = update(drops).where(drops.c.id == number, drops.c.state.in_(before)).values(**values)
            connection.execute(query)
            then(connection)

    def _drop(self, row: RowMapping) -> Drop:
        prepared = str(row["prepared"])
        if self.key and prepared:
            prepared = unseal(self.key, _PREPARED, b64decode(prepared)).decode("utf-8", "surrogatepass")
        return Drop(
            row["id"], row["name"], row["suffix"], row["sha256"], datetime.fromisoformat(row["received"]), row["state"],
            prepared, row["entry"],
        )  # fmt: skip

    def _writing(self) -> Connection:
        return self.engine.connect().execution_options(isolation_level="READ COMMITTED")
