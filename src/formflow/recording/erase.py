"""Taking a case out of the register: which rows and originals are its own, and the line that says they were erased."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, or_, select

from formflow.errors import Stop
from formflow.recording import acts
from formflow.recording.keyed.cipher import as_read
from formflow.recording.register import Register
from formflow.recording.tables import (
    arrivals,
    cases,
    conflicts,
    decisions,
    enclosures,
    filings,
    note_sources,
    notes,
    papers,
    sightings,
    submissions,
)

_JOURNAL = "erasing.json"
"""In the folder of the register while a case is being erased: what is to be taken away, and from where."""
_NUMBERED = (notes, conflicts, papers)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is taken away with a case. It names no child."""

    ref: str
    since: str
    """When its first form came, as ISO text."""
    arrivals: tuple[str, ...]
    originals: tuple[str, ...]
    """The fingerprints of those that no other case uses."""
    returned: tuple[str, ...] = ()
    """The arrivals that were returned to their sender and go with it."""
    shared: tuple[tuple[str, str, str, str], ...] = ()
    """Messages that also hold forms of another case and stay: id, fingerprint, ending, the other case."""

    def keep(self, folder: Path) -> None:
        """Write it down before anything is taken away, so that an interruption can be gone on from."""
        beside = folder / f".{_JOURNAL}.tmp"
        beside.write_text(json.dumps(asdict(self)), encoding="utf-8")
        beside.replace(folder / _JOURNAL)

    @staticmethod
    def kept(folder: Path) -> Plan | None:
        """What was written down of an erasure that is not finished; None where there is none."""
        try:
            told = json.loads((folder / _JOURNAL).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        shared = tuple((str(a), str(b), str(c), str(d)) for a, b, c, d in told["shared"])
        own, originals, returned = (tuple(map(str, told[name])) for name in ("arrivals", "originals", "returned"))
        return Plan(str(told["ref"]), str(told["since"]), own, originals, returned, shared)

    @staticmethod
    def drop(folder: Path) -> None:
        """Forget it: everything is taken away."""
        (folder / _JOURNAL).unlink(missing_ok=True)


def plan_of(connection: Connection, ref: str, also: Sequence[str] = ()) -> Plan:
    """What is to be taken away with a case; `also` names arrivals that were returned and belong to it.

    Raises `Stop` for one of `also` that was not returned.
    """
    query = select(arrivals.c.id, arrivals.c.sha256, arrivals.c.outcome, arrivals.c.case_ref, arrivals.c.received)
    every = {str(row.id): row for row in connection.execute(query)}
    for one in also:
        if one not in every or every[one].outcome != "returned":
            raise Stop(f'"{one}" is no form that was returned; its name is that of its folder in outbox/returned.')
    own = {key for key, row in every.items() if row.case_ref == ref} | set(also)
    prints = {str(every[key].sha256) for key in own}
    own |= {key for key, row in every.items() if row.sha256 in prints and not row.case_ref}
    shared: list[tuple[str, str, str, str]] = []
    for message, inside in _messages(connection, own).items():
        others = [str(every[key].case_ref) for key in inside if every[key].case_ref not in ("", ref)]
        if others:
            shared.append((message, str(every[message].sha256), "", others[0]))
        else:
            own |= {message, *inside}
    own -= {message for message, *_ in shared}
    left = {str(row.sha256) for key, row in every.items() if key not in own}
    return Plan(
        ref,
        min((str(every[key].received) for key in own), default=""),
        tuple(sorted(own)),
        tuple(sorted({str(every[key].sha256) for key in own} - left)),
        tuple(sorted(key for key in own if every[key].outcome == "returned")),
        tuple(_with_endings(connection, shared)),
    )


def erase_rows(register: Register, plan: Plan, why: Mapping[str, object]) -> int:
    """Take the rows away in one transaction, with the line that names them; gives how many, and none when done again.

    `why` is told in that line: the reason, and by whom.
    """
    with register.rewriting() as recording:
        connection = recording.connection
        if connection.scalar(select(cases.c.ref).where(cases.c.ref == plan.ref)) is None:
            return 0
        taken = list(_rows(connection, plan))
        used = list(_used_up(connection, taken))
        for table, key in taken:
            own = next(iter(table.primary_key.columns))
            connection.execute(delete(table).where(own == key))
        connection.execute(delete(sightings).where(sightings.c.arrival.in_(plan.arrivals)))  # so that counts balance
        told = {**why, "rows": sorted(f"{table.name}/{key}" for table, key in taken)}
        rows = [acts.row_of(acts.ERASED, plan.ref, told, recording.at)]
        rows += [acts.row_of(acts.USED, table.name, {"last": last}, recording.at) for table, last in used]
        recording.line(acts.ERASED, plan.ref, rows)
    return len(taken)


def _messages(connection: Connection, own: Iterable[str]) -> dict[str, list[str]]:
    """The messages in which some of these came, each with everything that came in it."""
    found: dict[str, list[str]] = {}
    for arrival, message in connection.execute(select(enclosures.c.arrival, enclosures.c.message)):
        found.setdefault(str(message), []).append(str(arrival))
    wanted = set(own)
    return {message: inside for message, inside in found.items() if wanted & set(inside)}


def _with_endings(
    connection: Connection, shared: Sequence[tuple[str, str, str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    for message, sha256, _, other in shared:
        query = select(arrivals).where(arrivals.c.id == message)
        for row in as_read(connection, arrivals, connection.execute(query).mappings()):
            yield message, sha256, Path(str(row["shown_name"])).suffix.lower(), other


def _rows(connection: Connection, plan: Plan) -> Iterator[tuple[Table, object]]:
    """Every row of the case, by its table and key."""
    for table in (arrivals, enclosures, filings):
        own = next(iter(table.primary_key.columns))
        there = set(connection.scalars(select(own)))
        yield from ((table, key) for key in plan.arrivals if key in there)
    for table in (submissions, decisions, papers):
        own = next(iter(table.primary_key.columns))
        yield from ((table, key) for key in connection.scalars(select(own).where(table.c.case_ref == plan.ref)))
    for table in (notes, conflicts):
        for key in list(_words(connection, table, plan.ref)):
            yield table, key
            if table is notes and connection.scalar(select(note_sources.c.note).where(note_sources.c.note == key)):
                yield note_sources, key
    yield cases, plan.ref


def _words(connection: Connection, table: Table, ref: str) -> Iterator[object]:
    """What people wrote of the case, also on the sheets that belong to no case."""
    query = select(table).where(or_(table.c.case_ref == ref, table.c.case_ref == ""))
    for row in as_read(connection, table, connection.execute(query).mappings()):
        if row["case_ref"] == ref or any(ref in str(row[name]) for name in ("name", "text")):
            yield row["id"]


def _used_up(connection: Connection, taken: Sequence[tuple[Table, object]]) -> Iterator[tuple[Table, int]]:
    """The last number of each table that loses it, so that none is ever given again."""
    gone = set(taken)
    for table in _NUMBERED:
        last = int(connection.scalar(select(func.max(table.c.id))) or 0)
        if (table, last) in gone:
            yield table, last
