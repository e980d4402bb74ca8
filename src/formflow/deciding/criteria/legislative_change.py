"""National ground: a change of law or of guidance under it may be needed."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 3(b). No question on the form asks for it, so a yes to national importance leaves it open."""
    rests = ("national_importance", "national_importance_evidence")
    if said.truth("national_importance") is False:
        wanted = "An issue that needs a change of law or of guidance."
        return Verdict("not_met", "The sender does not think it of national importance.", rests[:1], would_meet=wanted)
    reason = "The form does not ask whether a change of law or guidance may be needed."
    return Verdict("cannot_tell", reason, rests, would_settle=rests)
