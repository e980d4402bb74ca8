"""Dates in running text, in the ways people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<{}>\d{{1,2}})\s?(?:st|nd|rd|th)?"
_YEAR = r"(?P<{}>(?:19|20)\d\d|['’]?\d\d)"
_GAP = r"[\s.,/\-‐-―]{0,3}"
_WAYS = (
    rf"{_DAY.format('d1')}{_GAP}(?:of\s)?{_MONTH.format('m1')}{_GAP}{_YEAR.format('y1')}(?!\d)",
    rf"{_MONTH.format('m2')}{_GAP}{_DAY.format('d2')}[\s.,]{{1,3}}{_YEAR.format('y2')}(?!\d)",
    r"(?P<y3>(?:19|20)\d\d)\s?[-/.‐-―]\s?(?P<m3>\d{1,2})\s?[-/.‐-―]\s?(?P<d3>\d{1,2})(?!\d)",
    r"(?P<d4>\d{1,2})\s?(?P<s>[-/.‐-―\s])\s?(?P<m4>\d{1,2})\s?(?P=s)\s?(?P<y4>(?:19|20)?\d\d)(?!\d)",
    r"(?P<d5>\d\d)(?P<m5>\d\d)(?P<y5>(?:19|20)\d\d)(?!\d)",
    r"(?P<y6>(?:19|20)\d\d)(?P<m6>\d\d)(?P<d6>\d\d)(?!\d)",
    r"(?P<d7>\d\d)(?P<m7>\d\d)(?P<y7>\d\d)(?!\d)",
)
_DATES = tuple(re.compile(rf"(?<!\d){way}", re.IGNORECASE) for way in _WAYS)
_LOOSE = 5
"""From this way on, a number without any mark between day, month and year: a date only if it is one looked for."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date and where it stands in a text."""

    start: int
    end: int
    on: date
    loose: bool
    """Six or eight figures without any mark between them, which may be another number."""


def days_in(text: str) -> Iterator[Day]:
    """Every full date in a text, day first as in Britain; of two that overlap both may be given."""
    for way, pattern in enumerate(_DATES, 1):
        for found in pattern.finditer(text):
            year, month = found[f"y{way}"].strip("'’"), found[f"m{way}"].casefold()
            number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
            for full in (year,) if len(year) == 4 else _centuries(year):
                try:
                    on = date(int(full), number, int(found[f"d{way}"]))
                except ValueError:
                    continue
                yield Day(found.start(), found.end(), on, way >= _LOOSE)


def _centuries(year: str) -> tuple[str, str]:
    """Both years that two figures may mean, the likelier first: 19 is 2019, 85 is 1985."""
    return (f"20{year}", f"19{year}") if int(year) < 60 else (f"19{year}", f"20{year}")


def month_of(on: date) -> str:
    """`March 2026`: as exact as a paper for sharing gets."""
    return f"{on:%B %Y}"


def without_days(text: str) -> str:
    """The same words with every full date given as its month and year."""
    found: dict[int, Day] = {}
    for day in days_in(text):
        if not day.loose and (day.start not in found or day.end > found[day.start].end):
            found[day.start] = day
    reached = len(text) + 1
    for day in (found[start] for start in sorted(found, reverse=True)):
        if day.end <= reached:
            text = f"{text[: day.start]}{month_of(day.on)}{text[day.end :]}"
            reached = day.start
    return text
