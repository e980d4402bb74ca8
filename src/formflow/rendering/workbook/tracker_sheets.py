"""The sheets of the case tracker: their nouns and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Literal

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.stages import Stage, StagePlan, stage_of
from formflow.recording.note import BETWEEN, SETTLED

Value = str | int | float | date | None
Kind = Literal[
    "text",
    "long",
    "date",
    "number",
    "status",
    "link",
    "days",
    "yours",
    "yours-date",
    "yours-pick",
    "added",
    "key",
    "file",
]
PEOPLES: frozenset[Kind] = frozenset({"yours", "yours-date", "yours-pick", "added"})
"""The kinds of columns that people fill in; `added` are columns that they made themselves."""
LIVING: frozenset[Kind] = frozenset({"days", "link", "file", "key"})
"""The kinds that are no plain value: what stands there is not compared."""
LINKS: frozenset[Kind] = frozenset({"link", "file"})
"""The kinds that lead to a folder or a file; of a file only its name is shown."""

REF = "Ref"
KEY = "Key"
"""The head of the hidden column by which a row is known again, however it was sorted."""
OFFICERS = "Lead officers"
"""The list on "Lists" that is people's own; "Lead officer" is picked from it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its head, how wide it is in letters, and what stands in it."""

    head: str
    width: float
    kind: Kind = "text"
    pick: tuple[str, ...] | str = ()
    """What may be picked: words, or the name of a list of the workbook."""

    @property
    def peoples(self) -> bool:
        """Whether people fill it in."""
        return self.kind in PEOPLES


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of data: its name and its columns."""

    name: str
    columns: tuple[Column, ...]
    frozen: int = 1
    """How many columns stay in view."""
    due: str = ""
    """The head of the day that "Working days left" counts to."""
    done: str = ""
    """The head of the day after which nothing is left to count."""
    prints: str = ""
    """The head of the last column that is printed, where all of them would be too small to read."""

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the columns, without the hidden one."""
        return _heads(self.columns)

    def note(self, row: str, head: str) -> str:
        """The name of the note in a cell; `row` is what the row is known by within its case."""
        return BETWEEN.join((self.name, row, head)) if row else head


