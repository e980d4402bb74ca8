"""The NHS export as files: a workbook to look at, and the same as plain text for another program."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from formflow.rendering.export.nhs_rows import COLUMNS, HEADS, SECOND_HAND, Value
from formflow.rendering.workbook.cells import raw, writable
from formflow.rendering.workbook.workbook_look import Looks
from formflow.settings import Partnership

_A4, _A3 = 9, 8
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these a spreadsheet takes words for a formula, or skips to one."""


def nhs_csv(rows: Sequence[Sequence[Value]]) -> bytes:
    """The rows with their heads, in UTF-8 as Excel opens it; days as dd/mm/yyyy.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    words = writable(value or "")
    return f"'{words}" if words.lstrip(" ").startswith(_ACTS) else words


def nhs_workbook(rows: Sequence[Sequence[Value]], partnership: Partnership, made_at: datetime) -> bytes:
    """The rows as a workbook with a sheet that says of each column what it holds. No words become a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "NHS case review export", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed day, so that the file tells nothing
    looks = Looks(book)
    _write_cases(book.add_worksheet("Case reviews"), looks, rows)
    _write_about(book.add_worksheet("About"), looks, len(rows), made_at)
    for sheet, paper in zip(book.worksheets(), (_A3, _A4), strict=True):
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C&B{partnership.protective_marking}")
        sheet.set_footer("&L&A&CPrinted &D&RPage &P of &N")
    book.close()
    return out.getvalue()


def _write_cases(page: Worksheet, looks: Looks, rows: Sequence[Sequence[Value]]) -> None:
    for at, column in enumerate(COLUMNS):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.head, looks.head_of(peoples=not column.national))
        page.write_comment(0, at, column.note, {"x_scale": 1.6, "y_scale": 0.8})
    page.set_row(0, 32)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            words, is_number = raw(value)
            if is_number:
                page.write_number(number, at, float(words), looks.cell("date"))
            elif words:
                page.write_string(number, at, words, looks.cell("long"))
            else:
                page.write_blank(number, at, None, looks.cell("yours"))
    page.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    page.freeze_panes(1, 2)
    page.repeat_rows(0)


def _write_about(page: Worksheet, looks: Looks, cases: int, made_at: datetime) -> None:
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 92)
    page.write_string(0, 0, "NHS case review export", looks.title)
    made = f"{cases} case{'' if cases == 1 else 's'}, {made_at:%d/%m/%Y, %H:%M}"
    lines = [("Made", made), ("To be confirmed", SECOND_HAND), *((one.head, one.note) for one in COLUMNS)]
    for at, (what, words) in enumerate(lines, 2):
        page.set_row(at, 16 * (1 + len(words) // 95) + 3)
        page.write_string(at, 0, what, looks.bold)
        page.write_string(at, 1, words, looks.plain)
