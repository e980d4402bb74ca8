"""What is left of people in a paper that is to be shared: names, births, addresses, schools, numbers, contacts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from formflow.deciding.case import Case
from formflow.extracting.plain import fold
from formflow.rendering.names.identities import Identities
from formflow.rendering.names.inside import Part
from formflow.rendering.names.traces import Traces
from formflow.settings import Names

_AROUND = 45
"""Letters that are quoted before and after what was found."""


@dataclass(frozen=True, slots=True)
class Find:
    """Something in a paper that tells who somebody is, or may."""

    kind: str
    """`full name`, `forename or surname`, `name of a professional`, `date of birth`, `NHS number`, `address` …"""
    paper: str
    place: str
    """The nearest heading, so that a person can mend it."""
    quote: str = field(repr=False)
    """A few words around it."""
    found: str = field(repr=False)
    """What stands there, letter for letter."""
    times: int = 1
    """How often it stands under that heading."""


def left_in(text_parts: Sequence[Part], case: Case, mode: Names = "pseudonym") -> list[Find]:
    """What is left in a finished paper of what the forms of a case say of its people, in the order of the paper.

    In a paper with initials the names of professionals, and the exact days, are meant to stand there. Finding nothing
    is no proof: only what stands in the forms of the case can be looked for.
    """
    identities, traces = Identities.of(case), Traces.of(case)
    found: dict[tuple[str, ...], Find] = {}
    for part in text_parts:
        for kind, start, end in sorted(_in(part.text, identities, traces, mode), key=lambda one: one[1:]):
            there = fold(part.text[start:end])
            key = (kind, part.paper, part.place, there.casefold())
            before = found.get(key)
            found[key] = replace(before, times=before.times + 1) if before else Find(
                kind, part.paper, part.place, _quote(part.text, start, end), there
            )  # fmt: skip
    return list(found.values())


def _in(text: str, identities: Identities, traces: Traces, mode: Names) -> Iterator[tuple[str, int, int]]:
    for spot in identities.spots(text):
        kinds = {identities.people[place].kind for place in spot.people}
        if kinds == {"professional"}:
            if mode == "pseudonym":
                yield "name of a professional", spot.start, spot.end
        elif spot.kind == "full":
            yield "full name", spot.start, spot.end
        else:
            yield "forename or surname", spot.start, spot.end
    for trace in traces.found_in(text):
        if mode == "pseudonym" or not trace.kind.startswith("exact day"):
            yield trace.kind, trace.start, trace.end


def _quote(text: str, start: int, end: int) -> str:
    """What was found with the words around it, on one line."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    cut = "… " if start > _AROUND else ""
    before = before.partition(" ")[2] if cut and " " in before else before
    more = " …" if end + _AROUND < len(text) else ""
    after = after.rpartition(" ")[0] if more and " " in after else after
    return fold(f"{cut}{before}{text[start:end]}{after}{more}")
