"""Small labels above their answers, put together as pairs where a page has that habit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from formflow.reading.pdf_ink import Strip, brightness
from formflow.reading.pdf_pairs import ALIGNED, TIGHT, Look, is_block, look, says, table_of, wraps
from formflow.reading.pdf_paragraphs import Where, is_heading
from formflow.reading.pdf_strips import same_line

_NEAR = 1.75
"""Of the height of letters: from a label to the answer below it."""
_NEXT = 60.0
"""Points between two pieces of one answer, at most; farther off stands another column."""
_FARTHEST = 300.0
"""Points from a label to the last line of its answer, at most."""
_HABIT = 3
"""So many small labels above answers make a habit."""
_PALER = 50.0
_CLOSER = 1.15
"""A label stands so much nearer to its answer than to what is above it."""
_GUTTER = 6.0
"""Points between one column and the next, at least."""


@dataclass(slots=True)
class _Column:
    """The strips of a page from the top, for asking what stands below one of them."""

    strips: list[Strip]
    bases: list[float]

    @classmethod
    def of(cls, strips: Sequence[Strip]) -> _Column:
        """The strips that are no tables and no boxes of several lines."""
        plain = sorted((strip for strip in strips if not is_block(strip)), key=lambda one: one.base)
        return cls(plain, [strip.base for strip in plain])

    def after(self, strip: Strip) -> Sequence[Strip]:
        """What stands lower than a strip, as far as an answer may."""
        return self.strips[bisect_right(self.bases, strip.base + 1) : bisect_right(self.bases, strip.base + _FARTHEST)]

    def below(self, strip: Strip) -> Strip | None:
        """What stands next below a strip, beginning where it begins, unless something stands between."""
        for other in self.after(strip):
            if other.x0 < strip.x1 and other.x1 > strip.x0:
                return other if abs(other.x0 - strip.x0) <= ALIGNED else None
        return None


def below_labels(strips: Sequence[Strip], where: Where) -> list[Strip]:
    """Answers with the small or pale labels above them, where a page has that habit, as pairs."""
    column = _Column.of(strips)
    looks = _habits(column, where)
    if not looks:
        return list(strips)
    labels = [strip for strip in column.strips if says(strip) and look(strip) in looks and not is_heading(strip, where)]
    bases = [label.base for label in labels]
    taken: set[int] = set()
    found: list[Strip] = []
    for label in labels:
        if id(label) in taken:
            continue
        level = labels[bisect_left(bases, label.base - _NEXT) : bisect_right(bases, label.base + _NEXT)]
        beside = (one.x0 for one in level if one.x0 > label.x0 + 20)
        inside = replace(where, edge=min(beside, default=(where.edge or 0.0) + _GUTTER) - _GUTTER)
        own, answer = _stack(label, column, inside)
        taken.update(id(strip) for strip in (*own, *answer))
        body = max([where.body, *(strip.size for strip in answer)])  # large letters of an answer are no heading
        found.append(table_of([[own, answer]], replace(inside, body=body)))
    return [*(strip for strip in strips if id(strip) not in taken), *found]


def _habits(column: _Column, where: Where) -> set[Look]:
    """How the labels of a page look that stand right above their answers, smaller or paler than these."""
    good: Counter[Look] = Counter()
    bad: Counter[Look] = Counter()
    above: dict[int, float] = {}
    """How near something of another look stands above."""
    for strip in column.strips:
        below = column.below(strip)
        step = below.base - strip.base if below is not None else 0.0
        if below is None or step > _NEAR * max(strip.size, below.size) or look(below) == look(strip):
            continue
        if not strip.titled:
            above[id(below)] = step
        if says(strip) and not is_heading(strip, where):
            fainter = _is_fainter(strip, below) and above.get(id(strip), 99.0) > _CLOSER * step
            (good if fainter else bad)[look(strip)] += 1
    return {one for one, times in good.items() if times >= _HABIT and times >= 4 * bad[one]}


def _is_fainter(label: Strip, answer: Strip) -> bool:
    """Whether words are smaller or paler than what stands below them, and not bolder."""
    one, other = label.words[0].style, answer.words[-1].style
    if one.bold and not other.bold:
        return False
    paler = brightness(one.colour) - brightness(other.colour) > _PALER
    return one.size <= 0.93 * other.size or (paler and one.size <= other.size)


def _stack(label: Strip, column: _Column, where: Where) -> tuple[list[Strip], list[Strip]]:
    """A label, of several lines perhaps, and the answer below it, which may be empty."""
    edge = where.edge if where.edge is not None else label.x1
    own, answer = [label], list[Strip]()
    for strip in column.after(label):
        last = (answer or own)[-1]
        if not label.x0 - ALIGNED <= strip.x0 < edge:
            continue
        if answer and same_line(last, strip):
            if strip.x0 - last.x1 > _NEXT:
                continue
        elif strip.base - last.base > (TIGHT if answer else _NEAR) * max(strip.size, last.size):
            break
        if look(strip) == look(label) and says(strip):
            if answer or not wraps(last, strip):
                break
            own.append(strip)
        elif strip.titled or (strip.bold and is_heading(strip, where)):
            break
        else:
            answer.append(strip)
    return own, answer
