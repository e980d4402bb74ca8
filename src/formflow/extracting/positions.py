"""Answers that only their position tells: below or right of words, in a column, in a region of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.extracting.exact import exact
from formflow.extracting.layout import Layout, Position, Words
from formflow.extracting.question import Line, Question, cut, joined, lines_of, part_of, plain
from formflow.extracting.row import Placed, placed
from formflow.reading.document import Block, Document, Paragraph, Table, tables

POSITION = "position"


def placed_questions(document: Document, layout: Layout) -> Iterator[Question]:
    """A question with its answer for every position rule that finds its place."""
    for rule in layout.position:
        match rule.kind:
            case "below" | "right":
                yield from _beside(document, rule, exact(rule.below or rule.right), below=bool(rule.below))
            case "table":
                yield from _column(document, rule)
            case "region":
                yield from _region(document, rule)


def anchors(layout: Layout) -> frozenset[Words]:
    """The words that position rules go by: what was read beside them otherwise does not count."""
    return frozenset(exact(rule.below or rule.right) for rule in layout.position if rule.below or rule.right)


def _question(rule: Position, label: str, pieces: Line, place: str, number: int | None = None) -> Question:
    return Question(label, tuple(rule.field.split(" + ")), pieces, place, number, how=POSITION)


def _beside(document: Document, rule: Position, words: Words, *, below: bool) -> Iterator[Question]:
    for table in tables(document.blocks):
        rows = [placed(row) for row in table.rows]
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if cell.text and exact(cell.text) == words:
                    answer = _below(rows[number + 1 :], cell) if below else (row[at + 1] if at + 1 < len(row) else None)
                    if answer is not None:
                        yield _question(rule, cell.text, _pieces(answer), _place(answer, table.place))
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield from _beside_line(rule, block, document.blocks[number + 1 :], words, below=below)


def _beside_line(
    rule: Position, block: Paragraph, following: Sequence[Block], words: Words, *, below: bool
) -> Iterator[Question]:
    if below:
        after = next((b for b in following if isinstance(b, Table) or b.text), None)
        if exact(block.text) == words and isinstance(after, Paragraph):
            yield _question(rule, block.text, after.pieces, after.place)
        return
    for line in cut(block.pieces):
        text = plain(line)
        for end in range(len(text), 0, -1):
            if exact(text[:end]) == words and (end == len(text) or not text[end].isalnum()):
                start = len(text) - len(text[end:].lstrip(" :\t"))
                yield _question(rule, text[:end], part_of(line, start), block.place)
                return


def _below(rows: Sequence[Sequence[Placed]], label: Placed) -> Placed | None:
    return next((cell for cell in rows[0] if cell.start == label.start), None) if rows else None


def _column(document: Document, rule: Position) -> Iterator[Question]:
    table = _table(document.blocks, exact(rule.table))
    if table is None:
        return
    rows = [placed(row) for row in table.rows]
    wanted = exact(rule.column)
    for number, row in enumerate(rows):
        head = next((cell for cell in row if exact(cell.text) == wanted), None)
        if head is None:
            continue
        filled = [below for below in rows[number + 1 :] if any(cell.text or cell.is_filled_in for cell in below)]
        for which, below in enumerate(filled, start=1):
            cell = next((cell for cell in below if cell.start == head.start), None)
            if cell is not None:
                yield _question(rule, head.text, _pieces(cell), _place(cell, table.place), which)
        return


def _table(blocks: Sequence[Block], words: Words) -> Table | None:
    """The table below a heading, or with those words in its first row."""
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            following = next((b for b in blocks[number + 1 :] if isinstance(b, Table) or b.text), None)
            if exact(block.text) == words and isinstance(following, Table):
                return following
        elif block.rows and any(exact(cell.text) == words for cell in block.rows[0]):
            return block
    return None


def _region(document: Document, rule: Position) -> Iterator[Question]:
    assert rule.region is not None  # noqa: S101 - the kind of the rule says so; this narrows it for the type checker
    left, top, right, bottom = rule.region
    inside = [
        paragraph
        for paragraph in document.blocks
        if isinstance(paragraph, Paragraph) and paragraph.page == rule.page and paragraph.box is not None
        and left <= paragraph.box[0] and paragraph.box[2] <= right and top <= paragraph.box[1]
        and paragraph.box[3] <= bottom
    ]  # fmt: skip
    if inside:
        pieces = joined(line for paragraph in inside for line in cut(paragraph.pieces))
        yield _question(rule, f"page {rule.page}", pieces, inside[0].place)


def _pieces(cell: Placed) -> Line:
    return joined(line for line, _ in lines_of(cell.blocks))


def _place(cell: Placed, otherwise: str) -> str:
    return next((block.place for block in cell.blocks if isinstance(block, Paragraph)), otherwise)
