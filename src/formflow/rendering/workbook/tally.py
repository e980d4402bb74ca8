"""The figures of the summary, counted while the cases go by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from formflow.deciding.decision import Deadline
from formflow.deciding.questions import open_questions
from formflow.deciding.told import IS_A_REVIEW
from formflow.rendering.papers.words import ROUTES, STATUS
from formflow.rendering.workbook.tracker import NOTIFYING, WARNING, Desk, who_acts
from formflow.rendering.workbook.tracker_sheets import ACTIONS, RETURNS, THEMES, CaseLine, Row

SOON = 5
"""Working days within which something is shown as pressing."""
PRESSING = 8
"""Lines of what is pressing: the first screen holds no more; the rest is on "Deadlines"."""
KEPT = 20
"""Lines of what is pressing that are kept while the cases go by; the status page shows them all."""
Pressing = tuple[date, str, str, str, str]
"""Due, case, what, status, who must act."""
_KNOWN = ("done", "done_late", "overdue")
_RAG = {STATUS["overdue"][0]: 0, STATUS["due_soon"][0]: 1}


@dataclass(slots=True)
class InTime:
    """How many of those that are known were in time."""

    good: int = 0
    known: int = 0

    def __str__(self) -> str:
        return f"{self.good} of {self.known}" if self.known else "None yet"


@dataclass(slots=True)
class Tally:
    """What the summary says."""

    desk: Desk
    open: int = 0
    closed: int = 0
    overdue: int = 0
    soon: int = 0
    asking: int = 0
    """Open cases with questions that nobody has answered."""
    missing: int = 0
    """Agency returns that were asked for and have not come."""
    forms: int = 0
    returned: int = 0
    """Forms sent back to be mended this year."""
    pressing: list[Pressing] = field(default_factory=list)
    stages: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    reviews: int = 0
    """Of the cases decided this year, those in which a review follows: what the rapid reviews became."""
    themes: Counter[str] = field(default_factory=Counter)
    agencies: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """Open actions by agency: overdue, due soon, later."""
    told: dict[int, InTime] = field(default_factory=lambda: defaultdict(InTime))
    """Notifications within 5 working days, by year."""
    reviewed: dict[int, InTime] = field(default_factory=lambda: defaultdict(InTime))
    """Rapid reviews sent within 15 working days, by year."""

    def see(self, line: CaseLine, deadlines: Iterable[Deadline]) -> None:
        """Count a case."""
        deadlines = tuple(deadlines)
        self._compliance(deadlines)
        self._decision(line)
        if line.stage.closed:
            self.closed += 1
            return
        self.open += 1
        self.stages[line.stage.title] += 1
        self.asking += bool(open_questions(line.case))
        for made in deadlines:
            self._press(line.ref, made)

    def see_row(self, row: Row) -> None:
        """Count what a row says of an action, a return or a theme."""
        if row.sheet is THEMES:
            self.themes[str(row.values[1])] += 1
        elif row.sheet is RETURNS:
            self.missing += row.values[RETURNS.heads.index("Received")] is None
        elif row.sheet is ACTIONS and (status := str(row.values[2])) not in (STATUS["done"][0], STATUS["done_late"][0]):
            agency = str(row.values[ACTIONS.heads.index("Agency")] or "No agency named")
            self.agencies[agency][_RAG.get(status, 2)] += 1

    def cards(self) -> tuple[tuple[str, int | str, str], ...]:
        """The six figures at the head of tracker and status page: what, how much, and a status word or nothing."""
        year = self.desk.today.year
        return (
            ("Open cases", self.open, ""),
            ("Overdue", self.overdue, "Overdue" if self.overdue else ""),
            (f"Due in {SOON} working days", self.soon, "Due soon" if self.soon else ""),
            ("Agency returns missing", self.missing, ""),
            ("Cases with open questions", self.asking, ""),
            (f"Told in 5 working days, {year}", str(self.told[year]), ""),
        )

    def _press(self, ref: str, made: Deadline) -> None:
        if made.due is None or made.done is not None or made.key == WARNING:
            return
        left = self.desk.left(made.due)
        if made.due < self.desk.today:
            self.overdue += 1
        elif left <= SOON:
            self.soon += 1
        else:
            return
        self.pressing.append((made.due, ref, made.title, STATUS[made.state][0], who_acts(made)))
        if len(self.pressing) > 500:
            self.pressing = sorted(self.pressing)[:KEPT]

    def first(self) -> list[Pressing]:
        """What is most pressing."""
        return sorted(self.pressing)[:PRESSING]

    def _compliance(self, deadlines: Iterable[Deadline]) -> None:
        for made in deadlines:
            count = self.told if made.key in NOTIFYING else self.reviewed if made.key == "rapid_review" else None
            if count is not None and made.due is not None and made.state in _KNOWN:
                count[made.due.year].known += 1
                count[made.due.year].good += made.state == "done"

    def _decision(self, line: CaseLine) -> None:
        decision = line.case.decision
        if decision is None or decision.decided_on is None or decision.decided_on.year != self.desk.today.year:
            return
        outcomes = line.case.outcomes
        self.decided += bool(outcomes)
        self.reviews += bool(IS_A_REVIEW & set(outcomes))
        self.outcomes.update(ROUTES.get(outcome, outcome) for outcome in outcomes)
