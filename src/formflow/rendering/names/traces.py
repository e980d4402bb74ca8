"""What else tells who somebody is: births, addresses, schools, numbers and contacts that the forms of a case give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from formflow.deciding.case import Case
from formflow.extracting.dates import day_of
from formflow.extracting.form import Answer
from formflow.extracting.plain import fold
from formflow.rendering.names.days import days_in
from formflow.rendering.names.lore import lore, pattern_of
from formflow.rendering.names.places import address_ways, postcodes, setting_ways

_DIGITS = re.compile(r"(?<![\d.])\d(?:[\s.\-‐-―]?\d){9}(?![\d])")
_PHONE = re.compile(r"(?<!\d)(?:\+?44[\s.()-]*(?:\(0\))?|0)[\s.()-]*\d(?:[\s.()\-‐-―]{0,2}\d){7,9}(?!\d)")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_EVENTS = ("incident_date", "date_of_death")
_WEIGHTS = range(10, 1, -1)


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that tells who somebody is, and where it stands in a text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Traces:
    """What the forms of a case give of its people, ready to be looked for."""

    born: frozenset[date] = field(repr=False)
    happened: frozenset[date] = field(repr=False)
    """The days of the incident and of a death."""
    numbers: frozenset[str] = field(repr=False)
    """NHS numbers, ten figures."""
    phones: frozenset[str] = field(repr=False)
    emails: frozenset[str] = field(repr=False)
    patterns: tuple[tuple[str, re.Pattern[str]], ...] = field(repr=False)
    """Kind and pattern of addresses, postcodes, schools and settings, and record numbers."""

    @classmethod
    def of(cls, case: Case) -> Traces:
        """Everything of this kind that any form of the case says, whether it could be read or not."""
        said = [(pattern_of(name), a) for _, _, form in case.forms() for name, a in form.answers.items() if _says(a)]
        kinds = lore().kinds
        by_kind: dict[str, list[str]] = {}
        for pattern, answer in said:
            by_kind.setdefault(kinds.get(pattern, ""), []).append(_words(answer))
        births = [answer for pattern, answer in said if kinds.get(pattern) == "birth"]
        numbers = [_words(answer) for pattern, answer in said if pattern == "child_N_nhs_no"]
        records = [_words(answer) for pattern, answer in said if pattern == "child_N_local_id"]
        contacts = " ; ".join(by_kind.get("contact", []))
        places = [*by_kind.get("address", []), *(w for w in by_kind.get("place", []) if re.search(r"\d", w))]
        return cls(
            frozenset(day for answer in births for day in _days(answer)),
            frozenset(day for pattern, answer in said if pattern in _EVENTS for day in _days(answer)),
            frozenset(_figures(found[0]) for words in numbers for found in _DIGITS.finditer(words)),
            frozenset(_phone(found[0]) for found in _PHONE.finditer(contacts)),
            frozenset(found[0].casefold() for found in _EMAIL.finditer(contacts)),
            tuple(_patterns(places, by_kind.get("setting", []), by_kind.get("organisation", []), records)),
        )

    def found_in(self, text: str) -> Iterator[Trace]:
        """Every trace in a text; of two that overlap both are given."""
        yield from self._births(text)
        for found in _DIGITS.finditer(text):
            figures = _figures(found[0])
            if figures in self.numbers or is_nhs_number(figures):
                yield Trace("NHS number", *found.span())
        for found in _PHONE.finditer(text):
            if _phone(found[0]) in self.phones:
                yield Trace("telephone number", *found.span())
        for found in _EMAIL.finditer(text):
            if found[0].casefold() in self.emails:
                yield Trace("e-mail address", *found.span())
        reached: dict[str, int] = {}
        for kind, pattern in self.patterns:
            for found in pattern.finditer(text):
                if found.start() >= reached.get(kind, 0):
                    reached[kind] = found.end()
                    yield Trace(kind, *found.span())

    def _births(self, text: str) -> Iterator[Trace]:
        seen: set[tuple[int, int]] = set()
        for day in days_in(text):
            if (day.start, day.end) in seen:
                continue
            if day.on in self.born:
                seen.add((day.start, day.end))
                yield Trace("date of birth", day.start, day.end)
            elif day.on in self.happened and not day.loose:
                yield Trace("exact day of the incident or death", day.start, day.end)


def is_nhs_number(figures: str) -> bool:
    """Whether ten figures are an NHS number: the last is the check digit, modulus 11."""
    if len(figures) != 10 or len(set(figures)) == 1:
        return False
    check = 11 - sum(int(figure) * weight for figure, weight in zip(figures, _WEIGHTS, strict=False)) % 11
    return check % 11 == int(figures[9]) and check != 10


def _patterns(
    addresses: Iterable[str], settings: Iterable[str], organisations: Iterable[str], records: Iterable[str]
) -> Iterator[tuple[str, re.Pattern[str]]]:
    for kind, ways in (
        ("postcode", postcodes(addresses)),
        ("address", address_ways(addresses)),
        ("school or setting", chain(setting_ways(settings), setting_ways(organisations, organisations=True))),
        ("record number", (re.escape(fold(one)) for one in records if re.search(r"\d{3}", one))),
    ):
        each = sorted(set(ways), key=lambda way: (-len(way), way))
        if each:
            yield kind, re.compile(rf"(?<![^\W_])(?:{'|'.join(each)})(?![^\W_])", re.IGNORECASE)


def _says(answer: Answer) -> bool:
    return answer.state in ("answered", "unreadable", "conflict")


def _words(answer: Answer) -> str:
    """The words of an answer with its lines, and what stands on the form."""
    return answer.raw.replace("|", "\n") if answer.raw.strip() else str(answer.value)


def _days(answer: Answer) -> Iterator[date]:
    if (day := day_of(answer.value)) is not None:
        yield day
    if answer.state != "answered" or not isinstance(answer.value, str) or day_of(answer.value) is None:
        yield from (day.on for day in days_in(f"{answer.raw} {answer.value or ''}") if not day.loose)


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def _phone(text: str) -> str:
    """A telephone number as it is dialled here: `+44 (0)1632 960112` is 01632960112."""
    figures = _figures(text)
    return f"0{figures[2:].lstrip('0')}" if figures.startswith("44") else figures
