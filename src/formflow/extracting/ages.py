"""Ages as people write them where a date of birth is not known, and telling an age from a date from a due date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from formflow.extracting.plain import fold

_AGE = re.compile(
    r"(?P<about>(?:\?|~|c\.?|circa|about|around|approx(?:imately)?\.?|roughly|believed to be|thought to be)\s*)?"
    r"(?:aged?|age)?\s*:?\s*(?P<about2>(?:about|around|approx(?:imately)?\.?|c\.|circa)\s*)?"
    r"(?P<number>\d{1,3})\s*(?P<unit>years?|yrs?|y\.?/?o\.?|y|months?|mths?|m/o|weeks?|wks?|days?)?"
    r"(?P<old>\s*-?\s*(?:old|of age))?"
    r"(?P<about3>\s*(?:\?|approx\.?|\(approx\.?\)|or so|ish))?(?P<more>\s*[(,;].*)?"
)
_UNITS = {"m": 12, "w": 52, "d": 365}
_OLDEST = 120
_DUE = re.compile(
    r"\s*(?:e\.?d\.?d\b\.?|due\b|(?:estimated|expected)(?: date of)? (?:delivery|birth)|baby due)|.*\bdue (?:on )?\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Age:
    """An age in whole years."""

    years: int
    about: bool
    """Whether the words say that it is not exact."""


def read_age(text: str) -> Age | None:
    """The age that words give: `7 yrs`, `about 60`, `16 yrs (turning 17 in Aug)`, `18 months`; None for none."""
    found = _AGE.fullmatch(fold(text).casefold().strip(" .:"))
    if found is None:
        return None
    unit = (found["unit"] or "y")[0]
    years = int(found["number"]) // _UNITS.get(unit, 1)
    about = any(found[part] for part in ("about", "about2", "about3"))
    return Age(years, about) if years <= _OLDEST else None


def born_due_or_aged(text: str) -> Literal["born", "due", "aged"]:
    """What a "date of birth" answer really tells: a day of birth, an expected date of delivery, or an age."""
    if _DUE.match(fold(text)):
        return "due"
    age = read_age(text)
    return "aged" if age is not None else "born"
