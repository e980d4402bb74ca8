"""What the status page shows: the figures and rows of the tracker that matter to people without Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from formflow.recording.entry import Entry
from formflow.rendering.workbook.tally import Pressing, Tally
from formflow.rendering.workbook.tracker import Desk, deadlines_of, rows_of
from formflow.rendering.workbook.tracker_forms import intake_row
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


class Gathering:
    """What the page shows, kept while cases and entries go by on their way to the tracker."""

    def __init__(self, desk: Desk, made_at: datetime) -> None:
        self.desk, self._made_at, self._tally = desk, made_at, Tally(desk)
        self._rows: dict[str, list[Row]] = {sheet.name: [] for sheet in SHOWN}
        self._notes: dict[str, dict[str, str]] = {}
        self._more: set[str] = set()

    def cases(self, lines: Iterable[CaseLine]) -> Iterator[CaseLine]:
        """The same cases, each seen as it goes by."""
        for line in lines:
            self._tally.see(line, deadlines_of(line, self.desk))
            for row in rows_of(line, self.desk):
                self._tally.see_row(row)
                self._keep(row)
            if line.notes and not line.stage.closed:
                self._notes[line.ref] = dict(line.notes)
            yield line

    def entries(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The same entries of the intake log, each seen as it goes by."""
        for entry in entries:
            self._tally.forms += 1
            if entry.outcome == "returned":
                self._tally.returned += entry.received.year == self.desk.today.year
                self._keep(intake_row(entry, {}))
            yield entry

    def state(self, told: Sequence[str] = ()) -> State:
        """What was seen so far; `told` is what the office must see to."""
        rows = {name: sorted(held, key=lambda row: row.order) for name, held in self._rows.items()}
        pressing = sorted(self._tally.pressing)
        return State(self.desk, self._made_at, self._tally, pressing, rows, self._notes, frozenset(self._more), told)

    def _keep(self, row: Row) -> None:
        held = self._rows.get(row.sheet.name)
        if held is None:
            return
        if len(held) < MOST:
            held.append(row)
        else:
            self._more.add(row.sheet.name)


def state_of(
    lines: Iterable[CaseLine], entries: Iterable[Entry], desk: Desk, made_at: datetime, told: Sequence[str] = ()
) -> State:
    """Go through the cases once and keep what the page shows."""
    seen = Gathering(desk, made_at)
    for _ in chain(seen.cases(lines), seen.entries(entries)):
        pass
    return seen.state(told)
