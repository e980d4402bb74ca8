"""The case highlights or may highlight improvements needed."""

from __future__ import annotations

from itertools import islice

from formflow.deciding.decision import Evidence
from formflow.deciding.history import themes_of
from formflow.deciding.progress import Agreed
from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form, with_the_register

_SHOWN = 8


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(a): improvements needed to safeguard and promote the welfare of children.

    They count also "where those improvements have been previously identified", so the actions agreed after earlier
    cases with the same theme stand beside the sender's view, and are enough for "may highlight".
    """
    verdict = by_the_form(
        said,
        "crit_improvements",
        "crit_improvements_evidence",
        yes="The sender thinks that the case highlights or may highlight improvements that are needed.",
        no="The sender does not think that the case highlights improvements that are needed.",
        would_meet="Improvements that the case may highlight, also ones identified before.",
    )
    themes = sorted(themes_of(said.answers) | set(said.since.themes))
    found = said.history.agreed(themes, said.ref, said.known)
    if not found:
        return verdict
    number = "1 improvement" if found == 1 else f"{found} improvements"
    shows = f"After earlier cases with the same theme, {number} had been agreed."
    shown = tuple(
        _shown(ref, action) for ref, action in islice(said.history.improvements(themes, said.ref, said.known), _SHOWN)
    )
    rests = ("abuse_type",) if said.answered("abuse_type") else ()
    return with_the_register(verdict, shows, rests, shown)


def _shown(ref: str, action: Agreed) -> Evidence:
    state = "settled" if action.settled else "not settled yet"
    return Evidence(
        f"Action {action.ref}{f' by {action.agency}' if action.agency else ''}, {state}", ref, action.agreed
    )
