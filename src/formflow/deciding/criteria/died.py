"""A child has died."""

from __future__ import annotations

from formflow.deciding.facts import died
from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C(1): "the child dies or is seriously harmed"; this is the first of the two."""
    if not said.answered("nature"):
        return Verdict("cannot_tell", "The form does not say what happened.", ("nature",), would_settle=("nature",))
    match died(said):
        case True:
            return Verdict("met", "The form says that a child has died.", ("nature", "date_of_death"))
        case False:
            reason = "The form does not say that a child has died."
            return Verdict("not_met", reason, ("nature",), would_meet="A child's death.")
        case None:
            reason = "The form speaks of a death, but does not tick that a child has died."
            return Verdict("cannot_tell", reason, ("nature", "date_of_death"), would_settle=("nature",))
