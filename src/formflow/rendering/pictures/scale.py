"""The scale of the timeline: where a day stands, what is left out, and which days are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from formflow.rendering.pictures.letters import width

BREAK = 7.0
"""Millimetres that an empty stretch takes where the scale is broken."""
_MOST_BREAKS = 5
_LONG = 0.3
"""A stretch is left out when it is more than so much of what would be drawn."""
_SHORTEST = timedelta(days=60)
"""Nothing shorter is left out; a longer span counts by its first and last day only."""
_LEAST = 6.5
"""Millimetres of a piece, however few its days."""
_CROWDED, _A_YEAR = 0.12, 365
"""A scale is uneven when more than half of what is drawn stands in less than so much of more than so many days."""
_APART = 2.5
"""Millimetres between two written days."""

Span = tuple[date, date]

_STEPS = (
    *((f"{days} days", days) for days in (1, 2, 7, 14)),
    *((f"{months} months", months * 30.4) for months in (1, 2, 3, 6)),
    *((f"{years} years", years * 365.25) for years in (1, 2, 5, 10, 20, 50)),
)
"""What may lie between two written days, and about how many days that is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days that is drawn in scale; `left` and `right` in millimetres."""

    first: date
    last: date
    left: float
    right: float
    day: float
    """Millimetres of one day."""

    def at(self, when: date) -> float:
        """Where a day of the piece stands: in the middle of its room where there is more than it needs."""
        spare = (self.right - self.left - (self.last - self.first).days * self.day) / 2
        return self.left + spare + (when - self.first).days * self.day


@dataclass(frozen=True, slots=True)
class Tick:
    """A day marked on the scale; words are empty where there is no room for them."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Pieces from left to right; between two of them the scale is broken."""

    pieces: tuple[Piece, ...]

    def at(self, when: date) -> float:
        """Millimetres from the left edge of the picture; a day in a break stands in the middle of the break."""
        for number, piece in enumerate(self.pieces):
            if when < piece.first:
                return (self.pieces[number - 1].right + piece.left) / 2 if number else piece.at(piece.first)
            if when <= piece.last:
                return piece.at(when)
        return self.pieces[-1].at(self.pieces[-1].last)

    @property
    def breaks(self) -> tuple[tuple[Piece, Piece], ...]:
        """The pieces before and after each break."""
        return tuple(pairwise(self.pieces))


def scale_over(spans: Sequence[Span], left: float, right: float) -> Scale:
    """A scale from `left` to `right` in millimetres on which every span (first and last day) can be drawn.

    Where most of the days would be an empty stretch, it is left out and the scale is broken there, so that the events
    on both sides can be told apart. All that is drawn in scale keeps the same millimetres to a day.
    """
    filled = _filled(spans)
    left_out: frozenset[Span] = frozenset()
    if _uneven(spans):
        filled = _filled([end for span in spans for end in _ends(span)])
        left_out = _left_out(filled)
    stretches = [filled[0]]
    for span in filled[1:]:
        if (stretches[-1][1], span[0]) in left_out:
            stretches.append(span)
        else:
            stretches[-1] = (stretches[-1][0], span[1])
    return Scale(tuple(_pieces(stretches, left, right)))


def ticks(scale: Scale) -> tuple[Tick, ...]:
    """The days to be written on a scale: by days, weeks, months or years, as closely as there is room.

    A piece in which no such day falls has its first day written, or its month or year where there is less room.
    """
    day = scale.pieces[0].day
    name = next((name for name, days in _STEPS if days * day >= width(_widest(name)) + _APART), _STEPS[-1][0])
    found: list[tuple[int, float, tuple[str, ...]]] = []
    for piece in scale.pieces:
        regular = [when for when in _days_of(piece, name) if day]
        found += [(1, piece.at(when), (_words(when, name),)) for when in regular]
        if not regular:
            units = ("1 days", "1 months", "1 years")[piece.last > piece.first :]
            words = tuple(_words(piece.first, unit) for unit in units)
            found.append((0, (piece.at(piece.first) + piece.at(piece.last)) / 2, words))
    return tuple(sorted(_with_room(found), key=lambda tick: tick.x))


