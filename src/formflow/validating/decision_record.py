"""What the record of the partners' decision must say; a dissent or a missing view never stops it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from formflow.validating.asked import Asked
from formflow.validating.process import actions, contradicts, in_order, not_in_the_future
from formflow.validating.submission import Query

_NO_REVIEW = frozenset({"no_further_review", "not_notifiable"})
_LOCAL = frozenset({"local_review", "discretionary_local_review"})
_GROUNDS = ("ground_national_improvements", "ground_legislative_change", "ground_national_recurrent_themes")
_LEAST = 100
"""Letters that reasons should have, so that somebody can follow them later."""
_MONTHS = 6


def decision_record(asked: Asked) -> Iterator[Query]:
    """Everything that does not fit together on a decision record."""
    yield from not_in_the_future(asked)
    yield from in_order(asked, "incident_date", "national_date", "review_meeting_date", "rapid_review_completed_date",
                        "rapid_review_sent_date")  # fmt: skip
    yield from in_order(asked, "recommendation_date", "decision_date", "review_target_date")
    for told in ("panel", "ofsted", "dfe"):
        yield from in_order(asked, "decision_date", f"decision_told_{told}_date")
    yield from _something_is_decided(asked)
    yield from _outcomes_fit(asked)
    yield from _partners(asked)
    yield from _national(asked)
    yield from _reviewer(asked)
    yield from _reasons(asked)
    yield from actions(asked)


def _outcomes(asked: Asked) -> frozenset[str]:
    value = asked.value("outcome")
    return frozenset(value) if isinstance(value, tuple) else frozenset()


def _something_is_decided(asked: Asked) -> Iterator[Query]:
    if asked.open("outcome") and asked.open("recommendation"):
        words = (
            "neither the group's recommendation nor the partners' decision is given. Please give at least one of them."
        )
        yield asked.say("blocker", "outcome", words)


def _outcomes_fit(asked: Asked) -> Iterator[Query]:
    """What excludes each other is asked; a national recommendation beside a local decision is not."""
    outcomes = _outcomes(asked)
    if outcomes & _NO_REVIEW and outcomes - _NO_REVIEW - {"national_referral"}:
        yield contradicts(asked, "outcome", "a review is ticked, and that there is none.")
    if outcomes >= _LOCAL:
        yield contradicts(asked, "outcome", "both kinds of local review are ticked.")
    met = asked.value("definition_met")
    if "local_review" in outcomes and met == "no":
        words = (
            'a local review is ticked, but the definition is not met. If the partners choose one all the same, tick "'
        )
        yield asked.say("query", "outcome", f'{words}{_words(asked, "discretionary_local_review")}".')
    if "discretionary_local_review" in outcomes and met == "yes":
        yield contradicts(asked, "definition_met", "yes, but the review is ticked as one outside the definition.")
    if "not_notifiable" in outcomes and met == "yes":
        yield contradicts(asked, "definition_met", "yes, but the case is found not to be notifiable.")


def _partners(asked: Asked) -> Iterator[Query]:
    """Each partner's view, once there is a decision: what is missing is asked, and stops nothing."""
    if asked.open("outcome"):
        return
    for partner, name in asked.dictionary.options["partner"].items():
        start = f"partner_{partner}_"
        if asked.open(f"{start}view"):
            words = f"the view of the {name[0].lower()}{name[1:]} is not recorded. It counts neither as agreement nor "
            yield asked.say("query", f"{start}view", f"{words}as dissent.")
            continue
        if asked.value(f"{start}view") == "dissent" and asked.open(f"{start}reason"):
            yield asked.say("query", f"{start}reason", "this partner dissents. Please give the reasons.")
        for part, words in (("name", "who decided"), ("date", "when")):
            if asked.open(f"{start}{part}"):
                yield asked.say("query", f"{start}{part}", f"the view is given, but not {words}.")


def _national(asked: Asked) -> Iterator[Query]:
    """A recommendation of a national review rests on a ground of regulation 3; the Panel decides."""
    grounds = [field for field in _GROUNDS if asked.value(field) == "yes"]
    recommended = "national_referral" in _outcomes(asked)
    if recommended and not grounds:
        words = "a national review is recommended, but no ground of regulation 3 is ticked. Please tick which applies."
        yield asked.say("query", _GROUNDS[0], words)
    if asked.value("national_view") == "no" and (recommended or grounds):
        yield contradicts(asked, "national_view", "no, but a national review is recommended or a ground is ticked.")


def _reviewer(asked: Asked) -> Iterator[Query]:
    """A local review has its reviewer, or says that none has been appointed yet."""
    named, not_yet = asked.answered("reviewer_name"), asked.value("reviewer_not_yet") == "yes"
    if named and not_yet:
        yield contradicts(asked, "reviewer_not_yet", "ticked, but a reviewer is named.")
    if _outcomes(asked) & _LOCAL and not named and not not_yet:
        words = "a local review is decided. Please name the reviewer, or tick that none has been appointed yet."
        yield asked.say("query", "reviewer_name", words)
    tested = asked.value("reviewer_test")
    if named and isinstance(tested, tuple):
        options = asked.dictionary.options["reviewer_test"]
        left = [words for option, words in options.items() if option not in tested]
        if left:
            yield asked.say("query", "reviewer_test", f"not established: {'; '.join(left)}. Please say whether it is.")
    decided, target = asked.day("decision_date"), asked.day("review_target_date")
    if _outcomes(asked) & _LOCAL and decided and target and target > _months_after(decided, _MONTHS):
        words = "this is more than 6 months after the decision. Please give the reasons, or another day."
        yield asked.say("query", "review_target_date", words)


def _reasons(asked: Asked) -> Iterator[Query]:
    for field in ("reasons_for", "reasons_against"):
        value = asked.value(field)
        if isinstance(value, str) and len(value) < _LEAST:
            yield asked.say("note", field, "these reasons are short. Could somebody follow them in a year's time?")


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    year += start.year
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _words(asked: Asked, option: str) -> str:
    return asked.dictionary.options["outcome"][option]
