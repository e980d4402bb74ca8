"""No agency was involved, and that gives cause for concern."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Guidance, circumstance 2: "where there has been no agency involvement and this gives ... cause for concern"."""
    rests = ("circ_no_involvement", "no_agency_involvement")
    named = said.rows("agency", "name")
    match said.truth("circ_no_involvement"):
        case True if named:
            reason = "The sender says so, but the form also names agencies that were involved."
            return Verdict("cannot_tell", reason, (*rests, f"agency_{named[0]}_name"), would_settle=rests)
        case True:
            return Verdict("met", "The sender says that no agency was involved, and that this is a concern.", rests)
        case False:
            wanted = "No agency having been involved, and that being a cause for concern."
            return Verdict("not_met", "The sender says that this is not so.", rests, would_meet=wanted)
        case _ if said.truth("no_agency_involvement") is True and not named:
            reason = "No agency was involved; whether that gives cause for concern is for the partners to say."
            return Verdict("may_be_met", reason, rests)
        case _:
            return Verdict("cannot_tell", "The form does not say.", rests, would_settle=("circ_no_involvement",))
