"""Where a walk through a Word file is: the part, and within it the table, the row, the cell, the field."""

from __future__ import annotations

from dataclasses import dataclass, field

from formflow.reading.document import Cell
from formflow.reading.word_beside import Met, MetCell
from formflow.reading.word_tape import Piece
from formflow.reading.xml import Element


@dataclass(slots=True)
class Grid:
    """A table being walked through."""

    place: str
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    headed: bool = True
    """Whether only header rows have come so far."""
    number: int = 0


@dataclass(slots=True)
class Row:
    """A row being walked through."""

    header: bool
    cells: list[Cell] = field(default_factory=list)
    met: list[MetCell] = field(default_factory=list)
    column: int = 0


@dataclass(slots=True)
class Field:
    """An older form field, or a computed one, that has begun and not ended."""

    data: Element | None
    place: str
    start: int
    shown: bool = False


@dataclass(slots=True)
class Scene:
    """Where the walk is: the part, and within it the table, the row and the cell."""

    where: str = ""
    """The part of the document, when it is not its body: `page header`, `text box 1`."""
    paragraphs: int = 0
    above: str = ""
    """The line above, where it asks for something and no control has stood between."""
    grid: Grid | None = None
    row: Row | None = None
    cell: MetCell | None = None
    depth: int = 0
    inside: bool = False
    """Whether it is inside a paragraph."""
    tape: list[Piece] = field(default_factory=list)
    line: list[Met] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    marks: int = 0
