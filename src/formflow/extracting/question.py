"""A question as it stands on a form, with what was written for it; found by how the page is built, not by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from formflow.reading.document import EMPTY, TICKED, UNSAID, Block, Mark, Paragraph, Piece, Table, said

Line = tuple[Piece, ...]
_LEADERS = re.compile(r"_{2,}|\.{3,}|…{1,}")


@dataclass(frozen=True, slots=True)
class Question:
    """Words that ask, and the pieces that answer them."""

    label: str
    targets: tuple[str, ...]
    """What it asks for, patterns with their number left open; empty when no declared label says so."""
    pieces: Line = field(repr=False)
    place: str
    number: int | None = None
    """Which child, person, agency or event it is about; None for what is asked once."""
    option: str = ""
    """For a box under the head of a column: the words of that head."""
    how: str = "label"
    heading: str = ""
    """The heading it stands under, as it is written."""

    @property
    def raw(self) -> str:
        """What was written, as it is said."""
        return said(self.pieces)


def lines_of(blocks: Iterable[Block]) -> Iterator[tuple[Line, Paragraph]]:
    """The lines of paragraphs, cut at line breaks; tables among them are passed over."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in cut(block.pieces):
                if any(piece.text.strip() or piece.control is not None for piece in line):
                    yield line, block


def cut(pieces: Sequence[Piece]) -> Iterator[Line]:
    """Pieces cut at their line breaks."""
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line.append(Piece(first, piece.marks, piece.control))
        for text in rest:
            yield tuple(line)
            line = [Piece(text, piece.marks, piece.control)]
    yield tuple(line)


def joined(lines: Iterable[Line]) -> Line:
    """Lines as one stretch, with the breaks between them."""
    pieces: list[Piece] = []
    for line in lines:
        if pieces:
            pieces.append(Piece("\n"))
        pieces.extend(line)
    return tuple(pieces)


def part_of(pieces: Sequence[Piece], start: int, end: int | None = None) -> Line:
    """The stretch between two places in what the pieces say, with its marks and controls."""
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        if piece.marks & UNSAID:
            if start <= at and (end is None or at < end):
                found.append(piece)
            continue
        length = len(piece.text)
        first, last = max(start - at, 0), length if end is None else min(end - at, length)
        if first < last or (not length and start <= at and (end is None or at < end)):
            found.append(Piece(piece.text[first:last], piece.marks, piece.control))
        at += length
    return tuple(found)


def plain(pieces: Sequence[Piece]) -> str:
    """What the pieces say, white space kept, so that places in it are places in them."""
    return "".join(piece.text for piece in pieces if not piece.marks & UNSAID)


def unled(pieces: Sequence[Piece]) -> Line:
    """An answer without the dots or underscores it was written on."""
    return tuple(
        piece if piece.control is not None else Piece(_LEADERS.sub(" ", piece.text), piece.marks, piece.control)
        for piece in pieces
    )


def is_filled_in(pieces: Sequence[Piece]) -> bool:
    """Whether there is a box or a control among the pieces: then they answer, whatever their words."""
    return any(
        piece.control is not None or (not piece.marks & UNSAID and (TICKED in piece.text or EMPTY in piece.text))
        for piece in pieces
    )


def is_bold(pieces: Sequence[Piece]) -> bool:
    """Whether every word is bold."""
    worded = [piece for piece in pieces if piece.text.strip() and not piece.marks & UNSAID]
    return bool(worded) and all(piece.marks & Mark.BOLD for piece in worded)


def inner_tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """The tables that stand directly among blocks."""
    return (block for block in blocks if isinstance(block, Table))
