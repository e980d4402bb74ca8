"""The dates inside longer words: where each one stands, and which words lead to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.extracting.date_words import MONTH

_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|ur)?(?:day)?\.?,?\s+)?"
_TWO_DIGITS = r"'?\d{2}(?=\s*(?:$|[,;.)\]\-–—]|to\b|and\b|until\b|at\b))"
_DATE = re.compile(
    rf"(?<![\w/.\-])(?:\?\s*)?{_DAY_NAME}(?:"
    r"\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?(?:\d{4}|\d{2})|"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s\-]*(?:{MONTH})\b\.?(?:,?[\s\-]*\d{{4}}|[\s\-]+{_TWO_DIGITS})?|"
    rf"(?:{MONTH})\.?[\s,]+\d{{4}}|\d{{1,2}}\s?[./]\s?(?:19|20)\d{{2}}|(?:19|20)\d{{2}}\s?[-–/]\s?\d{{2}}|(?:19|20)\d{{2}})(?![\w/]|\.\d|-\d)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:to|until|till|-|–|—|and)\s*", re.IGNORECASE)
_LEFT_OPEN = re.compile(r"\s*(?:to|-|–|—)\s*(?:(?:date|present|now|ongoing|current)\s*)?", re.IGNORECASE)
_BEGINS = re.compile(r"\b(?:since|from|starting|started|began|opened|made)\s*(?:on\s*)?$", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:until|till|to|ended|closed|ceased|removed)\s*(?:on\s*|in\s*)?$", re.IGNORECASE)
_ONGOING = re.compile(
    r"\s*(?:to|until|-|–)\s*(?:date|present|now|the present|current)\b|\s*\(?(?:ongoing|current)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DatePiece:
    """A date as it stands inside longer words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Period:
    """When something began and ended, as far as words say so; each as written."""

    begin: str = ""
    end: str = ""
    open_ended: bool = False
    """Whether the words say that it goes on: since a day, to the present."""
    clear: bool = True
    """False where there are dates whose part is not told."""


def date_pieces(text: str) -> tuple[DatePiece, ...]:
    """Every date in the words, in their order, with the weekday that belongs to it; a day without a year is one too."""
    return tuple(DatePiece(m.start(), m.end(), m[0]) for m in _DATE.finditer(text))


def period_in(text: str) -> Period:
    """The beginning and end that words give: `3/8/2023 to 11/6/2024`, `since 2 March 2026`, `until May 2024`."""
    pieces = date_pieces(text)
    if not pieces:
        return Period()
    if len(pieces) == 2 and _BETWEEN.fullmatch(text[pieces[0].end : pieces[1].start]):
        return Period(pieces[0].words, pieces[1].words)
    if len(pieces) == 1 and _LEFT_OPEN.fullmatch(text[pieces[0].end :]) and not text[: pieces[0].start].strip():
        return Period(pieces[0].words, open_ended=True)
    begin = end = ""
    for piece in pieces:
        before = text[: piece.start]
        if _BEGINS.search(before) and not begin:
            begin = piece.words
        elif _ENDS.search(before) and not end:
            end = piece.words
        else:
            return Period(clear=False)
    since = bool(re.search(r"\bsince\b", text, re.IGNORECASE)) or bool(_ONGOING.match(text[pieces[-1].end :]))
    return Period(begin, end, bool(begin) and not end and since)


def without_dates(text: str) -> str:
    """The words with every date cut out."""
    return _DATE.sub(" ", text)
