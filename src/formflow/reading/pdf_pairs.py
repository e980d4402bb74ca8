"""What labels and answers look like on a page of a PDF, and tables made of them."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.reading.document import EMPTY, TICKED, Cell, Table
from formflow.reading.pdf_glyphs import BULLET
from formflow.reading.pdf_ink import Colour, Strip
from formflow.reading.pdf_paragraphs import Where, paragraphs_of

ALIGNED = 4.0
"""Points by which what belongs together may begin apart."""
TIGHT = 1.35
"""Of the height of letters: from one line of a cell to its next."""

Look = tuple[str, float, Colour]


def is_block(strip: Strip) -> bool:
    """Whether a strip is a table or a box of several lines."""
    return strip.table is not None or strip.words[0].tall


def look(strip: Strip) -> Look:
    """How the first word of a strip looks."""
    style = strip.words[0].style
    return (*style.key[:2], style.colour)


def says(strip: Strip) -> bool:
    """Whether a strip is only words."""
    return not is_block(strip) and not any(
        word.control is not None or word.framed or word.text in (TICKED, EMPTY, BULLET) for word in strip.words
    )


def _cell(strips: Sequence[Strip], where: Where, *, header: bool = False) -> Cell:
    said = [strip for strip in strips if strip.text or not strip.framed]
    return Cell(tuple(paragraphs_of(said, where)), header=header)


def table_of(rows: Sequence[Sequence[Sequence[Strip]]], where: Where, *, head: bool = False) -> Strip:
    """A strip that is a table of these rows of cells."""
    every = [strip for row in rows for cell in row for strip in cell]
    made = tuple(
        tuple(_cell(cell, where, header=head and not number) for cell in row) for number, row in enumerate(rows)
    )
    return Strip(
        min(strip.x0 for strip in every),
        min(strip.y0 for strip in every),
        max(strip.x1 for strip in every),
        max(strip.y1 for strip in every),
        [],
        Table(where.place, made, where.part, where.page),
        pairs=not head,
    )


def wraps(label: Strip, below: Strip) -> bool:
    """Whether a label goes on in the line below it."""
    if is_block(below) or not says(below):
        return False
    near = below.base - label.base < TIGHT * label.size
    return near and abs(below.x0 - label.x0) <= ALIGNED and look(below) == look(label)
