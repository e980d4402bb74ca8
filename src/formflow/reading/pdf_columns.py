"""Where a page is set in columns: which strips stand side by side, from where to where, and what parts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from formflow.reading.pdf_ink import Strip
from formflow.reading.pdf_paragraphs import Where, is_heading
from formflow.reading.pdf_strips import same_line

_SLACK = 3.0
"""Points by which strips of one column may begin apart."""
_PAIRS = 3
"""Lines with a label and an answer on either side of what parts a page, at least."""
_DRIFT = 0.4
"""Of the lines of one side, as many as have nothing beside them on the other."""
_INDENT = 12.0
"""Points by which an answer may be set in from its label and still be in the same column."""


@dataclass(slots=True)
class Run:
    """Strips that belong together: side by side where `starts` has a column, below one another where it has none."""

    strips: list[Strip] = field(default_factory=list)
    start: float | None = None
    """Where the right-hand side begins."""
    parted: bool = False
    """Whether both sides are columns of the page with labels and answers of their own, and no table goes across."""

    @property
    def left(self) -> list[Strip]:
        """What stands to the left."""
        return [strip for strip in self.strips if not self.is_right(strip)]

    @property
    def right(self) -> list[Strip]:
        """What stands to the right."""
        return [strip for strip in self.strips if self.is_right(strip)]

    def is_right(self, strip: Strip) -> bool:
        """Whether a strip stands on the right-hand side."""
        return self.start is not None and strip.x0 >= self.start - _SLACK


def runs_of(strips: Sequence[Strip], where: Where) -> list[Run]:
    """The strips of a region as runs in reading order."""
    starts = _candidates(strips)
    gutters = [start for start in starts if _is_gutter(strips, start, where)]
    for start in [*gutters, *starts]:
        runs = list(_side_by_side(strips, start, where))
        if any(run.start is not None for run in runs):
            for run in runs:
                run.parted = run.start is not None and start in gutters
            # What lies between may be set in columns of another width.
            return [one for run in runs for one in (runs_of(run.strips, where) if run.start is None else [run])]
    return [Run(list(strips))] if strips else []


def columns_of(run: Run) -> list[float]:
    """Where the columns of a run begin, its left edge first."""
    starts = Counter[int]()
    for strip in run.strips:
        starts[round(strip.x0)] += 1
    edge = min(strip.x0 for strip in run.strips)
    beside = sorted(
        {
            strip.x0
            for strip in run.strips
            if strip.x0 > edge + _INDENT
            and any(other.x1 <= strip.x0 and same_line(other, strip) for other in run.strips)
        }
    )
    found = [edge]
    for start in beside:
        crossed = sum(1 for strip in run.strips if strip.x0 < start - _SLACK and strip.x1 > start + 1)
        if start - found[-1] > _INDENT and crossed <= 0.1 * len(run.strips):
            found.append(start)
    return found


def _candidates(strips: Sequence[Strip]) -> list[float]:
    """Where a right-hand side may begin: left edges of strips with something beside them, the most common first."""
    counted: Counter[int] = Counter()
    firsts: dict[int, float] = {}
    for number, strip in enumerate(strips):
        near = strips[max(0, number - 12) : number + 12]
        if any(other is not strip and other.x1 <= strip.x0 and _beside(other, strip) for other in near):
            key = next((key for key in firsts if abs(firsts[key] - strip.x0) <= _SLACK), round(strip.x0))
            firsts[key] = min(firsts.get(key, strip.x0), strip.x0)
            counted[key] += 1
    return [firsts[key] for key, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:12]]


def _is_gutter(strips: Sequence[Strip], start: float, where: Where) -> bool:
    """Whether a page's column begins here: both sides hold pairs, under their own heads or on their own lines."""
    sides = [list[Strip](), list[Strip]()]
    for strip in strips:
        if strip.x0 >= start - _SLACK:
            sides[1].append(strip)
        elif strip.x1 <= start - 1:
            sides[0].append(strip)
    left, right = (_firsts(side) for side in sides)
    if min(sum(1 for _, beside in firsts if beside) for firsts in (left, right)) < _PAIRS:
        return False
    heads = [(strip, beside) for strip, beside in right if is_heading(strip, where)]
    if heads and all(abs(strip.x0 - start) <= _SLACK and not beside for strip, beside in heads):
        return True
    top, bottom = min(strip.y0 for strip in sides[0]), max(strip.y1 for strip in sides[0])
    own = [strip for strip, beside in right if beside and top <= strip.base <= bottom]
    drifting = sum(1 for strip in own if not any(same_line(strip, other) for other in sides[0]))
    return drifting >= max(_PAIRS, _DRIFT * len(own))


