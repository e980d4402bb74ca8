"""Sheets that people made themselves in the tracker: carried over as they are where that can be done faithfully."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from formflow.rendering.workbook.cells import writable
from formflow.rendering.workbook.package import Package

_PLAIN = frozenset({
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "ignoredErrors", "phoneticPr", "autoFilter",
})  # fmt: skip
"""What a sheet may be made of for all of it to be carried."""
_LARGEST = 200_000
"""Cells of a sheet of people's own that are carried; a larger one is kept beside."""


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell of a sheet of people's own."""

    row: int
    column: int
    value: object = field(repr=False)
    look: tuple[tuple[str, Any], ...] = ()
    formula: bool = False
    shows: object = field(default=None, repr=False)
    """What a formula last came to."""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of people's own."""

    name: str
    cells: tuple[OwnCell, ...] = field(repr=False)
    widths: tuple[tuple[int, float], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    whole: bool = True
    """Whether this is all of it; else the file is to be kept beside."""


def own_sheets(package: Package, names: Sequence[str]) -> tuple[OwnSheet, ...]:
    """The sheets of these names. What cannot be carried faithfully is marked as not whole, its words all the same."""
    if not names:
        return ()
    parts = {sheet.name: sheet.part for sheet in package.sheets}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what would be lost is looked for below, in the parts themselves
        alone = package.only([parts[name] for name in names])
        said, came_to = load_workbook(io.BytesIO(alone)), load_workbook(io.BytesIO(alone), data_only=True)
        return tuple(_own(said[name], came_to[name], whole=_plain(package, parts[name])) for name in names)


def _plain(package: Package, part: str) -> bool:
    links = (kind.rpartition("/")[2] for _, kind in package.links(part).values())
    return package.elements(part) <= _PLAIN and all(kind == "printerSettings" for kind in links)


def _own(sheet: Any, came_to: Any, *, whole: bool) -> OwnSheet:
    cells: list[OwnCell] = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            formula = cell.data_type == "f"
            if len(cells) >= _LARGEST or (cell.value is not None and not _carried(cell.value, formula=formula)):
                whole = False
                continue
            shows = came_to.cell(cell.row, cell.column).value if formula else None
            cells.append(OwnCell(cell.row - 1, cell.column - 1, cell.value, tuple(_look(cell)), formula, shows))
    widths = tuple(
        (at - 1, size.width)
        for letter, size in sheet.column_dimensions.items()
        for at in range(size.min or 0, (size.max or 0) + 1)
        if size.width and 0 < at <= 200
    )
    merged = tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges)
    return OwnSheet(sheet.title, tuple(cells), widths, merged, sheet.sheet_state != "visible", whole)


def _carried(value: object, *, formula: bool) -> bool:
    """Whether a value is a plain one; a formula that reaches into other files or programs is not."""
    if formula:
        bare = re.sub(r"[A-Za-z_]\w*\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]", "", str(value))
        outside = re.search(r"[\[|]|HYPERLINK|WEBSERVICE|DDE|RTD", bare, re.IGNORECASE)
        return isinstance(value, str) and outside is None
    return isinstance(value, str | int | float | bool | date | time)


def _look(cell: Cell) -> Iterator[tuple[str, Any]]:
    font, fill, place = cell.font, cell.fill, cell.alignment
    yield "font_name", font.name or "Arial"
    yield "font_size", font.size or 11
    for name, on in (("bold", font.bold), ("italic", font.italic), ("underline", font.underline)):
        if on:
            yield name, 1
    for name, colour in (("font_color", font.color), ("bg_color", fill.fgColor if fill.fill_type == "solid" else None)):
        if colour is not None and colour.type == "rgb" and isinstance(colour.rgb, str):
            yield name, f"#{colour.rgb[-6:]}"
    if cell.number_format != "General":
        yield "num_format", cell.number_format
    if place.wrap_text:
        yield "text_wrap", 1


def write_own(workbook: Workbook, own: OwnSheet) -> None:
    """The sheet, as its people left it."""
    page = workbook.add_worksheet(own.name)
    looks: dict[tuple[tuple[str, Any], ...], Any] = {}
    for at, width in own.widths:
        page.set_column(at, at, max(width - 0.71, 0))
    for first, left, last, right in own.merged:
        page.merge_range(first, left, last, right, "")
    for cell in own.cells:
        look = looks.setdefault(cell.look, workbook.add_format(dict(cell.look)) if cell.look not in looks else None)
        _write(page, cell, look)
    if own.hidden:
        page.hide()


def _write(page: Worksheet, cell: OwnCell, look: Any) -> None:
    row, column, value = cell.row, cell.column, cell.value
    if value is None:
        page.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, look)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, look)
    elif isinstance(value, datetime | date | time):
        page.write_datetime(row, column, value, look)
    elif cell.formula:
        shows = cell.shows if isinstance(cell.shows, int | float | str) else ""
        page.write_formula(row, column, str(value), look, shows)
    else:
        page.write_string(row, column, writable(str(value)), look)
