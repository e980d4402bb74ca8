"""The marks of one lane of the timeline: side by side where there is room, below each other, and then combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formflow.rendering.pictures.letters import width

HEIGHT = 3.6
"""Millimetres of a mark."""
_APART = 0.7
"""Millimetres between two marks."""
_ROUND = 2.2
"""Millimetres that the round ends of a mark take beside its words."""
_LISTED = 3
"""So many numbers are written out in one mark."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the chronology on the scale: its number in the table, and where its first and last day stand."""

    number: int
    first: float
    last: float
    exact: bool
    """Whether one certain day is given."""
    doubted: bool
    """Whether a person should look at its date."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One event, or several that stand too close to be told apart; in millimetres from the left edge of the picture."""

    events: tuple[Event, ...]
    left: float
    right: float
    row: int = 0
    """In which line of its lane it stands, from 0."""

    @property
    def words(self) -> str:
        """What is written in it: numbers of the table, or how many events it stands for; `!` where one is doubted."""
        return _words([event.number for event in self.events]) + (" !" if self.doubted else "")

    @property
    def exact(self) -> bool:
        """Whether all its events give one certain day."""
        return all(event.exact for event in self.events)

    @property
    def doubted(self) -> bool:
        """Whether the date of one of its events is doubted."""
        return any(event.doubted for event in self.events)

    @property
    def pill(self) -> tuple[float, float]:
        """Where the round part with the words begins and ends; the rest of the mark is a bar behind it."""
        if len(self.events) > 1:
            return self.left, self.right
        half, middle = _room(self.words) / 2, (self.left + self.right) / 2
        return middle - half, middle + half


def marks_of(events: Sequence[Event], rows: int, left: float, right: float) -> tuple[Mark, ...]:
    """The marks of a lane between `left` and `right` in millimetres, in at most `rows` lines.

    No two of them touch: what does not fit is combined with its nearest neighbour.
    """
    marks = [_mark((event,), left, right) for event in sorted(events, key=lambda e: (e.first, e.last, e.number))]
    while True:
        placed, stuck = _packed(marks, rows)
        if stuck is None:
            return tuple(placed)
        at = _nearest(marks, stuck)
        marks[at : at + 2] = [_mark((*marks[at].events, *marks[at + 1].events), left, right)]
        marks.sort(key=lambda mark: mark.left)


def _packed(marks: Sequence[Mark], rows: int) -> tuple[list[Mark], int | None]:
    """Each mark in the first line that is free there; or the first that finds no place."""
    ends = [float("-inf")] * rows
    placed: list[Mark] = []
    for number, mark in enumerate(marks):
        row = next((row for row, end in enumerate(ends) if end + _APART <= mark.left), None)
        if row is None:
            return placed, number
        ends[row] = mark.right
        placed.append(replace(mark, row=row))
    return placed, None


def _nearest(marks: Sequence[Mark], stuck: int) -> int:
    """The first of the two neighbours to be combined: of those in the way, the pair that stands closest."""
    in_the_way = [at for at in range(stuck) if marks[at].right + _APART > marks[stuck].left]
    return min(
        range(in_the_way[0], stuck),
        key=lambda at: (max(marks[at].right, marks[at + 1].right) - marks[at].left, at),
    )


def _mark(events: tuple[Event, ...], left: float, right: float) -> Mark:
    """A mark as wide as its days and its words, moved inwards at the edges."""
    ordered = tuple(sorted(events, key=lambda event: event.number))
    first, last = min(event.first for event in events), max(event.last for event in events)
    made = Mark(ordered, first, last)
    room = _room(made.words)
    if last - first < room:
        first, last = (first + last - room) / 2, (first + last + room) / 2
    move = max(0.0, left - first) - max(0.0, last - right)
    return Mark(ordered, first + move, last + move)


def _room(words: str) -> float:
    return max(HEIGHT, width(words, bold=True) + _ROUND)


def _words(numbers: Sequence[int]) -> str:
    if len(numbers) <= 2:
        return ", ".join(map(str, numbers))
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers)) if len(numbers) <= _LISTED else f"{len(numbers)} events"
