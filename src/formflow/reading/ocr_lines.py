"""The ruled lines in a picture of a page: long dark runs of dots, straightened and put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from formflow.reading.pdf_ink import Shape

_DARK = 120
"""Of 255: what is darker is ink."""
_RUN = 45
"""Dots at 300 to the inch; a stroke of a letter is shorter."""
_LONGEST_GAP = 40
"""Dots; a speckle or a weak stretch of a line may part it so far."""
_NEAR = 5.0
_LEAST_ACROSS, _LEAST_DOWN = 200.0, 60.0
_MOST_RUNS = 20_000
"""A page of a form has some thousand; a photograph has lines everywhere, and none that means anything."""

_INK = bytes(1 if level < _DARK else 0 for level in range(256))
_DARK_RUN = re.compile(rb"\x01{%d,}" % _RUN)

Run = tuple[float, float, float]
"""Where it stands, and from where to where it goes, in dots."""


def ruled_lines(dots: bytes, wide: int, high: int, slope: float, scale: float) -> tuple[list[Shape], list[Shape]]:
    """The lines across and down, in points on the straightened page."""
    ink = dots.translate(_INK)
    across = [
        (y - slope * (start + end) / 2, start + slope * y, end + slope * y)
        for y in range(high)
        for start, end in _runs(ink[y * wide : (y + 1) * wide])
    ]
    down = [
        (x + slope * (start + end) / 2, start - slope * x, end - slope * x)
        for x in range(wide)
        for start, end in _runs(ink[x::wide])
    ]
    if len(across) + len(down) > _MOST_RUNS:
        return [], []
    return (
        [_line(x0, y, x1, y, scale) for y, x0, x1 in _merged(across, _LEAST_ACROSS)],
        [_line(x, y0, x, y1, scale) for x, y0, y1 in _merged(down, _LEAST_DOWN)],
    )


def _line(x0: float, y0: float, x1: float, y1: float, scale: float) -> Shape:
    return Shape(x0 * scale, y0 * scale, x1 * scale, y1 * scale, None, True)


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _DARK_RUN.finditer(line))


def _merged(runs: Iterable[Run], least: float) -> Iterator[Run]:
    """Runs that lie beside one another or go on from one another, as one; those that are long enough."""
    open_ones: list[list[Run]] = []
    for run in sorted(runs):
        track = open_ones[-1] if open_ones and run[0] - open_ones[-1][-1][0] <= _NEAR else []
        if not track:
            open_ones.append(track)
        track.append(run)
    for track in open_ones:
        start, end, places = -1.0, -1.0, [0.0]
        for place, first, last in sorted(track, key=lambda run: run[1]):
            if start >= 0 and first <= end + _LONGEST_GAP:
                end = max(end, last)
                places.append(place)
                continue
            if end - start >= least:
                yield sum(places) / len(places), start, end
            start, end, places = first, last, [place]
        if end - start >= least:
            yield sum(places) / len(places), start, end
