"""Labels with their answers, put together before a page is laid out: under heads, beside one another, and below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.reading.document import EMPTY, TICKED
from formflow.reading.pdf_ink import Strip, strip_of
from formflow.reading.pdf_pairs import ALIGNED, is_block, says, table_of, wraps
from formflow.reading.pdf_paragraphs import Where
from formflow.reading.pdf_stacks import below_labels
from formflow.reading.pdf_strips import same_line

Line = list[Strip]


def put_in_places(strips: Sequence[Strip], where: Where) -> list[Strip]:
    """The strips of a page; what is certain to be labels and answers is put together as tables."""
    found = _under_heads(_lines(strips), where)
    found = _in_lines(_lines(found), where)
    found = below_labels(found, where)
    return sorted(found, key=lambda strip: (strip.y0 if strip.table else strip.base - strip.size, strip.x0))


def _lines(strips: Sequence[Strip]) -> list[Line]:
    """Strips by their lines; tables and boxes of several lines stand for themselves."""
    lines: list[Line] = []
    for strip in sorted(strips, key=lambda one: (one.y0 if is_block(one) else one.base, one.x0)):
        last = lines[-1][-1] if lines else None
        if last is None or is_block(strip) or is_block(last) or not same_line(last, strip):
            lines.append([strip])
        else:
            lines[-1].append(strip)
    for line in lines:
        line.sort(key=lambda one: one.x0)
    return lines


def _is_answer(strip: Strip) -> bool:
    """Whether a strip is a place for an answer: a box of a form, a frame, or a tick box with its words."""
    first = strip.words[0]
    return first.control is not None or first.text in (TICKED, EMPTY) or strip.framed


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
            found.append(table_of([[[head] for head in heads], *cells], where, head=True))
        else:
            found.append(table_of([[[head], cell] for head, cell in zip(heads, cells[0], strict=True)], where))
        number += 1 + len(rows)
    return found


def _are_heads(line: Line) -> bool:
    return len(line) > 1 and all(says(strip) for strip in line) and len({strip.words[0].style for strip in line}) == 1


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
    if is_block(strip) or (says(strip) and strip.words[0].style == heads[0].words[0].style):
        return False
    place = next((number for number, head in enumerate(heads) if abs(head.x0 - strip.x0) <= ALIGNED), None)
    return place is not None and (place + 1 == len(heads) or strip.x1 < heads[place + 1].x0)


def _is_certain(heads: Line, rows: Sequence[Line]) -> bool:
    """Whether lines are rows under heads: boxes to fill in under each, or words under three or more of another look."""
    if all(strip.words[0].control is not None for row in rows for strip in row):
        return all(len(row) == len(heads) for row in rows)
    if len(heads) < 3 or len(rows) < 2 or not any(len(row) > 2 for row in rows):
        return False
    if any(strip.text.rstrip().endswith(":") for strip in heads):
        return False
    return all(abs(row[0].x0 - heads[0].x0) <= ALIGNED and len(row) > 1 for row in rows)


def _by_head(heads: Line, row: Line) -> list[list[Strip]]:
    return [[strip for strip in row if abs(strip.x0 - head.x0) <= ALIGNED] for head in heads]


# Several pairs in one line.


def _in_lines(lines: Sequence[Line], where: Where) -> list[Strip]:
    """Lines in which several labels stand, each before the box or boxes of its answer, as tables of pairs."""
    found: list[Strip] = []
    for number, line in enumerate(lines):
        pairs = list(_pairs(line)) if len(line) > 3 else []
        below = lines[number + 1] if number + 1 < len(lines) else []
        wrapped = any(wraps(label, strip) for label, _ in pairs for strip in below)
        if len(pairs) > 1 and not wrapped and any(strip.words[0].control is not None for strip in line):
            found.append(table_of([[[label], answer] for label, answer in pairs], where))
        else:
            found += line
    return found


def _pairs(line: Line) -> Iterator[tuple[Strip, list[Strip]]]:
    """Each label of a line with its answer; none where a line is not made of such pairs."""
    pairs: list[tuple[Strip, list[Strip]]] = []
    for strip in line:
        if is_block(strip) or not (says(strip) or _is_answer(strip)):
            return
        if says(strip):
            if pairs and not pairs[-1][1]:
                return
            pairs.append((strip, []))
        elif pairs:
            pairs[-1][1].append(strip)
        else:
            return
    if pairs and pairs[-1][1]:
        yield from pairs
