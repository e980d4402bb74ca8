"""The timeline of a case: what was told by whom and when, with the silences between and the incident."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.deciding.chronology import Chronology, Row
from formflow.extracting.dates import span_of
from formflow.extracting.form import Answer
from formflow.rendering.picture import Picture
from formflow.rendering.pictures.letters import Shown, label
from formflow.rendering.pictures.sentences import counted, days_in_words, told
from formflow.rendering.pictures.sheet import WIDTH
from formflow.rendering.pictures.timeline_draw import draw_timeline
from formflow.rendering.pictures.timeline_lanes import NOTIFICATION
from formflow.rendering.pictures.timeline_plan import Timeline, timeline_plan
from formflow.rendering.statements import written

NAME = "timeline"


def timeline(chronology: Chronology, shown: Shown, incident: Answer | None = None) -> Picture | None:
    """The picture `timeline`; None when fewer than two rows of the chronology have a date.

    `shown` gives what is written for an agency, by its name in the chronology; an agency without an entry keeps its
    name. `incident` is the form's answer to when it happened. The numbers are those of `chronology.rows`, from 1.
    """
    days, words = None, ""
    if incident is not None and incident.state == "answered" and (days := span_of(incident.value)):
        words = days_in_words(*days, about=incident.precision == "approximate")
    plan = timeline_plan(chronology, shown, days, words)
    if plan is None:
        return None
    return Picture(NAME, draw_timeline(plan), WIDTH, plan.height, _says(chronology, plan, shown, words))


def _says(chronology: Chronology, plan: Timeline, shown: Shown, incident: str) -> str:
    opening = tuple(_opening(chronology, incident))
    middle = tuple(_middle(chronology, shown))
    return told(opening, middle, tuple(_closing(plan)), _more)


def _more(left: int) -> str:
    return f"And {counted(left, 'more event or silence', 'more events and silences')}, listed in the chronology."


def _opening(chronology: Chronology, incident: str) -> Iterator[str]:
    dated = [row for row in chronology.rows if row.first is not None and row.last is not None]
    agencies = {row.told_by for row in chronology.rows} - {NOTIFICATION}
    tellers = ["the notification"] if any(row.told_by == NOTIFICATION for row in chronology.rows) else []
    tellers += [counted(len(agencies), "agency", "agencies")] if agencies else []
    first = min(row.first for row in dated if row.first is not None)
    last = max(row.last for row in dated if row.last is not None)
    span = days_in_words(first, last).removeprefix("between ").replace(" and ", " to ")
    yield f"Timeline of {len(dated)} events told by {' and '.join(tellers)}, {span}."
    yield f"The incident: {incident}." if incident else "The form gives no date of the incident that can be read."


def _middle(chronology: Chronology, shown: Shown) -> Iterator[str]:
    """The events in order, and before each the silence that ends with it."""
    silences = {gap.before: gap for gap in chronology.gaps}
    for number, row in enumerate(chronology.rows, 1):
        if row.first is None or row.last is None:
            continue
        if gap := silences.pop(row.first, None):
            yield f"Silence of {counted(gap.days, 'day', 'days')}."
        when = days_in_words(row.first, row.last, about=row.precision == "approximate")
        yield _event(number, row, when, shown)


def _event(number: int, row: Row, when: str, shown: Shown) -> str:
    doubt = " (to check: another form gives another date)" if row.doubts else ""
    return f"{number}: {when}, {label(shown, row.told_by, row.told_by)}{doubt}."


def _closing(plan: Timeline) -> Iterator[str]:
    for one, other in plan.scale.breaks:
        yield f"The scale leaves out the time from {written(one.last)} to {written(other.first)}."
    if any(len(mark.events) > 1 for lane in plan.lanes for mark in lane.marks):
        yield "Events that stand close together are drawn as one mark."
    if plan.undated:
        yield f"{counted(plan.undated, 'row has', 'rows have')} no date that can be read and cannot be drawn."
    for lane in plan.lanes:
        if lane.drawn != lane.name:
            yield f'"{lane.name}" is written "{lane.drawn}" in the picture.'
