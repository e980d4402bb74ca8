"""What one criterion says of a case, before the edition adds its title and paragraph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from formflow.deciding.decision import Evidence, Result
from formflow.deciding.said import Said


@dataclass(frozen=True, slots=True)
class Verdict:
    """A result with its reason and the questions it rests on."""

    result: Result
    reason: str
    rests_on: tuple[str, ...]
    would_settle: tuple[str, ...] = ()
    would_meet: str = ""
    beside: tuple[Evidence, ...] = ()
    """What formflow gathered itself."""


Judge = Callable[[Said], Verdict]
"""A criterion: one small pure function of what the form says."""


def by_the_form(said: Said, field: str, evidence: str, *, yes: str, no: str, would_meet: str) -> Verdict:
    """The common case: the form asks the question itself; "highlights or may highlight" counts as yes."""
    rests = (field, evidence) if said.answered(evidence) else (field,)
    match said.truth(field):
        case True:
            return Verdict("met", yes, rests)
        case False:
            return Verdict("not_met", no, rests, would_meet=would_meet)
        case _:
            return Verdict("cannot_tell", "The form does not say.", rests, would_settle=(field,))


def with_the_register(verdict: Verdict, shows: str, rests: tuple[str, ...], beside: tuple[Evidence, ...]) -> Verdict:
    """A verdict with what the register shows: that alone is enough for "may", whatever the sender says."""
    rests_on = (*verdict.rests_on, *rests)
    if verdict.result == "met":
        return replace(verdict, reason=f"{verdict.reason} {shows}", rests_on=rests_on, beside=beside)
    reason = f"{verdict.reason} {shows} Whether that bears on this case is for the partners to say."
    return Verdict("may_be_met", reason, rests_on, beside=beside)
