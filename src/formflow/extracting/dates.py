"""Dates and times as people in England write them; what is not certain is not a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from formflow.extracting.form import Precision

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_SEP = r"\s*[./\-\s]\s*"

_NUMBERS = re.compile(rf"{_WEEKDAY}(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})")
_WORDS = re.compile(
    rf"{_WEEKDAY}(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-./]*({_MONTH})\.?[\s\-./,]*(\d{{4}}|'?\d{{2}})"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:t[\d:.z+\-]*)?")
_MONTH_YEAR = re.compile(rf"({_MONTH})\.?[\s\-./,]*(\d{{4}})")
_NUMBER_MONTH = re.compile(r"(\d{1,2})\s*/\s*(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(?:in\s+)?((?:19|20)\d{2})")

_ABOUT = re.compile(
    r"^(?:\?|~|c\.|circa|approx(?:imately)?\.?|about|around|on or (?:around|about)|on/around|estimated|est\.?|"
    r"early|mid|late|beginning of|end of|possibly|probably|roughly)\s*"
)
_ABOUT_TAIL = re.compile(
    r"[\s,(]*(?:\?+|approx(?:imately)?\.?|estimated|est\.?|or thereabouts|ish|tbc|to be confirmed)\)?$"
)
_WEEK = re.compile(r"^(?:w/c|w\.c\.|week (?:commencing|beginning|of)|wc)\s*")
_LEAD = re.compile(
    r"^(?:edd|due(?: date)?|dob|born|died|on(?! or )|date|the day of|since|from|estimated delivery date)\s*[:\-]?\s*"
)
_TIME_OF_DAY = re.compile(
    r"\b(?:early hrs|early hours(?: of)?|(?:early |late )?(?:morning|afternoon|evening|night)(?: of)?|"
    r"at (?:about |around |approx\.? )?[\d:.]+\s*(?:hrs|hours|h|am|pm)?|"
    r"(?<![\d./\-])(?:[01]?\d|2[0-3])[:.][0-5]\d\s*(?:hrs|hours|am|pm)?(?![./\-])|"
    r"\d{3,4}\s*(?:hrs|hours))(?=$|[\s,;)])"
)
_RANGES = (
    re.compile(r"^(?:between|from)\s+(.+?)\s+(?:and|to|until|-|–)\s+(.+)$"),
    re.compile(r"^(\d{1,2})\s?[-–]\s?(\d{1,2}(?:st|nd|rd|th)?\s+[a-z].+)$"),
    re.compile(r"^(.+?)\s*(?:\s-\s|–|—|\bto\b|\buntil\b)\s*(.+)$"),
    re.compile(r"^(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$"),
)
_SHORT_START = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+({_MONTH}))?\.?")


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is certain: ISO text and how precise it is."""

    value: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class NoDate:
    """Words that give no date, and why, for the person who wrote them."""

    why: str


def read_date(text: str, *, latest: int, past: bool = False) -> When | NoDate:
    """The date that `text` gives, day before month, or why it gives none.

    `latest` is the last year that a two-digit year may stand for; with `past` (a date of birth) one that lies beyond
    it belongs to the century before. A missing day is never filled in.
    """
    words = _plain(text)
    if when := _range(words, latest, past):
        return when
    if found := _WEEK.match(words):
        return _week(words[found.end() :], latest, past)
    about = bool(_ABOUT.match(words) or _ABOUT_TAIL.search(words))
    bare = _ABOUT_TAIL.sub("", _ABOUT.sub("", words)).strip(" ,.()")
    result = _single(bare, latest, past)
    if isinstance(result, When) and about:
        return When(result.value, "approximate")
    return result


