"""National ground: improvements needed, also ones identified before."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 3(a). The form asks one question for all grounds, so a yes shows that it may be met."""
    rests = ("national_importance", "crit_improvements")
    match said.truth("national_importance"):
        case True:
            reason = "The sender thinks the case complex or of national importance; the Panel decides on which ground."
            return Verdict("may_be_met", reason, rests)
        case False:
            wanted = "Improvements needed beyond this area."
            return Verdict("not_met", "The sender does not think it of national importance.", rests, would_meet=wanted)
        case _:
            return Verdict("cannot_tell", "The form does not say.", rests, would_settle=("national_importance",))
