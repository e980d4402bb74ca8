"""What is written in a file, and where: the result of reading, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

ControlKind = Literal["text", "date", "choice", "tick", "picture", "group", "signature", "button"]


@dataclass(frozen=True, slots=True)
class Control:
    """Something a person fills in: a Word content control, a legacy Word field, or a PDF form field."""

    name: str
    """Its own name: content-control tag (else alias), legacy bookmark, full AcroForm name; empty when it has none."""
    kind: ControlKind
    place: str
    """Where it stands, for a person: `table 2, row 4` or `page 3`."""
    raw: str = field(default="", repr=False)
    """What it shows, white space kept; empty when nothing was filled in (a prompt is not an answer)."""
    ticked: bool | None = None
    """For a tick box: its state; otherwise None."""
    label: str = field(default="", repr=False)
    """The words of its row, column or line that ask for it; where there are none, its title or tooltip."""
    options: tuple[str, ...] = field(default=(), repr=False)
    """For a choice: what could be chosen, as people read it."""
    doubts: tuple[str, ...] = field(default=(), repr=False)
    """Sentences about what does not agree, e.g. "the box is ticked, but what it shows is an empty box"."""
    repeated: bool = False
    """Whether it stands in a row of a repeating section, which Word copies together with its names."""
    beside: str = field(default="", repr=False)
    """The words directly beside it: what a tick box stands for (`Yes`), or what leads up to a blank. Empty where more
    than one box could be meant: a word put to the wrong box is worse than none."""

    def named(self, name: str) -> Control:
        """The same control under another name."""
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a Word file or a line of a page, with what a person would call its place."""

    text: str = field(repr=False)
    place: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words, and how many grid columns it covers."""

    text: str = field(repr=False)
    span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of rows of cells; a cell merged downwards holds its words in its first row only."""

    place: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read: its controls, lines and tables in reading order, and what is worth knowing about it."""

    kind: Literal["word", "pdf"]
    controls: tuple[Control, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    """Words of the command-line contract: `macros`, `external-link`, `attachments`, `scripts`, `same-name` …"""
    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Document properties by name (`title`, `version` …), as text."""
