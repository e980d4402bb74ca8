"""The questions of a case that are still open: those of the newest form of each sender, less what has been answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formflow.deciding.case import Case
from formflow.validating.settled import SETTLES
from formflow.validating.submission import Query


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that nobody has answered yet, and the form that raised it."""

    form: int
    """Counted from 1."""
    kind: str
    received: date
    query: Query


def open_questions(case: Case) -> tuple[OpenQuestion, ...]:
    """Every open question, oldest form first; a newer version of a form ends the questions of the older one."""
    answered, gone = _answered(case), case.superseded
    return tuple(
        OpenQuestion(number, form.kind, received, query)
        for number, received, form in case.forms()
        if number not in gone
        for query in form.queries
        if query.level == "query" and not _settled(query, number, answered)
    )


def _answered(case: Case) -> dict[str, int]:
    """The questions of the notification that a query sheet settled, and with which form."""
    return {
        name.removeprefix(SETTLES): number
        for number, _, form in case.forms("case-update")
        for name, answer in form.answers.items()
        if name.startswith(SETTLES) and answer.state in ("answered", "not_known", "not_applicable")
    }


def _settled(query: Query, form: int, answered: dict[str, int]) -> bool:
    return query.field is not None and answered.get(query.field, 0) > form
