"""Dates as people in England write them; what is not certain is not a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from formflow.extracting.date_words import (
    ABOUT,
    ABOUT_LAST,
    LEAD,
    MONTH,
    MONTHS,
    OVERNIGHT,
    PART_OF_DAY_FIRST,
    PART_OF_DAY_LAST,
    WEEK,
    WEEK_ENDING,
    WEEKDAY_FIRST,
    WEEKDAY_LAST,
    WEEKDAYS,
    why_no_date,
)  # fmt: skip
from formflow.extracting.form import Precision
from formflow.extracting.plain import fold
from formflow.extracting.sense import doubtful
from formflow.extracting.times import read_time, without_bare_time, without_time

_SEP = r"\s*[./\-\s]\s*"
_NUMBERS = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})", re.ASCII)
_WORDS = re.compile(
    rf"(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-./,]*({MONTH})\.?[\s\-./,]*(\d{{4}}|'?\d{{2}})", re.ASCII
)
_MONTH_FIRST = re.compile(rf"({MONTH})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(\d{{4}})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:t[\d:.z+\-]*)?", re.ASCII)
_MONTH_YEAR = re.compile(rf"(?:in\s+)?({MONTH})\.?[\s\-./,]*(\d{{4}}|'\d{{2}})", re.ASCII)
_NUMBER_MONTH = re.compile(r"(\d{1,2})\s*/\s*(\d{4})", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:in\s+)?((?:19|20)\d{2})", re.ASCII)
_NO_YEAR = re.compile(rf"(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-./]*({MONTH})\.?", re.ASCII)

_RANGES = (
    re.compile(r"^(?:between|from)\s+(.+?)\s+(?:and|to|until|till|-|–|—)\s+(.+)$"),
    re.compile(r"^(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$"),
    re.compile(r"^(\d{4}(?:-\d{2})?)/(\d{4}(?:-\d{2})?)$"),
    re.compile(rf"^(\d{{1,2}}(?:st|nd|rd|th)?)\s?(?:[-–—/&]|\band\b|\bor\b)\s?(\d{{1,2}}(?:st|nd|rd|th)?\s?(?:{MONTH}).+)$"),
    re.compile(r"^(\d{1,2})\s?[-–—]\s?(\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))$"),
    re.compile(r"^(\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))\s?[-–—]\s?(\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))$"),
    re.compile(r"^(.+?)\s*(?:\s-\s|–|—|\bto\b|\buntil\b|\s/\s)\s*(.+)$"),
)  # fmt: skip
_SHORT_START = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({MONTH}))?\.?", re.ASCII)
_REMARK = re.compile(
    r"(?P<rest>.*\d)(?:\s*\((?P<said>[^()\d]+)\)|"
    r"[\s,;]+(?P<by>(?:via|by|from|through|per|told by|reported by)\s[^\d]+?))"
    r"(?:[\s,;]+(?:at\s+)?(?P<time>\d[\d.:]*\s*(?:am|pm|hrs|hours)?))?"
)
"""Who told it, or how, behind a date: `4 June 2026 (told by the hospital)`, `13.4.26 via EDT at 02:10`."""
_FIRST_YEAR = 1900
_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is certain: ISO text and how precise it is."""

    value: str
    precision: Precision
    doubt: str = ""
    """Why it should not be believed as it stands: `it says Monday, but that day is a Tuesday`."""


@dataclass(frozen=True, slots=True)
class NoDate:
    """Words that give no date, and why, for the person who wrote them."""

    why: str


@dataclass(frozen=True, slots=True)
class _Years:
    """How years that are not written out are understood."""

    latest: int
    past: bool
    missing: int | None


def read_date(text: str, *, latest: int, past: bool = False, year: int | None = None) -> When | NoDate:
    """The date that `text` gives, day before month, or why it gives none.

    `latest` is the last year that a two-digit year may stand for; with `past` (a date of birth) one that lies beyond
    it belongs to the century before. A day without a year is a date only where `year` is handed in, because something
    else on the form gives it. A missing day is never filled in.
    """
    return read_moment(text, latest=latest, past=past, year=year)[0]


def read_moment(
    text: str, *, latest: int, past: bool = False, year: int | None = None
) -> tuple[When | NoDate, str | None]:
    """The date that `text` gives, and the time of day as `HH:MM` where one stands beside it: `11/02/24 approx 1300`."""
    words = re.sub(r"[‐‑−]", "-", fold(text).casefold().replace("’", "'").replace("‘", "'")).strip(" ,;.")
    years = _Years(latest, past, year)
    when = _dated(words, years)
    if isinstance(when, NoDate) and (parts := without_time(words)):
        rest = _dated(parts[0], years)
        if isinstance(rest, When):
            return rest, read_time(parts[1])
        when = rest
    if isinstance(when, NoDate) and (parts := without_bare_time(words)):
        rest = _dated(parts[0], _Years(latest, past, None))
        return (rest, read_time(parts[1])) if isinstance(rest, When) else (when, None)
    if (
        isinstance(when, NoDate)
        and (remark := _REMARK.fullmatch(words))
        and not doubtful(remark["said"] or remark["by"])
    ):
        rest = _dated(remark["rest"], years)
        time = read_time(remark["time"]) if remark["time"] else None
        return (rest, time) if isinstance(rest, When) else (when, None)
    return when, None


