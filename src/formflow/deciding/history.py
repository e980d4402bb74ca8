"""What the register knows of other cases, as plain data: themes, and the actions that came of them."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import groupby

from formflow.deciding.case import Case
from formflow.deciding.progress import Agreed, Progress, progress_of
from formflow.extracting.dates import span_of
from formflow.extracting.form import Answer


@dataclass(frozen=True, slots=True)
class PastCase:
    """What another case may tell about this one: no name, no story."""

    ref: str
    known: date
    """The day the council became aware; else the day of the incident, else the day the form came."""
    themes: frozenset[str]
    """Ids of the kinds of abuse (`neglect`), and themes that people gave the case."""
    actions: tuple[Agreed, ...] = ()
    """The improvements that were agreed after it."""


Dated = list[tuple[date, str]]
"""Cases by the day they became known, then by reference."""


class History:
    """The cases of the register, kept up to date form by form. A case looks at earlier ones, never at itself.

    However many there are, what a form asks of them is found by halving, not by going through them.
    """

    def __init__(self, cases: Iterable[PastCase] = ()) -> None:
        self._cases: dict[str, PastCase] = {}
        self._by_theme: dict[str, Dated] = {}
        self._acted: dict[str, Dated] = {}
        self._by_themes: dict[frozenset[str], Dated] = {}
        """By all themes of a case at once, so that one with several is counted once."""
        self._agreed: dict[frozenset[str], list[date]] = {}
        """The day from which on each agreed improvement is one of an earlier case."""
        self._sum = 0
        for past in cases:
            self.add(past)

    def add(self, past: PastCase) -> None:
        """Remember a case, in place of what was known of it before."""
        if before := self._cases.pop(past.ref, None):
            self._sum -= _number(before)
            for dated in self._lists(before):
                del dated[bisect_left(dated, (before.known, before.ref))]
            days = self._agreed.get(before.themes, [])
            for day in _agreed(before):
                del days[bisect_left(days, day)]
        self._cases[past.ref] = past
        self._sum += _number(past)
        for dated in self._lists(past):
            insort(dated, (past.known, past.ref))
        for day in _agreed(past):
            insort(self._agreed.setdefault(past.themes, []), day)

    def _lists(self, past: PastCase) -> Iterator[Dated]:
        """Every list on which a case stands."""
        yield self._by_themes.setdefault(past.themes, [])
        for theme in past.themes:
            yield self._by_theme.setdefault(theme, [])
            if past.actions:
                yield self._acted.setdefault(theme, [])

    def learn(self, case: Case) -> None:
        """Remember a case as it stands now."""
        self.add(past_of(case))

    def count(self, themes: Collection[str], ref: str, day: date) -> int:
        """How many cases with any of these themes were known up to `day`, without the case `ref` itself."""
        wanted, own = frozenset(themes), self._cases.get(ref)
        found = sum(_until(dated, day) for of, dated in self._by_themes.items() if of & wanted)
        return found - (own is not None and bool(own.themes & wanted) and own.known <= day)

    def agreed(self, themes: Collection[str], ref: str, day: date) -> int:
        """How many improvements had been agreed by `day` after such cases."""
        wanted, own = frozenset(themes), self._cases.get(ref)
        found = sum(bisect_right(days, day) for of, days in self._agreed.items() if of & wanted)
        mine = _agreed(own) if own is not None and own.themes & wanted else ()
        return found - sum(1 for since in mine if since <= day)

    def newest(self, theme: str, ref: str, day: date) -> Iterator[PastCase]:
        """The cases of a theme known up to `day`, newest first, without the case `ref` itself."""
        return self._backwards((self._by_theme.get(theme, []),), ref, day)

    def improvements(self, themes: Collection[str], ref: str, day: date) -> Iterator[tuple[str, Agreed]]:
        """Those improvements, each with its case, of the newest case first."""
        for past in self._backwards([self._acted.get(theme, []) for theme in themes], ref, day):
            for action in past.actions:
                if action.agreed is not None and action.agreed <= day:
                    yield past.ref, action

    def _backwards(self, lists: Iterable[Dated], ref: str, day: date) -> Iterator[PastCase]:
        for (_, other), _ in groupby(merge(*(_back(dated, day) for dated in lists), reverse=True)):
            if other != ref:
                yield self._cases[other]

    def fingerprint(self, but: str = "") -> str:
        """The same cases, whatever their order, give the same fingerprint; no case gives an empty one."""
        own = self._cases.get(but)
        if len(self._cases) == (own is not None):
            return ""
        return f"{(self._sum - (_number(own) if own else 0)) % 2**256:064x}"


def history_of(cases: Iterable[Case]) -> History:
    """The history that these cases make."""
    return History(past_of(case) for case in cases)


def past_of(case: Case, since: Progress | None = None) -> PastCase:
    """What a case will tell later ones."""
    since = since or progress_of(case)
    return PastCase(case.ref, day_known(case), themes_of(case.answers) | frozenset(since.themes), since.actions)


def day_known(case: Case) -> date:
    """The day a case is counted from when one asks which was earlier; a month or a range counts from its end."""
    for name in ("la_aware_date", "incident_date"):
        answer = case.answers.get(name)
        if answer is not None and answer.state == "answered" and (span := span_of(answer.value)):
            return span[1]
    return case.received[0] if case.received else date.min


def themes_of(answers: Mapping[str, Answer]) -> frozenset[str]:
    """The kinds of abuse ticked on a form; "other" is no theme."""
    answer = answers.get("abuse_type")
    if answer is None or answer.state != "answered":
        return frozenset()
    chosen = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
    return frozenset(chosen) - {"other"}


def _back(dated: Dated, day: date) -> Iterator[tuple[date, str]]:
    """The cases known up to `day`, newest first."""
    return (dated[at] for at in range(_until(dated, day) - 1, -1, -1))


def _until(dated: Dated, day: date) -> int:
    """How many of the cases were known up to `day`."""
    return bisect_right(dated, day, key=lambda one: one[0])


def _agreed(past: PastCase) -> Sequence[date]:
    """For each agreed improvement the day from which on both it and its case are known."""
    return [max(past.known, action.agreed) for action in past.actions if action.agreed is not None]


def _number(past: PastCase) -> int:
    """A case as a number, so that cases can be added to a fingerprint and taken out of it again."""
    actions = [(a.ref, a.agency, str(a.agreed), a.settled) for a in past.actions]
    line = f"{past.ref}|{past.known}|{sorted(past.themes)}|{actions}"
    return int.from_bytes(hashlib.sha256(line.encode()).digest())
