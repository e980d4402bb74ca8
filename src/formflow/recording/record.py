"""A case as the register holds it, gathered from its rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, Table, select
from sqlalchemy.engine import RowMapping

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.recording.shelf import decision_of
from formflow.recording.tables import cases, decisions, notes, submissions
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


def records(connection: Connection, ref: str | None = None) -> tuple[CaseRecord, ...]:
    """Every case, or the one of that reference, in the order of the references; from four queries."""
    forms: dict[str, list[tuple[Submission, date]]] = defaultdict(list)
    for row in _rows(connection, submissions, "number", ref):
        form = Submission.model_validate_json(row["content"])
        forms[row["case_ref"]].append((form, date.fromisoformat(row["received"])))
    latest = {row["case_ref"]: (row["content"], row["receipt"]) for row in _rows(connection, decisions, "number", ref)}
    written: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(connection, notes, "id", ref):
        written[row["case_ref"]][row["name"]] = row["text"]
    query = select(cases.c.ref, cases.c.opened).order_by(cases.c.ref)
    opened = connection.execute(query.where(cases.c.ref == ref) if ref else query).all()
    return tuple(_record(one, date.fromisoformat(day), forms[one], latest[one], written[one]) for one, day in opened)


def _rows(connection: Connection, table: Table, order: str, ref: str | None) -> Sequence[RowMapping]:
    query = select(table).order_by(table.c.case_ref, table.c[order])
    return connection.execute(query.where(table.c.case_ref == ref) if ref else query).mappings().all()


def _record(
    ref: str,
    opened: date,
    forms: Sequence[tuple[Submission, date]],
    decided: tuple[str, str],
    written: Mapping[str, str],
) -> CaseRecord:
    """The record from its gathered rows; `decided` is the decision and its receipt as they are written."""
    case = Case(ref, tuple(form for form, _ in forms), tuple(day for _, day in forms))
    return CaseRecord(ref, case, decision_of(decided[0]), json.loads(decided[1]), opened, written)
