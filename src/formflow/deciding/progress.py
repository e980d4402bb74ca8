"""What has happened in a case since it was notified, as plain data for deadlines, recipients and criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from formflow.deciding.actions import Action
from formflow.deciding.case import Case
from formflow.deciding.told import Death


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something an agency undertook to do."""

    ref: str
    agency: str
    """The agency, never a person."""
    agreed: date | None = None
    due: date | None = None
    done: date | None = None
    theme: str = ""
    says: str = field(default="", repr=False)
    settled: bool = False
    """Nothing is left to do: done, or given up with a reason."""


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was told of something."""

    event: str
    """An event of the edition: `notifiable_incident`, `local_review_agreed`."""
    recipient: str
    on: date


@dataclass(frozen=True, slots=True)
class OldReview:
    """A serious case review of the earlier rules."""

    commissioned: date | None = None
    completed: date | None = None
    published: date | None = None
    arrangements_began: date | None = None
    """The day the partners' own arrangements began, where the form gives it."""

    @property
    def finished(self) -> date | None:
        """The day both completion and publication were reached; None while one is missing."""
        return max(self.completed, self.published) if self.completed and self.published else None


@dataclass(frozen=True, slots=True)
class Progress:
    """The days and choices that later deadlines and recipients turn on. Empty where no form says so yet."""

    rapid_review_sent: date | None = None
    panel_considered: date | None = None
    """The day the Panel considered the case; only from then on can its view count as a criterion."""
    panel_prefers_local_review: bool | None = None
    decided: date | None = None
    """The day of the three partners' decision."""
    outcomes: tuple[str, ...] = ()
    """What the partners decided, in the words of the advice: `local_review`, `national_referral`. May be several."""
    review_agreed: date | None = None
    """The day it was decided to begin a local review; the six months run from here."""
    reviewer_named: bool = False
    review_complete: date | None = None
    monitored: tuple[date, ...] = ()
    """The days on which the partners looked at the time taken and the quality of the review."""
    publication_planned: date | None = None
    sent_before_publication: date | None = None
    published: date | None = None
    will_not_publish: bool = False
    national_view_changed: date | None = None
    """The day on which new information suggested a national review after all."""
    found_not_notifiable: date | None = None
    death_known: date | None = None
    """For harm that became death: the day the council knew of the death."""
    death_notified: date | None = None
    harm_became_death: bool = False
    reached: tuple[tuple[str, date], ...] = ()
    """Local milestones that were reached, by their key."""
    themes: tuple[str, ...] = ()
    """Themes that people gave the case, besides the kinds of abuse."""
    actions: tuple[Agreed, ...] = ()
    told: tuple[Told, ...] = ()
    legacy: OldReview | None = None

    def told_on(self, event: str, recipient: str) -> date | None:
        """The first day a recipient was told of an event; None while nothing says so."""
        return min((t.on for t in self.told if (t.event, t.recipient) == (event, recipient)), default=None)

    def reached_on(self, milestone: str) -> date | None:
        """The day a local milestone was reached."""
        return next((day for key, day in self.reached if key == milestone), None)


_LOCAL = frozenset({"local_review", "discretionary_local_review"})
_TELLS = {
    "notify_panel": (("notifiable_incident", "panel"),),
    "tell_partners": (("notifiable_incident_partners", "safeguarding_partners"),),
    "tell_other_authorities": (("notifiable_incident_partners", "other_authorities"),),
    "notify_secretary_of_state_and_ofsted": (
        ("looked_after_death", "secretary_of_state"),
        ("looked_after_death", "ofsted"),
        ("care_leaver_death", "secretary_of_state"),
        ("care_leaver_death", "ofsted"),
    ),
    "rapid_review": (("rapid_review_complete", "panel"),),
    "tell_panel_decision": (("local_review_agreed", "panel"),),
    "tell_ofsted_decision": (("local_review_agreed", "ofsted"),),
    "tell_dfe_decision": (("local_review_agreed", "department_for_education"),),
    "national_suggested": (("national_view_changed", "panel"),),
    "delay_told": (("review_late", "panel"), ("review_late", "secretary_of_state")),
    "send_before_publication": (
        ("before_publication", "panel"),
        ("before_publication", "secretary_of_state"),
        ("before_publication", "ofsted"),
    ),
    "handed_over": (
        ("legacy_unfinished", "safeguarding_partners"),
        ("legacy_unfinished", "panel"),
        ("legacy_unfinished", "department_for_education"),
    ),
}
"""Which telling a recorded date stands for."""
_MILESTONES = {
    "agencies_asked": "scoping_request",
    "rapid_review_meeting": "rapid_review_meeting",
    "partners_decided": "partner_sign_off",
}


def progress_of(case: Case) -> Progress:
    """What the forms of a case say of its progress, each day from the newest form that says it."""
    decision, response, death = case.decision, case.panel_response, case.deaths[-1] if case.deaths else None
    decided = decision.decided_on if decision and decision.taken else None
    outcomes, review = case.outcomes, case.publication
    done = {key: dated.day for key, dated in case.dates.items()}
    return Progress(
        rapid_review_sent=done.get("rapid_review"),
        panel_considered=(response.considered_on or response.on) if response else None,
        panel_prefers_local_review=response.local_review if response else None,
        decided=decided,
        outcomes=outcomes,
        review_agreed=decided if _LOCAL & set(outcomes) else None,
        reviewer_named=case.reviewer is not None,
        review_complete=done.get("local_review"),
        monitored=case.all_days("monitored"),
        publication_planned=review.planned,
        sent_before_publication=done.get("send_before_publication"),
        published=review.published,
        will_not_publish=review.choice == "improvements_only",
        national_view_changed=case.national_suggested.day if case.national_suggested else None,
        found_not_notifiable=decided if "not_notifiable" in outcomes else None,
        death_known=death.known_on if death else None,
        death_notified=death.notified_again if death else None,
        harm_became_death=death is not None,
        reached=tuple((m, done[key]) for key, m in _MILESTONES.items() if key in done),
        themes=tuple(dict.fromkeys(action.theme for action in case.actions if action.theme)),
        actions=tuple(_agreed(action, decided) for action in case.actions),
        told=(*_told(done), *_death_told(death)),
        legacy=_legacy(case),
    )


def _agreed(action: Action, decided: date | None) -> Agreed:
    return Agreed(
        action.ref, action.agency, action.start or decided, action.due_now, action.closed, action.theme, action.text,
        action.discharged,
    )  # fmt: skip


def _told(done: Mapping[str, date]) -> Iterator[Told]:
    for key, tellings in _TELLS.items():
        if key in done:
            yield from (Told(event, recipient, done[key]) for event, recipient in tellings)
    if "notify_panel" in done:
        day = done["notify_panel"]
        for event in ("looked_after_death", "care_leaver_death"):  # one national form for all three kinds of incident
            yield from (Told(event, recipient, day) for recipient in ("secretary_of_state", "ofsted"))
        yield Told("incident_before_2018", "ofsted", day)


def _death_told(death: Death | None) -> Iterator[Told]:
    if death is not None and death.notified_again is not None:
        yield Told("harm_became_death", "panel", death.notified_again)


def _legacy(case: Case) -> OldReview | None:
    held = case.legacy
    return OldReview(held.commissioned, held.completed, held.published, held.arrangements_from) if held else None
