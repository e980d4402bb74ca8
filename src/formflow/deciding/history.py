"""What the register knows of other cases, as plain data: themes, and the actions that came of them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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


class History:
    """The cases of the register, kept up to date form by form. A case looks at earlier ones, never at itself."""

    def __init__(self, cases: Iterable[PastCase] = ()) -> None:
        self._cases: dict[str, PastCase] = {}
        self._by_theme: dict[str, list[tuple[date, str]]] = {}
        self._acted: dict[str, list[tuple[date, str]]] = {}
        self._sum = 0
        for past in cases:
            self.add(past)

    def add(self, past: PastCase) -> None:
        """Remember a case, in place of what was known of it before."""
        if before := self._cases.pop(past.ref, None):
            self._sum -= _number(before)
            for theme in before.themes:
                self._by_theme[theme].remove((before.known, before.ref))
                if before.actions:
                    self._acted[theme].remove((before.known, before.ref))
        self._cases[past.ref] = past
        self._sum += _number(past)
        for theme in past.themes:
            insort(self._by_theme.setdefault(theme, []), (past.known, past.ref))
            if past.actions:
                insort(self._acted.setdefault(theme, []), (past.known, past.ref))

    def learn(self, case: Case) -> None:
        """Remember a case as it stands now."""
        self.add(past_of(case))

    def earlier(self, theme: str, ref: str, day: date) -> tuple[PastCase, ...]:
        """The cases of a theme known up to `day`, oldest first, without the case `ref` itself."""
        return self._until(self._by_theme.get(theme, []), ref, day)

    def acted_on(self, theme: str, ref: str, day: date) -> tuple[PastCase, ...]:
        """Those of the earlier cases of a theme after which actions were agreed."""
        return self._until(self._acted.get(theme, []), ref, day)

    def _until(self, dated: list[tuple[date, str]], ref: str, day: date) -> tuple[PastCase, ...]:
        until = bisect_right(dated, day, key=lambda one: one[0])
        return tuple([self._cases[other] for _, other in dated[:until] if other != ref])

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


def _number(past: PastCase) -> int:
    """A case as a number, so that cases can be added to a fingerprint and taken out of it again."""
    actions = [(a.ref, a.agency, str(a.agreed), a.settled) for a in past.actions]
    line = f"{past.ref}|{past.known}|{sorted(past.themes)}|{actions}"
    return int.from_bytes(hashlib.sha256(line.encode()).digest())
