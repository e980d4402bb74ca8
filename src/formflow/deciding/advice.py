"""The routes that are open to the safeguarding partners, and what speaks for and against each; never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from formflow.deciding.decision import Advice, Duty, Finding, Ternary
from formflow.deciding.edition import Edition

_ENDED = "Serious case reviews could be commissioned only until the partners' own arrangements began."
_REVIEW_FIRST = "The rapid review comes first; the partners decide when it is complete."


def advice_of(duty: Duty, findings: Sequence[Finding], review: Edition, *, sure: bool = True) -> tuple[Advice, ...]:
    """Every route with whether it is open: criteria met never say that a review must be held.

    `sure` is False while the day that chooses between the Board's rules and the partners' is only assumed.
    """
    if review.regime == "serious_case_review":
        return _under_the_board(duty, findings, sure=sure)
    by_key = {finding.key: finding for finding in findings}
    inside = _inside(duty)
    return (
        _national(inside, by_key),
        _local(inside, findings),
        _discretionary(inside, findings),
        Advice("multi_agency_learning_review", "yes", _met(by_key, "agencies_working_together"), ()),
        Advice("single_agency_learning_review", "yes", _met(by_key, "single_agency"), ()),
        Advice("thematic_review", "yes", _met(by_key, "recurrent_themes"), ()),
        _none_further(duty),
        _not_notifiable(duty),
        Advice("legacy_review", "no", (), (_ENDED,)),
    )


def _under_the_board(duty: Duty, findings: Sequence[Finding], *, sure: bool) -> tuple[Advice, ...]:
    """Before the partners' arrangements began the Board decided, and only on serious case reviews."""
    by_key = {finding.key: finding for finding in findings}
    note = "The Board decides; its test is to be confirmed against the rules of 2015."
    shut: Ternary = "no" if sure else "cannot_tell"
    closed = ("Until the partners' own arrangements began there were only serious case reviews.",)
    later = ("local_review", "discretionary_local_review")
    return (
        _national(_inside(duty), by_key),
        *(Advice(outcome, shut, (), closed) for outcome in later),
        Advice("multi_agency_learning_review", "yes", (), ()),
        Advice("single_agency_learning_review", "yes", (), ()),
        Advice("thematic_review", "yes", (), ()),
        _none_further(duty),
        _not_notifiable(duty),
        Advice("legacy_review", "yes" if sure else "cannot_tell", _met(by_key, "serious_case_review"), (note,)),
    )


def _inside(duty: Duty) -> Ternary:
    if duty.type in ("abuse_neglect_death", "abuse_neglect_harm"):
        return "yes"
    return "cannot_tell" if duty.type == "cannot_tell" else "no"


def _national(inside: Ternary, by_key: Mapping[str, Finding]) -> Advice:
    grounds = _met(by_key, "national_improvements", "legislative_change", "national_recurrent_themes")
    note = "The partners recommend; the Panel decides whether there is a national review."
    return Advice("national_referral", inside, grounds, (note,) if inside != "no" else (_outside(), note))


def _local(inside: Ternary, findings: Sequence[Finding]) -> Advice:
    speaks = _for(findings)
    against = [_REVIEW_FIRST] if inside != "no" else [_outside()]
    if not speaks:
        against.append("On what the form says, none of the criteria is met yet.")
    return Advice("local_review", inside, speaks, tuple(against))


def _discretionary(inside: Ternary, findings: Sequence[Finding]) -> Advice:
    note = "Partners may choose a local review although the definition is not met."
    opposite: dict[Ternary, Ternary] = {"yes": "no", "no": "yes", "cannot_tell": "cannot_tell"}
    return Advice(
        "discretionary_local_review", opposite[inside], (*_for(findings), note) if inside != "yes" else (), ()
    )


def _none_further(duty: Duty) -> Advice:
    if duty.rapid_review == "yes":
        return Advice("no_further_review", "yes", (), (_REVIEW_FIRST, "It is still sent to the Panel, with reasons."))
    return Advice("no_further_review", "yes" if duty.rapid_review == "no" else "cannot_tell", (), ())


def _not_notifiable(duty: Duty) -> Advice:
    match duty.notify:
        case "yes":
            against = (
                duty.reason,
                "After a notification, only the finding that it did not meet the criteria opens it.",
            )
            return Advice("not_notifiable", "no", (), against)
        case "no":
            return Advice("not_notifiable", "yes", (duty.reason,), ())
        case "cannot_tell":
            return Advice("not_notifiable", "cannot_tell", (), (duty.reason,))


def _for(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(
        f"{finding.title}: {finding.reason}"
        for finding in findings
        if finding.group in ("criteria", "circumstances") and finding.result in ("met", "may_be_met")
    )


def _met(by_key: Mapping[str, Finding], *keys: str) -> tuple[str, ...]:
    found = (by_key[key] for key in keys if key in by_key)
    return tuple(f"{finding.title}: {finding.reason}" for finding in found if finding.result in ("met", "may_be_met"))


def _outside() -> str:
    return "On what the form says, the definition of a serious child safeguarding case is not met."
