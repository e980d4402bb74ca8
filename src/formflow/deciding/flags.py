"""What a person should see about a case besides the findings: lateness, several children, other areas, restrictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from formflow.deciding.ages import age_of
from formflow.deciding.case import Case
from formflow.deciding.decision import Deadline, Duty, Flag
from formflow.deciding.duty import other_areas
from formflow.deciding.edition import Edition
from formflow.deciding.facts import facts_of
from formflow.deciding.review_deadlines import ALL_BEGAN
from formflow.deciding.said import Said
from formflow.deciding.working_days import WorkingDays
from formflow.local import Local


def flags_of(
    case: Case, said: Said, duty: Duty, deadlines: Sequence[Deadline], days: WorkingDays, local_authority: str
) -> tuple[Flag, ...]:
    """Every flag, in the order in which people should see them."""
    return tuple(
        flag
        for part in (
            _dates(said, deadlines, days),
            _children(said),
            _others(said, duty, local_authority),
            _versions(case),
        )
        for flag in part
    )


def edition_flags(notification: Edition | None, review: Edition | None, *, sure: bool) -> Iterator[Flag]:
    """What the editions themselves leave open; `sure` is False while the day between two regimes is only assumed."""
    if notification is None or review is None:
        yield Flag("no_edition", "No edition of the guidance that formflow holds covers the day: the oldest is that of "
                                 "2015.")  # fmt: skip
    elif sure and notification.route == "panel" and review.regime == "serious_case_review":
        yield Flag("two_regimes", "The Panel is notified under the guidance of 2018, and the review is still one of "
                                  "2015: the partners' own arrangements had not begun on the day.")  # fmt: skip
    for edition in {edition.id: edition for edition in (notification, review) if edition is not None}.values():
        if not edition.confirmed:
            yield Flag("to_be_confirmed", f"{edition.title}: {edition.status}")


def _dates(said: Said, deadlines: Sequence[Deadline], days: WorkingDays) -> Iterator[Flag]:
    if said.day("la_aware_date") is None:
        yield Flag(
            "awareness_missing", "The day the council became aware is not certain: no deadline can be worked out."
        )
    for deadline in deadlines:
        if deadline.state == "done_late" and deadline.done and deadline.due:
            late = days.between(deadline.due, deadline.done)
            counted = ", ".join(f"{day.day} {day:%b}" for day in deadline.counted)
            words = "1 working day" if late == 1 else f"{late} working days"
            yield Flag("notified_late", f"{deadline.title}: done {words} late. The days counted were {counted}.")


def _children(said: Said) -> Iterator[Flag]:
    children = said.children()
    ages = [age_of(said, number) for number in children]
    if any(age.unborn for age in ages):
        yield Flag("unborn", "The child is unborn: a person must decide whether the duty applies.")
    if any(age.youngest is not None and age.youngest >= 18 for age in ages):
        yield Flag("adult", "A person on the form is 18 or over: only the death of a care leaver under 25 is told of.")
    if len(children) > 1:
        outcomes = {said.choice(f"child_{number}_outcome") for number in children} - {None}
        mixed = ", with different outcomes" if len(outcomes) > 1 or len(said.chosen("nature") or ()) > 1 else ""
        yield Flag("several_children", f"{len(children)} children in one incident{mixed}: one notification for all.")
    if len(children) > 4:
        yield Flag("more_than_four", "The national form takes 4 children; name the others in its further information.")
    roles = {said.choice(f"child_{number}_role") for number in children}
    if said.truth("child_suspected_perpetrator") is True or "alleged_perpetrator" in roles:
        yield Flag("child_perpetrator", "A child is suspected of having caused the harm, and may also be the subject "
                                        "of a review if the definition is met.")  # fmt: skip


def _others(said: Said, duty: Duty, local_authority: str) -> Iterator[Flag]:
    facts = facts_of(said)
    if duty.type == "other_authority" and facts.died is True and facts.looked_after is True:
        yield Flag("looked_after_elsewhere", "The child was looked after: whoever looked after it also tells the "
                                             "Secretary of State and Ofsted of the death.")  # fmt: skip
    if said.since.harm_became_death:
        yield Flag("harm_became_death", "The child has died since it was notified as harmed. What the notification "
                                        "said is kept; the Panel is told again.")  # fmt: skip
    if other_areas(said, local_authority):
        yield Flag("other_area", "Another local authority is named and is to be told.")
    if duty.type == "other_authority":
        yield Flag("not_ours", "It happened in another English authority's area: that authority notifies the Panel.")
    if said.truth("process_restricted") is True:
        yield Flag("restricted", "The police or another body restrict who may be told: reveal only to the partners.")
    if said.text("who_must_not_be_told"):
        yield Flag("must_not_be_told", "The form names people who must not be told. Read it before anything is sent.")


def operating_day_flag(local: Local, review_day: date, *, legacy: bool) -> Iterator[Flag]:
    """The day the partners' arrangements began decides between two regimes; where it is not set, that is asked."""
    between = date(2018, 6, 29) <= review_day < ALL_BEGAN
    if local.arrangements_began is None and (between or legacy):
        yield Flag("operating_day_assumed", "The settings do not say when the partners' own arrangements began: 29 "
                                            "September 2019 was taken, the last day the law allowed. Please set "
                                            '"arrangements_began".')  # fmt: skip


def _versions(case: Case) -> Iterator[Flag]:
    if case.version > 1:
        yield Flag("corrected", f"This is version {case.version} of the notification; earlier versions are kept.")
