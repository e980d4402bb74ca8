"""The household's line: round those who live with the child, and round nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from formflow.rendering.pictures.genogram_rows import Symbol
from formflow.rendering.pictures.outline import Point, Rect, outline
from formflow.rendering.pictures.sheet import WIDTH

_ABOVE, _BELOW = 3.0, 1.2
"""Millimetres between the line and the symbols, and between the words and the line."""
_ASIDE = 0.9
"""Millimetres between the line and the middle between two people, where a line of descent may run."""
_EDGE = 0.3
"""Millimetres that the line keeps from the edge of the picture."""
_WAY = 1.6
"""Millimetres of the way past a row."""
_BRIDGE = 1.6
"""Millimetres of the bridge over somebody who does not live there."""


def household(symbols: Sequence[Symbol]) -> tuple[tuple[Point, ...], ...]:
    """The rings round those who live with the child, each closed; none where nobody does but the child."""
    home = [symbol for symbol in symbols if symbol.person.at_home]
    if len(home) < 2:
        return ()
    rects = [_cell(symbol, symbols) for symbol in home]
    lived_in = sorted({symbol.row for symbol in home})
    if len(lived_in) == 1:
        left, right = _across(home)
        top = _extent(lived_in[0], symbols)[0]
        rects.append((left, top - _BRIDGE, right, top))
    for row, below in pairwise(lived_in):
        rects += _between(row, below, home, symbols)
    return outline([_rounded(rect) for rect in rects])


def _between(row: int, below: int, home: Sequence[Symbol], symbols: Sequence[Symbol]) -> list[Rect]:
    """What joins two rows: the room between them, and a way past a row in which nobody of the household stands."""
    upper, lower = (_across([symbol for symbol in home if symbol.row == one]) for one in (row, below))
    passed = [symbol for symbol in symbols if row < symbol.row < below]
    foot, head = _extent(row, symbols)[1], _extent(below, symbols)[0]
    if not passed:
        return [(min(upper[0], lower[0]), foot, max(upper[1], lower[1]), head)]
    left, right = _across(passed)
    way = right + 1 if right < WIDTH - _WAY - 1 else max(0.0, left - _WAY - 1)
    return [
        (min(upper[0], way), foot, max(upper[1], way + _WAY), _extent(passed[0].row, symbols)[0]),
        (way, foot, way + _WAY, head),
        (min(lower[0], way), _extent(passed[-1].row, symbols)[1], max(lower[1], way + _WAY), head),
    ]


def _cell(symbol: Symbol, symbols: Sequence[Symbol]) -> Rect:
    """The room of one person, up to a neighbour who lives there too."""
    left, right = _across([symbol])
    beside = [one.x for one in symbols if one.row == symbol.row and one.person.at_home and one is not symbol]
    near = symbol.cell + 0.01
    left -= _ASIDE if any(0 < symbol.x - x < near for x in beside) else 0
    right += _ASIDE if any(0 < x - symbol.x < near for x in beside) else 0
    top, bottom = _extent(symbol.row, symbols)
    return left, top, right, bottom


def _extent(row: int, symbols: Sequence[Symbol]) -> tuple[float, float]:
    """The top and bottom of a row."""
    own = [symbol for symbol in symbols if symbol.row == row]
    return own[0].top - _ABOVE, max(symbol.foot for symbol in own) + _BELOW


def _across(own: Sequence[Symbol]) -> tuple[float, float]:
    """From the first to the last of them, without what belongs to lines of descent."""
    left = min(symbol.x - symbol.cell / 2 for symbol in own)
    return left + _ASIDE, max(symbol.x + symbol.cell / 2 for symbol in own) - _ASIDE


def _rounded(rect: Rect) -> Rect:
    """Within the picture, and to a thousandth, so that neighbours share an edge."""
    left, top, right, bottom = rect
    return (
        round(max(left, _EDGE), 3),
        round(top, 3),
        round(min(right, WIDTH - _EDGE), 3),
        round(bottom, 3),
    )
