"""What surrounds the rows of a data sheet: its table, what stays in view, how it prints, and what may be typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from formflow.rendering.workbook.page import Page
from formflow.rendering.workbook.tracker_sheets import CONFLICTS, KEY, Column
from formflow.rendering.workbook.workbook_look import Looks
from formflow.settings import Partnership

_A4, _A3 = 9, 8
_WIDE = 250
"""Letters across, beyond which a sheet can be read only on the larger paper."""
_MAY = {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True,
        "sort": True, "autofilter": True, "insert_hyperlinks": False}  # fmt: skip
_OURS = "This shows what the forms say. Write beside it, in a column with a white head."
_YOURS = "Yours to fill in. formflow keeps what you write here."


def write_frame(workbook: Workbook, looks: Looks, page: Page, partnership: Partnership, made_at: datetime) -> None:
    """A worksheet for a page, without its rows."""
    sheet = workbook.add_worksheet(page.sheet.name)
    columns, last = page.columns, max(page.count, 1)
    # Only the head and one row: the library remembers every cell of a table. Its true size is laid in with the rows.
    sheet.add_table(0, 0, 1, len(columns) - 1, {
        "name": re.sub(r"\W", "", page.sheet.name), "style": None,
        "columns": [{"header": column.head, "header_format": looks.head(column)} for column in columns],
    })  # fmt: skip
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, None, {"hidden": column.head == KEY or column.head in page.hidden})
    sheet.set_row(0, 48 if any(len(column.head) > 2 * column.width for column in columns) else 32)
    if not page.count:
        sheet.write_string(1, 0, "None", looks.cell("text"))
    if page.sheet is CONFLICTS:
        sheet.set_tab_color("#FFDD00")
    sheet.freeze_panes(1, page.sheet.frozen)
    _print(sheet, page, partnership, made_at)
    for at, column in enumerate(columns):
        if column.peoples:
            _open(sheet, at, last, column)
    _guard(sheet, columns, last)
    sheet.protect("", _MAY)


def _print(sheet: Worksheet, page: Page, partnership: Partnership, made_at: datetime) -> None:
    sheet.set_landscape()
    heads = [column.head for column in page.columns]
    end = heads.index(page.sheet.prints) + 1 if page.sheet.prints in heads else len(heads) - 1
    sheet.print_area(0, 0, max(page.count, 1), end - 1)
    sheet.set_paper(_A3 if sum(column.width for column in page.columns[:end]) > _WIDE else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_header(f"&C&B{partnership.protective_marking}")
    name = page.sheet.name
    sheet.set_footer(f"&L{name}&CPrinted &D, last updated {made_at:%d/%m/%Y %H:%M}&RPage &P of &N")


def _guard(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    """Refuse typing in formflow's own columns. They are not locked: Excel sorts no rows with locked cells."""
    ours = [[1, at, last, at] for at, column in enumerate(columns) if not column.peoples]
    sheet.data_validation(*ours[0], {
        "validate": "custom", "value": "=FALSE", "ignore_blank": False, "other_cells": ours[1:],
        "error_title": "formflow's own column", "error_message": _OURS,
    })  # fmt: skip


def _open(sheet: Worksheet, at: int, last: int, column: Column) -> None:
    """What may be typed in a column of people's."""
    if column.kind == "yours-date":
        sheet.data_validation(1, at, last, at, {
            "validate": "date", "criteria": ">", "value": date(2000, 1, 1), "error_type": "warning",
            "error_title": "Please write a date", "error_message": "Write the date like 05/03/2026.",
        })  # fmt: skip
    if column.kind == "yours-pick":
        source = f"={column.pick}" if isinstance(column.pick, str) else list(column.pick)
        sheet.data_validation(1, at, last, at, {
            "validate": "list", "source": source, "error_type": "information", "error_title": "Not on the list",
            "error_message": "It is kept all the same.",
        })  # fmt: skip
    sheet.write_comment(0, at, _YOURS, {"x_scale": 1.4, "y_scale": 0.5})
