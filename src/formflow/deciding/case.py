"""The case so far: the fold of its submissions in order, never edited."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from formflow.deciding import told
from formflow.deciding.actions import Action, actions_of
from formflow.deciding.fold import folded
from formflow.deciding.told import (
    AgencyReturn,
    Dated,
    Death,
    Legacy,
    PanelResponse,
    PartnersDecision,
    Publication,
    Reviewer,
)
from formflow.extracting.form import Answer
from formflow.validating.submission import Submission

PANEL_RESPONSE = "formflow-prr-1"
"""The layout of a Panel response; its kind is `case-update`, like that of every form that tells of a change."""

DATES: Mapping[str, tuple[str, ...]] = {
    "notify_panel": ("national_date",),
    "tell_partners": ("partners_told_date",),
    "notify_secretary_of_state_and_ofsted": ("secretary_of_state_told_date",),
    "tell_other_authorities": ("other_authorities_told_date",),
    "agencies_asked": ("agencies_asked_date",),
    "returns_due": ("returns_due_date",),
    "rapid_review_meeting": ("review_meeting_date",),
    "rapid_review_completed": ("rapid_review_completed_date",),
    "rapid_review": ("rapid_review_sent_date",),
    "partners_decided": ("decision_date",),
    "tell_panel_decision": ("decision_told_panel_date",),
    "tell_ofsted_decision": ("decision_told_ofsted_date",),
    "tell_dfe_decision": ("decision_told_dfe_date",),
    "reviewer_appointed": ("reviewer_appointed_date",),
    "panel_responded": ("panel_response_date",),
    "national_suggested": ("national_told_panel_date",),
    "delay_told": ("delay_told_date",),
    "monitored": ("monitored_date",),
    "written_request": ("written_request_date",),
    "local_review": ("review_completed_date",),
    "send_before_publication": ("sent_before_publication_date",),
    "published": ("published_date",),
    "handed_over": ("handed_over_date",),
    "closed": ("close_date",),
}
"""What was done, by key (those of deadlines where there is one), and the questions that tell when."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its reference and every submission so far; everything else is read from them, newest first."""

    ref: str
    """`SIN-2026-001`; empty for a form that is only being looked at."""
    submissions: tuple[Submission, ...] = field(repr=False)
    received: tuple[date, ...] = ()
    """The day each submission arrived, in the same order."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers to the notification's questions that hold now.

        Those of the newest notification, with what later forms tell: a death after harm, the day the Panel was
        notified, answers to questions that were open. The notification itself, untouched, is `notification.answers`.
        """
        return folded(self.submissions)

    @property
    def who(self) -> Mapping[str, Answer]:
        """The answers by which the case is known again: those that hold now, or its first form's without one."""
        return self.answers or (self.submissions[0].answers if self.submissions else {})

    @property
    def linked(self) -> tuple[str, ...]:
        """The cases that people said are of the same incident, by their references."""
        said = (told.text(s.answers, "linked_cases").upper() for _, _, s in self.forms("case-update"))
        found = (ref for words in said for ref in re.findall(r"[A-Z]{2,8}-\d{4}-\d{3,}", words))
        return tuple(dict.fromkeys(ref for ref in found if ref != self.ref))

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that the newest decision record ticks, by their ids."""
        records = [s for _, _, s in self.forms("decision-record")]
        return told.chosen(records[-1].answers, "themes") if records else ()

    @property
    def notification(self) -> Submission | None:
        """The newest notification as it was sent; None for a case that opened without one."""
        return next((s for s in reversed(self.submissions) if s.kind == "notification"), None)

    @property
    def version(self) -> int:
        """How many notifications the case has had; 1 for the first."""
        return sum(1 for s in self.submissions if s.kind == "notification")

    @property
    def returns(self) -> tuple[AgencyReturn, ...]:
        """What the agencies returned, in the order in which it came; a return that replaces an earlier one instead."""
        gone, sent, found = self.superseded, Counter[str](), []
        for number, received, form in self.forms("agency-return"):
            agency = told.text(form.answers, "agency_name")
            sent[told.agency_key(agency)] += 1
            held = told.truth(form.answers, "nothing_held") is True
            version = sent[told.agency_key(agency)] if told.replaces(form.answers) else 1
            secured = told.day(form.answers, "records_secured_date")
            if number not in gone:
                found.append(AgencyReturn(agency or "Agency not named", number, received, version, held, secured))
        return tuple(found)

    @property
    def superseded(self) -> frozenset[int]:
        """The numbers of the forms that a newer version speaks for instead; they are kept, and tell nothing more."""
        return frozenset(self.replaced_by)

    @property
    def replaced_by(self) -> Mapping[int, int]:
        """The number of each form that a newer version speaks for instead, with the number of the one that does.

        A notification, a decision record and a legacy review form replace the one before. An agency return does so
        only when it says so: two services may return under one name.
        """
        gone: dict[int, int] = {}
        for kind in ("notification", "decision-record", "legacy-review"):
            numbers = [number for number, _, _ in self.forms(kind)]
            gone.update((number, numbers[-1]) for number in numbers[:-1])
        by_agency: dict[str, list[int]] = defaultdict(list)
        for number, _, form in self.forms("agency-return"):
            key = told.agency_key(told.text(form.answers, "agency_name"))
            if key and told.replaces(form.answers):
                gone.update((earlier, number) for earlier in by_agency[key])
            by_agency[key].append(number)
        return gone

    @property
    def decisions(self) -> tuple[PartnersDecision, ...]:
        """Every decision record, oldest first."""
        return tuple(told.partners_decision(s.answers, n, day) for n, day, s in self.forms("decision-record"))

    @property
    def decision(self) -> PartnersDecision | None:
        """The newest record that gives a decision; while none does, the newest. The earlier ones stay as history."""
        given = [record for record in self.decisions if record.outcomes] or self.decisions
        return given[-1] if given else None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What the partners decided; none while no decision was taken."""
        if self.decision is not None and self.decision.taken:
            return self.decision.outcomes
        return ("legacy_review",) if self.legacy is not None else ()

    @property
    def panel_response(self) -> PanelResponse | None:
        """The Panel's newest response."""
        found = [told.panel_response(s.answers, n, day) for n, day, s in self.forms("case-update")
                 if s.layout == PANEL_RESPONSE]  # fmt: skip
        return found[-1] if found else None

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action, as the newest form that speaks of it leaves it."""
        return actions_of((n, s.kind, s.answers) for n, _, s in self.forms())

    @property
    def deaths(self) -> tuple[Death, ...]:
        """Harm that became death, as later forms told it; the notification keeps what it said."""
        found = (told.death(s.answers, n, day) for n, day, s in self.forms("case-update"))
        return tuple(one for one in found if one is not None)

    @property
    def reviewer(self) -> Reviewer | None:
        """The reviewer whom the newest form names; None while none is named."""
        named = [told.reviewer(s.answers) for _, _, s in self.forms("decision-record", "case-update", "legacy-review")]
        return next((one for one in reversed(named) if one.name), None)

    @property
    def national_suggested(self) -> Dated | None:
        """When new information suggested a national review, and the form that says so."""
        for number, received, form in reversed(tuple(self.forms("case-update"))):
            if told.truth(form.answers, "national_now_suggested"):
                day = told.day(form.answers, "national_told_panel_date") or received
                return Dated(day, number, "national_now_suggested")
        return None

    @property
    def publication(self) -> Publication:
        """What becomes of the report, each part from the newest form that says it."""
        say, when = self._newest_text, self.done
        return Publication(
            say("publication_choice"), self._newest_day("publication_planned_date"), when("published"),
            say("not_published_reason"),
        )  # fmt: skip

    @property
    def legacy(self) -> Legacy | None:
        """The serious case review of the earlier rules that this case is, if it is one."""
        found = list(self.forms("legacy-review"))
        if not found:
            return None
        number, received, _ = found[-1]
        commissioned, began = self._newest_day("commissioned_date"), self._newest_day("arrangements_date")
        why = self._newest_text("not_published_reason")
        return Legacy(number, received, commissioned, began, self.done("local_review"), self.done("published"), why)

    @property
    def closing(self) -> Dated | None:
        """When people asked for the case to be closed. Whether it can be is for `stages.stage_of` to say."""
        for number, received, form in reversed(tuple(self.forms("case-update"))):
            wanted = told.truth(form.answers, "close_case")
            if wanted is not None:
                when = told.day(form.answers, "close_date") or received
                return Dated(when, number, "close_case") if wanted else None
        return None

    @property
    def dates(self) -> Mapping[str, Dated]:
        """When each thing was done, by the keys of `DATES`, from the newest form that says so.

        What the notification asks too (the day the Panel was notified) is taken only while it is not contradicted.
        """
        found: dict[str, Dated] = {}
        old = self.superseded
        for number, _, form in self.forms():
            if form.kind == "notification" and number in old:
                continue
            for key, fields in DATES.items():
                for name in fields:
                    if (day := told.day(form.answers, name)) is not None:
                        found[key] = Dated(day, number, name)
        answers = self.answers
        return {key: held for key, held in found.items() if held.field not in answers
                or told.day(answers, held.field) is not None}  # fmt: skip

    def done(self, key: str) -> date | None:
        """The day something was done (`rapid_review`, `tell_partners` …), for deadlines; None while no form says so."""
        held = self.dates.get(key)
        return held.day if held else None

    def all_days(self, key: str) -> tuple[date, ...]:
        """Every day on which something that recurs was done (`monitored`), in order."""
        days = (told.day(s.answers, name) for _, _, s in self.forms() for name in DATES[key])
        return tuple(sorted({one for one in days if one is not None}))

    def forms(self, *kinds: str) -> Iterator[tuple[int, date, Submission]]:
        """The forms of these kinds, or all: number in the case from 1, the day it arrived, and the form."""
        for number, form in enumerate(self.submissions, 1):
            if not kinds or form.kind in kinds:
                yield number, self.received[number - 1] if number <= len(self.received) else date.min, form

    def with_form(self, form: Submission, received: date) -> Case:
        """The case with one more form, its newest."""
        return Case(self.ref, (*self.submissions, form), (*self.received, received))

    def _newest_text(self, name: str) -> str:
        return next((words for s in reversed(self.submissions) if (words := told.text(s.answers, name))), "")

    def _newest_day(self, name: str) -> date | None:
        return next((day for s in reversed(self.submissions) if (day := told.day(s.answers, name))), None)
