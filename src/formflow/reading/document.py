"""What is written in a file, and where: the result of reading, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntFlag
from typing import Literal, TypeAlias

ControlKind = Literal["text", "date", "choice", "tick", "picture", "group", "signature", "button"]
TICKED, EMPTY = "☒", "☐"
"""How a box is written among words, whatever it was in the file: a control, a symbol of a font, a drawn square."""


class Mark(IntFlag):
    """What is special about words."""

    NONE = 0
    STRUCK = 1
    """Struck through by hand: a way of saying "not this one"."""
    BOLD = 2
    UNDERLINED = 4
    HIGHLIGHTED = 8
    """Highlighted or ringed: a way of saying "this one", but not a sure one."""
    GONE = 16
    """Taken out by a tracked change that nobody has accepted."""
    NEW = 32
    """Put in by a tracked change that nobody has accepted."""
    PROMPT = 64
    """The form's own words where an answer will stand."""
    NOTE = 128
    """The sign of a footnote, endnote or comment."""
    UNCERTAIN = 256
    """Read from a picture, so that any letter of it may be wrong."""


UNSAID = Mark.GONE | Mark.PROMPT | Mark.NOTE
"""Words that are in the file but are not said by anyone."""


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
    title: str = field(default="", repr=False)
    """What its maker called it (`w:alias`, `/TU`), whatever stands around it."""

    def named(self, name: str) -> Control:
        """The same control under another name."""
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that are alike in what is special about them, or what one control shows."""

    text: str = field(repr=False)
    """Boxes among them are written ☒ and ☐; a line break is a newline."""
    marks: Mark = Mark.NONE
    control: int | None = None
    """The number of the control in `Document.controls` that shows these words; an empty control has an empty piece."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a Word file, or the lines of a page that belong together."""

    pieces: tuple[Piece, ...] = field(repr=False)
    place: str
    """For a person: `paragraph 12`, `table 2, row 4`, `page 3`."""
    heading: bool = False
    """Whether it is a heading by its style, not merely by its look."""
    part: str = ""
    """Where it stands when not in the body: `page header`, `page footer`, `text box 1`, `footnote 1`, `comment 2`."""
    page: int | None = None
    """For a PDF: its page, from 1."""
    box: tuple[float, float, float, float] | None = None
    """For a PDF: left, top, right and bottom on its page, in points from the top left."""

    @property
    def text(self) -> str:
        """The words as they are said: without what was taken out, prompts and note signs."""
        return said(self.pieces)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what stands in it, and how many grid columns it covers."""

    blocks: tuple[Block, ...] = field(default=(), repr=False)
    span: int = 1
    header: bool = False
    """Whether it stands in a row that the file marks as a header."""
    continued: bool = False
    """Whether it only continues the cell above it (merged downwards); then it is empty."""
    shaded: bool = False
    """Whether it has a background of its own, as label cells often have."""

    @property
    def text(self) -> str:
        """The words of the cell as they are said, a line a paragraph."""
        return "\n".join(paragraph.text for paragraph in paragraphs(self.blocks)).strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of rows of cells."""

    place: str
    rows: tuple[tuple[Cell, ...], ...]
    part: str = ""
    page: int | None = None


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read: everything in it in reading order, its controls, and what is worth knowing about it."""

    kind: Literal["word", "pdf", "mail"]
    controls: tuple[Control, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    """The body first; then text boxes, page headers and footers, notes and comments, each with its `part`."""
    notes: tuple[str, ...] = ()
    """Words of the command-line contract: `macros`, `external-link`, `attachments`, `scripts`, `same-name` …"""
    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Document properties by name (`title`, `version` …), as text."""


def said(pieces: tuple[Piece, ...]) -> str:
    """The words of pieces as they are said, white space at the ends taken off."""
    return "".join(piece.text for piece in pieces if not piece.marks & UNSAID).strip()


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those in tables cell by cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.blocks)


def tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Every table in reading order, an outer one before those in its cells."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row:
                    yield from tables(cell.blocks)
