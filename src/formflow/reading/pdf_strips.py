"""Words put into strips: stretches of a line without a wide gap, with the signs of notes told from words."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

from formflow.reading.document import EMPTY, TICKED, Mark
from formflow.reading.pdf_glyphs import BULLET
from formflow.reading.pdf_ink import Strip, Word, strip_of

_SAME_LINE = 0.4
"""Of the height of letters: how far words of one line may stand above one another."""
_GAP = 1.25
"""Of the height of letters: a wider gap parts two strips."""
_SMALL_GAP = 0.75
"""The same, where what follows stands exactly below or above something that follows a wide gap."""
_TOUCH = 0.1
_BOXES = frozenset({TICKED, EMPTY})


def strips_of(words: Iterable[Word]) -> list[Strip]:
    """The strips of words, from the top, those of one line from the left."""
    lines = _lines(sorted((word for word in words if not word.tall), key=lambda word: (word.base, word.x0)))
    for line in lines:
        _mark_notes(line)
    starts = _starts(lines)
    found = [strip for line in lines for strip in _parted(line, starts)]
    found += [strip_of([word]) for word in words if word.tall]
    return sorted(
        found, key=lambda strip: (strip.base if strip.words and not strip.words[0].tall else strip.y0, strip.x0)
    )


def put_together(words: Sequence[Word]) -> list[Word]:
    """Words that programs have written in pieces, or letter by letter, whole again where nothing parts them."""
    found: list[Word] = []
    before: Word | None = None
    for word in words:
        if before is not None and word.style is before.style and word.marks == before.marks and _touch(before, word):
            before.text, before.x1 = before.text + word.text, word.x1
        else:
            found.append(word)
            before = word
    return found


def _touch(before: Word, word: Word) -> bool:
    near = -0.3 * word.size < word.x0 - before.x1 < _TOUCH * word.size and abs(word.base - before.base) < 0.5
    return near and before.control is None and word.control is None and before.text not in _BOXES


def same_line(one: Strip, other: Strip) -> bool:
    """Whether two strips stand on one line; a control of several lines stands beside every line that it covers."""
    if any(strip.table is not None or strip.words[0].tall for strip in (one, other)):
        return min(one.y1, other.y1) - max(one.y0, other.y0) > 0.4 * min(one.y1 - one.y0, other.y1 - other.y0)
    return abs(one.base - other.base) <= _SAME_LINE * max(one.size, other.size)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in words:
        first = lines[-1][0] if lines else word
        if lines and word.base - first.base <= _SAME_LINE * max(word.style.size, first.style.size):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.x0)
    return lines


def _mark_notes(line: list[Word]) -> None:
    """Mark what is smaller than the word before it and raised: the sign of a footnote."""
    for before, word in itertools.pairwise(line):
        small = word.size < 0.8 * before.size and word.base < before.base - 0.12 * before.size
        if small and len(word.text) <= 3 and not word.text.isalpha() and word.control is None:
            word.marks |= Mark.NOTE


def _starts(lines: Sequence[Sequence[Word]]) -> set[int]:
    """Where strips start after a wide gap, in points, if they do so more than once."""
    counted: Counter[int] = Counter()
    for line in lines:
        for before, word in itertools.pairwise(line):
            if word.x0 - before.x1 > _GAP * word.size:
                counted[round(word.x0)] += 1
    return {at for at, times in counted.items() if times >= 2}


def _parted(line: Sequence[Word], starts: set[int]) -> Iterable[Strip]:
    held: list[Word] = []
    for word in line:
        if held and _parts(held, word, starts):
            yield strip_of(held)
            held = []
        held.append(word)
    if held:
        yield strip_of(held)


def _parts(held: Sequence[Word], word: Word, starts: set[int]) -> bool:
    """Whether a word begins a strip of its own."""
    before = held[-1]
    gap, size = word.x0 - before.x1, max(word.size, before.size)
    if before.text == BULLET and len(held) == 1:
        return False
    if before.text in _BOXES and word.text not in _BOXES:
        return gap > 2.5 * size
    if word.text in _BOXES and before.text not in _BOXES and any(one.text in _BOXES for one in held):
        return gap > 9 * size  # the next of several boxes with their words
    if gap > _GAP * size:
        return True
    return gap > _SMALL_GAP * size and any(round(word.x0) + near in starts for near in (-1, 0, 1))
