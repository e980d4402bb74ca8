"""What differs between two versions of a case's answers: each question with its old and its new value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as detail

from formflow.deciding.said import Said
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer

TELLS_NOBODY = frozenset({"date", "time", "yes_no", "choice", "choices", "integer"})
"""Types of answers that may stand on lists that many people see: names, addresses and stories may not."""
_ABOUT_THE_FORM = frozenset({"resend_of", "what_changed", "case_ref", "date_received", "received_by", "signature"})
"""Answers that say which form this is, not what happened."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question that is answered differently now."""

    field: str
    question: str
    """As a person reads it: `Section 2, What has happened: "Date of the incident"`."""
    old: str = detail(repr=False)
    new: str = detail(repr=False)
    quotable: bool
    """Whether old and new may stand on a list that many people see."""

    @property
    def says(self) -> str:
        """The change in one sentence; without the words themselves where they might tell who is meant."""
        return f"{self.question}: {f'was {self.old}, is now {self.new}' if self.quotable else 'changed'}."


def changes(before: Mapping[str, Answer], after: Mapping[str, Answer], dictionary: Dictionary) -> tuple[Change, ...]:
    """Every question whose answer differs, in the order of the newer form; what both leave open does not differ."""
    old, new = Said(before, dictionary), Said(after, dictionary)
    found: list[Change] = []
    for field in dict.fromkeys((*after, *before)):
        if field in _ABOUT_THE_FORM or _same(before.get(field), after.get(field)):
            continue
        asked = dictionary.field(field)
        quotable = asked is not None and asked.type in TELLS_NOBODY and not field.endswith("_dob")
        found.append(Change(field, dictionary.label(field), old.shown(field), new.shown(field), quotable))
    return tuple(found)


def _same(before: Answer | None, after: Answer | None) -> bool:
    """Whether two answers say the same; not on the form and blank are the same."""
    first = (before.state, before.value) if before is not None else ("blank", None)
    second = (after.state, after.value) if after is not None else ("blank", None)
    if first[0] == second[0] in ("conflict", "unreadable") and before and after:
        return before.raw == after.raw
    return first == second
