"""Strips of a region put into blocks: running text, columns read one after another, and tables that have no lines."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from formflow.reading.document import EMPTY, TICKED, Block, Cell, Table
from formflow.reading.pdf_columns import Run, columns_of, runs_of
from formflow.reading.pdf_ink import Strip
from formflow.reading.pdf_paragraphs import Where, is_heading, paragraphs_of, self_contained
from formflow.reading.pdf_strips import same_line

ASIDE = "beside a heading"
"""The part of what stands small beside a heading."""
_DEEPEST = 6
_TIGHT = 1.5
"""Of the height of letters: lines nearer than this may be one cell's."""
_APART = 2.3
_SMALL = 0.8
"""Of the height of a heading: what stands beside it and does not belong to it is smaller."""
_FAR = 3.0
_GUTTER = 6.0
"""Points between one column and the next, at least."""

Row = list[list[Strip]]
"""For each column the strips that stand in it."""


def blocks_of(strips: Sequence[Strip], where: Where, depth: int = 0) -> list[Block]:
    """The blocks of a region in reading order."""
    if depth > _DEEPEST:
        return _plain(strips, where)
    found: list[Block] = []
    at = next(_headed_aside(strips, where), None) if not depth else None
    if at is not None:
        before, (head, *rest), after = at
        told = [*paragraphs_of([head], where), *paragraphs_of(rest, replace(where, part=where.part or ASIDE))]
        return [*blocks_of(before, where), *told, *blocks_of(after, where)]
    for run in runs_of(strips, where):
        if run.start is None:
            found += _plain(run.strips, where)
        elif isinstance(rows := _tabular(run), str):
            found += paragraphs_of(run.strips, where)
        elif rows is not None:
            found.append(_table(rows, columns_of(run), where, depth))
        else:
            found += blocks_of(run.left, replace(where, right=None, edge=run.start - _GUTTER), depth + 1)
            found += blocks_of(run.right, where, depth + 1)
    return found


def _headed_aside(strips: Sequence[Strip], where: Where) -> Iterator[tuple[list[Strip], list[Strip], list[Strip]]]:
    """Headings with something small far beside them, as a link of a web page: what is above, beside and below."""
    edge = min((strip.x0 for strip in strips), default=0.0)
    for head in strips:
        if head.table is not None or head.x0 > edge + _GUTTER or not is_heading(head, where):
            continue
        line = [strip for strip in strips if strip is head or (strip.table is None and same_line(head, strip))]
        rest = [strip for strip in line if strip is not head]
        small = all(
            strip.size <= _SMALL * head.size and strip.x0 > head.x1 + _FAR * head.size and not is_heading(strip, where)
            for strip in rest
        )
        if rest and small and not any(word.control is not None for strip in rest for word in strip.words):
            own = {id(strip) for strip in line}
            above = [strip for strip in strips if strip.y0 < head.y0 and id(strip) not in own]
            gone = own | {id(strip) for strip in above}
            yield above, [head, *rest], [strip for strip in strips if id(strip) not in gone]


def _plain(strips: Sequence[Strip], where: Where) -> list[Block]:
    """Strips below one another, tables among them."""
    found: list[Block] = []
    held: list[Strip] = []
    pairs = False
    for strip in strips:
        if strip.table is None and not strip.framed:
            held.append(strip)
            continue
        found += paragraphs_of(held, where)
        table, last = strip.table or _framed(strip, where), found[-1] if found else None
        if pairs and strip.pairs and not held and isinstance(last, Table):
            found[-1] = replace(last, rows=(*last.rows, *table.rows))
        else:
            found.append(table)
        held, pairs = [], strip.pairs
    return [*found, *paragraphs_of(held, where)]


def _framed(strip: Strip, where: Where) -> Table:
    """A place for an answer with a frame round it: a table of one cell, which is empty where nothing was written."""
    cell = Cell(tuple(paragraphs_of([strip], where)) if strip.text.strip() else ())
    return Table(where.place, ((cell,),), where.part, where.page)


def _tabular(run: Run) -> list[Row] | Literal["lines"] | None:
    """The rows of a run when it is a table: labels with answers beside them, or a head with rows; None for columns.

    "lines" when its lines stand for themselves, with gaps between what they list.
    """
    if run.parted or any(strip.table is not None for strip in run.strips):
        return None
    starts = columns_of(run)
    lines = _lines(run.strips, starts)
    beside = [line for line in lines if sum(1 for cell in line if cell) > 1]
    if len(starts) < 2 or not beside:
        return None
    whole = sum(1 for strip in run.strips if self_contained(strip))
    if whole >= 0.4 * len(run.strips):
        return None
    labelled = sum(1 for line in beside if _is_pair(line))
    if labelled >= 0.5 * len(beside) or _alike(beside):
        return _rows(lines)
    bold = [any(_is_label(cell) for cell in line if cell) for line in lines]
    headed = len(beside) > 1 and (len(lines) > 2 or len(starts) > 2)
    if headed and bold[0] and lines[0] is beside[0] and not any(bold[1:]):
        return _rows(lines)
    if any(bold) or _stacked(run) or len(beside) < 0.6 * len(lines):
        return None
    return "lines" if len(starts) > 2 and not _has_head(lines) else _rows(lines)


def _has_head(lines: Sequence[Row]) -> bool:
    """Whether the first line names what those below it hold: words in every column, and no figures but below."""
    head, *below = lines
    texts = [" ".join(strip.text for strip in cell) for cell in head]
    if not all(texts) or len(below) < 2 or any(any(letter.isdigit() for letter in text) for text in texts):
        return False
    return any(letter.isdigit() for line in below for cell in line for strip in cell for letter in strip.text)


