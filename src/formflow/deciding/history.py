"""What the register knows of other cases, as plain data: themes, and the actions that came of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

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


@dataclass(frozen=True)
class History:
    """The cases of the register. A case looks only at earlier ones, and never at itself."""

    cases: tuple[PastCase, ...] = ()

    def earlier(self, theme: str, ref: str, day: date) -> tuple[PastCase, ...]:
        """The cases of a theme known up to `day`, oldest first, without the case `ref` itself."""
        return tuple(past for past in self._by_theme.get(theme, ()) if past.known <= day and past.ref != ref)

    @cached_property
    def fingerprint(self) -> str:
        """The same cases give the same fingerprint; no case gives an empty one."""
        if not self.cases:
            return ""
        lines = sorted(f"{c.ref} {c.known} {sorted(c.themes)} {c.actions!r}" for c in self.cases)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def _by_theme(self) -> Mapping[str, tuple[PastCase, ...]]:
        found: dict[str, list[PastCase]] = defaultdict(list)
        for past in sorted(self.cases, key=lambda case: (case.known, case.ref)):
            for theme in past.themes:
                found[theme].append(past)
        return {theme: tuple(cases) for theme, cases in found.items()}


@dataclass(slots=True)
class Memory:
    """The history kept up to date form by form, so that the register need not be read again for each."""

    _cases: dict[str, PastCase] = field(default_factory=dict)

    def learn(self, case: Case) -> None:
        """Remember a case as it stands now."""
        self._cases[case.ref] = past_of(case)

    def history(self, but: str = "") -> History:
        """Everything remembered, without the case `but`."""
        return History(tuple(past for ref, past in self._cases.items() if ref != but))


def history_of(cases: Iterable[Case]) -> History:
    """The history that these cases make."""
    return History(tuple(past_of(case) for case in cases))


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
