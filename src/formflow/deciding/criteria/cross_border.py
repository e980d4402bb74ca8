"""More than one council, police area or health board is involved."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Guidance, circumstance 3: more than one authority, police area or health board; also after a move."""
    elsewhere = tuple(
        field
        for field in ("other_la", *(f"child_{number}_placing_la" for number in said.children()))
        if said.text(field)
    )
    rests = ("circ_cross_border", *elsewhere)
    match said.truth("circ_cross_border"):
        case True:
            return Verdict("met", "The sender says that more than one area is involved.", rests)
        case _ if "other_la" in elsewhere:
            return Verdict("may_be_met", "The form names another local authority.", rests)
        case False:
            wanted = "Another council, police area or health board being involved, also through a family's move."
            return Verdict("not_met", "The sender says that no other area is involved.", rests, would_meet=wanted)
        case _:
            return Verdict(
                "cannot_tell", "The form does not say.", rests, would_settle=("circ_cross_border", "other_la")
            )