def _firsts(strips: Sequence[Strip]) -> list[tuple[Strip, bool]]:
    """The first strip of every line of one side, and whether another stands beside it."""
    lines: list[list[Strip]] = []
    for strip in sorted((one for one in strips if one.words), key=lambda one: one.base):
        if lines and same_line(lines[-1][0], strip):
            lines[-1].append(strip)
        else:
            lines.append([strip])
    return [(min(line, key=lambda one: one.x0), len(line) > 1) for line in lines]


def _beside(one: Strip, other: Strip) -> bool:
    return min(one.y1, other.y1) - max(one.y0, other.y0) > 0.3 * min(one.y1 - one.y0, other.y1 - other.y0)


def _side_by_side(strips: Sequence[Strip], start: float, where: Where) -> list[Run]:
    """The strips cut where one reaches across `start`, and before headings that stand alone; each run trimmed."""
    found: list[Run] = []
    held: list[Strip] = []
    for strip in strips:
        if strip.x0 < start - _SLACK and strip.x1 > start - 1:
            found += _trimmed(held, start, where, strip)
            held = []
            _join(found, [strip])
        else:
            held.append(strip)
    found += _trimmed(held, start, where, None)
    whole: list[Run] = []
    for run in found:
        if run.start is None:
            _join(whole, run.strips)
        else:
            whole.append(run)
    return whole


def _join(runs: list[Run], strips: list[Strip]) -> None:
    """Put strips without columns at the end of the run before, if it has none either."""
    if runs and runs[-1].start is None:
        runs[-1].strips += strips
    elif strips:
        runs.append(Run(list(strips)))


def _trimmed(strips: list[Strip], start: float, where: Where, after: Strip | None) -> list[Run]:
    """A run between strips that reach across, cut before headings that stand alone, without what is not beside it."""
    pieces: list[list[Strip]] = [[]]
    for strip in strips:
        alone = strip.x0 < start - _SLACK and is_heading(strip, where)
        alone = alone and (strip.titled or _stands_alone(strip, strips, start))
        if alone and pieces[-1]:
            pieces.append([])
        pieces[-1].append(strip)
    found: list[Run] = []
    for number, piece in enumerate(pieces):
        following = pieces[number + 1][0] if number + 1 < len(pieces) else after
        found += _ends_off(piece, start, where, following)
    return found


def _stands_alone(heading: Strip, strips: Sequence[Strip], start: float) -> bool:
    """Whether nothing stands beside a heading, nor in the gap above it."""
    above = max(
        (
            strip.y1
            for strip in strips
            if strip is not heading and strip.x0 < start - _SLACK and strip.y1 <= heading.y0 + 1
        ),
        default=heading.y0,
    )
    return not any(
        strip.x0 >= start - _SLACK and strip.y1 > above + 0.5 and strip.y0 < heading.y1 - 0.5 for strip in strips
    )


def _ends_off(strips: list[Strip], start: float, where: Where, after: Strip | None) -> list[Run]:
    rights = [strip for strip in strips if strip.x0 >= start - _SLACK]
    if not rights:
        return [Run(strips)] if strips else []
    first, last = min(strip.y0 for strip in rights), max(strip.y1 for strip in rights)
    before = [strip for strip in strips if strip.x0 < start - _SLACK and strip.y1 <= first + 1]
    below = [strip for strip in strips if strip.x0 < start - _SLACK and strip.y0 >= last - 1]
    kept = _still_column(below, strips, where, after)
    apart = {id(strip) for strip in (*before, *below[kept:])}
    middle = [strip for strip in strips if id(strip) not in apart]
    runs = [Run(before)] if before else []
    runs.append(Run(middle, start))
    return [*runs, Run(below[kept:])] if below[kept:] else runs


def _still_column(below: Sequence[Strip], strips: Sequence[Strip], where: Where, after: Strip | None) -> int:
    """How many of the strips below the end of the right-hand side still belong to the left-hand column."""
    for number, strip in enumerate(below):
        lefts = [
            other.y1 for other in strips if other is not strip and other.x0 <= strip.x1 and other.y1 <= strip.y0 + 1
        ]
        gap = strip.y0 - max(lefts, default=strip.y0 - 99)
        follows = below[number + 1] if number + 1 < len(below) else after
        room = follows.y0 - strip.y1 if follows is not None else 99.0
        if is_heading(strip, where) or gap > 2.0 * strip.size or gap > room + 1:
            return number
    return len(below)
