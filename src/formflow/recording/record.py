"""A case as the register holds it, gathered from its rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, select

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.recording.keyed.cipher import as_read
from formflow.recording.shelf import decision_of
from formflow.recording.tables import arrivals, cases, decisions, notes, submissions
from formflow.validating.submission import Submission


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as the register holds it."""

    ref: str
    case: Case = field(repr=False)
    decision: Decision = field(repr=False)
    """The newest recorded decision."""
    receipt: Mapping[str, str]
    """What that decision was made with."""
    opened: date
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What people wrote in their own columns of the tracker, by column."""
    endings: Mapping[int, str] = field(default_factory=dict)
    """How the file of each form ends (`.docx`), by the form's number in the case."""


def records(connection: Connection, ref: str | None = None) -> tuple[CaseRecord, ...]:
    """Every case, or the one of that reference, in the order of the references; from four queries."""
    return _records(connection, *(("=", ref),) if ref else ())


def each_record(connection: Connection, at_once: int = 200) -> Iterator[CaseRecord]:
    """Every case, in the order of the references, gathered so many at once."""
    last = ""
    while refs := connection.scalars(
        select(cases.c.ref).where(cases.c.ref > last).order_by(cases.c.ref).limit(at_once)
    ).all():
        yield from _records(connection, (">=", refs[0]), ("<=", refs[-1]))
        last = refs[-1]


def _records(connection: Connection, *within: tuple[str, str]) -> tuple[CaseRecord, ...]:
    forms: dict[str, list[tuple[Submission, date]]] = defaultdict(list)
    for row in _rows(connection, submissions, "number", within):
        form = Submission.model_validate_json(row["content"])
        forms[row["case_ref"]].append((form, date.fromisoformat(row["received"])))
    latest = {
        row["case_ref"]: (row["content"], row["receipt"]) for row in _rows(connection, decisions, "number", within)
    }
    written: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(connection, notes, "id", within):
        written[row["case_ref"]][row["name"]] = row["text"]
    endings: dict[str, dict[int, str]] = defaultdict(dict)
    came = select(arrivals.c.case_ref, arrivals.c.version, arrivals.c.shown_name).where(arrivals.c.outcome == "taken")
    for one, number, name in connection.execute(came.where(*_bounds(arrivals.c.case_ref, within))):
        endings[one][number] = PurePath(name).suffix.lower()
    query = select(cases.c.ref, cases.c.opened).order_by(cases.c.ref).where(*_bounds(cases.c.ref, within))
    opened = connection.execute(query).all()
    return tuple(
        _record(one, date.fromisoformat(day), forms[one], latest[one], written[one], endings[one])
        for one, day in opened
    )


def _bounds(column: Column[str], within: Sequence[tuple[str, str]]) -> list[ColumnElement[bool]]:
    return [column.bool_op(sign)(ref) for sign, ref in within]


def _rows(
    connection: Connection, table: Table, order: str, within: Sequence[tuple[str, str]]
) -> Sequence[Mapping[str, Any]]:
    query = select(table).order_by(table.c.case_ref, table.c[order]).where(*_bounds(table.c.case_ref, within))
    return list(as_read(connection, table, connection.execute(query).mappings()))


def _record(
    ref: str,
    opened: date,
    forms: Sequence[tuple[Submission, date]],
    decided: tuple[str, str],
    written: Mapping[str, str],
    endings: Mapping[int, str],
) -> CaseRecord:
    """The record from its gathered rows; `decided` is the decision and its receipt as they are written."""
    case = Case(ref, tuple(form for form, _ in forms), tuple(day for _, day in forms))
    return CaseRecord(ref, case, decision_of(decided[0]), json.loads(decided[1]), opened, written, endings)
