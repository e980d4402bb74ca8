"""Where a case stands: stages 1 to 4 of the chapter's Appendix 2, then review, actions and closed; and what is owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from formflow.deciding.case import Case
from formflow.deciding.told import IS_A_REVIEW, NEEDS_PUBLICATION

Milestone = Literal["notified", "agencies_asked", "return_received", "review_held", "recommended", "decided"]
StageKey = Literal["1", "2", "3", "4", "review", "actions", "closed"]

TITLES: Mapping[str, str] = {
    "1": "1 Notified",
    "2": "2 Information",
    "3": "3 Rapid review",
    "4": "4 Decision",
    "review": "5 Review",
    "actions": "6 Actions",
    "closed": "7 Closed",
}
"""What people read; the titles of 1 to 4 can be set."""

BEGINS: Mapping[Milestone, StageKey] = {
    "notified": "1",
    "agencies_asked": "2",
    "return_received": "2",
    "review_held": "3",
    "recommended": "4",
    "decided": "4",
}
"""Which of the four stages each milestone begins. The chapter names the stages but does not print them, so that this
is a reading of it, and a setting."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """How a partnership counts stages 1 to 4."""

    begins: Mapping[Milestone, StageKey]
    titles: Mapping[str, str]

    @staticmethod
    def of(begins: Mapping[str, str] | None = None, titles: Mapping[str, str] | None = None) -> StagePlan:
        """The plan with a partnership's own choices; what it does not set stays as it is."""
        chosen = {milestone: _stage((begins or {}).get(milestone, stage)) for milestone, stage in BEGINS.items()}
        return StagePlan(chosen, {**TITLES, **(titles or {})})


def _stage(text: str) -> StageKey:
    match text:
        case "1" | "2" | "3" | "4":
            return text
        case _:
            raise ValueError(f"{text} is none of the stages 1 to 4")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case stands, and what stops it from being closed."""

    key: StageKey
    title: str
    owed: tuple[str, ...]
    """What must still be done before it can be closed, in words; empty when nothing is."""

    @property
    def closed(self) -> bool:
        """Whether the case is closed."""
        return self.key == "closed"


def stage_of(case: Case, plan: StagePlan | None = None, *, must_decide: bool = True) -> Stage:
    """Where the case stands on what its forms say.

    It is closed only when people asked for it and its actions and any duty to publish are discharged. `must_decide`
    is false for a case without a rapid review, which needs no decision of the partners.
    """
    plan = plan or StagePlan.of()
    owed = tuple(owed_by(case, must_decide=must_decide))
    key = _key(case, plan, owed=bool(owed))
    return Stage(key, plan.titles[key], owed)


def _key(case: Case, plan: StagePlan, *, owed: bool) -> StageKey:
    if case.closing is not None and not owed:
        return "closed"
    if case.outcomes and not _awaits_a_decision(case):
        return "review" if _under_review(case) else "actions"
    reached = [plan.begins[milestone] for milestone in _milestones(case)]
    return max(reached, default="1")


def _awaits_a_decision(case: Case) -> bool:
    """Whether only the Panel's part is decided: a recommendation of a national review alone decides nothing here."""
    return set(case.outcomes) == {"national_referral"} and case.panel_response is None


def _under_review(case: Case) -> bool:
    finished = case.done("local_review") is not None and not tuple(_owed_publication(case))
    return bool(IS_A_REVIEW & set(case.outcomes)) and not finished and not _handed_over(case)


def _milestones(case: Case) -> Iterator[Milestone]:
    yield "notified"
    if case.done("agencies_asked"):
        yield "agencies_asked"
    if case.returns:
        yield "return_received"
    if case.done("rapid_review_meeting") or case.done("rapid_review_completed"):
        yield "review_held"
    if case.decision is not None and case.decision.recommendation:
        yield "recommended"
    if case.decision is not None and case.decision.outcomes:
        yield "decided"


def owed_by(case: Case, *, must_decide: bool = True) -> Iterator[str]:
    """What must be done before the case can be closed: its decision, its review, its publication, its actions."""
    if must_decide and not case.outcomes:
        yield "The partners' decision is not recorded."
    if IS_A_REVIEW & set(case.outcomes) and case.done("local_review") is None and not _handed_over(case):
        yield "The review is not completed."
    yield from _owed_publication(case)
    left = [action.ref for action in case.actions if not action.discharged]
    if left:
        yield f"{'1 action is' if len(left) == 1 else f'{len(left)} actions are'} not discharged: {', '.join(left)}."


def _handed_over(case: Case) -> bool:
    """A legacy review that was handed over is no longer this register's to finish."""
    return case.legacy is not None and case.done("handed_over") is not None


def _owed_publication(case: Case) -> Iterator[str]:
    """A local review is published, or the improvements it found are; a legacy review too, or it is handed over."""
    if not NEEDS_PUBLICATION & set(case.outcomes) or _handed_over(case):
        return
    publication = case.publication
    if publication.published is None:
        yield "The report, or the improvements it found, is not published."
    elif publication.choice == "improvements_only" and not publication.why_not:
        yield "Only the improvements were published, and the reasons for it are not recorded."