def _lines(strips: Sequence[Strip], starts: Sequence[float]) -> list[Row]:
    """The lines of a run, each strip in its column."""
    lines: list[Row] = []
    heads: list[Strip] = []
    for strip in strips:
        column = max((n for n, start in enumerate(starts) if strip.x0 >= start - 3), default=0)
        if not heads or not same_line(heads[-1], strip):
            lines.append([[] for _ in starts])
            heads.append(strip)
        lines[-1][column].append(strip)
    return lines


def _is_label(strips: Sequence[Strip]) -> bool:
    return all(strip.bold or strip.text.rstrip(" *").endswith((":", "?")) for strip in strips)


def _is_pair(line: Row) -> bool:
    """Whether a line is a label with an answer beside it, or two such pairs."""
    filled = [cell for cell in line if cell]
    return _is_label(filled[0]) and not _is_label(filled[1])


def _alike(lines: Sequence[Row]) -> bool:
    """Whether what stands first in a line always looks another way than what stands beside it."""
    looks: Counter[object] = Counter()
    for line in lines:
        first, second = [cell[0] for cell in line if cell][:2]
        if _is_place(second) and not _is_place(first):
            looks["boxes"] += 1
        elif first.words[0].style != second.words[0].style and not _is_label([second]):
            looks[first.words[0].style, second.words[0].style] += 1
    return bool(looks) and looks.most_common(1)[0][1] >= 0.6 * len(lines)


def _is_place(strip: Strip) -> bool:
    """Whether an answer is asked for here: a tick box, or a box of a form."""
    return strip.words[0].text in (TICKED, EMPTY) or strip.words[0].control is not None


def _stacked(run: Run) -> bool:
    """Whether both sides come in groups of two lines or more with gaps between: labels above their answers."""
    return all(_groups(side) for side in (run.left, run.right))


def _groups(strips: Sequence[Strip]) -> bool:
    steps = [(after.base - before.base) / after.size for before, after in itertools.pairwise(strips)]
    steps = [step for step in steps if step > 0.5]
    if not steps:
        return False
    least, most = min(steps), max(steps)
    near = sum(1 for step in steps if step < 1.25 * least)
    return len(steps) == 1 or (most > 1.4 * least and near >= 0.4 * len(steps))


def _rows(lines: Sequence[Row]) -> list[Row]:
    """Lines put together where a cell has several."""
    rows: list[Row] = []
    waiting: list[Row] = []
    for number, line in enumerate(lines):
        if rows and _continues(lines[number - 1], line, first=rows[-1]):
            _put(rows[-1], line)
        elif not line[0] and _nearer_below(lines, number):
            waiting.append(line)
        else:
            rows.append([list(cell) for cell in line])
            for early in reversed(waiting):
                rows[-1] = [[*above, *cell] for above, cell in zip(early, rows[-1], strict=True)]
            waiting = []
    return [*rows, *waiting]


def _put(row: Row, line: Row) -> None:
    for cell, more in zip(row, line, strict=True):
        cell += more


def _step(above: Row, line: Row) -> float:
    """From one line to the next, in heights of letters."""
    upper = max(strip.base if not strip.words[0].tall else strip.y1 for cell in above for strip in cell)
    first = min((strip for cell in line for strip in cell), key=lambda strip: strip.base)
    return (first.base - upper) / first.size


def _continues(above: Row, line: Row, first: Row) -> bool:
    """Whether a line goes on with the cells above it."""
    step = _step(above, line)
    if not line[0]:
        return step <= _APART
    alone = sum(1 for cell in line if cell) == 1
    words = line[0][0].text
    goes_on = words[:1].islower() or words.startswith(("(", "/", "&")) or words.endswith((":", "?"))
    ended = first[0] and first[0][-1].text.rstrip(" *").endswith((":", "?"))
    return step <= _TIGHT and bool(first[0]) and not ended and (words[:1].islower() or (alone and goes_on))


def _nearer_below(lines: Sequence[Row], number: int) -> bool:
    """Whether a line without a label belongs to the line below it, whose label stands in the middle of its answer."""
    if number + 1 >= len(lines) or not lines[number + 1][0] or _heads_boxes(lines[number], lines[number + 1]):
        return False
    below = _step(lines[number], lines[number + 1])
    return number == 0 or below < _step(lines[number - 1], lines[number]) - 0.1


def _cell(strips: Sequence[Strip], where: Where, depth: int, *, header: bool) -> Cell:
    if all(strip.framed for strip in strips):
        return Cell(tuple(paragraphs_of([strip for strip in strips if strip.text.strip()], where)), header=header)
    return Cell(tuple(blocks_of(strips, where, depth + 1)), header=header)


def _heads_boxes(line: Row, below: Row) -> bool:
    """Whether a line only says what the boxes below it stand for."""
    under = [cell for head, cell in zip(line, below, strict=True) if head and cell]
    boxes = all(strip.text in (TICKED, EMPTY) for cell in under for strip in cell)
    return (bool(under) and boxes) or all(_is_label(cell) for cell in line if cell)


def _table(rows: Sequence[Row], starts: Sequence[float], where: Where, depth: int) -> Table:
    """A table of rows, and whether the first is a head."""
    ends = [replace(where, right=start - _GUTTER) for start in starts[1:]] + [where]
    head = len(rows) > 1 and all(_is_label(cell) for cell in rows[0] if cell) and sum(1 for cell in rows[0] if cell) > 1
    head = head and not any(_is_label(cell) for cell in rows[1] if cell)
    made: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        wheres = zip(row, ends, strict=True)
        cells = (_cell(strips, end, depth, header=head and number == 0) for strips, end in wheres)
        made.append(tuple(cells))
    return Table(where.place, tuple(made), where.part, where.page)
