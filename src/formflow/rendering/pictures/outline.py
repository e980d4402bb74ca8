"""The line round a set of rectangles that touch: the edge of their union, corner by corner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Point = tuple[float, float]


def outline(rects: Sequence[Rect]) -> tuple[tuple[Point, ...], ...]:
    """The closed lines round the rectangles, each a ring of corners; a hole has a ring of its own."""
    edges = _edges(rects)
    rings: list[tuple[Point, ...]] = []
    while edges:
        start = at = min(edges)
        ring: list[Point] = []
        came: Point | None = None
        while True:
            ring.append(at)
            onward = edges[at]
            step = onward.pop(_turn(came, at, onward))
            if not onward:
                del edges[at]
            came, at = at, step
            if at == start:
                break
        rings.append(_corners(ring))
    return tuple(rings)


def _edges(rects: Sequence[Rect]) -> dict[Point, list[Point]]:
    """The edges of the union, each with the inside on its right hand."""
    xs = sorted({x for rect in rects for x in (rect[0], rect[2])})
    ys = sorted({y for rect in rects for y in (rect[1], rect[3])})
    columns, lines = list(pairwise(xs)), list(pairwise(ys))
    filled = {
        (across, down)
        for across, (left, right) in enumerate(columns)
        for down, (top, bottom) in enumerate(lines)
        if any(r[0] <= left and right <= r[2] and r[1] <= top and bottom <= r[3] for r in rects)
    }
    edges: dict[Point, list[Point]] = {}
    for across, down in sorted(filled):
        (left, right), (top, bottom) = columns[across], lines[down]
        for beside, start, end in (
            ((across, down - 1), (left, top), (right, top)),
            ((across + 1, down), (right, top), (right, bottom)),
            ((across, down + 1), (right, bottom), (left, bottom)),
            ((across - 1, down), (left, bottom), (left, top)),
        ):
            if beside not in filled:
                edges.setdefault(start, []).append(end)
    return edges


def _turn(came: Point | None, at: Point, onward: Sequence[Point]) -> int:
    """Where two edges go on from one corner, the one that turns right, so that rings only touch there."""
    if came is None or len(onward) == 1:
        return 0
    across, down = at[0] - came[0], at[1] - came[1]
    turns = [across * (end[1] - at[1]) - down * (end[0] - at[0]) for end in onward]
    return turns.index(max(turns))


def _corners(ring: Sequence[Point]) -> tuple[Point, ...]:
    """The ring without the points at which it runs straight on."""
    around = zip((ring[-1], *ring[:-1]), ring, (*ring[1:], ring[0]), strict=True)
    return tuple(
        at for before, at, after in around if not (before[0] == at[0] == after[0] or before[1] == at[1] == after[1])
    )
