"""What a case's form says, read with types, and what else is known of it: its progress, and the register's history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from formflow.deciding.decision import Because
from formflow.deciding.history import History
from formflow.deciding.progress import Progress
from formflow.deciding.truth import Truth
from formflow.extracting.dates import day_of, span_of
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer
from formflow.extracting.rows import children, rows

_NOTHING = re.compile(r"(?:none|no|nil|nobody|not any|no other(?: authority)?)[.\s]*", re.IGNORECASE)
_STATES = {
    "blank": "blank",
    "not_known": "not known",
    "not_applicable": "not applicable",
    "conflict": "not clear",
    "unreadable": "not readable",
}


@dataclass(frozen=True, slots=True)
class Said:
    """The answers of a case, with the dictionary that explains them, and what formflow knows besides."""

    answers: Mapping[str, Answer]
    dictionary: Dictionary
    since: Progress = field(default_factory=Progress)
    """What has happened in the case since it was notified."""
    history: History = field(default_factory=History)
    """The register's other cases."""
    ref: str = ""
    known: date = date.max
    """The day this case became known: only cases known up to then are earlier ones."""

    def answered(self, field: str) -> bool:
        """Whether the form gives a certain answer."""
        return (answer := self.answers.get(field)) is not None and answer.state == "answered"

    def truth(self, field: str) -> Truth:
        """A yes/no question: blank, not known or unclear is None."""
        value = self.answers[field].value if self.answered(field) else None
        return True if value == "yes" else False if value == "no" else None

    def choice(self, field: str) -> str | None:
        """The option chosen, or None."""
        value = self.answers[field].value if self.answered(field) else None
        return value if isinstance(value, str) else None

    def chosen(self, field: str) -> tuple[str, ...] | None:
        """The options ticked, or None when the question is open."""
        value = self.answers[field].value if self.answered(field) else None
        return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else None

    def text(self, field: str) -> str:
        """The words of an answer; empty when it is open or only says that there is none."""
        value = self.answers[field].value if self.answered(field) else ""
        return "" if _NOTHING.fullmatch(str(value).strip()) else str(value).strip()

    def day(self, field: str) -> date | None:
        """The single certain day of a date; None for months, ranges, approximate days and open answers."""
        answer = self.answers.get(field)
        if answer is None or answer.state != "answered" or answer.precision not in (None, "day"):
            return None
        return day_of(answer.value)

    def span(self, field: str) -> tuple[date, date] | None:
        """First and last day that a date may mean; None when it is open. An approximate day is not a span."""
        answer = self.answers.get(field)
        if answer is None or answer.state != "answered" or answer.precision == "approximate":
            return None
        return span_of(answer.value)

    def children(self) -> tuple[int, ...]:
        """The numbers of the children of whom anything certain is said; child 1 is always one of them."""
        return children(self.answers, certain=True)

    def rows(self, block: str, part: str) -> tuple[int, ...]:
        """The numbers of the rows of a table (`agency`, `family`) whose `part` is filled in."""
        return rows(self.answers, block, part)

    def because(self, *fields: str) -> tuple[Because, ...]:
        """The answers a finding rests on, as people read them."""
        return tuple(Because(field, self.shown(field), self._place(field)) for field in fields)

    def shown(self, field: str) -> str:
        """An answer as people read it: the option's words, a written-out day, or its open state."""
        answer = self.answers.get(field)
        if answer is None:
            return "blank"
        if answer.state != "answered":
            return _STATES[answer.state]
        question = self.dictionary.field(field)
        if question is not None and question.options and not isinstance(answer.value, int):
            return ", ".join(question.options.get(option, option) for option in self.chosen(field) or ())
        if question is not None and question.type == "date" and (day := day_of(answer.value)):
            return f"{day.day} {day:%B %Y}" + (" (approximate)" if answer.precision == "approximate" else "")
        return str(answer.value)

    def _place(self, field: str) -> str:
        answer = self.answers.get(field)
        return answer.place if answer is not None else ""
