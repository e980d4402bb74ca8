"""Times of day as people in England write them, alone or beside a date."""

from __future__ import annotations

import re

from formflow.extracting.plain import fold

_NEAR = r"(?:at|@|approx(?:imately)?\.?|about|around|circa|c\.|~|roughly)"
_HALF = r"[ap]\.?\s?m\b\.?"
_HOURS = r"(?:hrs|hours|hr|h)\b\.?"
_CLOCK = (
    rf"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?(?:\s*(?:{_HALF}|{_HOURS}))?|\d{{1,2}}\s*{_HALF}|"
    rf"\d{{3,4}}\s*{_HOURS}|(?:12\s+)?(?:noon|midday|midnight)"
)
_AFTER = re.compile(rf"(?P<rest>.+?)(?:[\s,;(\-–]+{_NEAR})*[\s,;(\-–]+(?P<time>{_CLOCK})\)?")
_BARE_AFTER = re.compile(rf"(?P<rest>.+?)(?:[\s,;(\-–]+{_NEAR})*[\s,;(\-–]+(?P<time>\d{{4}})\)?")
_BEFORE = re.compile(rf"(?:{_NEAR}\s*)*(?P<time>{_CLOCK})[\s,;\-–]+(?:on\s+)?(?P<rest>.+)")
_NUMBERS = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?:[:.]\d{2})?\s*(?P<half>a\.?\s?m|p\.?\s?m|hrs|hours|hr|h)?|"
    r"(?P<hh>\d{2}|\d(?=\d{2}\s*h))(?P<mm>\d{2})\s*(?:hrs|hours|hr|h)?"
)


def read_time(text: str) -> str | None:
    """A time of day as `HH:MM`: 1430hrs, 2.30pm, 14:30, noon; None when it is none."""
    words = re.sub(rf"^(?:{_NEAR}\s*)+", "", fold(text).casefold())
    words = re.sub(r"\s*(?:approx(?:imately)?\.?|\(approx\.?\))$", "", words).strip(" .()")
    if words in ("noon", "midday", "12 noon", "12 midday"):
        return "12:00"
    if words in ("midnight", "12 midnight"):
        return "00:00"
    found = _NUMBERS.fullmatch(words)
    if not found or (found["hour"] and not found["minute"] and not found["half"]):
        return None
    hour, minute = int(found["hour"] or found["hh"]), int(found["minute"] or found["mm"] or 0)
    half = re.sub(r"[.\s]", "", found["half"] or "")
    if half in ("am", "pm") and hour <= 12:
        if hour == 0:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half == "am":
        return None
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def half_of_day_is_told(text: str) -> bool:
    """Whether there is no doubt between morning and afternoon: `7.45` may be either, `07:45` and `7.45am` not."""
    return not re.search(rf"(?<![\d:.])[1-9][:.][0-5]\d(?!\d)(?!\s*(?:{_HALF}|{_HOURS}))", fold(text).casefold())


def time_pieces(text: str) -> tuple[tuple[int, int], ...]:
    """Where a time of day stands inside longer words: beginning and end of each."""
    pattern = rf"(?<![\w.:/\-])(?:{_NEAR}\s*)?(?:{_CLOCK})(?![\w:/]|\.\d)"
    found = re.finditer(pattern, text, re.IGNORECASE)
    return tuple((m.start(), m.end()) for m in found if read_time(m[0]) is not None)


def without_time(words: str) -> tuple[str, str] | None:
    """Words that hold a time of day beside something else, as that something and the time's words; None otherwise.

    Four digits alone (`0900`) are not taken for a time here: see `without_bare_time`.
    """
    for pattern in (_AFTER, _BEFORE):
        if (found := pattern.fullmatch(words)) and read_time(found["time"]) is not None:
            return found["rest"].strip(" ,;("), found["time"]
    return None


_LED_TO = re.compile(r"[\s,;(]+(?:approx(?:imately)?\.?|about|around|at|@|circa|c\.)\s*$")
"""What leads up to a time, so that the digits after it are no year."""


def without_bare_time(words: str) -> tuple[str, str] | None:
    """The same for four digits at the end, as in `15/10/2025 0900`: what may as well be a year is left alone."""
    found = _BARE_AFTER.fullmatch(words)
    if not found or read_time(found["time"]) is None:
        return None
    led = _LED_TO.search(words[: found.start("time")])
    if not led and re.match(r"19|20", found["time"]) and not re.search(r"\d{4}", found["rest"]):
        return None
    return found["rest"].strip(" ,;("), found["time"]
