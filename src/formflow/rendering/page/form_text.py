"""The words and tables of a document as plain data for a page, where pictures of it cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from formflow.reading.document import Block, Mark, Paragraph, Piece, Table

Node = dict[str, object]
"""A paragraph (`pieces`, `heading`, `part`, `mark`) or a table (`rows` of cells with `blocks`)."""
_LOOKS = {
    Mark.STRUCK: "struck",
    Mark.GONE: "struck",
    Mark.BOLD: "bold",
    Mark.UNDERLINED: "underlined",
    Mark.HIGHLIGHTED: "highlighted",
    Mark.PROMPT: "prompt",
}


def nodes(blocks: Sequence[Block], mark: Callable[[int], Node | None]) -> list[Node]:
    """Blocks in reading order; `mark` is asked for the place of each paragraph by its number."""
    return list(_nodes(blocks, mark, count()))


def _nodes(blocks: Sequence[Block], mark: Callable[[int], Node | None], numbers: Iterator[int]) -> Iterator[Node]:
    part = ""
    for block in blocks:
        if isinstance(block, Table):
            yield _table(block, mark, numbers)
        else:
            made = mark(next(numbers))
            if made or any(piece.text.strip() for piece in block.pieces):
                yield _paragraph(block, made, block.part if block.part != part else "")
        part = block.part


def _table(table: Table, mark: Callable[[int], Node | None], numbers: Iterator[int]) -> Node:
    rows = [
        [{"span": cell.span, "shaded": cell.shaded, "blocks": list(_nodes(cell.blocks, mark, numbers))} for cell in row]
        for row in table.rows
    ]
    return {"rows": rows}


def _paragraph(paragraph: Paragraph, mark: Node | None, part: str) -> Node:
    pieces = [{"text": piece.text, "looks": _looks(piece)} for piece in paragraph.pieces]
    return {"pieces": pieces, "heading": paragraph.heading, "part": part.capitalize(), "mark": mark}


def _looks(piece: Piece) -> str:
    return " ".join(dict.fromkeys(name for look, name in _LOOKS.items() if look & piece.marks))
