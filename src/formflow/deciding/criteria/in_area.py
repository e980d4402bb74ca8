"""It happened in the local authority's area."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C(1)(a): "the child dies or is seriously harmed in the local authority's area"."""
    match said.truth("incident_in_area"):
        case True:
            return Verdict(
                "met", "The form says that it happened in this area.", ("incident_in_area", "incident_place")
            )
        case False:
            return Verdict(
                "not_met",
                "The form says that it did not happen in this area.",
                ("incident_in_area", "other_la", "country"),
                would_meet="The incident having happened in this authority's area.",
            )
        case _:
            return Verdict(
                "cannot_tell",
                "The form does not say whether it happened in this area.",
                ("incident_in_area",),
                would_settle=("incident_in_area",),
            )
