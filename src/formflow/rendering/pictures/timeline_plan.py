"""The timeline worked out: its scale, lanes, silences and the incident, each with its place in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from formflow.deciding.chronology import Chronology, Gap
from formflow.rendering.pictures.legend import Sign, legend, legend_height, note_lines
from formflow.rendering.pictures.letters import LINE, Shown, drawable, width
from formflow.rendering.pictures.scale import Scale, Span, Tick, scale_over, ticks
from formflow.rendering.pictures.timeline_lanes import LEFT, RIGHT, Lane, lanes_of
from formflow.rendering.pictures.timeline_marks import HEIGHT

HEAD = 4.6
"""Millimetres of a line of words above the lanes: the incident, the scale, the silences."""
_INSET = 8.0
"""Millimetres between the edge of the lanes and the first or last day, which may be written on the scale."""
_SILENT_ROWS = 3
"""So many lines of numbers may stand above the silences."""
_TALL = 90.0
"""Millimetres of lanes from which on the scale is written twice."""
_LARGE = 8.0
"""Points: the word and date of the incident."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A time of which no form tells: shaded from `left` to `right`, its number of days written round `x`."""

    gap: Gap
    left: float
    right: float
    x: float
    row: int | None
    """In which line its number is written; None where there is no room for it."""


@dataclass(frozen=True, slots=True)
class Incident:
    """The line of the incident, from `left` to `right` (the same for one certain day), and its words round `x`."""

    words: str
    left: float
    right: float
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that is drawn; tops are millimetres from the top of the picture."""

    scale: Scale
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    silences: tuple[Silence, ...]
    incident: Incident | None
    signs: tuple[Sign, ...]
    notes: tuple[str, ...]
    undated: int

    @property
    def axis(self) -> float:
        """Where the line of the scale runs."""
        return HEAD + 1

    @property
    def silent(self) -> float:
        """Where the numbers of the silences begin: beneath the words of the incident."""
        return self.axis + 1 + (HEAD if self.incident else 0)

    @property
    def silent_rows(self) -> int:
        """How many lines the numbers of the silences take."""
        return max((1 + (silence.row or 0) for silence in self.silences), default=0)

    @property
    def top(self) -> float:
        """Where the first lane begins."""
        return self.silent + self.silent_rows * (HEIGHT + 0.4)

    @property
    def bottom(self) -> float:
        """Where the last lane ends."""
        return self.top + self.lanes[-1].top + self.lanes[-1].height

    @property
    def repeats(self) -> bool:
        """Whether the scale is written beneath the lanes too, because they are many."""
        return self.bottom - self.top > _TALL

    @property
    def legend(self) -> float:
        """Where the legend begins."""
        return self.bottom + (HEAD + 2.5 if self.repeats else 2.5)

    @property
    def noted(self) -> float:
        """Where the notes begin."""
        return self.legend + legend_height(self.signs) + 0.5

    @property
    def height(self) -> float:
        """Millimetres of the whole picture."""
        return self.noted + len(self.notes) * LINE + 1


def timeline_plan(chronology: Chronology, shown: Shown, incident: Span | None, words: str = "") -> Timeline | None:
    """The timeline of a chronology; None when fewer than two rows have a date.

    `incident` is its first and last day and `words` its date as people read it; None where the form gives none.
    """
    spans = [(row.first, row.last) for row in chronology.rows if row.first is not None and row.last is not None]
    if len(spans) < 2:
        return None
    scale = scale_over([*spans, *([incident] if incident else ())], LEFT + _INSET, RIGHT - _INSET)
    lanes = lanes_of(chronology.rows, scale, shown)
    line = _incident(incident, words, scale) if incident else None
    silences = _silences(chronology.gaps, scale, line)
    undated = len(chronology.rows) - len(spans)
    return Timeline(
        scale,
        ticks(scale),
        lanes,
        silences,
        line,
        legend(tuple(_signs(lanes, silences, scale))),
        note_lines(tuple(_notes(lanes, silences, undated))),
        undated,
    )


def _incident(days: tuple[date, date], words: str, scale: Scale) -> Incident:
    left, right = scale.at(days[0]), scale.at(days[1])
    said = f"Incident, {words}"
    half = width(said, _LARGE, bold=True) / 2
    return Incident(said, left, right, min(max((left + right) / 2, half), RIGHT - half))


def _silences(gaps: Sequence[Gap], scale: Scale, incident: Incident | None) -> tuple[Silence, ...]:
    """The silences in order, their numbers beside the line of the incident and below one another where they touch."""
    ends = [float("-inf")] * _SILENT_ROWS
    lines = (incident.left, incident.right) if incident else ()
    found: list[Silence] = []
    for gap in gaps:
        left, right = scale.at(gap.after), scale.at(gap.before)
        half = width(f"{gap.days:,}") / 2 + 0.6
        x = _beside(lines, (left + right) / 2, half)
        row = next((row for row, end in enumerate(ends) if end <= x - half), None)
        if row is not None:
            ends[row] = x + half
        found.append(Silence(gap, left, right, x, row))
    return tuple(found)


def _beside(lines: Sequence[float], x: float, half: float) -> float:
    """The place of words moved to the side of a line that would go through them."""
    for line in lines:
        if abs(x - line) < half + 0.4:
            x = line - half - 0.4 if x <= line else line + half + 0.4
    return x


def _signs(lanes: Sequence[Lane], silences: Sequence[Silence], scale: Scale) -> Iterator[tuple[str, str]]:
    marks = [mark for lane in lanes for mark in lane.marks]
    if any(mark.exact for mark in marks):
        yield "exact", "On this day (number in the chronology)"
    if any(not mark.exact and len(mark.events) == 1 for mark in marks):
        yield "about", "About this day, or on some day of the bar"
    if any(len(mark.events) > 1 for mark in marks):
        yield "several", "Several events close together"
    if any(mark.doubted for mark in marks):
        yield "doubted", "To check: another form gives another date"
    if silences:
        yield "silence", "Silence: no form tells of these days"
    if scale.breaks:
        yield "break", "Break: the scale leaves out a long time"


def _notes(lanes: Sequence[Lane], silences: Sequence[Silence], undated: int) -> Iterator[str]:
    if undated:
        rows = "1 row has" if undated == 1 else f"{undated} rows have"
        yield f"{rows} no date that can be read and cannot be drawn here: see the end of the chronology."
    without = sum(silence.row is None for silence in silences)
    if without:
        silences_are = "1 silence is" if without == 1 else f"{without} silences are"
        yield f"{silences_are} too short for the number of days to be written."
    if any(lane.shortened for lane in lanes):
        yield "Names that end in … are shortened: they stand in full in the chronology."
    for lane in lanes:
        if drawable(lane.name) is None:
            yield f"{lane.drawn}: its name has letters that cannot be drawn here. It stands in the chronology."
