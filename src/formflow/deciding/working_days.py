"""Working days in England: not a Saturday, a Sunday or a bank holiday, with substitute and one-off days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from formflow.errors import Stop

FIRST_YEAR, LAST_YEAR = 2010, 2045


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar: every working day in order, and the bank holidays by name."""

    days: tuple[date, ...]
    named: Mapping[date, str]

    @property
    def holidays(self) -> tuple[date, ...]:
        """The bank holidays, in order."""
        return tuple(sorted(self.named))

    def add(self, start: date, count: int) -> date:
        """The day `count` working days after `start`; `start` is day 0 whether or not it is one itself."""
        return self.counted(start, count)[-1]

    def counted(self, start: date, count: int) -> tuple[date, ...]:
        """Each working day counted from `start` (day 0) to the day it falls due, in order."""
        first = bisect_right(self.days, start)
        if count < 1 or first + count > len(self.days) or start < self.days[0]:
            raise ValueError("outside the years of the calendar")
        return self.days[first : first + count]

    def before(self, end: date, count: int) -> date:
        """The day `count` working days before `end`; `end` is day 0."""
        return self.counted_back(end, count)[-1]

    def counted_back(self, end: date, count: int) -> tuple[date, ...]:
        """Each working day counted back from `end` (day 0) to the day it falls due, latest first."""
        last = bisect_left(self.days, end)
        if count < 1 or last - count < 0 or end > self.days[-1]:
            raise ValueError("outside the years of the calendar")
        return tuple(reversed(self.days[last - count : last]))

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and with `end`; negative when `end` is earlier."""
        return bisect_right(self.days, end) - bisect_right(self.days, start)


@lru_cache(maxsize=1)
def _bank_holidays() -> Mapping[date, str]:
    # The subdivision matters: without it England's own days (Easter Monday, summer) are missing.
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1)))


def england(extra: Mapping[str, str], removed: Sequence[str]) -> WorkingDays:
    """The calendar of England with the partnership's own corrections, days as ISO text. Raises `Stop` for a bad one."""
    named = dict(_bank_holidays())
    for text, name in extra.items():
        named[_day(text, "extra_bank_holidays")] = name
    for text in removed:
        named.pop(_day(text, "not_bank_holidays"), None)
    first = date(FIRST_YEAR, 1, 1)
    span = (date(LAST_YEAR, 12, 31) - first).days + 1
    every = (first + timedelta(days=n) for n in range(span))
    return WorkingDays(tuple(day for day in every if day.weekday() < 5 and day not in named), named)


def _day(text: str, setting: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Stop(f'The setting "{setting}" has "{text}", which is not a day. Write it as 2027-05-03.') from fault
