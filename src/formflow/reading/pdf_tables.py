"""A page's words and lines put together: ruled tables with what stands in their cells, and everything around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from formflow.reading.document import Block, Cell, Mark, Table
from formflow.reading.pdf_flow import blocks_of
from formflow.reading.pdf_grid import Grid, GridCell, grids_of
from formflow.reading.pdf_ink import Ink, Shape, Strip, Style, Word, brightness
from formflow.reading.pdf_nested import Held, take_out_nested
from formflow.reading.pdf_paragraphs import Where
from formflow.reading.pdf_places import put_in_places
from formflow.reading.pdf_strips import same_line, strips_of

_PADDING = 4.0
"""Points between the words of a cell and its line."""
_LINE = 30.0
"""Points; a lone frame that is lower has room for one line."""
_REACH = 30.0
"""Points between a line and the words that it marks, at most; half the height of the largest letters."""
_LONGEST_STROKE = 400.0
_WHITE = 215.0
_BAND = 32.0
"""Points; a coloured band behind one line is lower."""
_FRAME = 8
"""Lines in a lone frame from which on it frames a part of the page and is no place for an answer."""


def page_blocks(ink: Ink, words: Sequence[Word], where: Where, edges: dict[int, Sequence[float]]) -> list[Block]:
    """The blocks of a page: its words in reading order, those in ruled tables by their cells.

    `edges` remembers where the columns of each table stand, by its `id`.
    """
    ink.tints = [shape for shape in ink.shapes if shape.filled is not None and brightness(shape.filled) <= 252]
    helds = [Held(grid) for grid in grids_of(ink) if not _is_border(grid, ink)]
    tops = _nested(helds)
    free = _given_out(words, helds)
    for held in helds:
        take_out_nested(held)
    strips = strips_of(free)
    for number, held in enumerate(tops, 1):
        if where.part and not held.has_words():
            continue  # of a header or footer only what is written there counts
        made = _grid_strips(held, ink, replace(where, place=f"page {ink.number}, table {number}"))
        edges.update((id(strip.table), held.grid.xs) for strip in made if strip.table is not None)
        strips += [strip for strip in made if strip.table is None or not _is_margin(held, ink)]
    strips.sort(key=lambda strip: (strip.y0 if strip.table else strip.base - strip.size, strip.x0))
    _find_titles(strips, ink)
    edge = max((strip.x1 for strip in strips), default=ink.width)
    inside = replace(where, edge=max(edge, 0.75 * ink.width))
    return blocks_of(put_in_places(strips, inside), inside)


def _find_titles(strips: Sequence[Strip], ink: Ink) -> None:
    """Mark bold or white words that stand alone on a coloured band across the page."""
    bands = [tint for tint in ink.tints if tint.width > 0.5 * ink.width and tint.height < _BAND]
    for strip in strips if bands else ():
        x, y = (strip.x0 + strip.x1) / 2, (strip.y0 + strip.y1) / 2
        white = bool(strip.words) and brightness(strip.words[0].style.colour) > _WHITE
        if (strip.bold or white) and any(band.holds(x, y) for band in bands):
            strip.titled = not any(other is not strip and same_line(other, strip) for other in strips)


def _is_margin(held: Held, ink: Ink) -> bool:
    """Whether a table only frames a page's header or footer, whose words are told apart."""
    _, top, _, bottom = held.grid.place
    return not held.has_words() and not held.inner and (bottom < 0.14 * ink.height or top > 0.88 * ink.height)


def _is_border(grid: Grid, ink: Ink) -> bool:
    """Whether a frame only runs round the page."""
    left, top, right, bottom = grid.place
    return len(grid.cells) == 1 and right - left > 0.85 * ink.width and bottom - top > 0.7 * ink.height


def _nested(helds: Sequence[Held]) -> list[Held]:
    """Each grid put into the smallest one round it; those in none."""
    tops: list[Held] = []
    by_size = sorted(helds, key=_area)
    for number, held in enumerate(by_size):
        left, top, right, bottom = held.grid.place
        x, y = (left + right) / 2, (top + bottom) / 2
        outer = next(
            (other for other in by_size[number + 1 :] if other.grid.holds(x, y) and _area(other) > _area(held)), None
        )
        cell = outer.grid.cell_at(x, y) if outer else None
        if outer is None or cell is None:
            tops.append(held)
        else:
            held.inside = cell.number
            outer.inner.append(held)
    return sorted(tops, key=lambda held: (held.grid.ys[0], held.grid.xs[0]))


def _area(held: Held) -> float:
    left, top, right, bottom = held.grid.place
    return (right - left) * (bottom - top)


def _given_out(words: Sequence[Word], helds: Sequence[Held]) -> list[Word]:
    """Words put into the cells that they stand in; those in none."""
    free: list[Word] = []
    places = [(*held.grid.place, held) for held in sorted(helds, key=_area)]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for x0, y0, x1, y1, held in places:
            if y0 <= y <= y1 and x0 <= x <= x1 and (cell := held.grid.cell_at(x, y)) is not None:
                held.words[cell.number].append(word)
                break
        else:
            free.append(word)
    return free


