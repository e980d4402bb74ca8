"""What people pin to the pages of a PDF: typed words, highlights, lines through words, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pikepdf import Dictionary

from formflow.reading.document import Mark, Paragraph, Piece
from formflow.reading.pdf_fields import letters_of, rectangle_of
from formflow.reading.pdf_ink import Ink, Style, Word
from formflow.reading.pdf_values import array_in, at, name_of, text_of
from formflow.reading.pdf_words import turned

_HIDDEN = 1 << 1
_MARKS = {
    "Highlight": Mark.HIGHLIGHTED, "Circle": Mark.HIGHLIGHTED, "Square": Mark.HIGHLIGHTED,
    "StrikeOut": Mark.STRUCK, "Underline": Mark.UNDERLINED, "Squiggly": Mark.UNDERLINED,
}  # fmt: skip
_DRAWN = frozenset({"Ink", "Line", "Polygon", "PolyLine", "Stamp"})
_RING = 200.0
"""Points; a ring round words is no wider, a frame round a page is."""

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Pinned:
    """One thing pinned to a page, in the file's own measure."""

    kind: str
    page: int
    places: tuple[Rectangle, ...]
    text: str = field(default="", repr=False)
    size: float = 0.0

    @property
    def drawn(self) -> bool:
        """Whether it was drawn by hand, so that only a person can say what it means."""
        return self.kind in _DRAWN


def pinned_of(item: Dictionary, page: int) -> Pinned | None:
    """What is pinned there, if people see it and it says something."""
    kind = name_of(at(item, "/Subtype"))
    if kind not in _MARKS and kind not in _DRAWN and kind not in ("FreeText", "Text"):
        return None
    flags = at(item, "/F")
    place = rectangle_of(at(item, "/Rect"))
    if place is None or (isinstance(flags, int) and flags & _HIDDEN):
        return None
    places = tuple(_quads(at(item, "/QuadPoints"))) if kind not in ("Circle", "Square") else ()
    return Pinned(kind, page, places or (place,), text_of(at(item, "/Contents")), letters_of(at(item, "/DA")))


def pin(ink: Ink, pinned: Iterable[Pinned]) -> None:
    """Put what is pinned to a page among its words, and mark the words that it marks."""
    for one in pinned:
        places = [turned(ink.turn, *place) for place in one.places]
        if one.kind == "FreeText":
            ink.words += _typed(one, places[0])
        elif one.kind in _MARKS:
            _mark(ink.words, places, _MARKS[one.kind])


def comments_of(pinned: Iterable[Pinned]) -> list[Paragraph]:
    """The notes stuck to pages, each a paragraph of its own."""
    notes = [one for one in pinned if one.kind == "Text" and one.text.strip()]
    return [
        Paragraph((Piece(one.text),), f"page {one.page}", part=f"comment {number}", page=one.page)
        for number, one in enumerate(notes, 1)
    ]


def _typed(one: Pinned, place: Rectangle) -> Iterator[Word]:
    """Words typed onto the page, a line of them as one."""
    left, top, right, bottom = place
    lines = [line for line in one.text.split("\n") if line.strip()]
    size = one.size or min(10.0, 0.7 * (bottom - top) / max(len(lines), 1))
    step = min((bottom - top) / max(len(lines), 1), 1.6 * size)
    for number, line in enumerate(lines):
        base = top + number * step + step / 2 + 0.35 * size
        reach = min(right, left + 0.6 * size * len(line))
        yield Word(line.strip(), left + 1, base - size, reach, base + 0.2 * size, base, Style("typed", size))


def _mark(words: Sequence[Word], places: Sequence[Rectangle], mark: Mark) -> None:
    for left, top, right, bottom in places:
        if right - left > _RING and bottom - top > _RING / 4:
            continue
        for word in words:
            x, y = word.middle
            if left <= x <= right and top <= y <= bottom:
                word.marks |= mark


def _quads(held: object) -> Iterator[Rectangle]:
    numbers = [float(number) for number in array_in(held) if isinstance(number, int | Decimal)]
    for start in range(0, len(numbers) - 7, 8):
        xs, ys = numbers[start : start + 8 : 2], numbers[start + 1 : start + 8 : 2]
        yield min(xs), min(ys), max(xs), max(ys)
