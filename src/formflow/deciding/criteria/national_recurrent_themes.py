"""National ground: recurrent themes."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 3(c): recurrent themes, beyond this area."""
    rests = ("national_importance", "crit_recurrent_themes")
    national, recurrent = said.truth("national_importance"), said.truth("crit_recurrent_themes")
    if national is False:
        wanted = "Themes that come back beyond this area."
        return Verdict("not_met", "The sender does not think it of national importance.", rests, would_meet=wanted)
    if national is True and recurrent is True:
        reason = "The sender thinks the case of national importance and sees recurrent themes."
        return Verdict("may_be_met", reason, rests)
    reason = "The form does not say whether themes come back beyond this area."
    return Verdict("cannot_tell", reason, rests, would_settle=rests)
