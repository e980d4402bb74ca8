"""The timeline drawn, as it was worked out."""

from __future__ import annotations

from formflow.rendering.pictures.legend import Sign, draw_meanings, draw_notes, sign_middle
from formflow.rendering.pictures.letters import LINE
from formflow.rendering.pictures.scale import BREAK
from formflow.rendering.pictures.sheet import ACCENT, INK, LINES, QUIET, SHADE, WHITE, WIDTH, Sheet
from formflow.rendering.pictures.timeline_lanes import LEFT, RIGHT, ROW, Lane
from formflow.rendering.pictures.timeline_marks import HEIGHT, Mark
from formflow.rendering.pictures.timeline_plan import Timeline

"""Behind a silence: seen in print, and every word on it still stands out at more than 4.5 : 1."""
_DOWN = 0.95
"""Millimetres from the middle of small words to the line they stand on."""


def draw_timeline(plan: Timeline) -> bytes:
    """The timeline as PNG."""
    sheet = Sheet(WIDTH, plan.height)
    _silences(sheet, plan)
    _lanes(sheet, plan)
    _incident_line(sheet, plan)
    for lane in plan.lanes:
        _marks(sheet, lane, plan.top)
    _scale(sheet, plan)
    _incident_words(sheet, plan)
    draw_meanings(sheet, plan.signs, plan.legend)
    for sign in plan.signs:
        _sign(sheet, sign, plan.legend)
    draw_notes(sheet, plan.notes, plan.noted)
    return sheet.png()


def _silences(sheet: Sheet, plan: Timeline) -> None:
    if plan.silences:
        sheet.text(0, plan.silent + HEIGHT / 2 + _DOWN, "Silence, in days", color=QUIET)
    for silence in plan.silences:
        sheet.box(silence.left, plan.axis, (silence.right - silence.left, plan.bottom - plan.axis), SHADE)
    for silence in plan.silences:
        if silence.row is not None:
            y = plan.silent + silence.row * (HEIGHT + 0.4) + HEIGHT / 2 + _DOWN
            sheet.text(silence.x, y, f"{silence.gap.days:,}", at="middle")


def _lanes(sheet: Sheet, plan: Timeline) -> None:
    for lane in plan.lanes:
        top = plan.top + lane.top
        sheet.line([(0, top), (RIGHT, top)], LINES, 0.15)
        first = top + (lane.height - len(lane.lines) * LINE) / 2 + LINE / 2 + _DOWN
        for number, line in enumerate(lane.lines):
            sheet.text(0, first + number * LINE, line)
        if not lane.marks:
            sheet.text(LEFT + 1, top + lane.height / 2 + _DOWN, "No event with a date", color=QUIET)
    sheet.line([(0, plan.bottom), (RIGHT, plan.bottom)], LINES, 0.15)


def _scale(sheet: Sheet, plan: Timeline) -> None:
    for y, away in ((plan.axis, -1.0), (plan.bottom, 1.0)):
        if away > 0 and not plan.repeats:
            break
        x = LEFT
        for one, other in plan.scale.breaks:
            sheet.line([(x, y), (one.right + BREAK / 2 - 0.7, y)])
            _break(sheet, one.right + BREAK / 2, y)
            x = other.left - BREAK / 2 + 0.7
        sheet.line([(x, y), (RIGHT, y)])
        for tick in plan.ticks:
            sheet.line([(tick.x, y), (tick.x, y + away * (1.2 if tick.words else 0.7))])
            sheet.text(tick.x, y + (-2.1 if away < 0 else 4.2), tick.words, at="middle")


def _break(sheet: Sheet, x: float, y: float) -> None:
    for shift in (-0.7, 0.7):
        sheet.line([(x + shift - 0.5, y + 1.1), (x + shift + 0.5, y - 1.1)], thick=0.35)


def _incident_line(sheet: Sheet, plan: Timeline) -> None:
    if plan.incident is None:
        return
    left, right = plan.incident.left, plan.incident.right
    ends = (left, right) if right - left > 0.6 else ((left + right) / 2,)
    for x in ends:
        dash = (1.2, 0.8) if len(ends) > 1 else ()
        sheet.line([(x, plan.silent - 0.6), (x, plan.bottom)], INK, 0.6, dash)


def _incident_words(sheet: Sheet, plan: Timeline) -> None:
    if plan.incident is not None:
        sheet.text(plan.incident.x, plan.silent - 1.6, plan.incident.words, size=8, bold=True, at="middle")


def _marks(sheet: Sheet, lane: Lane, top: float) -> None:
    used = max((mark.row for mark in lane.marks), default=0) + 1
    first = top + lane.top + (lane.height - (used * ROW - (ROW - HEIGHT))) / 2
    for mark in lane.marks:
        y = first + mark.row * ROW
        left, right = mark.pill
        if mark.right - mark.left > right - left + 0.2:
            sheet.box(mark.left, y + HEIGHT / 2 - 0.7, (mark.right - mark.left, 1.4), WHITE, ACCENT)
        _pill(sheet, left, y, right - left, mark)


def _pill(sheet: Sheet, x: float, y: float, across: float, mark: Mark) -> None:
    fill, ink = (ACCENT, WHITE) if mark.exact else (WHITE, INK)
    edge, thick = (INK, 0.5) if mark.doubted else (ACCENT, 0.3)
    sheet.pill(x, y, (across, HEIGHT), fill, edge, thick)
    sheet.text(x + across / 2, y + HEIGHT / 2 + _DOWN, mark.words, color=ink, bold=True, at="middle")


def _sign(sheet: Sheet, sign: Sign, top: float) -> None:
    x, y = sign_middle(sign, top)
    match sign.kind:
        case "exact":
            _sample(sheet, x, y, "1", ACCENT)
        case "about":
            sheet.box(x - 4.5, y - 0.7, (9, 1.4), WHITE, ACCENT)
            _sample(sheet, x, y, "1", WHITE)
        case "several":
            _sample(sheet, x, y, "1–3", ACCENT)
        case "doubted":
            _sample(sheet, x, y, "1 !", ACCENT, INK)
        case "silence":
            sheet.box(x - 4.5, y - HEIGHT / 2, (9, HEIGHT), SHADE)
        case _:
            sheet.line([(x - 4.5, y), (x - 0.7, y)])
            _break(sheet, x, y)
            sheet.line([(x + 0.7, y), (x + 4.5, y)])


def _sample(sheet: Sheet, x: float, y: float, words: str, fill: str, edge: str = ACCENT) -> None:
    across = max(HEIGHT, 2.2 * len(words))
    size = (across, HEIGHT)
    sheet.pill(x - across / 2, y - HEIGHT / 2, size, fill, edge, 0.5 if edge == INK else 0.3)
    sheet.text(x, y + _DOWN, words, color=INK if fill == WHITE else WHITE, bold=True, at="middle")
