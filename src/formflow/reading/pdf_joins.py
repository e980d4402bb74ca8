"""Tables that go on from one page to the next, put together again: repeated heads, and rows cut in two by the break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from formflow.reading.document import Block, Cell, Paragraph, Piece, Table

_NEAR = 4.0
"""Points by which columns of one table may differ in width on two pages."""
_SHIFTED = 15.0

Row = tuple[Cell, ...]
Edges = Mapping[int, Sequence[float]]
"""By the `id` of a table, where its columns begin and the last ends."""


def joined(blocks: list[Block], more: Sequence[Block], edges: Edges) -> list[Block]:
    """The blocks of a page after those of the pages before; a table that goes on is one with its beginning."""
    table, rest = (blocks[-1] if blocks else None), (more[0] if more else None)
    if not isinstance(table, Table) or not isinstance(rest, Table):
        return [*blocks, *more]
    before, after = edges.get(id(table), ()), edges.get(id(rest), ())
    rows = list(rest.rows)
    whole = _same(before, after)
    if whole and len(table.rows) > 1:
        rows = rows[_repeated(table.rows, rows) :]
    if not rows:
        return [*blocks, *more[1:]]
    own = list(table.rows)
    if _same(_row_edges(own[-1], before), _row_edges(rows[0], after)) and _is_cut(own[-1], rows[0]):
        own[-1] = tuple(_with(cell, more_) for cell, more_ in zip(own[-1], rows[0], strict=True))
        rows = rows[1:]
    if whole:
        return [*blocks[:-1], _kept(replace(table, rows=(*own, *rows)), before, edges), *more[1:]]
    first = [_kept(replace(table, rows=tuple(own)), before, edges)]
    second = [_kept(replace(rest, rows=tuple(rows)), after, edges)] if rows else []
    return [*blocks[:-1], *first, *second, *more[1:]]


def _kept(table: Table, places: Sequence[float], edges: Edges) -> Table:
    """A table, remembered with its edges, since the next page may go on with it again."""
    if isinstance(edges, dict):
        edges[id(table)] = places
    return table


def _same(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether columns are as wide on both pages, and begin nearly at the same place: scanned pages lie shifted."""
    if not some or len(some) != len(others) or abs(some[0] - others[0]) > _SHIFTED:
        return False
    shift = some[0] - others[0]
    return all(abs(one - other - shift) <= _NEAR for one, other in zip(some, others, strict=True))


def _row_edges(row: Row, places: Sequence[float]) -> list[float]:
    found, column = list(places[:1]), 0
    for cell in row:
        column += cell.span
        if column < len(places):
            found.append(places[column])
    return found


def _repeated(rows: Sequence[Row], more: Sequence[Row]) -> int:
    """How many rows at the top of a page only repeat the head of the table."""
    number = 0
    for head, row in zip(rows[:3], more, strict=False):
        texts = [cell.text for cell in head]
        if texts != [cell.text for cell in row] or (not number and sum(map(bool, texts)) < 2):
            break
        number += 1
    return number


def _is_cut(row: Row, rest: Row) -> bool:
    """Whether a row only goes on with the one before the break."""
    if len(row) != len(rest) or any(cell.continued for cell in (*row, *rest)) or _has_boxes(rest):
        return False
    texts = [cell.text.strip() for cell in rest]
    if not any(texts):
        return True
    first, above = texts[0], row[0].text.strip()
    if not first:
        return bool(above) and len(rest) > 1
    others = any(texts[1:])
    goes_on = first[0].islower() or first[0] in ")/&"
    return bool(above) and ((goes_on and above[-1] not in ".?:") or (first.isdigit() and len(first) < 4 and not others))


def _has_boxes(row: Row) -> bool:
    return any(
        piece.control is not None
        for cell in row
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
    )


def _with(cell: Cell, more: Cell) -> Cell:
    """A cell and the rest of it from the next page."""
    if not cell.blocks or not more.blocks:
        return replace(cell, blocks=(*cell.blocks, *more.blocks))
    last, first = cell.blocks[-1], more.blocks[0]
    if not isinstance(last, Paragraph) or not isinstance(first, Paragraph):
        return replace(cell, blocks=(*cell.blocks, *more.blocks))
    ending = last.text.split()[-1:] or [""]
    address = "@" in ending[0] and first.text.islower() and " " not in first.text
    between = () if address else (Piece(" "),)
    whole = replace(last, pieces=(*last.pieces, *between, *first.pieces))
    return replace(cell, blocks=(*cell.blocks[:-1], whole, *more.blocks[1:]))
