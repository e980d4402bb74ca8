"""Questions left unanswered that the dictionary wants answered, and in which case it wants them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from formflow.extracting.dictionary import Field
from formflow.validating.asked import Asked
from formflow.validating.submission import Query
from formflow.validating.when import holds

Case = Callable[[Asked, int], bool]
"""Whether the case of a `when` holds; for a repeated question of the block with this number."""

_CRITERIA = (
    "crit_improvements", "crit_recurrent_themes", "crit_agencies_together", "crit_panel_view",
    "circ_single_agency", "circ_no_involvement", "circ_cross_border", "circ_institutional",
)  # fmt: skip


def _says(field: str, *values: str) -> Case:
    return lambda asked, n: asked.value(field.replace("_N_", f"_{n}_")) in values


def _among(field: str, option: str) -> Case:
    def holds(asked: Asked, n: int) -> bool:
        value = asked.value(field)
        return isinstance(value, tuple) and option in value

    return holds


def _is_adult(asked: Asked, n: int) -> bool:
    born, then = asked.span(f"child_{n}_dob"), asked.span("date_of_death") or asked.span("incident_date")
    if born and then:
        return then[0].year - born[1].year - ((then[0].month, then[0].day) < (born[1].month, born[1].day)) >= 18
    age = asked.value(f"child_{n}_age_if_no_dob")
    return isinstance(age, int) and age >= 18


def _nameless(asked: Asked, n: int) -> bool:
    parts = ("forename", "surname", "aka")
    unborn = not asked.open(f"child_{n}_edd")
    return n == 1 and not unborn and all(asked.open(f"child_1_{part}") for part in parts)


WHEN: Mapping[str, Case] = {
    "there is no e-mail address either": lambda asked, n: asked.open("notifier_email"),
    "there is no telephone number either": lambda asked, n: asked.open("notifier_phone"),
    "the nature is that a child has died": _among("nature", "died"),
    "no reason is given either": lambda asked, n: asked.open("incident_date_note"),
    "the incident did not happen in this area": _says("incident_in_area", "no"),
    "no name at all is given for the first child": _nameless,
    "no expected date of delivery is given either": lambda asked, n: asked.open(f"child_{n}_edd"),
    "the child is unborn": lambda asked, n: asked.open(f"child_{n}_dob") and not asked.open(f"child_{n}_edd"),
    "more than one child is named": lambda asked, n: len(asked.children()) > 1,
    "the child is looked after": _says("child_N_looked_after", "yes"),
    "the person is 18 or over": _is_adult,
    "the child is or was on a plan": _says("child_N_cp_plan", "now", "previously"),
    "the child was on a plan": _says("child_N_cp_plan", "previously"),
    "the child is on a child protection plan now and no agency is listed": lambda asked, n: (
        not asked.rows("agency") and any(asked.value(f"child_{c}_cp_plan") == "now" for c in asked.children())
    ),
    "every criterion and circumstance is blank": lambda asked, n: all(asked.open(field) for field in _CRITERIA),
    "the form replaces an earlier one": lambda asked, n: asked.answered("resend_of"),
}
"""Every `when` of the notification's dictionary, and how it is told; a test keeps the two the same."""


def applies(field: Field, asked: Asked, number: int) -> bool:
    """Whether a question's level counts here: always, or in the case it names."""
    if not field.when:
        return True
    return WHEN[field.when](asked, number) if field.when in WHEN else holds(field.when, asked)


def missing(asked: Asked) -> Iterator[Query]:
    """A blocker, query or note for each question the dictionary wants answered and the form leaves blank.

    Rows of tables (family, agencies, events) are asked for only where the dictionary's case says so.
    """
    for field in asked.dictionary.fields.values():
        for field_id, number in _places(asked, field):
            said_why = (answer := asked.answers.get(field_id)) is not None and bool(answer.because)
            if asked.open(field_id) and not said_why and applies(field, asked, number):
                yield asked.say(field.required, field_id, _words(field))


def _places(asked: Asked, field: Field) -> Iterator[tuple[str, int]]:
    """Where a question is asked: once, for each child, or for the first row of a table nobody filled in."""
    if field.section == "child":
        for number in asked.children():
            yield field.id.replace("_N_", f"_{number}_"), number
    elif "_N_" in field.id:
        block = field.id.split("_")[0]
        if field.required == "query" and not asked.rows(block):
            yield re.sub("_N_", "_1_", field.id), 1
    elif "_P" not in field.id and field.section not in ("office", "triage"):
        yield field.id, 0


def _words(field: Field) -> str:
    if field.id == "nature":
        return "not answered. Please tick whether a child has died, has been seriously harmed, or both."
    if field.id == "incident_date":
        return "not answered, and no reason is given. Please give the date, or say below it why there is none."
    if field.id == "abuse_neglect":
        return 'not answered. Please tick one box; "Not known yet" is an answer, blank is not.'
    if field.id == "la_aware_date":
        return "not answered. The 5 working days run from it: please give the day the council first knew."
    if field.required == "note":
        return "not stated on the form."
    return "not answered. Please answer it, or say that it is not known."
