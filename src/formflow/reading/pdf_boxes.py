"""Tick boxes that a page draws: small squares and circles, each with what stands in it, as ☒ and ☐ among the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.reading.document import EMPTY, TICKED, Mark
from formflow.reading.pdf_glyphs import BULLET, DOT, TICK
from formflow.reading.pdf_ink import Ink, Shape, Style, Word

_LEAST, _MOST = 5.0, 20.0
"""Points from side to side."""
_MARKS = frozenset({TICK, DOT, BULLET, TICKED, "x", "X", "■", "✓", "×", "V", "v", "/", "\\"})
_BRACKETS = 4.0
"""Of the height of letters, from one bracket to the other at most."""
_BOX = Style("", 9.0)


def find_boxes(ink: Ink) -> None:
    """Put each drawn box among the words of the page, and take away the shapes and the sign that it is made of."""
    squares = [shape for shape in ink.shapes if _is_square(shape)]
    outlines = _outlines(squares)
    if outlines:
        boxes = [(box, _inside(box, ink)) for box in outlines]
        sound = [(box, held) for box, held in boxes if held is not None and not _in_a_row(box, outlines)]
        used = {id(word) for _, (_, words) in sound for word in words}
        ink.words = [word for word in ink.words if id(word) not in used]
        ink.words += [_box_word(box, ticked=ticked) for box, (ticked, _) in sound]
        gone = [box for box, _ in sound]
        ink.shapes = [
            shape
            for shape in ink.shapes
            if not any(box.holds(*_middle(shape), 0.5) and shape.width <= _MOST for box in gone)
        ]
        ink.across = [
            line
            for line in ink.across
            if not any(box.holds(*_middle(line), 1.0) and line.width <= _MOST for box in gone)
        ]
        ink.down = [
            line
            for line in ink.down
            if not any(box.holds(*_middle(line), 1.0) and line.height <= _MOST for box in gone)
        ]
    _lone_signs(ink)
    ink.words = _in_brackets(ink.words)


def _in_brackets(words: Sequence[Word]) -> list[Word]:
    """The words, brackets with nothing or only a sign between them as the boxes that they stand for."""
    ends = [word for word in words if word.text == "]"]
    made: dict[int, Word] = {}
    gone: set[int] = set()
    for word in words if ends else ():
        if word.text != "[":
            continue
        after = [end for end in ends if abs(end.base - word.base) < 2 and end.x0 >= word.x1 - 1]
        end = min(after, key=lambda one: one.x0, default=word)
        if end is word or end.x1 - word.x0 > _BRACKETS * word.size:
            continue
        signs = [one for one in words if word.x1 - 1 < one.middle[0] < end.x0 + 1 and abs(one.base - word.base) < 3]
        if all(one.text in _MARKS or one.text == EMPTY for one in signs):
            ticked = any(one.text != EMPTY for one in signs)
            made[id(word)] = replace(word, text=TICKED if ticked else EMPTY, x1=end.x1)
            gone.update(id(one) for one in (end, *signs))
    return [made.get(id(word), word) for word in words if id(word) not in gone]


def _is_square(shape: Shape) -> bool:
    wide, high = shape.width, shape.height
    return not shape.sign and _LEAST <= wide <= _MOST and _LEAST <= high <= _MOST and 0.75 <= wide / high <= 1.33


def _outlines(squares: Sequence[Shape]) -> list[Shape]:
    """The outermost of squares that lie in one another; a solid one alone is a sign or a bullet, not a box."""
    found: list[Shape] = []
    for shape in sorted(squares, key=lambda one: -one.width * one.height):
        if any(other.holds(*_middle(shape), 1.0) for other in found):
            continue
        light = shape.stroked and not shape.dark
        if light or (shape.filled is not None and any(_fills(inner, shape) for inner in squares)):
            found.append(shape)
    return found


def _fills(inner: Shape, outer: Shape) -> bool:
    return inner is not outer and outer.holds(*_middle(inner)) and inner.width < outer.width


def _inside(box: Shape, ink: Ink) -> tuple[bool, list[Word]] | None:
    """Whether a box is ticked, and the words that tick it; None when it holds other words and is no tick box."""
    words = [word for word in ink.words if box.holds(*word.middle)]
    if any(word.text not in _MARKS and word.text != EMPTY for word in words):
        return None
    if any(word.text != EMPTY for word in words):
        return True, words
    return _has_ink(box, ink), words


def _has_ink(box: Shape, ink: Ink) -> bool:
    for shape in (*ink.shapes, *ink.across, *ink.down):
        if shape is box or not box.holds(*_middle(shape)) or not _within(shape, box):
            continue
        if shape.filled is not None and not shape.dark and not shape.stroked:
            continue  # paper
        if shape.sign:
            return True
        border = shape.width > 0.72 * box.width and shape.height > 0.72 * box.height
        edge = shape.width < 0.5 or shape.height < 0.5 or shape in ink.across or shape in ink.down
        if not border and not (edge and _at_edge(shape, box)):
            return True
        if border and shape.dark and not box.dark and _is_square(shape) and shape.width < 0.9 * box.width:
            return True
    return box.dark and any(
        _fills(shape, box) and shape.curved and shape.filled and not shape.dark and shape.width < 0.8 * box.width
        for shape in ink.shapes
    )


def _within(shape: Shape, box: Shape) -> bool:
    return shape.width <= box.width + 2 and shape.height <= box.height + 2


def _at_edge(shape: Shape, box: Shape) -> bool:
    x, y = _middle(shape)
    return min(x - box.x0, box.x1 - x, y - box.y0, box.y1 - y) < 1.6


def _in_a_row(box: Shape, boxes: Sequence[Shape]) -> bool:
    """Whether squares stand side by side without a gap: places for the letters of one answer."""
    return any(
        abs(other.y0 - box.y0) < 1.5 and (abs(other.x0 - box.x1) < 1.6 or abs(box.x0 - other.x1) < 1.6)
        for other in boxes
        if other is not box
    )


def _box_word(box: Shape, *, ticked: bool) -> Word:
    base = box.y1 - 0.15 * box.height
    return Word(TICKED if ticked else EMPTY, box.x0, box.y0, box.x1, box.y1, base, _BOX, Mark.NONE)


def _middle(shape: Shape) -> tuple[float, float]:
    return (shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2


def _lone_signs(ink: Ink) -> None:
    """Ticks drawn over an empty box tick it; a tick by itself is a ticked box; a filled dot is one among open ones."""
    empty = [word for word in ink.words if word.text == EMPTY]
    open_ones = bool(empty)
    gone: set[int] = set()
    for word in ink.words:
        if word.text not in (TICK, DOT, "■") and not (word.text in ("x", "X", "×") and empty):
            continue
        under = next(
            (
                box
                for box in empty
                if box.x0 - 1 <= word.middle[0] <= box.x1 + 1 and box.y0 - 1 <= word.middle[1] <= box.y1 + 1
            ),
            None,
        )
        if under is not None:
            under.text = TICKED
            gone.add(id(word))
        elif word.text == TICK or (word.text in (DOT, "■") and open_ones):
            word.text = TICKED
    ink.words = [word for word in ink.words if id(word) not in gone]
