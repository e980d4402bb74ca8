"""Small labels above their answers, put together as pairs where a page has that habit."""

from __future__ import annotations

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
_HABIT = 3
"""So many small labels above answers make a habit."""
_PALER = 50.0
_CLOSER = 1.15
"""A label stands so much nearer to its answer than to what is above it."""
_GUTTER = 6.0
"""Points between one column and the next, at least."""


@dataclass(slots=True)
class _Column:
    """The strips of a page, for asking what stands next below one of them."""

    strips: list[Strip]

    def below(self, strip: Strip) -> Strip | None:
        """What stands next below a strip, beginning where it begins, unless something stands between."""
        for other in self.strips:
            if other.base > strip.base + 1 and not is_block(other) and other.x0 < strip.x1 and other.x1 > strip.x0:
                return other if abs(other.x0 - strip.x0) <= ALIGNED else None
        return None


def below_labels(strips: Sequence[Strip], where: Where) -> list[Strip]:
    """Answers with the small or pale labels above them, where a page has that habit, as pairs."""
    plain = sorted((strip for strip in strips if not is_block(strip)), key=lambda one: one.base)
    looks = _habits(_Column(plain), where)
    if not looks:
        return list(strips)
    labels = [strip for strip in plain if says(strip) and look(strip) in looks and not is_heading(strip, where)]
    taken: set[int] = set()
    found: list[Strip] = []
    for label in labels:
        if id(label) in taken:
            continue
        beside = (one.x0 for one in labels if one.x0 > label.x0 + 20 and abs(one.base - label.base) < _NEXT)
        inside = replace(where, edge=min(beside, default=(where.edge or 0.0) + _GUTTER) - _GUTTER)
        own, answer = _stack(label, plain, inside)
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


def _stack(label: Strip, strips: Sequence[Strip], where: Where) -> tuple[list[Strip], list[Strip]]:
    """A label, of several lines perhaps, and the answer below it, which may be empty."""
    edge = where.edge if where.edge is not None else label.x1
    own, answer = [label], list[Strip]()
    for strip in strips:
        last = (answer or own)[-1]
        if strip is label or strip.base < label.base + 1 or not label.x0 - ALIGNED <= strip.x0 < edge:
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
