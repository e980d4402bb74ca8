"""Layouts: the forms formflow knows, as data: what to know each by, its parts, and the words it asks with."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formflow.errors import Stop
from formflow.extracting.exact import exact
from formflow.extracting.form import Kind

NOTHING = "nothing"
"""What a label asks for that a layout says is none of our questions."""
Words = tuple[str, ...]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Marks(_Data):
    """What a form is known by: of every line that is written at least one of its words must be found."""

    title: Words = ()
    """In its title, a heading, or a short line at its top."""
    header: Words = ()
    """In the header or footer of its pages."""
    words: Words = ()
    """Anywhere on it: a form code, a version, a sentence of its own."""
    names: Words = ()
    """The name of one of its controls, letter for letter."""


class Edition(_Data):
    """An edition that was seen, and the words that tell it."""

    name: str
    marks: Annotated[Words, Field(min_length=1)]


class Part(_Data):
    """A part of a form: its headings, and the words that ask there."""

    part: str = ""
    """Which part of the field dictionary it is about: `child`, `incident` …; empty for the whole form."""
    headings: Words = ()
    labels: Mapping[str, Words] = {}
    """For each field the words that ask for it, as they stand on the form."""


class Position(_Data):
    """Where an answer stands when no words beside it tell: one rule for one field."""

    field: str
    below: str = ""
    """Below these words: in the next row of the table, else in the next paragraph."""
    right: str = ""
    """Right of these words: in the next cell, else in the rest of the line."""
    table: str = ""
    """In the table below this heading, or with this in its first row …"""
    column: str = ""
    """… in the column with this head, a row for each person, agency or event."""
    page: int = 0
    """On this page of a PDF …"""
    region: tuple[float, float, float, float] | None = None
    """… between left, top, right and bottom, in points from the top left."""

    @property
    def kind(self) -> Literal["below", "right", "table", "region", ""]:
        """Which rule it is; empty when it says none of them whole, or more than one."""
        ways: dict[Literal["below", "right", "table", "region"], bool] = {
            "below": bool(self.below),
            "right": bool(self.right),
            "table": bool(self.table or self.column),
            "region": bool(self.page or self.region),
        }
        said = [way for way, given in ways.items() if given]
        whole = bool(self.table) == bool(self.column) and bool(self.page) == bool(self.region)
        return said[0] if len(said) == 1 and whole else ""


class Layout(_Data):
    """One kind of form: what to know it by, and how it asks."""

    name: str
    title: str
    kind: Kind
    family: str = ""
    """For our own forms, what `form.version` begins with: `formflow SIN-`."""
    versions: Words = ()
    """For our own forms, the editions this layout reads: `formflow SIN-1 v1`."""
    marks: Marks = Marks()
    edition: tuple[Edition, ...] = ()
    section: tuple[Part, ...] = ()
    names: Mapping[str, Words] = {}
    """For each field the names of its controls: content-control tags, Word bookmarks, PDF field names."""
    position: tuple[Position, ...] = ()
    ignore: Words = ()
    """Words that look like questions and are none of ours: dates of the document itself."""

    @property
    def is_ours(self) -> bool:
        """Whether it describes a form that formflow itself writes."""
        return bool(self.versions)

    def targets(self) -> Iterator[str]:
        """Every field it names."""
        for part in self.section:
            yield from part.labels
        yield from self.names
        yield from (rule.field for rule in self.position)


@dataclass(frozen=True, slots=True)
class Layouts:
    """Every layout that is known."""

    layouts: tuple[Layout, ...]

    @staticmethod
    def parse(texts: Mapping[str, str], known: Collection[str] = (), parts: Collection[str] = ()) -> Layouts:
        """Layouts from TOML texts by name. Raises `Stop`, naming the layout and everything that is wrong with it.

        `known` are the fields that may be asked for, `parts` those of the dictionary; unchecked where empty.
        """
        return Layouts(tuple(parse_layout(name, text, known, parts) for name, text in texts.items()))


def parse_layout(name: str, text: str, known: Collection[str] = (), parts: Collection[str] = ()) -> Layout:
    """One layout from its TOML text. Raises `Stop`, naming everything that is wrong with it, in plain words."""
    try:
        layout = Layout.model_validate({"name": name, **tomllib.loads(text)})
    except tomllib.TOMLDecodeError as fault:
        raise _wrong(name, [f"its text breaks the rules of TOML: {fault}"]) from fault
    except ValidationError as fault:
        raise _wrong(name, [_say(each) for each in fault.errors()]) from fault
    if faults := [*_faults(layout), *_unknown(layout, known, parts)]:
        raise _wrong(name, faults)
    return layout


def _faults(layout: Layout) -> Iterator[str]:
    marks = layout.marks
    if not layout.is_ours and not (marks.title or marks.header or marks.words or marks.names):
        yield 'it says nothing to know the form by; give at least one line under "[marks]"'
    if layout.is_ours and not layout.family:
        yield '"versions" needs "family", the words that they begin with'
    for part in layout.section:
        yield from _twice(part)
    for rule in layout.position:
        if not rule.kind:
            yield (
                f'the position rule for "{rule.field}" must say one of: below; right; table and column; page and region'
            )


def _twice(part: Part) -> Iterator[str]:
    """Labels that ask for two fields in one part."""
    asked: dict[tuple[str, ...], str] = {}
    where = f'the section "{part.headings[0]}"' if part.headings else "the section without headings"
    for target, labels in part.labels.items():
        for label in labels:
            words = exact(label)
            if not words:
                yield f'in {where} the label "{label}" for "{target}" has no words'
            elif asked.setdefault(words, target) != target:
                yield f'in {where} the label "{label}" stands for "{asked[words]}" and for "{target}"; keep one of them'


def _unknown(layout: Layout, known: Collection[str], parts: Collection[str]) -> Iterator[str]:
    if known and not layout.is_ours:
        for target in dict.fromkeys(layout.targets()):
            if target not in known and not set(target.split(" + ")) <= set(known):
                yield f'"{target}" is no field of the dictionary (fields.toml); correct its spelling or take it out'
    for part in layout.section:
        if parts and part.part and part.part not in parts:
            yield f'"{part.part}" is no part of the dictionary; the parts are {", ".join(parts)}'


def _wrong(name: str, faults: list[str]) -> Stop:
    return Stop(f'The layout "{name}" cannot be used: {"; ".join(faults)}. Mend {name}.toml and start again.')


def _say(fault: object) -> str:
    assert isinstance(fault, dict)  # noqa: S101 - pydantic documents the shape; this narrows it for the type checker
    where = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in fault["loc"])
    match fault["type"]:
        case "extra_forbidden":
            return f'"{where}" is nothing a layout can say; remove it or correct its spelling'
        case "missing":
            return f'"{where}" is missing'
        case "tuple_type":
            return f'"{where}" must be a list in square brackets, like ["Name of child"]'
        case "literal_error":
            return f'"{where}" must be one of {fault["ctx"]["expected"]}'
        case _:
            return f'"{where}": {fault["msg"]}'
