"""The case highlights or may highlight improvements needed."""

from __future__ import annotations

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
    found = _identified_before(said)
    if not found:
        return verdict
    number = "1 improvement" if len(found) == 1 else f"{len(found)} improvements"
    shows = f"After earlier cases with the same theme, {number} had been agreed."
    shown = tuple(_shown(ref, action) for ref, action in found[:_SHOWN])
    rests = ("abuse_type",) if said.answered("abuse_type") else ()
    return with_the_register(verdict, shows, rests, shown)


def _identified_before(said: Said) -> list[tuple[str, Agreed]]:
    """Actions of earlier cases with the same theme that were agreed before this case became known, newest first."""
    cases = {
        past.ref: past
        for theme in themes_of(said.answers) | set(said.since.themes)
        for past in said.history.acted_on(theme, said.ref, said.known)
    }
    newest = sorted(cases.values(), key=lambda past: (past.known, past.ref), reverse=True)
    return [(past.ref, action) for past in newest for action in past.actions if _before(action, said)]


def _before(action: Agreed, said: Said) -> bool:
    return action.agreed is not None and action.agreed <= said.known


def _shown(ref: str, action: Agreed) -> Evidence:
    state = "settled" if action.settled else "not settled yet"
    return Evidence(
        f"Action {action.ref}{f' by {action.agency}' if action.agency else ''}, {state}", ref, action.agreed
    )