@lru_cache(maxsize=64)
def _heads(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(column.head for column in columns)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: what it is known by, where it comes in order, and its values without people's own."""

    sheet: Sheet
    ref: str
    within: str
    """What it is known by within its case; empty for the case itself."""
    order: int
    """Rows stand by this number; those with the same in the order they were made."""
    values: tuple[Value, ...] = field(repr=False)
    """One for each column of the sheet; those of people's columns are None until their notes are laid in."""

    @property
    def key(self) -> str:
        """What the row is known by in the whole workbook."""
        return f"{self.ref}/{self.within}" if self.within else self.ref


@dataclass(frozen=True)
class CaseLine:
    """A case as the tracker needs it: decided for today, with what people wrote."""

    ref: str
    case: Case = field(repr=False)
    decision: Decision = field(repr=False)
    opened: date
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    plan: StagePlan = field(default_factory=StagePlan.of, repr=False)
    endings: Mapping[int, str] = field(default_factory=dict)
    """How the file of each form ends, by the form's number in the case."""

    @cached_property
    def stage(self) -> Stage:
        """Where the case stands; one without a rapid review needs no decision to be closed."""
        return stage_of(self.case, self.plan, must_decide=self.decision.duty.rapid_review != "no")


OFFICER = Column("Lead officer", 18, "yours-pick", "LeadOfficers")
NOTES = Column("Notes", 42, "yours")
MARKED = Column("Marked done", 13, "yours-date")
"""A day on which somebody says it was done: a note, or a fact where the settings say so."""

CASES = Sheet("Open cases", (
    Column(REF, 15), Column("Initials", 10), Column("Status", 12, "status"), Column("Stage", 16),
    Column("Working days left", 11, "days"), Column("RR due", 13, "date"), OFFICER, Column("Next step", 30, "yours"),
    Column("Next step date", 13, "yours-date"), NOTES, Column("Duty", 34, "long"), Column("Nature", 24, "long"),
    Column("Incident", 13, "date"), Column("5-day due", 13, "date"), Column("5-day result", 17),
    Column("Age at incident", 13), Column("Sex", 10), Column("Ethnicity", 24, "long"), Column("LA aware", 13, "date"),
    Column("Notified (national)", 13, "date"), Column("Received", 13, "date"), Column("RR sent", 13, "date"),
    Column("Decision", 34, "long"), Column("Decided", 13, "date"), Column("Review type", 28, "long"),
    Column("Reviewer", 22, "long"), Column("Reviewer named to", 26, "long"), Column("Target completion", 13, "date"),
    Column("Publication due", 13, "date"), Column("Parallel processes", 30, "long"), Column("Other LA", 24, "long"),
    Column("Questions open", 11, "number"), Column("Forms", 8, "number"), Column("Folder", 16, "link"),
    Column("Source file", 36, "file"),
), 2, "RR due", "RR sent", "5-day result")  # fmt: skip
DEADLINES = Sheet("Deadlines", (
    Column(REF, 15), Column("What", 38, "long"), Column("Who must act", 22), Column("Start", 13, "date"),
    Column("Due", 13, "date"), Column("Working days left", 11, "days"), Column("Status", 12, "status"),
    Column("Done on", 13, "date"), Column("Shown by", 20, "long"), Column("Rule", 44, "long"), MARKED,
    Column("Evidence", 30, "yours"),
), 1, "Due", "Done on")  # fmt: skip
ACTIONS = Sheet("Actions", (
    Column(REF, 15), Column("Action", 10), Column("Status", 12, "status"), Column("Due", 13, "date"),
    Column("Revised due", 13, "date"), Column("Reason for revision", 26, "long"), Column("What", 46, "long"),
    Column("Recommendation", 34, "long"), Column("Theme", 22, "long"), Column("Who", 22, "long"),
    Column("Agency", 24, "long"), Column("Watched over by", 22, "long"), Column("From", 18),
    Column("Start", 13, "date"), Column("How it stands", 14), Column("How it is measured", 34, "long"),
    Column("Missing", 18, "long"), Column("Closed", 13, "date"), Column("Told by", 24, "long"),
    Column("Evidence of completion", 34, "long"), Column("Evidence of impact", 34, "long"),
    Column("Progress", 42, "yours"), MARKED, Column("Closed by", 18, "yours"),
), 2)  # fmt: skip
RETURNS = Sheet("Agency returns", (
    Column(REF, 15), Column("Agency", 34, "long"), Column("Status", 12, "status"), Column("Asked", 13, "date"),
    Column("Due", 13, "date"), Column("Working days left", 11, "days"), Column("Received", 13, "date"),
    Column("Return", 9, "number"), Column("What came", 30, "long"), Column("Records secured", 15, "date"),
    Column("Folder", 16, "link"), Column("File", 40, "file"), Column("Chased", 13, "yours-date"),
    Column("Quality", 16, "yours-pick", ("Good", "Has gaps", "To be done again")), NOTES,
), 2, "Due", "Received")  # fmt: skip
THEMES = Sheet("Themes", (
    Column(REF, 15), Column("Theme", 44, "long"), Column("Also in", 40, "long"), Column("Decided", 13, "date"),
    Column("Learning or good practice", 18, "yours-pick", ("Learning point", "Good practice")),
    Column("What was learnt", 44, "yours"), Column("Shared with", 26, "yours"), Column("How", 26, "yours"),
    Column("When", 13, "yours-date"), Column("Repeat of earlier learning", 14, "yours-pick", ("Yes", "No")),
))  # fmt: skip
QUERIES = Sheet("Form queries", (
    Column(REF, 15), Column("Received", 13, "date"), Column("Form", 24), Column("Question", 80, "long"),
    Column("What was written", 28, "long"), Column("File", 40, "file"),
    Column("Sent", 13, "yours-date"), Column("Answered", 13, "yours-date"), NOTES,
))  # fmt: skip
INTAKE = Sheet("Intake log", (
    Column("Received", 13, "date"), Column("Time", 8), Column("File", 38, "long"), Column("Outcome", 22),
    Column("Case", 15), Column("Form no.", 9, "number"), Column("Questions", 11, "number"),
    Column("Where it is now", 34, "link"), Column("Reason", 18), Column("Fingerprint", 16),
))  # fmt: skip
CLOSED = Sheet("Closed cases", (
    Column(REF, 15), Column("Initials", 10), Column("Duty", 34, "long"), Column("Outcome", 44, "long"),
    Column("Opened", 13, "date"), Column("Closed", 13, "date"), Column("Report published", 13, "date"),
    Column("Folder", 16, "link"), Column("Source file", 36, "file"), OFFICER, NOTES,
), 2)  # fmt: skip
CONFLICTS = Sheet("Conflicts", (
    Column("No.", 8), Column(REF, 15), Column("Where", 34, "long"), Column("What stands now", 44, "long"),
    Column("What else was written", 44, "long"), Column("By", 20, "long"), Column("Saved", 13, "date"),
    Column("Found", 13, "date"), Column("Why", 44, "long"),
    Column(SETTLED, 18, "yours-pick", ("As it stands", "The other")),
))  # fmt: skip

SHEETS = (CASES, DEADLINES, ACTIONS, RETURNS, THEMES, QUERIES, INTAKE, CLOSED)
"""The data sheets, in their order."""
NAMES = ("Summary", *(sheet.name for sheet in SHEETS), CONFLICTS.name, "Lists", "About")
"""Every sheet that is formflow's; all others are people's own."""
YOURS = tuple(column.head for column in CASES.columns if column.peoples)
"""The columns of a case that people fill in; kept by case reference whatever happens to the book."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How people left the columns of a sheet: those they added, the order, what is hidden, how wide each is."""

    heads: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, float] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> tuple[Column, ...]:
        """The sheet's columns with those that people added, in the order in which people left them."""
        made = (*sheet.columns, *(Column(head, 20, "added") for head in self.added))
        every = [replace(column, width=self.widths.get(column.head, column.width)) for column in made]
        place = {head: number for number, head in enumerate(self.heads)}
        return tuple(sorted(every, key=lambda column: place.get(column.head, len(place))))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a drawing of the tracker says of itself, out of sight, so that an old copy is known for one."""

    drawing: int
    """Counts the drawings of this register."""
    note: int
    """The newest note it shows."""
    sign: str
    """Shows that the drawing is of this register."""

    def __str__(self) -> str:
        return f"{self.drawing};{self.note};{self.sign}"

    @staticmethod
    def read(text: str) -> Stamp | None:
        """The stamp from its text; None where there is none."""
        parts = text.split(";")
        if len(parts) != 3 or not (parts[0].isdigit() and parts[1].isdigit()):
            return None
        return Stamp(int(parts[0]), int(parts[1]), parts[2])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a drawing is a copy beside the tracker: somebody has that open."""

    since: datetime
    who: str = field(default="", repr=False)
