"""How our blank form is laid out, worked out once from the field dictionary for Word and PDF alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from formflow import shipped
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.dictionary import Field as Asked
from formflow.extracting.dictionary import Section as Heading

Kind = Literal["text", "long", "date", "choice", "boxes", "tick"]

YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known yet"))
NOT_KNOWN = ("not_known", "Not known yet")


class Pairs(BaseModel):
    """A table of questions with their reasons beside them: the words at its head, and how the reasons are found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    head: str
    answer: str
    reason: str
    suffix: str
    """What the id of the reasons adds to that of the question: `_evidence`."""


class Blank(BaseModel):
    """What helps the person who fills a form in: `blank.toml` for the notification, else the head of `forms/*.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    version: str
    title: str
    intro: tuple[str, ...]
    required: frozenset[str]
    single_tick: frozenset[str] = frozenset()
    boxed: frozenset[str] = frozenset()
    children: Annotated[int, Field(ge=1)] = 1
    more_rows_word: str = "To add a row, click in the last row and press the + at its right edge."
    more_rows_pdf: str = "For more rows than there are here, use the Word form or attach a list."
    rows: Mapping[str, int] = {}
    """Blocks that are tables, with how many rows are printed."""
    cards: Mapping[str, int] = {}
    """Blocks that are too wide for a table: one card below the other, with how many are printed."""
    shares: Mapping[str, tuple[int, ...]] = {}
    """How the width of each table is shared among its columns."""
    pairs: Mapping[str, Pairs] = {}
    """Sections that are tables of questions with their reasons."""
    wide: frozenset[str] = frozenset()
    """Sections whose tables need the page turned."""
    room: Mapping[str, int] = {}
    """Empty lines below long answers, for those who fill them in by hand; 1 for any other."""
    section_notes: Mapping[str, str] = {}
    hints: Mapping[str, str] = {}

    @property
    def file_name(self) -> str:
        """What the blank form is called in a folder, without its ending."""
        return f"{self.title} {self.form}"


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the form, with the name or names of what is filled in."""

    id: str
    number: str
    """`2.4`: papers name it where they rest on an answer."""
    title: str
    hint: str
    required: bool
    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    """For boxes: option id and words, one box each, named `id:option`. For a choice: the entries of the list."""

    @property
    def block(self) -> str:
        """The words above a card: `Action`, `Answer`."""
        return self.id.partition("_")[0].capitalize()

    def numbered(self, number: int | str) -> Question:
        """The same question of the n-th block or row, or of a process."""
        mark = f"_{number}"
        return replace(self, id=self.id.replace("_N", mark).replace("_P", mark))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: questions one below the other, or a table with a row for each person, agency or event."""

    kind: Literal["questions", "rows", "grid", "cards"]
    title: str
    questions: tuple[Question, ...] = ()
    rows: tuple[tuple[str, tuple[Question, ...]], ...] = ()
    """For a table: the words at the head of each row (empty for free rows) and its questions."""
    block: str = ""
    shares: tuple[int, ...] = ()
    """For a table: how its width is shared among its columns."""
    heads: tuple[str, ...] = ()
    """For a table: the words at the head of each column."""
    numbered: bool = False
    """For a grid: whether the words at the head of each row begin with the question's number."""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the form."""

    number: int
    title: str
    note: str
    parts: tuple[Part, ...]
    wide: bool
    """Whether its table needs the page turned."""


_OF_THE_DICTIONARY = ("shared", "sections", "fields", "options")


@lru_cache(maxsize=16)
def load_blank(form: str = "") -> Blank:
    """How a form is laid out, by its layout; the notification for an empty name."""
    if not form:
        return Blank.model_validate(tomllib.loads(shipped.text("blank.toml")))
    raw = tomllib.loads(shipped.text(f"forms/{form}.toml"))
    return Blank.model_validate({name: value for name, value in raw.items() if name not in _OF_THE_DICTIONARY})


def plan(dictionary: Dictionary, blank: Blank, more_rows: str) -> tuple[Section, ...]:
    """The sections of the form in order; `more_rows` says how to add to a table that may need it."""
    return tuple(_section(heading, dictionary, blank, more_rows) for heading in dictionary.sections.values())


def _section(heading: Heading, dictionary: Dictionary, blank: Blank, more_rows: str) -> Section:
    note = blank.section_notes.get(heading.id, "")
    parts = tuple(_parts(heading, dictionary, blank))
    if heading.repeats == "N" and any(part.kind in ("rows", "cards") for part in parts):
        note = f"{note} {more_rows}".strip()
    return Section(heading.order, heading.title, note, parts, heading.id in blank.wide)