def _grid_strips(held: Held, ink: Ink, where: Where) -> list[Strip]:
    """A grid as one strip; one that only frames a part of the page as the strips in it."""
    left, top, right, bottom = held.grid.place
    strips = strips_of(held.words[0]) if len(held.grid.cells) == 1 else []
    if len(held.grid.cells) == 1 and _is_place(held, strips):
        words = held.words[0] or [_nothing(left, top, right, bottom)]
        for word in words:
            word.framed = word.control is None
        return strips_of(words)
    if len(held.grid.cells) == 1 and (held.inner or len(strips) > _FRAME):
        for inner in held.inner:
            strips += _grid_strips(inner, ink, where)
        return strips
    rows = [_row(held, number, ink, where) for number in range(len(held.grid.ys) - 1)]
    table = Table(where.place, tuple(row for row in rows if row), where.part, where.page)
    return [Strip(left, top, right, bottom, [], table)] if table.rows else []


def _is_place(held: Held, strips: Sequence[Strip]) -> bool:
    """Whether a lone frame is the place for one line, or goes round the box of a form."""
    _, top, _, bottom = held.grid.place
    if held.words[0] and all(word.control is not None for word in held.words[0]):
        return True
    return not held.inner and bottom - top < _LINE and len(strips) < 2


def _nothing(left: float, top: float, right: float, bottom: float) -> Word:
    """What stands in a frame in which nobody has written."""
    high = min(bottom - top, 11.0)
    return Word("", left, top, right, bottom, (top + bottom) / 2 + 0.35 * high, Style(size=high))


def _row(held: Held, number: int, ink: Ink, where: Where) -> tuple[Cell, ...]:
    """A row with every cell that stands in it, those that go on from above as such."""
    grid = held.grid
    place = replace(where, place=f"{where.place}, row {number + 1}")
    cells: list[Cell] = []
    spare = 0
    for cell in grid.row(number):
        if held.is_slim(cell):
            spare += cell.columns  # a gap between lines and no place for words
            if cells:
                cells[-1], spare = replace(cells[-1], span=cells[-1].span + spare), 0
            continue
        made = _cell(held, cell, ink, place) if cell.row == number else Cell((), cell.columns, continued=True)
        cells.append(replace(made, span=made.span + spare))
        spare = 0
    return tuple(cells)


def _cell(held: Held, cell: GridCell, ink: Ink, where: Where) -> Cell:
    strips = strips_of(held.words[cell.number])
    for inner in held.inner:
        if inner.inside == cell.number:
            strips += _grid_strips(inner, ink, where)
    strips.sort(key=lambda strip: (strip.y0 if strip.table else strip.base - strip.size, strip.x0))
    shaded = any(_covers(shape, cell) for shape in ink.tints)
    padding = min((strip.x0 - cell.x0 for strip in strips), default=_PADDING)
    inside = replace(where, right=cell.x1 - min(max(padding, 1.0), 2 * _PADDING))
    return Cell(tuple(blocks_of(strips, inside)), cell.columns, shaded=shaded)


def _covers(shape: Shape, cell: GridCell) -> bool:
    """Whether a shape gives a cell a background of its own."""
    wide = min(shape.x1, cell.x1) - max(shape.x0, cell.x0)
    high = min(shape.y1, cell.y1) - max(shape.y0, cell.y0)
    return wide > 0.6 * (cell.x1 - cell.x0) and high > 0.5 * (cell.y1 - cell.y0)


def mark_lines(ink: Ink) -> None:
    """Words with a line through them are struck, with one below them underlined, on a bright ground highlighted."""
    words = sorted((word for word in ink.words if word.control is None), key=lambda word: word.base)
    bases = [word.base for word in words]
    for line in ink.across:
        y = (line.y0 + line.y1) / 2
        for word in words[bisect_left(bases, y - _REACH) : bisect_right(bases, y + _REACH)]:
            if line.x0 <= word.middle[0] <= line.x1:
                word.marks |= _marked(word, line, word.base - y)
    for shape in ink.shapes:
        if (shape.filled is not None and _is_marker(shape)) or _is_ring(shape):
            for word in ink.words:
                if shape.holds(*word.middle):
                    word.marks |= Mark.HIGHLIGHTED


def _marked(word: Word, line: Shape, above: float) -> Mark:
    """What a line does to a word on whose line it stands, or `above` it."""
    if 0.12 * word.size < above < 0.55 * word.size and line.width < _LONGEST_STROKE:
        return Mark.STRUCK
    own = line.width < 2.5 * (word.x1 - word.x0) + _LONGEST_STROKE / 2
    return Mark.UNDERLINED if -0.25 * word.size < above <= 0.02 * word.size and own else Mark.NONE


def _is_ring(shape: Shape) -> bool:
    """Whether a shape is a ring drawn round one answer of several."""
    return shape.curved and shape.stroked and shape.filled is None and 8 < shape.height < 40 and shape.width < 150


def _is_marker(shape: Shape) -> bool:
    """Whether a shape is the stroke of a highlighter: bright, strongly coloured, one line high."""
    red, green, blue = shape.filled or (0, 0, 0)
    strong = max(red, green, blue) - min(red, green, blue) > 110 and max(red, green, blue) > 200
    return strong and shape.height < 24 and not shape.stroked
