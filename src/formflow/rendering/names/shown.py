"""How one paper shows what a case says of people: what typed words, names, births, addresses and days become in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from formflow.deciding.case import Case
from formflow.extracting.names import looks_like_a_name
from formflow.rendering.initials import initials
from formflow.rendering.names.days import days_in, month_of, without_days
from formflow.rendering.names.identities import Identities
from formflow.rendering.names.lore import lore, pattern_of
from formflow.rendering.names.traces import Traces
from formflow.settings import Names

WITHHELD = "Withheld"
_BANDS = ((0, 0, "Under 1 year"), (1, 5, "1 to 5 years"), (6, 10, "6 to 10 years"), (11, 15, "11 to 15 years"),
          (16, 17, "16 or 17 years"), (18, 25, "18 to 25 years"))  # fmt: skip
_SETTINGS = (
    (r"nurser|pre-?school|playgroup|kindergarten", "A nursery"),
    (r"\bcollege|university|sixth form", "A college"),
    (r"school|academy|primary", "A school"),
    (r"childminder", "A childminder"),
    (r"children['’]?s home|residential", "A children's home"),
    (r"surgery|medical|practice|health centre|\bgp\b|\bdr\b", "A GP surgery"),
    (r"hospital|infirmary|hospice", "A hospital"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGE = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Shown:
    """How a paper shows people: the mode, who is who, and whether the paper leaves the partnership."""

    mode: Names
    identities: Identities = field(repr=False)
    case: Case | None = field(default=None, repr=False)
    published: bool = False
    """For sharing: days become months, and the office's own deadlines and questions are left out."""

    @classmethod
    def of(cls, case: Case, mode: Names, *, published: bool = False) -> Shown:
        """How a paper about this case shows people."""
        return cls(mode, Identities.of(case), case, published)

    def cover(self, text: str) -> str:
        """Words that people typed, with names covered in the mode."""
        return self.identities.covered(text, self.mode)

    def said(self, text: str) -> str:
        """Words that formflow put together from answers: names covered, and in a pseudonym paper births and numbers."""
        words = self.cover(text)
        if self.mode == "pseudonym" and self._traces is not None:
            for trace in sorted(self._traces.found_in(words), key=lambda one: -one.start):
                if trace.kind in ("date of birth", "NHS number"):
                    instead = _year(words[trace.start : trace.end]) if trace.kind == "date of birth" else ""
                    words = f"{words[: trace.start]}{instead or '[withheld]'}{words[trace.end :]}"
        return without_days(words) if self.published else words

    def day(self, day: date) -> str:
        """A day as people write it, or only its month in a paper for sharing."""
        return f"a day in {month_of(day)}" if self.published else f"{day.day} {day:%B %Y}"

    def days(self, text: str) -> str:
        """Dates in words, as exact as the paper gets."""
        return without_days(text) if self.published else text

    def answer(self, field_id: str, words: str) -> str:
        """The answer to a question as the paper shows it; `words` are how people read it."""
        if self.mode == "named" or not words:
            return words
        pattern = pattern_of(field_id)
        kind = lore().kinds.get(pattern, "")
        if kind == "person":
            return self._person(field_id, pattern, words)
        if self.mode == "initials":
            return self.cover(words)
        match kind:
            case "birth":
                return _year(words) or _age_group(words)
            case "address" | "number" | "contact":
                return WITHHELD
            case "place":
                return WITHHELD if re.search(r"\d|(?<=\w)[\s,.]+[A-Z]", words) else self.cover(words)
            case "setting":
                return _kind_of_setting(words) or "A setting"
            case "organisation":
                return self.organisation(words)
            case _:
                return self.cover(words)

    def organisation(self, name: str) -> str:
        """An agency's name; in a pseudonym paper only the kind of a school, nursery, surgery or hospital."""
        return (_kind_of_setting(name) if self.mode == "pseudonym" else "") or self.cover(name)

    def label(self, row: str, otherwise: str) -> str:
        """Who stands in a row of the newest notification (`child_1`, `family_2`)."""
        person = self.identities.at(row)
        if person is None or (self.mode != "pseudonym" and not person.called):
            return otherwise
        return person.label(self.mode)

    def age(self, youngest: int | None, oldest: int | None, words: str) -> str:
        """An age in words, or the band it is in for a pseudonym paper."""
        if self.mode != "pseudonym" or youngest is None or oldest is None:
            return words
        return next((band for least, most, band in _BANDS if least <= youngest and oldest <= most), words)

    @cached_property
    def _traces(self) -> Traces | None:
        return Traces.of(self.case) if self.case is not None else None

    def _person(self, field_id: str, pattern: str, words: str) -> str:
        row = "_".join(field_id.split("_")[:2])
        if pattern.startswith("child_N_"):
            if self.mode == "initials":
                return initials(words)
            return self.label(row, WITHHELD) if pattern == "child_N_forename" else WITHHELD
        if pattern == "family_N_name":
            return self.label(row, self.cover(words))
        covered = self.cover(words)
        if covered == words and self.mode == "pseudonym" and looks_like_a_name(words):
            return WITHHELD
        return covered[1:-1] if re.fullmatch(r"\[[^\[\]]+\]", covered) else covered


AS_IT_IS = Shown("named", Identities(()))
"""Nothing is covered: for what stays in the unit, such as the page to check a form by."""


def _year(words: str) -> str:
    """The year of a birth; empty where none is given."""
    if found := next((day for day in days_in(words) if not day.loose), None):
        return str(found.on.year)
    year = _YEAR.search(words)
    return year[0] if year else ""


def _age_group(words: str) -> str:
    """`Under 18`, or the ten years an age lies in."""
    age = _AGE.search(words)
    if age is None:
        return WITHHELD
    if int(age[0]) < 18 or re.search(r"\b(?:month|week|day)", words, re.IGNORECASE):
        return "Under 18"
    return f"{int(age[0]) // 10 * 10} to {int(age[0]) // 10 * 10 + 9}" if int(age[0]) >= 20 else "18 or 19"


def _kind_of_setting(name: str) -> str:
    return next((says for pattern, says in _SETTINGS if re.search(pattern, name, re.IGNORECASE)), "")
