"""The cells of a row with their places in the grid of the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from formflow.extracting.question import inner_tables, is_filled_in
from formflow.reading.document import EMPTY, TICKED, Block, Cell, Paragraph, paragraphs


@dataclass(frozen=True)
class Placed:
    """A cell, and the columns of the grid that it covers."""

    cell: Cell = field(repr=False)
    start: int
    end: int

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands in it."""
        return self.cell.blocks

    @property
    def header(self) -> bool:
        """Whether the file marks its row as a header."""
        return self.cell.header

    @property
    def continued(self) -> bool:
        """Whether it continues the cell above."""
        return self.cell.continued

    @property
    def shaded(self) -> bool:
        """Whether it has a background of its own."""
        return self.cell.shaded

    @cached_property
    def text(self) -> str:
        """Its own words, without those of tables inside it."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Paragraph)).strip()

    @cached_property
    def is_filled_in(self) -> bool:
        """Whether a box or a control stands in it."""
        return any(is_filled_in(paragraph.pieces) for paragraph in paragraphs(self.blocks))

    @cached_property
    def is_only_boxes(self) -> bool:
        """Whether boxes stand in it and no words."""
        return self.is_filled_in and bool(self.text) and not self.text.strip(TICKED + EMPTY + " \n\t")

    @property
    def holds_table(self) -> bool:
        """Whether a table stands in it."""
        return next(iter(inner_tables(self.blocks)), None) is not None


def placed(row: Iterable[Cell]) -> Sequence[Placed]:
    """The cells of a row with the columns they cover."""
    found: list[Placed] = []
    at = 0
    for cell in row:
        found.append(Placed(cell, at, at + cell.span))
        at += cell.span
    return found
