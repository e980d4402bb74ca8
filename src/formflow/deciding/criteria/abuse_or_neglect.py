"""Abuse or neglect of the child is known or suspected."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C(1): the authority "knows or suspects that a child has been abused or neglected".

    Suspicion is enough. It is the sender's own answer and never inferred from the story.
    """
    match said.choice("abuse_neglect"):
        case "known":
            return Verdict("met", "The form says that abuse or neglect is known.", ("abuse_neglect",))
        case "suspected":
            return Verdict(
                "met", "The form says that abuse or neglect is suspected, which is enough.", ("abuse_neglect",)
            )
        case "no":
            return Verdict(
                "not_met",
                "The form says that abuse or neglect is neither known nor suspected.",
                ("abuse_neglect",),
                would_meet="Abuse or neglect of the child becoming known or suspected.",
            )
        case _:
            return Verdict(
                "cannot_tell",
                "The form does not settle whether abuse or neglect is known or suspected.",
                ("abuse_neglect",),
                would_settle=("abuse_neglect",),
            )
