"""It happened outside England to a child normally resident in the area."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C(1)(b): "while normally resident in the local authority's area, ... outside England".

    Wales, Scotland and Northern Ireland are outside England; another English area is not.
    """
    rests = ("incident_in_area", "outside_england_resident", "country")
    wanted = "The child being normally resident in this area and the incident having happened outside England."
    if said.truth("incident_in_area") is True:
        return Verdict("not_met", "It happened in this area.", rests[:1], would_meet=wanted)
    match said.truth("outside_england_resident"):
        case True:
            return Verdict(
                "met", "The form says that the child normally lives here and it happened outside England.", rests
            )
        case False:
            return Verdict("not_met", "The form says that this is not so.", rests, would_meet=wanted)
        case _:
            return Verdict(
                "cannot_tell",
                "The form does not say whether the child normally lives here and it happened outside England.",
                rests,
                would_settle=("outside_england_resident", "country"),
            )