def _uneven(spans: Sequence[Span]) -> bool:
    """Whether more than half of the spans begin within a small part of all the days."""
    begins = sorted(first for first, _ in spans)
    half = len(begins) // 2
    days = max((max(last for _, last in spans) - begins[0]).days, 1)
    closest = min((other - one).days for one, other in zip(begins, begins[half:], strict=False))
    return len(begins) > 2 and days > _A_YEAR and closest < _CROWDED * days


def _ends(span: Span) -> tuple[Span, ...]:
    first, last = span
    return (span,) if last - first <= _SHORTEST else ((first, first), (last, last))


def _filled(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch taken together."""
    filled: list[Span] = []
    for first, last in sorted(spans):
        if filled and first <= filled[-1][1]:
            filled[-1] = (filled[-1][0], max(filled[-1][1], last))
        else:
            filled.append((first, last))
    return filled


def _left_out(filled: Sequence[Span]) -> frozenset[Span]:
    """The empty stretches that are not drawn in scale: longest first, as long as one is much of what is left."""
    rest = (filled[-1][1] - filled[0][0]).days
    empty = sorted(
        ((one[1], other[0]) for one, other in pairwise(filled)),
        key=lambda span: span[0] - span[1],
    )
    out: set[Span] = set()
    for span in empty[:_MOST_BREAKS]:
        days = (span[1] - span[0]).days
        if days < _LONG * rest or days <= _SHORTEST.days or rest - days < 1:
            break
        out.add(span)
        rest -= days
    return frozenset(out)


def _pieces(stretches: Sequence[Span], left: float, right: float) -> Iterator[Piece]:
    lengths = [(last - first).days for first, last in stretches]
    room = right - left - BREAK * (len(stretches) - 1)
    day = room / sum(lengths) if sum(lengths) else 0.0
    for _ in stretches:  # each round may find one more piece that is too short to be drawn in its own room
        long = [days for days in lengths if days * day > _LEAST]
        if long:
            day = max(0.0, (room - _LEAST * (len(lengths) - len(long))) / sum(long))
    x = left
    for (first, last), days in zip(stretches, lengths, strict=True):
        wide = max(_LEAST, days * day) if len(stretches) > 1 else room
        yield Piece(first, last, x, x + wide, day)
        x += wide + BREAK


def _days_of(piece: Piece, name: str) -> Iterator[date]:
    count, unit = int(name.split()[0]), name.split()[1]
    match unit:
        case "days":
            start = piece.first.toordinal()
            first = start + (-(start - 1) % count)  # the first day of the calendar was a Monday
            yield from (date.fromordinal(n) for n in range(first, piece.last.toordinal() + 1, count))
        case "months":
            months = range(piece.first.year * 12 + piece.first.month - 1, piece.last.year * 12 + piece.last.month)
            days = (date(n // 12, n % 12 + 1, 1) for n in months if n % count == 0)
            yield from (when for when in days if piece.first <= when)
        case _:
            years = (date(n, 1, 1) for n in range(piece.first.year, piece.last.year + 1) if n % count == 0)
            yield from (when for when in years if piece.first <= when)


def _with_room(found: Sequence[tuple[int, float, tuple[str, ...]]]) -> Iterator[Tick]:
    """Words for those days that have room for them: the only day of a piece first, and as closely as there is room."""
    taken: dict[int, tuple[float, float]] = {}
    words: dict[int, str] = {}
    ordered = sorted(found)
    for number, (_, x, choices) in enumerate(ordered):
        if _free(x, choices[-1], list(taken.values())):
            taken[number], words[number] = _room(x, choices[-1]), choices[-1]
    for number, (_, x, choices) in enumerate(ordered):
        others = [room for other, room in taken.items() if other != number]
        if better := next((choice for choice in choices[:-1] if _free(x, choice, others)), ""):
            taken[number], words[number] = _room(x, better), better
    yield from (Tick(x, words.get(number, "")) for number, (_, x, _) in enumerate(ordered))


def _free(x: float, words: str, taken: Sequence[tuple[float, float]]) -> bool:
    left, right = _room(x, words)
    return all(right <= start or left >= end for start, end in taken)


def _room(x: float, words: str) -> tuple[float, float]:
    half = width(words) / 2 + _APART / 2
    return x - half, x + half


def _widest(name: str) -> str:
    return _words(date(2024, 11, 28), name)


def _words(when: date, name: str) -> str:
    match name.split()[1]:
        case "days":
            return f"{when.day} {when:%b %Y}"
        case "months":
            return f"{when:%b %Y}"
        case _:
            return str(when.year)
