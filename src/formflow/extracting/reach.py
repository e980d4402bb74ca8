"""Where people and places are reached: telephone numbers, e-mail addresses and postcodes, found in what is written."""

from __future__ import annotations

import re

from formflow.extracting.plain import fold

_POSTCODE = re.compile(r"(?<![A-Za-z\d])([A-Za-z]{1,2}\d[A-Za-z\d]?)[^\S\n]*(\d[A-Za-z]{2})(?![A-Za-z\d])")
_EMAIL = re.compile(r"[^\s@<>,;:()\[\]]+@[^\s@<>,;:()\[\]]+\.[^\s@<>.,;:()\[\]]+")
_EXTENSION = r"(?:[\s,]*(?:ext(?:ension|n)?\.?|x)\s*\d{1,6})"
_PHONE = re.compile(rf"(?<![\d/.\-A-Za-z])(?:\+\d{{1,3}}|\(?0)[\d\s()\-]{{7,16}}\d{_EXTENSION}?(?![\d/A-Za-z])")
_PHONE_ALONE = re.compile(rf"[\d\s()+\-]{{5,}}{_EXTENSION}?")


def postcodes_in(text: str) -> tuple[str, ...]:
    """Every United Kingdom postcode in the words, as `AB1 2CD`, each once."""
    return tuple(dict.fromkeys(f"{m[1]} {m[2]}".upper() for m in _POSTCODE.finditer(text)))


def emails_in(text: str) -> tuple[str, ...]:
    """Every e-mail address in the words, each once."""
    return tuple(dict.fromkeys(m[0].rstrip(".").removeprefix("mailto:") for m in _EMAIL.finditer(text)))


def phones_in(text: str) -> tuple[str, ...]:
    """Every telephone number with its area code in the words, digits as written, each once."""
    found = (fold(m[0]).strip(" -") for m in _PHONE.finditer(text))
    return tuple(dict.fromkeys(number for number in found if 10 <= len(re.sub(r"\D", "", number)) <= 19))


def without_label(text: str) -> str:
    """A number without the "Tel:" before it."""
    return re.sub(r"^(?:tel(?:ephone)?|phone|mob(?:ile)?|t|m)\b(?: ?no)?[.:\s]*", "", fold(text), flags=re.IGNORECASE)


def is_phone_alone(text: str) -> bool:
    """Whether the words are a number to dial and nothing else, such as `ext 4471` or a number without its area code."""
    words = without_label(text).casefold()
    return (
        bool(_PHONE_ALONE.fullmatch(words) or re.fullmatch(rf"{_EXTENSION}", words))
        and len(re.findall(r"\d", words)) >= 4
    )
