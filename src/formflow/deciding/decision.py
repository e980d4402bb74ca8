"""What follows from a case on a day: the duty, the findings, the deadlines and the routes open to the partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as detail
from datetime import date
from typing import Literal

Result = Literal["met", "may_be_met", "not_met", "cannot_tell"]
Ternary = Literal["yes", "no", "cannot_tell"]
Group = Literal["definition", "criteria", "circumstances", "national"]
DutyType = Literal[
    "abuse_neglect_death",
    "abuse_neglect_harm",
    "looked_after_death",
    "care_leaver_death",
    "other_authority",
    "none",
    "cannot_tell",
]
Recipient = Literal[
    "panel",
    "secretary_of_state",
    "ofsted",
    "safeguarding_partners",
    "other_authorities",
    "other_authority_in_whose_area",
    "local_safeguarding_children_board",
]
DeadlineState = Literal["to_come", "due_soon", "overdue", "done", "done_late", "not_started"]


@dataclass(frozen=True, slots=True)
class Because:
    """An answer that a finding rests on, and where it stood."""

    field: str
    value: str = detail(repr=False)
    """As people read it: `suspected`, `12 March 2024`, `not known`, `blank`."""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something formflow gathered itself, laid beside what the sender says: an earlier case, an action, a date."""

    says: str
    ref: str = ""
    """The case it comes from; empty for this one."""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion held against the case. Advice, never a verdict."""

    key: str
    group: Group
    title: str
    """The criterion in a few words, from the edition."""
    result: Result
    because: tuple[Because, ...]
    reason: str = detail(repr=False)
    """One plain sentence: why this result."""
    source: str = ""
    """Where the criterion stands, by paragraph, from the edition."""
    would_settle: tuple[str, ...] = ()
    """For `cannot_tell`: the field ids that would settle it."""
    would_meet: str = ""
    """For `not_met`: what would have met it."""
    confirmed: bool = True
    """False while the edition's wording or paragraph is to be confirmed."""
    wording: str = ""
    """The words of the edition, with bodies as they were called on the day."""
    edition: str = ""
    """The edition it was held against, by its first day."""
    beside: tuple[Evidence, ...] = ()
    """What the register shows, apart from what the sender says."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must be told of the incident, and whether a rapid review follows."""

    type: DutyType
    notify: Ternary
    recipients: tuple[Recipient, ...]
    rapid_review: Ternary
    reason: str = detail(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A weekday that did not count, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must be done by a day, with its working shown."""

    key: str
    title: str
    start: date | None
    due: date | None
    """None while its start is not known."""
    working_days: int | None
    """How many working days it allows; None for calendar periods."""
    state: DeadlineState
    rule: str
    source: str
    counted: tuple[date, ...] = ()
    """Each working day that was counted, in order."""
    done: date | None = None
    confirmed: bool = True
    """False while the rule is to be confirmed."""
    months: int | None = None
    """How many calendar months it allows; None for everything counted in days."""
    who: str = ""
    """Who must act: `local_authority`, `safeguarding_partners`, or in the partnership's own words."""
    skipped: tuple[Skipped, ...] = ()
    """The bank holidays among the days that were counted over; Saturdays and Sundays never count."""
    edition: str = ""
    """The edition that sets it, by its first day; empty for the partnership's own."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is to be told."""

    recipient: str
    """By key: `panel`, `ofsted`."""
    name: str
    """As it was called on the day, or as the partnership's settings name it."""
    told: date | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Who must be told of something that happened, what, and by when."""

    event: str
    title: str
    who: str
    """Who must tell."""
    to: tuple[Addressee, ...]
    what: str
    due: date | None
    by: str
    """By when, in words; there is not always a day."""
    state: DeadlineState
    source: str
    confirmed: bool
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A route, and whether it is open to the partners; never what they must do."""

    outcome: str
    open: Ternary
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person should see about the case, beyond questions on the form: `four children, mixed outcomes`."""

    key: str
    says: str = detail(repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything formflow worked out from a case on a day; the safeguarding partners decide."""

    on: date
    edition: Mapping[str, str]
    """`notification` and `review`: the edition in force for each, by its first day."""
    duty: Duty
    findings: tuple[Finding, ...]
    deadlines: tuple[Deadline, ...]
    advice: tuple[Advice, ...]
    flags: tuple[Flag, ...] = ()
    tell: tuple[Telling, ...] = ()
    """Everybody who must be told of what has happened so far."""
    picked_by: Mapping[str, str] = detail(default_factory=dict)
    """`notification` and `review`: the day that chose the edition, and why that day."""
    terms: Mapping[str, str] = detail(default_factory=dict)
    """What bodies were called on the day of the review's decision: `health_partner`, `review_body`."""
    aims: tuple[str, ...] = ()
    """The aims of the rapid review, where there is one."""
