"""Holding a case against the law and guidance in force: duty, findings, deadlines, recipients and routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from formflow import __version__
from formflow.deciding.advice import advice_of
from formflow.deciding.case import Case
from formflow.deciding.clock import Clock
from formflow.deciding.deadlines import deadlines_of, rapid_review_of, starts_of
from formflow.deciding.decision import Deadline, Decision, Duty, Finding
from formflow.deciding.duty import duty_of
from formflow.deciding.edition import Edition, Guidance, judges
from formflow.deciding.flags import edition_flags, flags_of
from formflow.deciding.history import History, day_known
from formflow.deciding.picking import Picked, pick
from formflow.deciding.progress import Progress, progress_of
from formflow.deciding.review_deadlines import review_deadlines_of
from formflow.deciding.said import Said
from formflow.deciding.telling import Desk, tellings_of
from formflow.deciding.working_days import WorkingDays
from formflow.extracting.dictionary import Dictionary
from formflow.local import Local

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
    local: Local = field(default_factory=Local)

    def receipt(self) -> dict[str, str]:
        """What a decision was made with, so that it can be made again: editions by fingerprint, and the settings."""
        editions = {f"guidance {edition.id}": edition.fingerprint for edition in self.guidance.editions}
        return editions | {
            "formflow": __version__,
            "rapid review starts": self.rapid_review_starts,
            "due soon": str(self.due_soon_working_days),
            "local authority": self.local_authority,
            "local settings": self.local.model_dump_json(),
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
            local=Local.model_validate_json(receipt.get("local settings", "{}")),
        )


def decide(
    case: Case, rules: Rulebook, on: date, history: History | None = None, since: Progress | None = None
) -> Decision:
    """What follows from a case on a day. Deterministic: the same case, rules, history and day give the same decision.

    `history` holds the register's other cases; `since` stands in for what the case's later forms say. The edition for
    the notification is the one in force when the council became aware (`on` while that is not certain); the edition
    for the review is the one of the day the partners decided (`on` until they have).
    """
    since = progress_of(case) if since is None else since
    said = Said(case.answers, rules.dictionary, since, history or History(), case.ref, day_known(case))
    picked = pick(said, rules.guidance, rules.local, on)
    flags = (*picked.flags, *edition_flags(picked.notification, picked.review, sure=picked.sure))
    if picked.notification is None or picked.review is None:
        reason = "No edition of the guidance covers the day, so nothing is worked out."
        nothing = Duty("cannot_tell", "cannot_tell", (), "cannot_tell", reason)
        return Decision(on, picked.ids, nothing, (), (), (), flags, picked_by=picked.why)
    duty = duty_of(said, picked.notification, rules.local_authority)
    clock = Clock(rules.working_days, rules.due_soon_working_days, on)
    findings = tuple(_findings(said, picked.notification, picked.review, picked))
    deadlines = tuple(_deadlines(case, said, duty, rules, clock, picked.notification))
    desk = Desk(picked.notification, picked.review, rules.local, clock)
    return Decision(
        on,
        picked.ids,
        duty,
        findings,
        deadlines,
        advice_of(duty, findings, picked.review, sure=picked.sure),
        (*flags_of(case, said, duty, deadlines, rules.working_days, rules.local_authority), *flags),
        tellings_of(said, duty, deadlines, desk),
        picked.why,
        {key: picked.review.term(key, picked.review_day) for key in picked.review.terms},
        _aims(duty, picked.notification, rules.local),
    )


def _findings(said: Said, notification: Edition, review: Edition, picked: Picked) -> Iterator[Finding]:
    """The definition under the edition of the notification, everything else under that of the review."""
    for group in _GROUPS:
        edition = notification if group == "definition" else review
        sure = picked.sure or group == "definition"
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
                criterion.confirmed and sure,
                edition.as_called(criterion.wording, picked.review_day),
                edition.id,
                verdict.beside,
            )


def _deadlines(
    case: Case, said: Said, duty: Duty, rules: Rulebook, clock: Clock, edition: Edition
) -> Iterator[Deadline]:
    starts = starts_of(said, case.received[0] if case.received else None, rules.rapid_review_starts)
    yield from deadlines_of(said, duty, edition, clock, starts)
    yield from rapid_review_of(said, duty, edition, clock, starts, rules.local)
    yield from review_deadlines_of(said.since, rules.guidance, clock, rules.local)


def _aims(duty: Duty, edition: Edition, local: Local) -> tuple[str, ...]:
    """The aims of the rapid review, where there is one: four, or five where the partnership works so."""
    if duty.rapid_review == "no":
        return ()
    return tuple(aim.says for aim in edition.aims if aim.profile <= local.rapid_review_aims)
