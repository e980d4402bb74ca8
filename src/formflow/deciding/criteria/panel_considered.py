"""The Panel has considered the case and concluded that a local review may be more appropriate."""

from __future__ import annotations

from formflow.deciding.decision import Evidence
from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict

_SAID = ("crit_panel_view", "crit_panel_view_evidence")


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(d): the Panel "have considered and concluded a local review may be more appropriate".

    It cannot be met before the Panel has considered the case. The Panel's own response settles it; without one a
    bare yes is not enough: the form must say when and how the Panel said so, and the Panel must have been notified.
    """
    if said.since.panel_considered is not None:
        return _by_the_panel(said)
    match said.truth("crit_panel_view"):
        case True if said.truth("national_notification_made") is False:
            reason = "The sender says so, but also that the Panel has not been notified: it cannot have considered the "
            rests = (*_SAID, "national_notification_made")
            return Verdict("cannot_tell", reason + "case.", rests, would_settle=rests)
        case True if said.text("crit_panel_view_evidence"):
            return Verdict("met", "The sender says that the Panel has considered the case, and how.", _SAID)
        case True:
            reason = "The sender says so, but not when or how the Panel considered the case."
            return Verdict("cannot_tell", reason, _SAID, would_settle=("crit_panel_view_evidence",))
        case False:
            wanted = "The Panel considering the case and concluding that a local review may be more appropriate."
            return Verdict(
                "not_met", "The sender says that the Panel has not taken this view.", _SAID, would_meet=wanted
            )
        case _:
            return Verdict("cannot_tell", "The form does not say.", _SAID, would_settle=("crit_panel_view",))


def _by_the_panel(said: Said) -> Verdict:
    """What the Panel itself answered, whatever the sender thought before."""
    beside = (Evidence("The Panel considered the case", on=said.since.panel_considered),)
    match said.since.panel_prefers_local_review:
        case True:
            return Verdict(
                "met", "The Panel has considered the case and leans to a local review.", _SAID, beside=beside
            )
        case False:
            wanted = "The Panel concluding that a local review may be more appropriate."
            reason = "The Panel has considered the case and has not concluded that a local review is more appropriate."
            return Verdict("not_met", reason, _SAID, would_meet=wanted, beside=beside)
        case None:
            reason = "The Panel has considered the case; its response does not say what it concluded."
            return Verdict("cannot_tell", reason, _SAID, would_settle=_SAID, beside=beside)
