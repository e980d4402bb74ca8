"""The family picture drawn, as it was worked out."""

from __future__ import annotations

from formflow.rendering.pictures.genogram_plan import Genogram
from formflow.rendering.pictures.genogram_rows import Symbol
from formflow.rendering.pictures.legend import Sign, draw_meanings, draw_notes, sign_middle
from formflow.rendering.pictures.letters import LINE
from formflow.rendering.pictures.people import Person
from formflow.rendering.pictures.sheet import ACCENT, INK, LIGHT, QUIET, WHITE, WIDTH, Sheet

"""Behind the child; the double line says the same without colour."""
_LINE = 0.35
_DOUBLE = 1.0
"""Millimetres from the outer to the inner line of the child."""
_HOME, _HALF = (1.8, 1.2), (0.5, 0.9)
"""Dashes of the household's line and of a tie that is stated in part; millimetres."""


def draw_genogram(plan: Genogram) -> bytes:
    """The family picture as PNG."""
    sheet = Sheet(WIDTH, plan.height)
    for ring in plan.home:
        sheet.line([*ring, ring[0]], ACCENT, 0.4, _HOME)
    for tie in plan.ties:
        for line in tie.lines:
            sheet.line(line, INK, _LINE, _HALF if tie.kind == "half" else ())
    for symbol in plan.symbols:
        _person(sheet, symbol.person, symbol.x, symbol.y, symbol.size)
        _words(sheet, symbol)
    if plan.others is not None:
        sheet.text(WIDTH / 2, plan.others, "Named on the form, without a tie that it states", color=QUIET, at="middle")
    draw_meanings(sheet, plan.signs, plan.legend)
    for sign in plan.signs:
        _sign(sheet, sign, plan.legend)
    draw_notes(sheet, plan.notes, plan.noted)
    return sheet.png()


def _words(sheet: Sheet, symbol: Symbol) -> None:
    y = symbol.y + symbol.size / 2 + 1
    for number, line in enumerate((*symbol.name, *symbol.under), 1):
        sheet.text(symbol.x, y + number * LINE - 0.7, line, bold=number <= len(symbol.name), at="middle")


def _person(sheet: Sheet, person: Person, x: float, y: float, size: float) -> None:
    """Square, circle, diamond or triangle; double for the child, crossed for who has died."""
    _outline(sheet, person, (x, y), size, LIGHT if person.index else WHITE)
    if person.index:
        inner = size - 2 * _DOUBLE * (1.3 if person.unborn or person.sex in ("unknown", "other") else 1)
        _outline(sheet, person, (x, y + (0.25 if person.unborn else 0)), inner, LIGHT)
    if person.sex == "unknown" and not person.unborn:
        sheet.text(x, y + 1.1, "?", size=9, bold=True, at="middle")
    if person.deceased:
        reach = size / 2 * (0.7 if person.sex == "female" and not person.unborn else 0.98)
        reach *= 0.52 if person.sex in ("unknown", "other") and not person.unborn else 1
        sheet.line([(x - reach, y - reach), (x + reach, y + reach)], INK, _LINE)
        sheet.line([(x - reach, y + reach), (x + reach, y - reach)], INK, _LINE)


def _outline(sheet: Sheet, person: Person, middle: tuple[float, float], size: float, fill: str) -> None:
    x, y = middle
    half = size / 2
    if person.unborn:
        sheet.shape([(x, y - half), (x + half, y + half), (x - half, y + half)], fill, INK, _LINE)
    elif person.sex == "male":
        sheet.box(x - half, y - half, (size, size), fill, INK, _LINE)
    elif person.sex == "female":
        sheet.circle(x, y, half, fill, INK, _LINE)
    else:
        sheet.shape([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], fill, INK, _LINE)


def _sign(sheet: Sheet, sign: Sign, top: float) -> None:
    x, y = sign_middle(sign, top)
    match sign.kind:
        case "male" | "female" | "unknown" | "other" | "unborn" | "index" | "deceased":
            _sample(sheet, sign.kind, x, y)
        case "couple":
            sheet.line([(x - 4, y), (x + 4, y)], INK, _LINE)
        case "descent":
            sheet.line([(x - 3, y + 1.8), (x - 3, y), (x + 3, y), (x + 3, y + 1.8)], INK, _LINE)
            sheet.line([(x, y - 1.8), (x, y)], INK, _LINE)
        case "half":
            sheet.line([(x - 4, y), (x + 4, y)], INK, _LINE, _HALF)
        case _:
            sheet.line([(x - 4.3, y), (x + 4.3, y)], ACCENT, 0.4, _HOME)


def _sample(sheet: Sheet, kind: str, x: float, y: float) -> None:
    sexes = {"male": "male", "female": "female", "other": "other", "index": "male", "deceased": "male"}
    person = Person(
        "",
        index=kind == "index",
        sex=sexes.get(kind, "unknown"),  # type: ignore[arg-type]  # a sex by the name of its sign
        unborn=kind == "unborn",
        deceased=kind == "deceased",
    )
    size = 3.6
    if kind == "unknown":
        _outline(sheet, person, (x, y), size + 0.6, WHITE)
        sheet.text(x, y + 0.95, "?", bold=True, at="middle")
    else:
        _outline(sheet, person, (x, y), size, LIGHT if person.index else WHITE)
        if person.index:
            _outline(sheet, person, (x, y), size - 1.4, LIGHT)
        if person.deceased:
            half = size / 2
            sheet.line([(x - half, y - half), (x + half, y + half)], INK, _LINE)
            sheet.line([(x - half, y + half), (x + half, y - half)], INK, _LINE)
