"""The boxes of a form put where they stand on their pages, so that they are laid out together with the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from formflow.reading.document import EMPTY, TICKED, Control
from formflow.reading.pdf_fields import Widget
from formflow.reading.pdf_ink import Ink, Style, Word
from formflow.reading.pdf_words import turned

Lines = tuple[list[Word], list[float]]
"""The words of a page from the top, and the lines that they stand on."""

_LINES = 2.1
"""Of the height of letters: a box that is higher is one of several lines."""
_MULTILINE = 1 << 12
_FILLER = frozenset("_.…-–")


Placed = tuple[int, Control, Widget]
"""The number of a control, the control, and one of its boxes."""


def place(ink: Ink, placed: Iterable[Placed]) -> None:
    """Put the boxes of a page among its words: each with its control's number and what it shows."""
    boxes: list[Word] = []
    words = sorted(ink.words, key=lambda word: word.base)
    bases = [word.base for word in words]
    for number, control, widget in placed:
        unsigned = control.kind == "signature" and not control.raw
        if widget.rect is None or widget.unseen or control.kind == "button" or unsigned:
            continue
        left, top, right, bottom = turned(ink.turn, *widget.rect)
        if right - left < 1 or bottom - top < 1 or right < 0 or bottom < 0 or left > ink.width or top > ink.height:
            continue
        boxes.append(_box(number, control, widget, (left, top, right, bottom), (words, bases)))
    ink.words = [word for word in ink.words if not _is_under(word, boxes)] + boxes


def _box(
    number: int,
    control: Control,
    widget: Widget,
    where: tuple[float, float, float, float],
    lines: Lines,
) -> Word:
    left, top, right, bottom = where
    high = bottom - top
    size = widget.size or min(max(0.7 * high, 6.0), 11.0)
    tall = high > _LINES * size and (bool(widget.flags & _MULTILINE) or high > 3 * size) and widget.type != "Btn"
    base = top + size if tall else _line_in(lines, where, size)
    return Word(_shown(control, widget), left, top, right, bottom, base, Style("", size), control=number, tall=tall)


def _shown(control: Control, widget: Widget) -> str:
    if widget.type != "Btn":
        return control.raw
    if control.ticked is not None:
        return TICKED if control.ticked else EMPTY
    chosen = widget.shows_state or (widget.state is None and widget.on and widget.value == widget.on)
    return TICKED if chosen else EMPTY


def _line_in(lines: Lines, where: tuple[float, float, float, float], size: float) -> float:
    """The line on which a box of one line stands: that of the nearest words beside it, else its own."""
    left, top, right, bottom = where
    own = (top + bottom) / 2 + 0.35 * size
    words, bases = lines
    near = words[bisect_left(bases, top + 1) : bisect_right(bases, bottom + 2)]
    near = [word for word in near if abs(word.base - own) < 0.75 * max(size, word.size)]
    if not near:
        return own
    return min(near, key=lambda word: (abs(word.base - own) > 3, _apart(word, left, right))).base


def _apart(word: Word, left: float, right: float) -> float:
    return max(left - word.x1, word.x0 - right, 0.0)


def _is_under(word: Word, boxes: Sequence[Word]) -> bool:
    """Whether a printed word is what a box covers: the lines to write on, or a drawn square where a tick box is."""
    if word.text not in (TICKED, EMPTY) and not set(word.text) <= _FILLER:
        return False
    x, y = word.middle
    return any(box.x0 - 2 <= x <= box.x1 + 2 and box.y0 - 2 <= y <= box.y1 + 2 for box in boxes)
