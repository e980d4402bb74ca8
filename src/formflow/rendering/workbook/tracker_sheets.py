"""The sheets of the case tracker: their nouns and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.stages import Stage, StagePlan, stage_of
from formflow.settings import Partnership

Value = str | int | date | None
Kind = Literal["text", "long", "date", "number", "status", "link", "days", "yours", "yours-date"]

YOURS = ("Lead officer", "Next step", "Next step date", "Notes")
"""The columns that people fill in; kept by case reference whatever happens to the book."""

REF = "Ref"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its head, how wide it is in letters, and what stands in it."""

    head: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of data: its columns and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = field(repr=False)
    frozen: int = 1
    """How many columns stay in view."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as the tracker needs it: decided for today, with what people wrote."""

    ref: str
    case: Case = field(repr=False)
    decision: Decision = field(repr=False)
    opened: date
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    plan: StagePlan = field(default_factory=StagePlan.of, repr=False)

    @property
    def stage(self) -> Stage:
        """Where the case stands; one without a rapid review needs no decision to be closed."""
        return stage_of(self.case, self.plan, must_decide=self.decision.duty.rapid_review != "no")


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the workbook shows."""

    today: date
    made_at: datetime
    partnership: Partnership
    holidays: tuple[date, ...]
    sheets: tuple[Sheet, ...]
    cards: tuple[tuple[str, int | str, str], ...]
    """Figures of the summary: what, how many, and the colour of its status word (or empty)."""
    urgent: tuple[tuple[str, str, date, str, str], ...]
    """What is overdue or due within five working days: case, what, due, status, who must act."""
    stages: tuple[tuple[str, int], ...]
    troubles: tuple[str, ...] = ()
    """What the office must see to, such as a template that cannot be used."""


CASE_COLUMNS = (
    Column(REF, 15),
    Column("Initials", 10),
    Column("Status", 12, "status"),
    Column("Duty", 34, "long"),
    Column("Age at incident", 13),
    Column("Sex", 10),
    Column("Ethnicity", 24, "long"),
    Column("Nature", 24, "long"),
    Column("Incident", 13, "date"),
    Column("LA aware", 13, "date"),
    Column("Notified (national)", 13, "date"),
    Column("5-day due", 13, "date"),
    Column("5-day result", 17),
    Column("Received", 13, "date"),
    Column("Stage", 16),
    Column("RR due", 13, "date"),
    Column("Working days left", 11, "days"),
    Column("Other LA", 24, "long"),
    Column("Parallel processes", 30, "long"),
    Column("Questions open", 11, "number"),
    Column("Folder", 16, "link"),
    Column("Lead officer", 18, "yours"),
    Column("Next step", 30, "yours"),
    Column("Next step date", 13, "yours-date"),
    Column("Notes", 42, "yours"),
)
DEADLINE_COLUMNS = (
    Column(REF, 15),
    Column("What", 38, "long"),
    Column("Who must act", 22),
    Column("Start", 13, "date"),
    Column("Due", 13, "date"),
    Column("Working days left", 11, "days"),
    Column("Status", 12, "status"),
    Column("Done on", 13, "date"),
    Column("Rule", 52, "long"),
)
QUERY_COLUMNS = (
    Column(REF, 15),
    Column("Received", 13, "date"),
    Column("Question", 90, "long"),
)
INTAKE_COLUMNS = (
    Column("Received", 13, "date"),
    Column("Time", 8),
    Column("File", 38, "long"),
    Column("Outcome", 16),
    Column("Case", 15),
    Column("Form no.", 9, "number"),
    Column("Questions", 11, "number"),
    Column("Where it is now", 34, "link"),
    Column("Reason", 18),
    Column("Fingerprint", 16),
)
