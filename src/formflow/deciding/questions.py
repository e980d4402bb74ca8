"""The questions of a case that are still open: those of the newest form of each sender, less what has been answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from formflow.deciding import told
from formflow.deciding.case import Case
from formflow.validating.settled import SETTLES
from formflow.validating.submission import Query, Submission


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
    newest: dict[tuple[str, ...], int] = {}
    for number, _, form in case.forms():
        newest[_speaks_for(form, number)] = number
    answered = _answered(case)
    return tuple(
        OpenQuestion(number, form.kind, received, query)
        for number, received, form in case.forms()
        if newest[_speaks_for(form, number)] == number
        for query in form.queries
        if query.level == "query" and not _settled(query, number, answered)
    )


def _speaks_for(form: Submission, number: int) -> tuple[str, ...]:
    """What a form replaces the earlier one of: a notification, an agency's return, a decision; an update nothing."""
    match form.kind:
        case "agency-return":
            return form.kind, re.sub(r"\W+", " ", told.text(form.answers, "agency_name")).casefold().strip()
        case "case-update":
            return form.kind, str(number)
        case kind:
            return (kind,)


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
