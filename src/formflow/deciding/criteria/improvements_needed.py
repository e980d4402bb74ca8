"""The case highlights or may highlight improvements needed."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(a): improvements needed to safeguard and promote the welfare of children.

    They count also "where those improvements have been previously identified".
    """
    return by_the_form(
        said,
        "crit_improvements",
        "crit_improvements_evidence",
        yes="The sender thinks that the case highlights or may highlight improvements that are needed.",
        no="The sender does not think that the case highlights improvements that are needed.",
        would_meet="Improvements that the case may highlight, also ones identified before.",
    )
