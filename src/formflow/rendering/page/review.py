"""What was read on a form, laid out for the person who checks it: questions first, then every answer by its section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as detail
from typing import Literal

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer, Form, State
from formflow.rendering.statements import Statements
from formflow.validating.submission import Query, Submission

Standing = Literal["sound", "check", "ask", "open"]
"""Of an answer: it can be relied on; it was read, and a person checks it; it is asked about; nothing was answered."""

STATES: dict[State, str] = {
    "answered": "Answered",
    "blank": "Not answered",
    "not_known": "Not known",
    "not_applicable": "Not applicable",
    "conflict": "Not clear",
    "unreadable": "Cannot be read",
}
CHECK = "Please check"
BY_LABEL = "Read by their labels; please check them"

_LEVELS = {"blocker": "To mend", "query": "Question"}
_HOW = {
    "tag": "by its name",
    "label": "by its label",
    "key": "by its key word",
    "position": "by its place",
    "derived": "worked out from other answers",
    "given": "as it was given",
}
_SURE, _FAIRLY = 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that must be mended or answered."""

    number: int
    word: str
    """`To mend` or `Question`."""
    field: str
    """Empty when it is about the form as a whole."""
    message: str = detail(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the form with its answer, in words."""

    field: str
    title: str
    words: str = detail(repr=False)
    """The answer as people read it; empty where there is none."""
    raw: str = detail(repr=False)
    """What stands on the form, where it differs from the words."""
    state: State
    standing: Standing
    place: str
    sure: str
    """How it was found and how sure it is, in words; empty where it was read by its label and is to be checked."""
    because: str = detail(repr=False)
    asked: tuple[int, ...] = ()
    """The numbers of the questions about it."""

    @property
    def status(self) -> str:
        """Its state as a word."""
        return CHECK if self.standing == "check" else STATES[self.state]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form, or one child, person, agency, event or process in it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that was read on one form."""

    layout: str
    """By which layout it was read, in words."""
    asked: tuple[Asked, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    """Things worth knowing, in sentences."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every answer, in the order of the form."""
        return tuple(line for part in self.parts for line in part.lines)

    def count(self, standing: Standing) -> int:
        """How many answers stand so."""
        return sum(1 for line in self.lines if line.standing == standing)


def review(form: Form, submission: Submission, dictionary: Dictionary) -> Review:
    """What was read on a form, for the person who checks it, in the words of its own questions."""
    dictionary = dictionary.of(form.layout)
    asked = tuple(_asked(submission.queries))
    numbers: dict[str, list[int]] = {}
    for each in asked:
        numbers.setdefault(each.field, []).append(each.number)
    uncertain = {query.field for query in submission.queries if _only_uncertain(query)}
    said = Statements(form.answers, dictionary)
    parts: dict[str, list[Line]] = {}
    for field_id, answer in form.answers.items():
        line = _line(answer, said, tuple(numbers.get(field_id, ())), uncertain=field_id in uncertain)
        parts.setdefault(_part(field_id, dictionary), []).append(line)
    notes = tuple(query.message for query in submission.queries if query.level == "note" and query.field is None)
    made = tuple(Part(title, tuple(lines)) for title, lines in parts.items())
    return Review(_known_as(form), asked, made, notes)


def _known_as(form: Form) -> str:
    match form.layout_certainty:
        case "recognised":
            return f"a form formflow knows ({form.layout})"
        case "related":
            return f"another edition of a form formflow knows ({form.layout})"
        case "unknown":
            return "a form formflow has no description of: it was read by its labels"


def _asked(queries: Iterable[Query]) -> Iterator[Asked]:
    """The real questions, numbered; that an answer was only read by its label is told at the answer."""
    real = (query for query in queries if query.level != "note" and not _only_uncertain(query))
    for number, query in enumerate(real, 1):
        yield Asked(number, _LEVELS[query.level], query.field or "", query.message)


def _only_uncertain(query: Query) -> bool:
    return query.check and query.field is not None


def _line(answer: Answer, said: Statements, asked: tuple[int, ...], *, uncertain: bool) -> Line:
    words = said.text(answer.field)
    question = said.dictionary.field(answer.field)
    standing: Standing = "ask" if asked else "open" if answer.state == "blank" else "check" if uncertain else "sound"
    return Line(
        field=answer.field,
        title=question.title if question else answer.field,
        words=words,
        raw="" if _same(answer.raw, words) else answer.raw.strip(),
        state=answer.state,
        standing=standing,
        place=answer.place,
        sure="" if standing == "check" and answer.how == "label" else _sure(answer),
        because=answer.because,
        asked=asked,
    )


def _same(raw: str, words: str) -> bool:
    return re.sub(r"\W+", "", raw).casefold() == re.sub(r"\W+", "", words).casefold()


def _sure(answer: Answer) -> str:
    """How an answer was found and how sure it is; empty where there is none."""
    if answer.state == "blank":
        return ""
    how = _HOW.get(answer.how, "")
    if answer.state in ("conflict", "unreadable"):
        return f"Found {how}" if how else ""
    sure = "Sure" if answer.confidence >= _SURE else "Fairly sure" if answer.confidence >= _FAIRLY else "Not sure"
    return f"{sure}, {how}" if how else sure


def _part(field_id: str, dictionary: Dictionary) -> str:
    """The section of a question, with the child, person, agency, event or process it is about."""
    return dictionary.label(field_id).rpartition(': "')[0] or "Other"
