"""What a document says, as plain lists: its paragraphs with their places, its tables as grids of words."""

from __future__ import annotations

from formflow.reading.document import Block, Cell, Document, Mark, Paragraph, Piece, Table, paragraphs, tables


def lines(document: Document) -> list[Paragraph]:
    """The paragraphs outside tables that say something."""
    return [block for block in document.blocks if isinstance(block, Paragraph) and block.text]


def texts(document: Document) -> list[str]:
    return [line.text for line in lines(document)]


def every_table(document: Document) -> list[Table]:
    return list(tables(document.blocks))


def own_words(cell: Cell) -> str:
    """The words of a cell, without those of tables in it."""
    return "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph)).strip()


def grids(document: Document) -> list[list[list[str]]]:
    return [[[own_words(cell) for cell in row] for row in table.rows] for table in tables(document.blocks)]


def pieces(blocks: tuple[Block, ...]) -> list[Piece]:
    return [piece for paragraph in paragraphs(blocks) for piece in paragraph.pieces]


def shown(document: Document, number: int) -> str:
    """What the pieces of one control say."""
    unsaid = Mark.GONE | Mark.PROMPT | Mark.NOTE
    return "".join(p.text for p in pieces(document.blocks) if p.control == number and not p.marks & unsaid)


def marked(document: Document) -> list[tuple[str, Mark]]:
    """Every piece that says something, with its marks."""
    return [(piece.text, piece.marks) for piece in pieces(document.blocks) if piece.text]
