"""What the later forms of a case tell: returns, decisions, the Panel's response, actions, dates of what was done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as detail
from datetime import date
from typing import Literal

from formflow.extracting.dates import day_of
from formflow.extracting.form import Answer
from formflow.extracting.rows import rows

Answers = Mapping[str, Answer]
Partner = Literal["local_authority", "icb", "police"]
PARTNERS: tuple[Partner, ...] = ("local_authority", "icb", "police")

NEEDS_PUBLICATION = frozenset({"local_review", "discretionary_local_review", "legacy_review"})
"""Outcomes after which a report, or what it found to improve, is to be published."""
IS_A_REVIEW = NEEDS_PUBLICATION | {"multi_agency_learning_review", "single_agency_learning_review", "thematic_review"}
"""Outcomes after which a review is under way."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The day something was done, and the form that says so."""

    day: date
    form: int
    """Which form of the case, counted from 1."""
    field: str
    """The question that it answers."""


@dataclass(frozen=True, slots=True)
class PartnerView:
    """What one of the three safeguarding partners decided."""

    partner: Partner
    name: str = detail(repr=False)
    role: str
    agrees: bool | None
    """None while it is not recorded: a missing view is neither agreement nor dissent."""
    reason: str = detail(repr=False)
    on: date | None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who leads a review."""

    name: str = detail(repr=False)
    organisation: str
    appointed: date | None
    tested: tuple[str, ...]
    """Which points of the reviewer test are ticked: `knowledge`, `research`, `complexity`, `communication`,
    `no_conflict`."""
    not_yet: bool
    """The form says that no reviewer has been appointed yet."""


@dataclass(frozen=True, slots=True)
class PartnersDecision:
    """The rapid review's outcome as its record tells it; theirs, not ours."""

    form: int
    received: date
    recommendation: str
    """What the Significant Incident Review Group recommends, by outcome; empty while it is not recorded."""
    recommended_on: date | None
    outcomes: tuple[str, ...]
    """What the partners decided, by outcome: a recommendation for a national review can stand beside a local one."""
    decided_on: date | None
    partners: tuple[PartnerView, ...]
    reasons_for: str = detail(repr=False)
    reasons_against: str = detail(repr=False)
    national: bool | None
    """Whether they think that the case may be complex or of national importance."""
    national_grounds: tuple[str, ...]
    """Which grounds of regulation 3 they give, by finding key: `national_improvements`, `legislative_change`,
    `national_recurrent_themes`."""
    definition_met: bool | None
    reviewer: Reviewer
    target: date | None
    """When the review is to be finished, as they plan it."""

    @property
    def taken(self) -> bool:
        """Whether an outcome and its day are recorded. A view that is missing or differs does not undo it."""
        return bool(self.outcomes) and self.decided_on is not None

    @property
    def dissent(self) -> tuple[Partner, ...]:
        """The partners who do not agree."""
        return tuple(view.partner for view in self.partners if view.agrees is False)

    @property
    def silent(self) -> tuple[Partner, ...]:
        """The partners whose view is not recorded."""
        return tuple(view.partner for view in self.partners if view.agrees is None)


@dataclass(frozen=True, slots=True)
class PanelResponse:
    """What the national Panel answered to a rapid review."""

    form: int
    received: date
    on: date | None
    """The day of the Panel's letter."""
    considered_on: date | None
    agrees: bool | None
    """Whether it agrees with the partners' decision."""
    local_review: bool | None
    """Whether it has considered the case and concluded that a local review may be more appropriate (reg 11(d))."""
    national: str
    """`commissions`, `considering`, `does_not`; empty while it is not stated."""
    reply_by: date | None
    words: str = detail(repr=False)


@dataclass(frozen=True, slots=True)
class AgencyReturn:
    """An agency's own summary."""

    agency: str
    form: int
    received: date
    version: int
    """1 for a first return; 2 for one that replaces an earlier return of this agency, and so on."""
    nothing_held: bool
    secured_on: date | None


@dataclass(frozen=True, slots=True)
class Death:
    """Harm that became death, told after the notification."""

    form: int
    told: date
    on: date | None
    known_on: date | None
    """The day the council knew of the death."""
    child: int
    notified_again: date | None


@dataclass(frozen=True, slots=True)
class Publication:
    """What becomes of a review's report."""

    choice: str
    """`publish`, `improvements_only`; empty while it is not decided."""
    planned: date | None
    published: date | None
    why_not: str = detail(repr=False)


