"""Answers that are clear one by one and do not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from formflow.validating.asked import Asked
from formflow.validating.further import further_children
from formflow.validating.submission import Query

Rule = Callable[[Asked], Iterator[Query]]

_ORDER = (
    ("incident_date", "the incident"),
    ("la_aware_date", "the day the council became aware"),
    ("national_date", "the notification to the Panel"),
)


def in_order(asked: Asked) -> Iterator[Query]:
    """Incident, awareness and notification come in this order."""
    known = [(field, words) for field, words in _ORDER if asked.span(field)]
    for (earlier, before), (later, _) in pairwise(known):
        first, second = asked.span(earlier), asked.span(later)
        if first and second and second[1] < first[0]:
            yield asked.say("query", later, f"this day is before {before}. Please check both dates.")


def death_after_birth_and_incident(asked: Asked) -> Iterator[Query]:
    """A child dies neither before it is born nor before what led to its death."""
    death, incident, born = asked.span("date_of_death"), asked.span("incident_date"), asked.span("child_1_dob")
    if death and incident and death[1] < incident[0]:
        yield asked.say("query", "date_of_death", "this day is before the incident. Please check both dates.")
    if death and born and death[1] < born[0] and len(asked.children()) == 1:
        yield asked.say("query", "date_of_death", "this day is before the child's birth. Please check both dates.")


def born_before_incident(asked: Asked) -> Iterator[Query]:
    """A child is born before the incident, or has an expected date of delivery instead."""
    incident = asked.span("incident_date")
    for number in asked.children():
        born = asked.span(f"child_{number}_dob")
        if incident and born and born[0] > incident[1]:
            words = "the child would have been born after the incident. Please check both dates; for an unborn child "
            yield asked.say("query", f"child_{number}_dob", words + "give the expected date of delivery instead.")


def not_in_the_future(asked: Asked) -> Iterator[Query]:
    """What has happened has happened by today."""
    ahead = ("_edd", "_date", "_to")
    for field_id in asked.answers:
        field = asked.dictionary.field(field_id)
        if (
            field is None
            or field.type != "date"
            or (field_id.startswith(("process_", "agency_")) and field_id.endswith(ahead))
        ):
            continue
        span = asked.span(field_id)
        if span and span[0] > asked.today and not field_id.endswith("_edd"):
            yield asked.say("query", field_id, f"{asked.written(field_id)} is still to come. Please check the date.")


def exact_where_a_clock_starts(asked: Asked) -> Iterator[Query]:
    """The days that start a clock must be single days."""
    for field in ("la_aware_date", "national_date"):
        if asked.answered(field) and asked.day(field) is None:
            words = (
                f"{asked.written(field)} is not one certain day. A deadline is counted from it: please give the day."
            )
            yield asked.say("query", field, words)


def age_agrees(asked: Asked) -> Iterator[Query]:
    """A stated age and a date of birth do not differ by more than a year."""
    then = asked.span("incident_date")
    for number in asked.children():
        age, born = asked.value(f"child_{number}_age_if_no_dob"), asked.span(f"child_{number}_dob")
        if isinstance(age, int) and born and then and abs((then[0] - born[0]).days / 365.25 - age) > 1.9:
            words = "this does not agree with the date of birth. Please check both."
            yield asked.say("query", f"child_{number}_age_if_no_dob", words)


def adults_are_care_leavers(asked: Asked) -> Iterator[Query]:
    """A person of 18 or over is told of only as a care leaver under 25."""
    then = asked.span("date_of_death") or asked.span("incident_date")
    for number in asked.children():
        born = asked.span(f"child_{number}_dob")
        if (
            born
            and then
            and (then[0] - born[1]).days >= 18 * 365.25
            and asked.value(f"child_{number}_care_leaver") != "yes"
        ):
            words = "the person was 18 or over. Please check the date, and say whether they were a care leaver."
            yield asked.say("query", f"child_{number}_dob", words)


def unborn_or_born(asked: Asked) -> Iterator[Query]:
    """A child has a date of birth or an expected date of delivery, not both."""
    for number in asked.children():
        if asked.answered(f"child_{number}_dob") and asked.answered(f"child_{number}_edd"):
            words = "a date of birth is given as well. Has the child been born?"
            yield asked.say("query", f"child_{number}_edd", words)


def nhs_number_checks(asked: Asked) -> Iterator[Query]:
    """The last digit of an NHS number follows from the others (modulus 11)."""
    for number in asked.children():
        digits = asked.value(f"child_{number}_nhs_no")
        if isinstance(digits, str) and not nhs_number_is_sound(digits):
            words = "this is not a number that the NHS gives. Please check each digit."
            yield asked.say("query", f"child_{number}_nhs_no", words)


def nhs_number_is_sound(digits: str) -> bool:
    """Whether ten digits end in their check digit."""
    if len(digits) != 10 or not digits.isdecimal():
        return False
    check = 11 - sum(int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def death_has_a_death(asked: Asked) -> Iterator[Query]:
    """A date of death belongs to a child who has died."""
    nature = asked.value("nature")
    if asked.answered("date_of_death") and isinstance(nature, tuple) and "died" not in nature:
        yield asked.say(
            "query", "date_of_death", 'a date is given, but "A child has died" is not ticked. Which is right?'
        )


def panel_view_has_its_evidence(asked: Asked) -> Iterator[Query]:
    """The Panel's view can be given only once the Panel has considered the case."""
    if asked.value("crit_panel_view") == "yes" and not asked.answered("crit_panel_view_evidence"):
        words = "ticked yes, but not when or how the Panel said so. Please add it."
        yield asked.say("query", "crit_panel_view_evidence", words)


