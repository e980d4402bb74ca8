"""The case may raise issues about children in institutional settings."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict

_INSTITUTIONS = frozenset(
    {"childrens_home", "secure_home", "young_offender_institution", "hospital", "residential_school", "mother_and_baby"}
)


def judge(said: Said) -> Verdict:
    """Guidance, circumstance 4: the case "may raise issues relating to ... children in institutional settings"."""
    lived = tuple(
        field
        for number in said.children()
        for field in (f"child_{number}_regulated_setting", f"child_{number}_placement_type")
        if said.truth(field) is True or said.choice(field) in _INSTITUTIONS
    )
    rests = ("circ_institutional", *lived)
    match said.truth("circ_institutional"):
        case True:
            return Verdict("met", "The sender says that the case may raise issues about institutional settings.", rests)
        case _ if lived:
            return Verdict("may_be_met", "The form says that the child was in an institutional setting.", rests)
        case False:
            wanted = "Issues about children in an institutional setting."
            return Verdict("not_met", "The sender says that no such issue is raised.", rests, would_meet=wanted)
        case _:
            return Verdict("cannot_tell", "The form does not say.", rests, would_settle=("circ_institutional",))
