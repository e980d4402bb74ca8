"""What the rules see of a form: its answers with types, and the place of each question in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from formflow.extracting.dates import day_of, span_of
from formflow.extracting.dictionary import Dictionary, Level
from formflow.extracting.form import Answer
from formflow.extracting.rows import children, rows
from formflow.validating.submission import Query

_SHORT = 60
QUOTED = frozenset({"date", "time", "yes_no", "choice", "choices", "integer"})
"""Types of question whose answers tell nobody who is meant."""


@dataclass(frozen=True)
class Asked:
    """The answers of a form, and what is needed to speak of them."""

    answers: Mapping[str, Answer]
    dictionary: Dictionary
    today: date

    def answered(self, field: str) -> bool:
        """Whether there is a certain answer."""
        return (answer := self.answers.get(field)) is not None and answer.state == "answered"

    def open(self, field: str) -> bool:
        """Whether the question was left blank; "not known" is not blank."""
        return (answer := self.answers.get(field)) is None or answer.state == "blank"

    def value(self, field: str) -> object:
        """The value of an answer; None while it is open."""
        return self.answers[field].value if self.answered(field) else None

    def day(self, field: str) -> date | None:
        """The single day of a date; None for anything less certain."""
        answer = self.answers.get(field)
        return day_of(self.value(field)) if answer is not None and answer.precision in (None, "day") else None

    def span(self, field: str) -> tuple[date, date] | None:
        """First and last day a date may mean."""
        answer = self.answers.get(field)
        return span_of(self.value(field)) if answer is not None and answer.precision != "approximate" else None

    def children(self) -> tuple[int, ...]:
        """The numbers of the children of whom anything is said."""
        return self._children

    @cached_property
    def _children(self) -> tuple[int, ...]:
        return children(self.answers, certain=False)  # asked for by nearly every rule

    def rows(self, block: str) -> tuple[int, ...]:
        """The numbers of the rows of a table in which anything is filled in."""
        return rows(self.answers, block)

    def say(self, level: Level, field: str, words: str) -> Query:
        """A query that names the place first: `Section 2, What has happened: "Date of the incident": …`"""
        return Query(level=level, field=field, message=f"{self.dictionary.label(field)}: {words}")

    def written(self, field: str) -> str:
        """What stands on the form, in quotation marks, when it is short and tells nobody who is meant; else empty.

        Questions go on lists that many people see: names, addresses and numbers of people are never repeated there.
        """
        answer, asked = self.answers.get(field), self.dictionary.field(field)
        if asked is None or asked.type not in QUOTED:
            return ""
        raw = re.sub(r"\s+", " ", answer.raw).strip() if answer is not None else ""
        return f'"{raw}"' if raw and len(raw) <= _SHORT else ""
