"""What the status page shows: the figures and rows of the tracker that matter to people without Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from formflow.recording.entry import Entry
from formflow.rendering.workbook.tally import Pressing, Tally
from formflow.rendering.workbook.tracker import Desk, deadlines_of, intake_row, rows_of
from formflow.rendering.workbook.tracker_sheets import CASES, DEADLINES, INTAKE, QUERIES, CaseLine, Row

SHOWN = (CASES, DEADLINES, QUERIES, INTAKE)
MOST = 2_000
"""Rows of one table: more is for the tracker."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything the status page shows."""

    desk: Desk
    made_at: datetime
    tally: Tally
    pressing: Sequence[Pressing]
    """What is overdue or due soon, most pressing first."""
    rows: dict[str, list[Row]] = field(repr=False)
    """By the sheet's name."""
    notes: dict[str, dict[str, str]] = field(repr=False)
    """What people wrote beside a case, by its reference."""
    more: frozenset[str] = frozenset()
    """Sheets of which not every row is shown."""
    told: Sequence[str] = ()
    """What the office must see to."""


def state_of(
    lines: Iterable[CaseLine], entries: Iterable[Entry], desk: Desk, made_at: datetime, told: Sequence[str] = ()
) -> State:
    """Go through the cases once and keep what the page shows."""
    tally, rows, notes = Tally(desk), {sheet.name: list[Row]() for sheet in SHOWN}, dict[str, dict[str, str]]()
    more: set[str] = set()

    def keep(row: Row) -> None:
        if row.sheet.name in rows:
            _keep(row, rows[row.sheet.name], more)

    for line in lines:
        tally.see(line, deadlines_of(line, desk))
        for row in rows_of(line, desk):
            tally.see_row(row)
            keep(row)
        if line.notes and not line.stage.closed:
            notes[line.ref] = dict(line.notes)
    for entry in entries:
        tally.forms += 1
        if entry.outcome == "returned":
            tally.returned += entry.received.year == desk.today.year
            keep(intake_row(entry))
    for name in rows:
        rows[name].sort(key=lambda row: row.order)
    return State(desk, made_at, tally, sorted(tally.pressing), rows, notes, frozenset(more), tuple(told))


def _keep(row: Row, held: list[Row], more: set[str]) -> None:
    if len(held) < MOST:
        held.append(row)
    else:
        more.add(row.sheet.name)
