"""The rows of people's notes: the newest of each, what stood there at an earlier drawing, and what is in conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select

from formflow.recording.acts import next_number
from formflow.recording.keyed.cipher import as_read
from formflow.recording.note import Conflict, Note, Source, settling
from formflow.recording.tables import conflicts, note_sources, notes

Rows = list[tuple[Table, Mapping[str, object]]]
_AT_ONCE = 500
"""References in one query; SQLite allows some thousands."""


class Notebook:
    """What people wrote in the tracker, for reading."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, refs: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """The newest note under each name of these cases; the reference "" stands for the workbook as a whole."""
        with self._engine.connect() as connection:
            return newest(connection, refs)

    def last(self) -> int:
        """The number of the newest note; 0 while there is none."""
        with self._engine.connect() as connection:
            return last(connection)

    def stood(self, number: int) -> Mapping[tuple[str, str], tuple[str, int]]:
        """What stood when note `number` was the newest, in every cell written in since; by reference and name.

        With it, the drawing of the tracker in which the newest note there was read.
        """
        with self._engine.connect() as connection:
            return stood(connection, number)

    def conflicts(self) -> tuple[Conflict, ...]:
        """What people wrote that could not be taken without guessing, and that nobody has settled yet."""
        with self._engine.connect() as connection:
            return open_conflicts(connection)


def newest(connection: Connection, refs: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """The newest note under each name of these cases, by reference."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for some in _in_parts(list(refs)):
        query = select(notes).where(notes.c.case_ref.in_(some)).order_by(notes.c.id)
        for row in as_read(connection, notes, connection.execute(query).mappings()):
            found[str(row["case_ref"])][str(row["name"])] = str(row["text"])
    return found


def last(connection: Connection) -> int:
    """The number of the newest note; 0 while there is none."""
    return int(connection.scalar(select(func.max(notes.c.id))) or 0)


def stood(connection: Connection, number: int) -> Mapping[tuple[str, str], tuple[str, int]]:
    """What stood, when `number` was the newest note, in each cell that was written in since; by reference and name.

    With it, the drawing of the tracker in which the newest note there was read; 0 for one that was not.
    """
    both = notes.join(note_sources, notes.c.id == note_sources.c.note, isouter=True)
    query = select(notes, note_sources.c.drawing).select_from(both).where(notes.c.id > number).order_by(notes.c.id)
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for row in as_read(connection, notes, connection.execute(query).mappings()):
        cell = str(row["case_ref"]), str(row["name"])
        first, _ = found.get(cell, (str(row["before"]), 0))
        found[cell] = (first, int(str(row["drawing"] or 0)))
    return found


def note_rows(connection: Connection, wanted: Sequence[Note], at: str) -> Rows:
    """The rows that keep these notes, each with what stood there before and where it was read."""
    first, rows = next_number(connection, notes), Rows()
    now = {ref: dict(held) for ref, held in newest(connection, {note.ref for note in wanted}).items()}
    for number, note in enumerate(wanted, first):
        before = now.setdefault(note.ref, {}).get(note.name, "")
        row = {"id": number, "case_ref": note.ref, "name": note.name, "text": note.text, "before": before, "at": at}
        rows.append((notes, row))
        if note.source != Source():
            source = note.source
            held = {"note": number, "author": source.author, "saved": source.saved, "drawing": source.drawing}
            rows.append((note_sources, held))
        now[note.ref][note.name] = note.text
    return rows


def conflict_rows(connection: Connection, wanted: Sequence[Conflict], at: str) -> Rows:
    """The rows that keep these conflicts, without those that are known already, open or settled."""
    known = {conflict.same for conflict in _conflicts(connection)}
    number, rows = next_number(connection, conflicts) - 1, Rows()
    for conflict in wanted:
        if conflict.same in known:
            continue
        known.add(conflict.same)
        number += 1
        source = conflict.source
        rows.append((conflicts, {
            "id": number, "case_ref": conflict.ref, "name": conflict.name, "text": conflict.text,
            "stands": conflict.stands, "why": conflict.why, "author": source.author, "saved": source.saved,
            "drawing": source.drawing, "at": at,
        }))  # fmt: skip
    return rows


def open_conflicts(connection: Connection) -> tuple[Conflict, ...]:
    """The conflicts that nobody has settled yet, oldest first."""
    settled = newest(connection, [""]).get("", {})
    return tuple(one for one in _conflicts(connection) if not settled.get(settling(one.key)))


def _conflicts(connection: Connection) -> Iterator[Conflict]:
    query = select(conflicts).order_by(conflicts.c.id)
    for row in as_read(connection, conflicts, connection.execute(query).mappings()):
        yield _conflict(row)


def _conflict(row: Mapping[str, Any]) -> Conflict:
    source = Source(row["author"], row["saved"], row["drawing"])
    return Conflict(row["case_ref"], row["name"], row["text"], row["stands"], row["why"], source, row["id"], row["at"])


def _in_parts(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(refs), _AT_ONCE):
        yield refs[at : at + _AT_ONCE]
