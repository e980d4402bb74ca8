"""How our blank form is laid out, worked out once from the field dictionary for Word and PDF alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from formflow import shipped
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.dictionary import Field as Asked
from formflow.extracting.dictionary import Section as Heading

Kind = Literal["text", "long", "date", "choice", "boxes", "tick"]

YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known yet"))
NOT_KNOWN = ("not_known", "Not known yet")


class Blank(BaseModel):
    """`blank.toml`: what helps the person who fills the form in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    version: str
    title: str
    intro: tuple[str, ...]
    required: frozenset[str]
    single_tick: frozenset[str]
    boxed: frozenset[str]
    children: Annotated[int, Field(ge=1)]
    more_rows_word: str
    more_rows_pdf: str
    rows: Mapping[str, int]
    shares: Mapping[str, tuple[int, ...]]
    """How the width of each table is shared among its columns."""
    section_notes: Mapping[str, str]
    hints: Mapping[str, str]


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

    def numbered(self, number: int | str) -> Question:
        """The same question of the n-th block or row, or of a process."""
        mark = f"_{number}"
        return replace(self, id=self.id.replace("_N", mark).replace("_P", mark))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: questions one below the other, or a table with a row for each person, agency or event."""

    kind: Literal["questions", "rows", "grid"]
    title: str
    questions: tuple[Question, ...] = ()
    rows: tuple[tuple[str, tuple[Question, ...]], ...] = ()
    """For a table: the words at the head of each row (empty for free rows) and its questions."""
    block: str = ""
    shares: tuple[int, ...] = ()
    """For a table: how its width is shared among its columns."""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the form."""

    number: int
    title: str
    note: str
    parts: tuple[Part, ...]
    wide: bool
    """Whether its table needs the page turned."""


def load_blank() -> Blank:
    """What `blank.toml` says."""
    return Blank.model_validate(tomllib.loads(shipped.text("blank.toml")))


def plan(dictionary: Dictionary, blank: Blank, more_rows: str) -> tuple[Section, ...]:
    """The sections of the form in order; `more_rows` says how to add to a table that may need it."""
    return tuple(_section(heading, dictionary, blank, more_rows) for heading in dictionary.sections.values())


def _section(heading: Heading, dictionary: Dictionary, blank: Blank, more_rows: str) -> Section:
    wide = heading.id in ("family", "agency", "events")
    note = blank.section_notes.get(heading.id, "")
    parts = tuple(_parts(heading, dictionary, blank))
    return Section(heading.order, heading.title, f"{note} {more_rows}".strip() if wide else note, parts, wide)


def _parts(heading: Heading, dictionary: Dictionary, blank: Blank) -> Iterator[Part]:
    questions = [question_of(field, dictionary, blank) for field in dictionary.in_section(heading.id)]
    if heading.id == "child":
        for number in range(1, blank.children + 1):
            yield Part("questions", f"Child {number}", tuple(_once(q, number) for q in questions))
        return
    if heading.id == "criteria":
        yield from _criteria(questions, blank.shares["criteria"])
        return
    single = tuple(q for q in questions if "_N_" not in q.id and "_P" not in q.id)
    if heading.id == "processes":
        held = [q for q in questions if "_P" in q.id]
        rows = tuple((words, tuple(q.numbered(p) for q in held)) for p, words in dictionary.options["process"].items())
        yield Part("grid", "Process", rows=rows, shares=blank.shares["processes"])
    if single:
        yield Part("questions", "", single)
    for block in dict.fromkeys(q.id.split("_N_")[0] for q in questions if "_N_" in q.id):
        held = [q for q in questions if q.id.startswith(f"{block}_N_")]
        count = range(1, blank.rows[block] + 1)
        rows = tuple(("", tuple(q.numbered(n) for q in held)) for n in count)
        title = "Attachments" if block == "attachment" else heading.title
        yield Part("rows", title, rows=rows, block=block, shares=blank.shares[block])


def _criteria(questions: list[Question], shares: tuple[int, ...]) -> Iterator[Part]:
    """Each criterion with its reasons beside it; then what has none."""
    by_id = {q.id: q for q in questions}
    paired = [q for q in questions if f"{q.id}_evidence" in by_id]
    rows = tuple((q.title, (q, replace(by_id[f"{q.id}_evidence"], title="Your reasons"))) for q in paired)
    yield Part("grid", "Does the case highlight, or may it highlight …", rows=rows, shares=shares)
    taken = {q.id for _, row in rows for q in row}
    yield Part("questions", "", tuple(q for q in questions if q.id not in taken))


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
