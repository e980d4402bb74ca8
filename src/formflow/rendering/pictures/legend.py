"""The signs used in a picture with their meaning, set in rows beneath it, and the notes under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formflow.rendering.pictures.letters import LINE, lines_of, width
from formflow.rendering.pictures.sheet import QUIET, WIDTH, Sheet

ROW = 4.8
"""Millimetres from row to row."""
_SIGN = 9.0
"""Millimetres for the sign itself."""
_APART = 5.0
"""Millimetres to the next sign."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of the legend, what it means, and where it stands: millimetres from the legend's upper left corner."""

    kind: str
    words: str
    x: float
    y: float


def legend(meanings: Sequence[tuple[str, str]], across: float = WIDTH) -> tuple[Sign, ...]:
    """The signs, each as (kind, meaning), from left to right and in as many rows as they need."""
    return tuple(_placed(meanings, across))


def legend_height(signs: Sequence[Sign]) -> float:
    """Millimetres that a legend takes; nothing where there are no signs."""
    return max((sign.y for sign in signs), default=-ROW) + ROW


def note_lines(notes: Sequence[str]) -> tuple[str, ...]:
    """Notes as lines across the picture."""
    return tuple(line for note in notes for line in lines_of(note, WIDTH, 4))


def draw_notes(sheet: Sheet, lines: Sequence[str], y: float) -> None:
    """The lines of the notes, the first of them beneath `y`."""
    for number, line in enumerate(lines, 1):
        sheet.text(0, y + number * LINE, line, color=QUIET)


def sign_middle(sign: Sign, y: float) -> tuple[float, float]:
    """Where the sign itself is drawn, its words beside it, in a legend whose top is at `y`."""
    return sign.x + _SIGN / 2, y + sign.y + ROW / 2


def draw_meanings(sheet: Sheet, signs: Sequence[Sign], y: float) -> None:
    """The words of a legend whose top is at `y`."""
    for sign in signs:
        sheet.text(sign.x + _SIGN + 1, y + sign.y + ROW / 2 + 0.95, sign.words)


def _placed(meanings: Sequence[tuple[str, str]], across: float) -> Iterator[Sign]:
    x = y = 0.0
    for kind, words in meanings:
        room = _SIGN + 1 + width(words)
        if x and x + room > across:
            x, y = 0.0, y + ROW
        yield Sign(kind, words, x, y)
        x += room + _APART