def read_time(text: str) -> str | None:
    """A time of day as `HH:MM`: 1430hrs, 2.30pm, 14:30, noon; None when it is none."""
    words = re.sub(r"\s+", " ", text.strip().casefold())
    words = re.sub(r"^(?:at|approx(?:imately)?\.?|about|around|circa|c\.|~)\s*", "", words)
    words = re.sub(r"\s*(?:approx(?:imately)?\.?|\(approx\.?\))$", "", words).strip(" .()")
    if words in ("noon", "midday", "12 noon"):
        return "12:00"
    if words == "midnight":
        return "00:00"
    found = re.fullmatch(
        r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]\d{2})?\s*(a\.?m|p\.?m|hrs|hours|h)?|(\d{2})(\d{2})\s*(?:hrs|hours|h)?",
        words,
    )
    if not found or (found[1] and not found[2] and not found[3]):
        return None
    hour, minute = (int(found[1]), int(found[2] or 0)) if found[1] else (int(found[4]), int(found[5]))
    half = (found[3] or "").replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return f"{hour:02d}:{minute:02d}" if half == "pm" and 12 < hour < 24 and minute < 60 else None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


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


def _plain(text: str) -> str:
    words = re.sub(r"\s+", " ", text.strip().casefold()).replace("’", "'")
    words = _TIME_OF_DAY.sub(" ", words)
    words = re.sub(r"\s+", " ", words).strip(" ,;")
    words = _LEAD.sub("", words) if not words.startswith(("from ", "between ")) else words
    return words.rstrip(".").strip()


def _range(words: str, latest: int, past: bool) -> When | None:
    for pattern in _RANGES:
        if not (found := pattern.match(words)):
            continue
        last = _single(found[2].strip(), latest, past)
        first = _single(_completed(found[1].strip(), last), latest, past)
        if (
            isinstance(first, When) and isinstance(last, When)
            and first.precision == last.precision == "day" and first.value < last.value
        ):  # fmt: skip
            return When(f"{first.value}/{last.value}", "range")
    return None


def _completed(first: str, last: When | NoDate) -> str:
    """`10` before "and 12 March 2024" is the 10th of that March; `10 March` is of that year."""
    found = _SHORT_START.fullmatch(first)
    if not found or not isinstance(last, When):
        return first
    year, month = last.value[:4], last.value[5:7]
    return f"{found[1]}/{_MONTHS[found[2]] if found[2] else month}/{year}"


def _week(words: str, latest: int, past: bool) -> When | NoDate:
    begin = _single(words.strip(" ,.:"), latest, past)
    if isinstance(begin, NoDate) or begin.precision != "day":
        return NoDate("the week it names cannot be read")
    monday = date.fromisoformat(begin.value)
    return When(f"{monday}/{monday + timedelta(days=6)}", "range")


def _single(words: str, latest: int, past: bool) -> When | NoDate:
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _numbers(int(found[1]), int(found[2]), _year(found[3], latest, past))
    if found := _WORDS.fullmatch(words):
        return _day(_year(found[3].lstrip("'"), latest, past), _MONTHS[found[2]], int(found[1]))
    if found := _MONTH_YEAR.fullmatch(words):
        return When(f"{found[2]}-{_MONTHS[found[1]]:02d}", "month")
    if (found := _NUMBER_MONTH.fullmatch(words)) and 1 <= int(found[1]) <= 12:
        return When(f"{found[2]}-{int(found[1]):02d}", "month")
    if (found := _ISO_MONTH.fullmatch(words)) and 1 <= int(found[2]) <= 12:
        return When(words, "month")
    if found := _YEAR.fullmatch(words):
        return When(found[1], "year")
    return NoDate("this is not a date we can read")


def _numbers(first: int, second: int, year: int) -> When | NoDate:
    if second > 12 >= first:
        return NoDate("there is no such month; it may be written in the American order, month first")
    return _day(year, second, first)


def _day(year: int, month: int, day: int) -> When | NoDate:
    try:
        return When(date(year, month, day).isoformat(), "day")
    except ValueError:
        return NoDate("there is no such day in the calendar")


def _year(digits: str, latest: int, past: bool) -> int:
    if len(digits) == 4:
        return int(digits)
    year = latest - latest % 100 + int(digits)
    if year > latest and (past or year - latest > 10):
        return year - 100
    return year
