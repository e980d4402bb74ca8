"""The lanes of the timeline: one for the notification, one for each agency, as high as the page has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formflow.deciding.chronology import Row
from formflow.rendering.pictures.letters import LINE, Shown, drawable, label, lines_of
from formflow.rendering.pictures.scale import Scale
from formflow.rendering.pictures.sheet import WIDTH
from formflow.rendering.pictures.timeline_marks import HEIGHT, Event, Mark, marks_of

NAMES = 40.0
"""Millimetres for the names of the agencies."""
LEFT, RIGHT = NAMES + 2.0, WIDTH - 1.0
"""Between these the marks stand."""
ROW = HEIGHT + 0.6
"""Millimetres from one line of marks to the next in the same lane."""
_EDGE, _ROOMY = 0.8, 1.6
"""Millimetres that a lane has above and below its marks together: with one line of them, and with more."""
_MOST = 185.0
"""Millimetres that all lanes together may take, so that the picture and its heading stay on one page."""
_WAYS = ((8, 3), (6, 3), (4, 2), (3, 2), (2, 2), (2, 1), (1, 1))
"""How many lines of marks, and lines of its name, a lane may have: the first with which all lanes fit is taken."""
NOTIFICATION = "Notification"


@dataclass(frozen=True, slots=True)
class Lane:
    """What one agency, or the notification, tells."""

    name: str
    """As it is handed in, in all its letters."""
    drawn: str
    """As it is written in the picture, where it is not too long."""
    events: tuple[Event, ...]
    undated: int
    """How many of its rows have no date."""
    lines: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    top: float = 0.0
    height: float = 0.0
    """Millimetres, `top` from the top of the first lane."""

    @property
    def shortened(self) -> bool:
        """Whether its name does not stand in full in the picture."""
        return " ".join(self.lines).endswith("…") and not self.drawn.endswith("…")


def lanes_of(rows: Sequence[Row], scale: Scale, shown: Shown) -> tuple[Lane, ...]:
    """The lanes, placed: the notification first, then the agencies in the order of their first event.

    Rows are numbered from 1 as they stand. With little room marks are combined and names cut to one line; when even
    that is too high, the agencies that begin last share a lane.
    """
    lanes = _unplaced(rows, scale, shown)
    most = int(_MOST / _height(1, 1))
    if len(lanes) > most:
        lanes = [*lanes[: most - 1], _together(lanes[most - 1 :])]
    top = 0.0
    stacked: list[Lane] = []
    for lane in _fitting(lanes):
        stacked.append(replace(lane, top=top))
        top += lane.height
    return tuple(stacked)


def _fitting(lanes: Sequence[Lane]) -> list[Lane]:
    """The lanes filled in the first way in which they fit, or in the last."""
    ways = ([_filled(lane, *way) for lane in lanes] for way in _WAYS)
    least = [_filled(lane, *_WAYS[-1]) for lane in lanes]
    return next((placed for placed in ways if sum(lane.height for lane in placed) <= _MOST), least)


def _unplaced(rows: Sequence[Row], scale: Scale, shown: Shown) -> list[Lane]:
    events: dict[str, list[Event]] = {}
    undated: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        found = events.setdefault(row.told_by, [])
        if row.first is None or row.last is None:
            undated[row.told_by] = undated.get(row.told_by, 0) + 1
        else:
            exact = row.precision != "approximate" and row.first == row.last
            found.append(Event(number, scale.at(row.first), scale.at(row.last), exact, bool(row.doubts)))
    order = sorted(events, key=lambda told_by: told_by != NOTIFICATION)
    names = {told_by: label(shown, told_by, told_by) for told_by in order}
    return [
        Lane(names[t], drawable(names[t]) or f"Agency {number}", tuple(events[t]), undated.get(t, 0))
        for number, t in enumerate(order, int(NOTIFICATION not in events))
    ]


def _together(lanes: Sequence[Lane]) -> Lane:
    name = f"{len(lanes)} other agencies"
    events = tuple(event for lane in lanes for event in lane.events)
    return Lane(name, name, events, sum(lane.undated for lane in lanes))


def _filled(lane: Lane, rows: int, lines: int) -> Lane:
    marks = marks_of(lane.events, rows, LEFT, RIGHT)
    written = lines_of(lane.drawn, NAMES, lines)
    used = max((mark.row for mark in marks), default=0) + 1
    return replace(lane, marks=marks, lines=written, height=_height(used, len(written)))


def _height(rows: int, lines: int) -> float:
    return max(rows * ROW - (ROW - HEIGHT), lines * LINE) + (_ROOMY if rows > 1 or lines > 1 else _EDGE)
