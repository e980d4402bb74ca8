"""Boxes beside statements: `☒ A chronology is attached`, `☒ Recurrent themes`, one or several in a line."""

from __future__ import annotations

import re

from formflow.extracting.question import Line, cut, part_of, plain
from formflow.extracting.standing import Standing
from formflow.reading.document import EMPTY, TICKED, Piece

_BOX = re.compile(f"[{TICKED}{EMPTY}]")


def statements(at: Standing, pieces: Line, place: str) -> None:
    """Put each box with the statement beside it as a question of its own, line by line."""
    for line in cut(pieces):
        _in_line(at, line, place)


def _in_line(at: Standing, pieces: Line, place: str) -> None:
    text = plain(pieces)
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return
    after = not text[: boxes[0].start()].strip()
    for number, box in enumerate(boxes):
        end = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        start = boxes[number - 1].end() if number else 0
        words = text[box.end() : end] if after else text[start : box.start()]
        statement(at, words, part_of(pieces, box.start(), box.end()), place)


def statement(at: Standing, words: str, box: Line, place: str) -> None:
    """Put one statement and its box; words that ask for nothing as a whole may be two statements joined by "and"."""
    label = words.strip(" \t:.-–—")
    targets = at.asks(label)
    if targets is None:
        for part in re.split(r"\s+and\s+|,\s+|;\s+", label):
            if found := at.asks(part):
                targets = found
                break
    at.put(label, targets or (), box if plain(box).strip() else (Piece(EMPTY),), place)
