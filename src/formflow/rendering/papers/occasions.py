"""The occasions on which papers are drawn, each a plain question about a case and what was worked out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.told import IS_A_REVIEW, text

Occasion = Callable[[Case, Decision], bool]

_OTHER_ROUTE = ("looked_after_death", "care_leaver_death")
"""Duties whose notice goes to the Secretary of State and Ofsted and not to the Panel."""


def notified(case: Case, _: Decision) -> bool:
    """A notification has come."""
    return case.notification is not None


def panel_notice(case: Case, made: Decision) -> bool:
    """A notification has come, and its notice does not go another way than to the Panel."""
    return case.notification is not None and made.duty.type not in _OTHER_ROUTE


def corrected(case: Case, _: Decision) -> bool:
    """A notification has replaced an earlier one."""
    return case.version > 1


def returns_received(case: Case, _: Decision) -> bool:
    """At least one agency has returned what it holds."""
    return bool(case.returns)


def rapid_review(case: Case, made: Decision) -> bool:
    """A notification has come, and a rapid review follows from it."""
    return case.notification is not None and made.duty.rapid_review == "yes"


def undecided(case: Case, made: Decision) -> bool:
    """A notification has come, a rapid review is not ruled out, and outcome and day of a decision are not recorded."""
    taken = case.decision is not None and case.decision.taken
    return case.notification is not None and made.duty.rapid_review != "no" and not taken


def recorded(case: Case, _: Decision) -> bool:
    """A record of the rapid review's outcome has come, with or without the partners' decision."""
    return case.decision is not None


def reviewer_named(case: Case, _: Decision) -> bool:
    """A reviewer is named, and no decision says that there is no review; old reviews had theirs long ago."""
    review = not case.outcomes or bool(IS_A_REVIEW & set(case.outcomes))
    return case.reviewer is not None and case.legacy is None and review


def actions_agreed(case: Case, _: Decision) -> bool:
    """The case has actions."""
    return bool(case.actions)


def learning_told(case: Case, _: Decision) -> bool:
    """Somebody tells of good practice or of learning."""
    told = [case.answers, *(case.submissions[one.form - 1].answers for one in case.returns)]
    told += [case.submissions[case.decision.form - 1].answers] if case.decision is not None else []
    return any(
        text(answers, field) for answers in told for field in ("good_practice", "learning", "immediate_learning")
    )


def hand_over(_: Case, made: Decision) -> bool:
    """A serious case review of the earlier rules was not completed and published in its time."""
    return any(one.event == "legacy_unfinished" for one in made.tell) or any(
        one.key == "legacy_hand_over" for one in made.deadlines
    )


OCCASIONS: Mapping[str, Occasion] = {
    made.__name__: made
    for made in (
        notified,
        panel_notice,
        corrected,
        returns_received,
        rapid_review,
        undecided,
        recorded,
        reviewer_named,
        actions_agreed,
        learning_told,
        hand_over,
    )
}
"""By the name under which `papers.toml` names them."""