def day_of(value: object) -> date | None:
    """The single day an ISO text names; None for months, years, ranges and anything else."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def span_of(value: object) -> tuple[date, date] | None:
    """First and last day that an ISO value (day, month, year or range) may mean; None for anything else."""
    if not isinstance(value, str):
        return None
    first, _, last = value.partition("/")
    start, end = _edges(first), _edges(last or first)
    return (start[0], end[1]) if start and end else None


def _edges(value: str) -> tuple[date, date] | None:
    if day := day_of(value):
        return day, day
    if found := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", value):
        year, month = int(found[1]), int(found[2] or 0)
        if year and not month:
            return date(year, 1, 1), date(year, 12, 31)
        if year and 1 <= month <= 12:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1)
    return None


def _dated(words: str, years: _Years) -> When | NoDate:
    """A date without a time: what stands before and after it taken off, a range, a week or a single date."""
    bare = PART_OF_DAY_LAST.sub("", PART_OF_DAY_FIRST.sub("", LEAD.sub("", words)))
    about = bool(ABOUT.match(bare) or ABOUT_LAST.search(bare))
    bare = LEAD.sub("", ABOUT_LAST.sub("", ABOUT.sub("", bare))).strip(" ,.()")
    night = OVERNIGHT.match(bare)
    bare = OVERNIGHT.sub("", bare)
    when = _week(bare, years) or _range(bare, years) or _single(bare, years)
    if isinstance(when, NoDate) or when.precision == "range":
        return when
    return When(when.value, "approximate" if about or night else when.precision, when.doubt)


def _range(words: str, years: _Years) -> When | None:
    for pattern in _RANGES:
        if not (found := pattern.match(words)):
            continue
        last = _single(found[2].strip(), years)
        first = _single(_completed(found[1].strip(), last), years)
        if (
            isinstance(first, When) and isinstance(last, When)
            and "range" not in (first.precision, last.precision) and _before(first.value, last.value)
        ):  # fmt: skip
            return When(f"{first.value}/{last.value}", "range", first.doubt or last.doubt)
    return None


def _before(first: str, last: str) -> bool:
    """Whether one date, as far as it goes, lies before another: a whole month before a day after it."""
    start, end = _edges(first), _edges(last)
    return start is not None and end is not None and start[1] < end[0]


def _completed(first: str, last: When | NoDate) -> str:
    """`10` before "and 12 March 2024" is the 10th of that March; `10 March` is of that year, so is `March`."""
    if not isinstance(last, When):
        return first
    if last.precision == "month" and first in MONTHS:
        return f"{first} {last.value[:4]}"
    found = _SHORT_START.fullmatch(first)
    if not found or last.precision != "day":
        return first
    year, month = last.value[:4], last.value[5:7]
    return f"{found[1]}/{MONTHS[found[2]] if found[2] else month}/{year}"


def _week(words: str, years: _Years) -> When | NoDate | None:
    for pattern, before, after in ((WEEK, 0, 6), (WEEK_ENDING, 6, 0)):
        if found := pattern.match(words):
            named = _single(words[found.end() :].strip(" ,.:"), years)
            if isinstance(named, NoDate) or named.precision != "day":
                return NoDate("the week it names cannot be read")
            day = date.fromisoformat(named.value)
            return When(f"{day - timedelta(days=before)}/{day + timedelta(days=after)}", "range", named.doubt)
    return None


def _single(words: str, years: _Years) -> When | NoDate:
    """One date, held against the weekday that is written with it."""
    named = WEEKDAY_FIRST.fullmatch(words) or WEEKDAY_LAST.fullmatch(words)
    when = _plain_date(named["rest"].strip(" ,.") if named else words, years)
    if not named or isinstance(when, NoDate) or when.precision != "day":
        return when
    truly = WEEKDAYS[date.fromisoformat(when.value).weekday()]
    said = next(name for name in WEEKDAYS if name.casefold().startswith(named["weekday"]))
    return when if said == truly else When(when.value, "day", f"it says {said}, but that day is a {truly}")


def _plain_date(words: str, years: _Years) -> When | NoDate:
    words = re.sub(r"(?<=\d)[–—](?=\d)", "-", words)
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _numbers(int(found[1]), int(found[2]), _year(found[3], years))
    if found := _WORDS.fullmatch(words):
        return _day(_year(found[3].lstrip("'"), years), MONTHS[found[2]], int(found[1]))
    if found := _MONTH_FIRST.fullmatch(words):
        return _day(int(found[3]), MONTHS[found[1]], int(found[2]))
    if years.missing and (found := _NO_YEAR.fullmatch(words)):
        return _day(years.missing, MONTHS[found[2]], int(found[1]))
    return _no_day(words, years)


def _no_day(words: str, years: _Years) -> When | NoDate:
    """A month or a year, where that is all there is."""
    if found := _MONTH_YEAR.fullmatch(words):
        return _month(_year(found[2].lstrip("'"), years), MONTHS[found[1]])
    if found := _NUMBER_MONTH.fullmatch(words):
        return _month(int(found[2]), int(found[1]))
    if found := _ISO_MONTH.fullmatch(words):
        return _month(int(found[1]), int(found[2]))
    if found := _YEAR.fullmatch(words):
        return When(found[1], "year")
    return NoDate(why_no_date(words))


def _numbers(first: int, second: int, year: int) -> When | NoDate:
    if second > 12 >= first:
        return NoDate("there is no such month; it may be written in the American order, month first")
    return _day(year, second, first)


def _month(year: int, month: int) -> When | NoDate:
    if not (1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR):
        return NoDate("this is not a date we can read")
    return When(f"{year}-{month:02d}", "month")


def _day(year: int, month: int, day: int) -> When | NoDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return NoDate("the year cannot be right")
    try:
        return When(date(year, month, day).isoformat(), "day")
    except ValueError:
        return NoDate("there is no such day in the calendar")


def _year(digits: str, years: _Years) -> int:
    if len(digits) == 4:
        return int(digits)
    year = years.latest - years.latest % 100 + int(digits)
    if year > years.latest and (years.past or year - years.latest > 10):
        return year - 100
    return year
