"""Holding a case against the law and guidance in force: duty, findings, deadlines and routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from formflow.deciding.advice import advice_of
from formflow.deciding.case import Case
from formflow.deciding.deadlines import Clock, deadlines_of
from formflow.deciding.decision import Decision, Duty, Finding
from formflow.deciding.duty import duty_of
from formflow.deciding.edition import Edition, Guidance, judges
from formflow.deciding.flags import edition_flags, flags_of
from formflow.deciding.said import Said
from formflow.deciding.working_days import WorkingDays
from formflow.extracting.dictionary import Dictionary

_GROUPS = ("definition", "criteria", "circumstances", "national")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything a decision is made with besides the case itself."""

    guidance: Guidance
    working_days: WorkingDays
    dictionary: Dictionary
    rapid_review_starts: str
    due_soon_working_days: int
    local_authority: str = ""

    def receipt(self) -> dict[str, str]:
        """What a decision was made with, so that it can be made again: editions by fingerprint, and the settings."""
        editions = {f"guidance {edition.id}": edition.fingerprint for edition in self.guidance.editions}
        return editions | {
            "rapid review starts": self.rapid_review_starts,
            "due soon": str(self.due_soon_working_days),
            "local authority": self.local_authority,
        }

    def as_in(self, receipt: Mapping[str, str]) -> Rulebook:
        """The same rulebook with the settings and editions of an earlier day."""
        editions = tuple(e for e in self.guidance.editions if receipt.get(f"guidance {e.id}") == e.fingerprint)
        return replace(
            self,
            guidance=Guidance(editions),
            rapid_review_starts=receipt["rapid review starts"],
            due_soon_working_days=int(receipt["due soon"]),
            local_authority=receipt["local authority"],
        )


def decide(case: Case, rules: Rulebook, on: date) -> Decision:
    """What follows from a case on a day. Deterministic: the same case, rules and day give the same decision.

    The edition for the notification is the one in force when the council became aware (`on` while that is not
    certain); the edition for the review is the one in force on the day itself.
    """
    said = Said(case.answers, rules.dictionary)
    notification = rules.guidance.on(said.day("la_aware_date") or on)
    review = rules.guidance.on(on)
    editions = {"notification": notification.id if notification else "", "review": review.id if review else ""}
    flags = tuple(edition_flags(notification, review))
    if notification is None or review is None:
        reason = "No edition of the guidance covers the day, so nothing is worked out."
        return Decision(on, editions, Duty("cannot_tell", "cannot_tell", (), "cannot_tell", reason), (), (), (), flags)
    duty = duty_of(said, care_leavers=notification.care_leavers, local_authority=rules.local_authority)
    findings = tuple(_findings(said, notification, review))
    clock = Clock(notification, rules.working_days, rules.rapid_review_starts, rules.due_soon_working_days, on)
    deadlines = tuple(deadlines_of(said, duty, clock))
    more = flags_of(case, said, duty, deadlines, rules.working_days, rules.local_authority)
    return Decision(on, editions, duty, findings, deadlines, advice_of(duty, findings), (*more, *flags))


def _findings(said: Said, notification: Edition, review: Edition) -> Iterator[Finding]:
    """The definition under the edition of the notification, everything else under that of the review."""
    for group in _GROUPS:
        edition = notification if group == "definition" else review
        for key, criterion in edition.criteria.items():
            if criterion.group != group:
                continue
            verdict = judges()[key](said)
            yield Finding(
                key,
                criterion.group,
                criterion.title,
                verdict.result,
                said.because(*verdict.rests_on),
                verdict.reason,
                criterion.source,
                verdict.would_settle,
                verdict.would_meet,
                criterion.confirmed,
            )
