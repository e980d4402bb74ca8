"""The case highlights or may highlight recurrent themes."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(b): recurrent themes in the safeguarding and promotion of the welfare of children."""
    return by_the_form(
        said,
        "crit_recurrent_themes",
        "crit_recurrent_themes_evidence",
        yes="The sender thinks that the case highlights or may highlight themes that come back.",
        no="The sender does not think that the case highlights recurrent themes.",
        would_meet="A theme that earlier cases or reviews have shown as well.",
    )
