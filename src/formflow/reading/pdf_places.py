"""Labels with their answers, put together before a page is laid out: under heads, beside one another, and below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from formflow.reading.document import EMPTY, TICKED, Cell, Table
from formflow.reading.pdf_glyphs import BULLET
from formflow.reading.pdf_ink import Colour, Strip, Style, brightness, strip_of
from formflow.reading.pdf_paragraphs import Where, is_heading, paragraphs_of
from formflow.reading.pdf_strips import same_line

_ALIGNED = 4.0
"""Points by which what belongs together may begin apart."""
_TIGHT = 1.35
"""Of the height of letters: from one line of a cell to its next."""
_NEAR = 1.75
"""The same from a label to the answer below it."""
_NEXT = 60.0
"""Points between two pieces of one answer, at most; farther off stands another column."""
_PAIRS = 3
"""So many small labels above answers make a habit."""
_PALER = 50.0
_GUTTER = 6.0
"""Points between one column and the next, at least."""

Line = list[Strip]
Look = tuple[str, float, Colour]


def put_in_places(strips: Sequence[Strip], where: Where) -> list[Strip]:
    """The strips of a page; what is certain to be labels and answers is put together as tables."""
    found = _under_heads(_lines(strips), where)
    found = _in_lines(_lines(found), where)
    found = _below_labels(found, where)
    return sorted(found, key=lambda strip: (strip.y0 if strip.table else strip.base - strip.size, strip.x0))


def _lines(strips: Sequence[Strip]) -> list[Line]:
    """Strips by their lines; tables and boxes of several lines stand for themselves."""
    lines: list[Line] = []
    for strip in sorted(strips, key=lambda one: (one.y0 if _is_block(one) else one.base, one.x0)):
        last = lines[-1][-1] if lines else None
        if last is None or _is_block(strip) or _is_block(last) or not same_line(last, strip):
            lines.append([strip])
        else:
            lines[-1].append(strip)
    for line in lines:
        line.sort(key=lambda one: one.x0)
    return lines


def _is_block(strip: Strip) -> bool:
    return strip.table is not None or strip.words[0].tall


def _look(strip: Strip) -> Look:
    style: Style = strip.words[0].style
    return (*style.key[:2], style.colour)


def _is_answer(strip: Strip) -> bool:
    """Whether a strip is a place for an answer: a box of a form, a frame, or a tick box with its words."""
    first = strip.words[0]
    return first.control is not None or first.text in (TICKED, EMPTY) or strip.framed


def _says(strip: Strip) -> bool:
    """Whether a strip is only words."""
    return not _is_block(strip) and not any(
        word.control is not None or word.framed or word.text in (TICKED, EMPTY, BULLET) for word in strip.words
    )


def _cell(strips: Sequence[Strip], where: Where, *, header: bool = False) -> Cell:
    return Cell(
        tuple(paragraphs_of([strip for strip in strips if strip.text or not strip.framed], where)), header=header
    )


def _table_of(rows: Sequence[Sequence[Sequence[Strip]]], where: Where, *, head: bool = False) -> Strip:
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


# Under a line of heads.


def _under_heads(lines: Sequence[Line], where: Where) -> list[Strip]:
    """Lines of heads with what stands below each of them as tables; a single row as labels with their answers."""
    found: list[Strip] = []
    number = 0
    while number < len(lines):
        heads = lines[number]
        rows = _rows_below(lines, number) if _are_heads(heads) else []
        if not rows or not _is_certain(heads, rows):
            found += heads
            number += 1
            continue
        cells = [_by_head(heads, row) for row in rows]
        if len(rows) > 1:
            found.append(_table_of([[[head] for head in heads], *cells], where, head=True))
        else:
            found.append(_table_of([[[head], cell] for head, cell in zip(heads, cells[0], strict=True)], where))
        number += 1 + len(rows)
    return found


def _are_heads(line: Line) -> bool:
    return len(line) > 1 and all(_says(strip) for strip in line) and len({strip.words[0].style for strip in line}) == 1


def _rows_below(lines: Sequence[Line], number: int) -> list[Line]:
    """The lines below heads of which every piece stands under one of them."""
    heads, rows = lines[number], list[Line]()
    above = max(strip.y1 for strip in heads)
    for whole in lines[number + 1 :]:
        line = list(_each_box(whole))
        size = max(strip.size for strip in line)
        top = min(strip.y0 for strip in line)
        if top - above > 1.5 * size or not all(_stands_under(strip, heads) for strip in line):
            break
        rows.append(line)
        above = max(strip.y1 for strip in line)
    return rows


def _each_box(line: Line) -> Iterator[Strip]:
    """The strips of a line, boxes to write in each for itself, however near to one another they stand."""
    for strip in line:
        boxes = all(word.control is not None and word.text not in (TICKED, EMPTY) for word in strip.words)
        yield from [strip_of([word]) for word in strip.words] if strip.words and boxes else [strip]


def _stands_under(strip: Strip, heads: Line) -> bool:
    if _is_block(strip) or (_says(strip) and strip.words[0].style == heads[0].words[0].style):
        return False
    place = next((number for number, head in enumerate(heads) if abs(head.x0 - strip.x0) <= _ALIGNED), None)
    return place is not None and (place + 1 == len(heads) or strip.x1 < heads[place + 1].x0)


def _is_certain(heads: Line, rows: Sequence[Line]) -> bool:
    """Whether lines are rows under heads: boxes to fill in under each; or words under three or more, no gap first."""
    if all(strip.words[0].control is not None for row in rows for strip in row):
        return all(len(row) == len(heads) for row in rows)
    if len(heads) < 3 or len(rows) < 2 or not any(len(row) > 2 for row in rows):
        return False
    if any(strip.text.rstrip().endswith(":") for strip in heads):
        return False
    return all(abs(row[0].x0 - heads[0].x0) <= _ALIGNED and len(row) > 1 for row in rows)


def _by_head(heads: Line, row: Line) -> list[list[Strip]]:
    return [[strip for strip in row if abs(strip.x0 - head.x0) <= _ALIGNED] for head in heads]


# Several pairs in one line.


def _in_lines(lines: Sequence[Line], where: Where) -> list[Strip]:
    """Lines in which several labels stand, each before the box or boxes of its answer, as tables of pairs."""
    found: list[Strip] = []
    for number, line in enumerate(lines):
        pairs = list(_pairs(line)) if len(line) > 3 else []
        below = lines[number + 1] if number + 1 < len(lines) else []
        wrapped = any(_wraps(label, strip) for label, _ in pairs for strip in below)
        if len(pairs) > 1 and not wrapped and any(strip.words[0].control is not None for strip in line):
            found.append(_table_of([[[label], answer] for label, answer in pairs], where))
        else:
            found += line
    return found


def _pairs(line: Line) -> Iterator[tuple[Strip, list[Strip]]]:
    """Each label of a line with its answer; none where a line is not made of such pairs."""
    pairs: list[tuple[Strip, list[Strip]]] = []
    for strip in line:
        if _is_block(strip) or not (_says(strip) or _is_answer(strip)):
            return
        if _says(strip):
            if pairs and not pairs[-1][1]:
                return
            pairs.append((strip, []))
        elif pairs:
            pairs[-1][1].append(strip)
        else:
            return
    if pairs and pairs[-1][1]:
        yield from pairs


def _wraps(label: Strip, below: Strip) -> bool:
    """Whether a label goes on in the line below it."""
    if _is_block(below) or not _says(below):
        return False
    near = below.base - label.base < _TIGHT * label.size
    return near and abs(below.x0 - label.x0) <= _ALIGNED and _look(below) == _look(label)


# Small labels above their answers.


@dataclass(slots=True)
class _Column:
    """The strips of a page, for asking what stands next below one of them."""

    strips: list[Strip]

    def below(self, strip: Strip) -> Strip | None:
        """What stands next below a strip, beginning where it begins, unless something stands between."""
        for other in self.strips:
            if other.base > strip.base + 1 and not _is_block(other) and other.x0 < strip.x1 and other.x1 > strip.x0:
                return other if abs(other.x0 - strip.x0) <= _ALIGNED else None
        return None


def _below_labels(strips: Sequence[Strip], where: Where) -> list[Strip]:
    """Answers with the small or pale labels above them, where a page has that habit, as pairs."""
    plain = sorted((strip for strip in strips if not _is_block(strip)), key=lambda one: one.base)
    looks = _habits(_Column(plain), where)
    if not looks:
        return list(strips)
    labels = [strip for strip in plain if _says(strip) and _look(strip) in looks and not is_heading(strip, where)]
    taken: set[int] = set()
    found: list[Strip] = []
    for label in labels:
        if id(label) in taken:
            continue
        beside = (one.x0 for one in labels if one.x0 > label.x0 + 20 and abs(one.base - label.base) < _NEXT)
        inside = replace(where, edge=min(beside, default=(where.edge or 0.0) + _GUTTER) - _GUTTER)
        own, answer = _stack(label, plain, inside)
        taken.update(id(strip) for strip in (*own, *answer))
        found.append(_table_of([[own, answer]], inside))
    return [*(strip for strip in strips if id(strip) not in taken), *found]


def _habits(column: _Column, where: Where) -> set[Look]:
    """How the labels of a page look that stand right above their answers, smaller or paler than these."""
    good: Counter[Look] = Counter()
    bad: Counter[Look] = Counter()
    close: set[int] = set()
    """What something of another look stands right above."""
    for strip in column.strips:
        below = column.below(strip)
        if below is None or below.base - strip.base > _NEAR * max(strip.size, below.size):
            continue
        if _look(below) == _look(strip):
            continue
        if not is_heading(strip, where):
            close.add(id(below))
        if _says(strip) and not is_heading(strip, where):
            fainter = _is_fainter(strip, below) and id(strip) not in close
            (good if fainter else bad)[_look(strip)] += 1
    return {look for look, times in good.items() if times >= _PAIRS and times >= 4 * bad[look]}


def _is_fainter(label: Strip, answer: Strip) -> bool:
    """Whether words are smaller or paler than what stands below them, and not bolder."""
    one, other = label.words[0].style, answer.words[-1].style
    if one.bold and not other.bold:
        return False
    paler = brightness(one.colour) - brightness(other.colour) > _PALER
    return one.size <= 0.93 * other.size or (paler and one.size <= other.size)


def _stack(label: Strip, strips: Sequence[Strip], where: Where) -> tuple[list[Strip], list[Strip]]:
    """A label, of several lines perhaps, and the answer below it, which may be empty."""
    edge = where.edge if where.edge is not None else label.x1
    own, answer = [label], list[Strip]()
    for strip in strips:
        last = (answer or own)[-1]
        if strip is label or strip.base < label.base + 1 or not label.x0 - _ALIGNED <= strip.x0 < edge:
            continue
        if answer and same_line(last, strip):
            if strip.x0 - last.x1 > _NEXT:
                continue
        elif strip.base - last.base > (_TIGHT if answer else _NEAR) * max(strip.size, last.size):
            break
        if _look(strip) == _look(label) and _says(strip):
            if answer or not _wraps(last, strip):
                break
            own.append(strip)
        elif is_heading(strip, where):
            break
        else:
            answer.append(strip)
    return own, answer