@dataclass(frozen=True, slots=True)
class Legacy:
    """A serious case review commissioned under the rules of 2015."""

    form: int
    received: date
    commissioned: date | None
    arrangements_from: date | None
    """The day the partners' own arrangements began to operate, if the form gives it."""
    completed: date | None
    published: date | None
    why_not: str = detail(repr=False)


def answered(answers: Answers, field: str) -> Answer | None:
    """An answer that is certain; None for any other."""
    answer = answers.get(field)
    return answer if answer is not None and answer.state == "answered" else None


def text(answers: Answers, field: str) -> str:
    """The words of an answer; empty while it is open."""
    answer = answered(answers, field)
    return str(answer.value).strip() if answer and not isinstance(answer.value, tuple) else ""


def truth(answers: Answers, field: str) -> bool | None:
    """A yes/no answer; None while it is open."""
    return {"yes": True, "no": False}.get(text(answers, field))


def chosen(answers: Answers, field: str) -> tuple[str, ...]:
    """The options ticked; none while it is open."""
    answer = answered(answers, field)
    value = answer.value if answer else ()
    return value if isinstance(value, tuple) else (str(value),)


def day(answers: Answers, field: str) -> date | None:
    """The one certain day of a date; None for anything less certain."""
    answer = answered(answers, field)
    return day_of(answer.value) if answer and answer.precision in (None, "day") else None


def partners_decision(answers: Answers, form: int, received: date) -> PartnersDecision:
    """What a decision record tells."""
    grounds = ("national_improvements", "legislative_change", "national_recurrent_themes")
    return PartnersDecision(
        form,
        received,
        text(answers, "recommendation"),
        day(answers, "recommendation_date"),
        chosen(answers, "outcome"),
        day(answers, "decision_date"),
        tuple(_view(answers, partner) for partner in PARTNERS),
        text(answers, "reasons_for"),
        text(answers, "reasons_against"),
        truth(answers, "national_view"),
        tuple(ground for ground in grounds if truth(answers, f"ground_{ground}")),
        truth(answers, "definition_met"),
        reviewer(answers),
        day(answers, "review_target_date"),
    )


def _view(answers: Answers, partner: Partner) -> PartnerView:
    view = {"agree": True, "dissent": False}.get(text(answers, f"partner_{partner}_view"))
    name, role, reason = (text(answers, f"partner_{partner}_{part}") for part in ("name", "role", "reason"))
    return PartnerView(partner, name, role, view, reason, day(answers, f"partner_{partner}_date"))


def reviewer(answers: Answers) -> Reviewer:
    """The reviewer that a form names; an empty name where it names none."""
    return Reviewer(
        text(answers, "reviewer_name"),
        text(answers, "reviewer_organisation"),
        day(answers, "reviewer_appointed_date"),
        chosen(answers, "reviewer_test"),
        truth(answers, "reviewer_not_yet") is True,
    )


def panel_response(answers: Answers, form: int, received: date) -> PanelResponse:
    """What a Panel response tells."""
    return PanelResponse(
        form,
        received,
        day(answers, "panel_response_date"),
        day(answers, "panel_considered_date"),
        truth(answers, "panel_agrees"),
        truth(answers, "panel_local_review"),
        text(answers, "panel_national"),
        day(answers, "panel_reply_date"),
        text(answers, "panel_words"),
    )


def death(answers: Answers, form: int, received: date) -> Death | None:
    """The death that a form tells of; None when it tells of none."""
    if truth(answers, "became_death") is not True:
        return None
    number = text(answers, "death_child")
    return Death(
        form,
        received,
        day(answers, "date_of_death"),
        day(answers, "death_aware_date"),
        int(number) if number.isdigit() and int(number) > 0 else 1,
        day(answers, "notified_again_date"),
    )


def replaces(answers: Answers) -> bool:
    """Whether a form says that it replaces an earlier one of its kind."""
    return bool(text(answers, "resend_of") or text(answers, "what_changed"))


def agency_key(name: str) -> str:
    """An agency's name for comparing: small letters, no punctuation."""
    return re.sub(r"\W+", " ", name).casefold().strip()


def filled_rows(answers: Answers, block: str) -> tuple[int, ...]:
    """The numbers of the rows of a table in which anything certain stands."""
    return rows(answers, block)
