"""The occasions on which papers are drawn, each a plain question about a case and what was worked out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from formflow.deciding import told
from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.told import IS_A_REVIEW

Occasion = Callable[[Case, Decision], bool]

_OTHER_ROUTE = ("looked_after_death", "care_leaver_death")
"""Duties whose notice goes to the Secretary of State and Ofsted and not to the Panel."""
_PARTNERS = {"safeguarding_partners", "local_safeguarding_children_board"}
_OTHER_AREAS = {"other_authorities", "other_authority_in_whose_area"}


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
    held = [case.answers, *(case.submissions[one.form - 1].answers for one in case.returns)]
    held += [case.submissions[case.decision.form - 1].answers] if case.decision is not None else []
    return any(
        told.text(answers, field) for answers in held for field in ("good_practice", "learning", "immediate_learning")
    )


def hand_over(_: Case, made: Decision) -> bool:
    """A serious case review of the earlier rules was not completed and published in its time."""
    return any(one.event == "legacy_unfinished" for one in made.tell) or any(
        one.key == "legacy_hand_over" for one in made.deadlines
    )


def partners_notice(case: Case, made: Decision) -> bool:
    """The safeguarding partners, or the Board before them, are to be told of the incident, or may have to be."""
    return case.notification is not None and bool(_PARTNERS & set(made.duty.recipients))


def other_area_notice(case: Case, made: Decision) -> bool:
    """Another authority is involved, or it happened in its area."""
    return case.notification is not None and bool(_OTHER_AREAS & set(made.duty.recipients))


def secretary_of_state_notice(case: Case, made: Decision) -> bool:
    """A looked-after child or a young care leaver has died, which the Secretary of State and Ofsted are told."""
    return case.notification is not None and "secretary_of_state" in made.duty.recipients


def decision_notice(case: Case, made: Decision) -> bool:
    """The partners have decided, and the Panel is to have the outcome of the rapid review or their recommendation."""
    if not _decided(case) or "not_notifiable" in case.outcomes:
        return False
    return made.duty.rapid_review != "no" or "national_referral" in case.outcomes


def review_agreed(case: Case, made: Decision) -> bool:
    """A local review was agreed."""
    return _decided(case) and _tells(made, "local_review_agreed")


def new_information(case: Case, _: Decision) -> bool:
    """Something came to light after the notification: a national review is suggested, or harm became death."""
    return case.national_suggested is not None or bool(case.deaths)


def withdrawn(case: Case, _: Decision) -> bool:
    """The partners found that the incident was not notifiable after all."""
    return _decided(case) and "not_notifiable" in case.outcomes


def review_late(case: Case, made: Decision) -> bool:
    """A local review is late, will not be published, or is said to be delayed while it goes on."""
    said = (told.truth(form.answers, "delayed") for _, _, form in reversed(tuple(case.forms("case-update"))))
    delayed = next((one for one in said if one is not None), False)
    return _tells(made, "review_late") or (delayed and case.done("local_review") is None)


def before_publication(_: Case, made: Decision) -> bool:
    """A day is planned for the publication of a local review, or it was published."""
    return _tells(made, "before_publication")


def referral_decided(case: Case, _: Decision) -> bool:
    """The partners have decided on a case that another agency than the council's children's social care sent."""
    agency = told.text(case.answers, "notifier_agency")
    return _decided(case) and agency not in ("", "childrens_social_care")


def _decided(case: Case) -> bool:
    return case.decision is not None and case.decision.taken


def _tells(made: Decision, event: str) -> bool:
    return any(one.event == event for one in made.tell)


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
        partners_notice,
        other_area_notice,
        secretary_of_state_notice,
        decision_notice,
        review_agreed,
        new_information,
        withdrawn,
        review_late,
        before_publication,
        referral_decided,
    )
}
"""By the name under which `papers.toml` names them."""
