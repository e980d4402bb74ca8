"""Where a walk through a Word file is, and what it has built so far: paragraphs, tables, rows, cells, fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from formflow.reading.document import Block, Cell, Paragraph, Table
from formflow.reading.word_beside import Met, MetCell
from formflow.reading.word_legacy import Data
from formflow.reading.word_looks import PLAIN, Look
from formflow.reading.word_tape import NOBODY, Bit, pieces

# A paragraph is taken off the tape when the walk is over: only at the end of a control is it known what its words are.


@dataclass(slots=True)
class Stretch:
    """A paragraph that was walked through: where it stands on the tape."""

    tape: Sequence[Bit]
    start: int
    end: int
    place: str
    heading: bool
    part: str


@dataclass(slots=True)
class MadeCell:
    """A cell being walked through."""

    blocks: list[Made] = field(default_factory=list)
    span: int = 1
    header: bool = False
    continued: bool = False
    shaded: bool = False
    joined: bool = False
    """Whether it is one with the cell before it, as old files write what `span` says today."""


@dataclass(slots=True)
class Grid:
    """A table being walked through."""

    place: str
    part: str
    rows: list[list[MadeCell]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    headed: bool = True
    """Whether only header rows have come so far."""
    number: int = 0


Made: TypeAlias = Stretch | Grid


@dataclass(slots=True)
class Row:
    """A row being walked through."""

    place: str
    header: bool = False
    cells: list[MadeCell] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """The words of its cells, when it is a header row."""
    met: list[MetCell] = field(default_factory=list)
    column: int = 0


@dataclass(slots=True)
class Field:
    """An older form field, or a computed one, that has begun and not ended."""

    data: Data | None
    met: Met | None
    place: str
    start: int
    control: int = NOBODY
    marks: int = 0
    """Of the words that stand in it now."""
    marks_shown: int = 0
    """Of the words it shows, once its instruction has ended."""
    separated: bool = False
    """Whether its instruction has ended."""


@dataclass(slots=True)
class Scene:
    """Where the walk is: the part, and within it the table, the row and the cell."""

    part: str = ""
    """The part of the document, when it is not its body: `page header`, `text box 1`."""
    paragraphs: int = 0
    above: str = ""
    """The line above, where it asks for something and no control has stood between."""
    grid: Grid | None = None
    row: Row | None = None
    cell: MetCell | None = None
    made: MadeCell | None = None
    """The cell that began last."""
    depth: int = 0
    inside: bool = False
    """Whether it is inside a paragraph."""
    blocks: list[Made] = field(default_factory=list)
    """What stands in the part, or in the cell."""
    tape: list[Bit] = field(default_factory=list)
    line: list[Met] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    marks: int = 0
    style: Look = PLAIN
    look: int = 0
    """The marks of the run, or of the paragraph between runs."""
    control: int = NOBODY
    """The control that shows the words that come."""
    waiting: list[int] = field(default_factory=list)
    """Controls that have begun outside a paragraph, and have no place in one yet."""


def finished(made: Sequence[Made]) -> tuple[Block, ...]:
    """The paragraphs and tables that were walked through; a paragraph that shows nothing is none."""
    blocks: list[Block] = []
    for each in made:
        if isinstance(each, Grid):
            rows = tuple([tuple([_cell(cell) for cell in row]) for row in each.rows])
            blocks.append(Table(each.place, rows, each.part))
        elif words := pieces(each.tape[each.start : each.end]):
            blocks.append(Paragraph(words, each.place, each.heading, each.part))
    return tuple(blocks)


def _cell(made: MadeCell) -> Cell:
    return Cell(() if made.continued else finished(made.blocks), made.span, made.header, made.continued, made.shaded)
