"""A child has died."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C(1): "the child dies or is seriously harmed"; this is the first of the two."""
    nature = said.chosen("nature")
    if nature is None:
        return Verdict("cannot_tell", "The form does not say what happened.", ("nature",), would_settle=("nature",))
    if "died" in nature:
        return Verdict("met", "The form says that a child has died.", ("nature", "date_of_death"))
    return Verdict(
        "not_met", "The form does not say that a child has died.", ("nature",), would_meet="A child's death."
    )