def _parts(heading: Heading, dictionary: Dictionary, blank: Blank) -> Iterator[Part]:
    questions = [question_of(field, dictionary, blank) for field in dictionary.in_section(heading.id)]
    blocks = tuple(blank.rows) + tuple(blank.cards)
    if heading.id == "child":
        for number in range(1, blank.children + 1):
            yield Part("questions", f"Child {number}", tuple(_once(q, number) for q in questions))
        return
    if heading.id in blank.pairs:
        yield from _paired(questions, blank.pairs[heading.id], blank.shares[heading.id])
        return
    if held := [q for q in questions if "_P" in q.id]:
        yield _grid(held, heading, dictionary, blank)
    repeated = [q for q in questions if _block(q) in blocks]
    if single := tuple(q.numbered(1) for q in questions if "_P" not in q.id and q not in repeated):
        yield Part("questions", "", single)
    for block in dict.fromkeys(_block(q) for q in repeated):
        title = "Attachments" if block == "attachment" else heading.title
        yield _rows([q for q in repeated if _block(q) == block], block, title, blank)


def _block(question: Question) -> str:
    return question.id.split("_N_")[0] if "_N_" in question.id else ""


def _grid(held: list[Question], heading: Heading, dictionary: Dictionary, blank: Blank) -> Part:
    """A table with a row for each option of a list: each process, each partner."""
    block = held[0].id.partition("_")[0]
    rows = tuple((words, tuple(q.numbered(p) for q in held)) for p, words in dictionary.options[block].items())
    title = block.capitalize()
    return Part(
        "grid", title, rows=rows, shares=blank.shares[heading.id], heads=(title, *(_head(q) for q in held)), block=block
    )


def _rows(held: list[Question], block: str, title: str, blank: Blank) -> Part:
    """A table with free rows, or one card below the other."""
    count = blank.rows.get(block) or blank.cards[block]
    rows = tuple(("", tuple(q.numbered(n) for q in held)) for n in range(1, count + 1))
    if block in blank.cards:
        return Part("cards", title, rows=rows, block=block)
    return Part("rows", title, rows=rows, block=block, shares=blank.shares[block], heads=tuple(_head(q) for q in held))


def _head(question: Question) -> str:
    return f"{question.number} {question.title}"


def _paired(questions: list[Question], pairs: Pairs, shares: tuple[int, ...]) -> Iterator[Part]:
    """Each question with its reasons beside it; the others before or after, as they stand in the dictionary."""
    by_id = {q.id: q for q in questions}
    reasons = {f"{q.id}{pairs.suffix}" for q in questions} & by_id.keys()
    for paired, held in groupby(questions, key=lambda q: q.id in reasons or f"{q.id}{pairs.suffix}" in reasons):
        group = tuple(held)
        if not paired:
            yield Part("questions", "", group)
            continue
        rows = tuple(
            (q.title, (q, replace(by_id[f"{q.id}{pairs.suffix}"], title=pairs.reason)))
            for q in group
            if q.id not in reasons
        )
        heads = (pairs.head, pairs.answer, pairs.reason)
        yield Part("grid", pairs.head, rows=rows, shares=shares, heads=heads, numbered=True)


def _once(question: Question, number: int) -> Question:
    """A child's question; only those of the first child are marked as required."""
    return replace(question.numbered(number), required=question.required and number == 1)


def question_of(field: Asked, dictionary: Dictionary, blank: Blank) -> Question:
    """A field of the dictionary as a question on the form."""
    kind, options = _kind(field, blank)
    return Question(
        field.id,
        dictionary.number(field.id),
        field.title,
        blank.hints.get(field.id, ""),
        field.id in blank.required,
        kind,
        options,
    )


def _kind(field: Asked, blank: Blank) -> tuple[Kind, tuple[tuple[str, str], ...]]:
    options = tuple(field.options.items())
    if field.id in blank.single_tick:
        return "tick", (("yes", "Yes"),)
    match field.type:
        case "yes_no":
            return "boxes", YES_NO
        case "choices":
            return "boxes", options
        case "choice" if field.id in blank.boxed:
            return "boxes", (*options, NOT_KNOWN)
        case "choice":
            return "choice", (*options, NOT_KNOWN)
        case "date":
            return "date", ()
        case "long_text":
            return "long", ()
        case _:
            return "text", ()


_SHORT = frozenset({"text", "date", "choice"})


def side_by_side(questions: Sequence[Question]) -> Iterator[tuple[Question, ...]]:
    """The questions of a card, row by row: two short answers side by side, a long one alone."""
    waiting: Question | None = None
    for question in questions:
        if question.kind in _SHORT and waiting is not None:
            yield waiting, question
            waiting = None
        elif question.kind in _SHORT:
            waiting = question
        else:
            if waiting is not None:
                yield (waiting,)
            waiting = None
            yield (question,)
    if waiting is not None:
        yield (waiting,)