def evidence_for_each_yes(asked: Asked) -> Iterator[Query]:
    """A criterion or circumstance that is ticked yes should say why."""
    for field in asked.dictionary.fields:
        evidence = f"{field}_evidence"
        if (
            evidence in asked.dictionary.fields and field != "crit_panel_view"
            and asked.value(field) == "yes" and not asked.answered(evidence)
        ):  # fmt: skip
            yield asked.say("note", evidence, "ticked yes without a reason.")


def agencies_and_none(asked: Asked) -> Iterator[Query]:
    """Either no agency was involved or agencies are named."""
    if asked.value("no_agency_involvement") == "yes" and asked.rows("agency"):
        words = "ticked, but agencies are named as well. Which is right?"
        yield asked.say("query", "no_agency_involvement", words)


def place_fits(asked: Asked) -> Iterator[Query]:
    """In this area and outside England exclude each other; elsewhere in England it is another authority's duty."""
    if asked.value("incident_in_area") == "yes" and asked.value("outside_england_resident") == "yes":
        yield asked.say(
            "query", "outside_england_resident", "it is also said to have happened in this area. Which is right?"
        )
    if asked.value("incident_in_area") == "no" and asked.open("other_la") and asked.open("country"):
        words = "it did not happen in this area. Please say in which council's area, or in which country, it did."
        yield asked.say("query", "other_la", words)


def national_notification_agrees(asked: Asked) -> Iterator[Query]:
    """A notification that was made has its date; one that was not made has none."""
    made = asked.value("national_notification_made")
    if made == "yes" and asked.open("national_date"):
        yield asked.say(
            "query", "national_date", "the Panel has been notified; please give the day, the clocks need it."
        )
    if made == "no" and asked.answered("national_date"):
        yield asked.say("query", "national_date", "a date is given, but the Panel is said not to have been notified.")


def more_than_four(asked: Asked) -> Iterator[Query]:
    """The national form takes four children."""
    if len(asked.children()) > 4:
        words = "more than 4 children are named. The national form takes 4; the others go in its further information."
        yield asked.say("note", "child_5_surname", words)


RULES: Sequence[Rule] = (
    in_order,
    death_after_birth_and_incident,
    born_before_incident,
    not_in_the_future,
    exact_where_a_clock_starts,
    age_agrees,
    adults_are_care_leavers,
    unborn_or_born,
    nhs_number_checks,
    death_has_a_death,
    panel_view_has_its_evidence,
    evidence_for_each_yes,
    agencies_and_none,
    place_fits,
    national_notification_agrees,
    more_than_four,
    further_children,
)


def together(asked: Asked) -> Iterator[Query]:
    """Everything that does not fit together."""
    for rule in RULES:
        yield from rule(asked)
