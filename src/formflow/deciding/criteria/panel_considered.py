"""The Panel has considered the case and concluded that a local review may be more appropriate."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(d): the Panel "have considered and concluded a local review may be more appropriate".

    It cannot be met before the Panel has considered the case, so a bare yes is not enough: the form must say when and
    how the Panel said so.
    """
    rests = ("crit_panel_view", "crit_panel_view_evidence")
    match said.truth("crit_panel_view"):
        case True if said.text("crit_panel_view_evidence"):
            return Verdict("met", "The sender says that the Panel has considered the case, and how.", rests)
        case True:
            reason = "The sender says so, but not when or how the Panel considered the case."
            return Verdict("cannot_tell", reason, rests, would_settle=("crit_panel_view_evidence",))
        case False:
            wanted = "The Panel considering the case and concluding that a local review may be more appropriate."
            return Verdict(
                "not_met", "The sender says that the Panel has not taken this view.", rests, would_meet=wanted
            )
        case _:
            return Verdict("cannot_tell", "The form does not say.", rests, would_settle=("crit_panel_view",))
