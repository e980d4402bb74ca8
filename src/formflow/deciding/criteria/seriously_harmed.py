"""A child has been seriously harmed."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C(1) and the guidance on serious harm.

    Serious harm includes, but is not limited to, serious or long-term impairment of mental health or intellectual,
    emotional, social or behavioural development, and impairment of physical health. A child who recovers may still
    have been seriously harmed. The judgement is the sender's; the kinds of harm are shown beside it.
    """
    nature = said.chosen("nature")
    if nature is None:
        return Verdict("cannot_tell", "The form does not say what happened.", ("nature",), would_settle=("nature",))
    if "seriously_harmed" in nature:
        beside = tuple(f for f in ("harm_type", "harm_long_term", "harm_life_threatening") if said.answered(f))
        return Verdict("met", "The form says that a child has been seriously harmed.", ("nature", *beside))
    return Verdict(
        "not_met",
        "The form does not say that a child has been seriously harmed.",
        ("nature",),
        would_meet="Serious harm to a child, including one who recovers.",
    )
