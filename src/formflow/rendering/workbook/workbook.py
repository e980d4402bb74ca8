"""Drawing the tracker as an Excel workbook, opening it again to check it, and reading what people wrote in it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from math import ceil

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from formflow.errors import Stop, TryLater
from formflow.rendering.workbook.tracker_sheets import REF, YOURS, Book, Column, Sheet, Value
from formflow.rendering.workbook.workbook_look import Looks
from formflow.rendering.workbook.workbook_summary import write_about, write_lists, write_summary

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_WRAPPED = ("long", "text", "yours", "date")
_CUT = " … (cut here: the whole text is in the report)"
_A4, _A3 = 9, 8
_WIDE = 250
"""Letters across, beyond which a sheet can be read only on the larger paper."""
_FIRST_REAL_DATE = date(1900, 3, 1)
"""Excel counts a day in 1900 that never was; dates before this one are written as words."""


def draw(content: Book) -> bytes:
    """The workbook. The same book gives the same bytes but for the time in "Last updated"."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"title": "Case tracker", "author": "", "company": "", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed day, so that the file tells nothing
    workbook.set_calc_mode("auto")
    looks = Looks(workbook)
    write_summary(workbook, looks, content)
    for sheet in content.sheets:
        _write_sheet(workbook, looks, sheet, content)
    write_lists(workbook, looks, content)
    write_about(workbook, looks, content)
    workbook.close()
    return _with_plain_links(out.getvalue())


def _with_plain_links(written: bytes) -> bytes:
    """The same workbook with links that every office program follows: the library writes them with backslashes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename.startswith("xl/worksheets/_rels/"):
                part = part.replace(b"\\", b"/")
            after.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def check(written: bytes, content: Book) -> None:
    """Open the workbook again and hold it against the book. Raises `Stop` when it is not what was meant."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            opened = load_workbook(io.BytesIO(written), read_only=True)
            for sheet in content.sheets:
                found = opened[sheet.name]
                heads = [cell.value for cell in next(found.iter_rows(min_row=1, max_row=1))]
                if heads != [column.head for column in sheet.columns] or (found.max_row or 0) < len(sheet.rows) + 1:
                    raise Stop(f'The sheet "{sheet.name}" of the new tracker is not complete, so the old one was kept.')
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, Warning) as fault:
        raise Stop("The new tracker cannot be opened again, so the old one was kept. Please report this.") from fault


def people_wrote(written: bytes) -> Mapping[str, Mapping[str, str]]:
    """What stands in people's own columns of "Open cases", by case reference and column head.

    Found by heads and references, wherever rows and columns were moved. A reference that stands twice is left out:
    what it holds is not certain. Raises `TryLater` when the workbook cannot be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl would lose on saving does not matter: we only read
            opened = load_workbook(io.BytesIO(written), read_only=True, data_only=True)
            rows = list(opened["Open cases"].iter_rows(values_only=True)) if "Open cases" in opened.sheetnames else []
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise TryLater(
            "The case tracker in the outbox cannot be read, so what people wrote in it might be lost. It was left as "
            "it is. Open it, save it as an Excel workbook under the same name, or move it away."
        ) from fault
    head = next((n for n, row in enumerate(rows) if REF in row), None)
    if head is None:
        return {}
    places = {str(name): column for column, name in enumerate(rows[head]) if name in (REF, *YOURS)}
    found: dict[str, dict[str, str]] = {}
    twice: set[str] = set()
    for row in rows[head + 1 :]:
        ref = str(row[places[REF]] or "").strip()
        if ref in found:
            twice.add(ref)
        elif ref:
            found[ref] = {name: _text(row[column]) for name, column in places.items() if name != REF}
    return {ref: columns for ref, columns in found.items() if ref not in twice}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _write_sheet(workbook: Workbook, looks: Looks, sheet: Sheet, content: Book) -> None:
    page = workbook.add_worksheet(sheet.name)
    last = max(len(sheet.rows), 1)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
    page.add_table(
        0,
        0,
        last,
        len(sheet.columns) - 1,
        {
            "name": re.sub(r"\W", "", sheet.name),
            "style": None,
            "columns": [{"header": column.head, "header_format": looks.head(column)} for column in sheet.columns],
        },
    )
    page.set_row(0, 32)
    for number, row in enumerate(sheet.rows, 1):
        page.set_row(number, _height(sheet, row))
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write(page, looks, number, at, column, value, content, sheet)
    if not sheet.rows:
        page.write_string(1, 0, "None", looks.cell("text"))
    _prepare(page, looks, sheet, content)


def _height(sheet: Sheet, row: tuple[Value, ...]) -> float:
    """Points of height that show every wrapped line; not every program works that out by itself."""
    lines = 1
    for column, value in zip(sheet.columns, row, strict=True):
        if column.kind in _WRAPPED and isinstance(value, str):
            letters = max(column.width * 0.95, 1)
            lines = max(lines, sum(max(1, ceil(len(part) / letters)) for part in value.split("\n")))
    return min(15.0 * lines + 2, 400.0)


def _write(
    page: Worksheet, looks: Looks, row: int, at: int, column: Column, value: Value, content: Book, sheet: Sheet
) -> None:
    look = looks.cell(column.kind, str(value) if column.kind == "status" else "")
    if column.kind == "days":
        _write_days(page, looks, row, at, content, sheet)
    elif column.kind == "link" and isinstance(value, str) and value:
        # Relative to the workbook, so that it works from any drive letter of the share.
        page.write_url(row, at, f"external:{value}", looks.link, value)
    elif value is None or value == "":
        page.write_blank(row, at, None, look)
    elif isinstance(value, date) and value >= _FIRST_REAL_DATE:
        page.write_datetime(row, at, value, look)
    elif isinstance(value, int):
        page.write_number(row, at, value, look)
    else:
        # A date that is no single day stands in words, which may need more than one line.
        page.write_string(row, at, writable(str(value)), looks.cell("long") if column.kind == "date" else look)


def writable(text: str) -> str:
    """Text as a cell can hold it: no control characters, and told where it had to be cut."""
    clean = _UNWRITABLE.sub("", text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(_CUT)] + _CUT


def _write_days(page: Worksheet, looks: Looks, row: int, at: int, content: Book, sheet: Sheet) -> None:
    """Working days from today to the due day, as a living formula with today's figure kept in it."""
    heads = [column.head for column in sheet.columns]
    due_at = heads.index("RR due" if "RR due" in heads else "Due")
    due = sheet.rows[row - 1][due_at]
    done = sheet.rows[row - 1][heads.index("Done on")] if "Done on" in heads else None
    if not isinstance(due, date) or done is not None:
        page.write_blank(row, at, None, looks.cell("number"))
        return
    cell = f"{_letter(due_at)}{row + 1}"
    formula = (
        f"=IF({cell}>=TODAY(),NETWORKDAYS(TODAY()+1,{cell},BankHolidays),-NETWORKDAYS({cell}+1,TODAY(),BankHolidays))"
    )
    page.write_formula(row, at, formula, looks.cell("number"), _days_left(content, due))


def _days_left(content: Book, due: date) -> int:
    off = set(content.holidays)
    first, last = sorted((content.today, due))
    days = (date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1))
    count = sum(1 for day in days if day.weekday() < 5 and day not in off)
    return count if due >= content.today else -count


def _letter(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"A{chr(ord('A') + column - 26)}"


def _prepare(page: Worksheet, looks: Looks, sheet: Sheet, content: Book) -> None:
    """What stays in view, how it prints, and what may be typed."""
    page.freeze_panes(1, sheet.frozen)
    page.set_landscape()
    page.set_paper(_A3 if sum(column.width for column in sheet.columns) > _WIDE else _A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(0.4, 0.4, 0.6, 0.6)
    page.set_header(f"&C&B{content.partnership.protective_marking}")
    page.set_footer(f"&L{sheet.name}&CLast updated {content.made_at:%d/%m/%Y %H:%M}&RPage &P of &N")
    for at, column in enumerate(sheet.columns):
        if column.kind == "yours-date" and sheet.rows:
            rule = {
                "validate": "date",
                "criteria": ">",
                "value": date(2000, 1, 1),
                "error_title": "Please write a date",
                "error_message": "Write the date like 05/03/2026.",
            }
            page.data_validation(1, at, len(sheet.rows), at, rule)
        if column.kind in ("yours", "yours-date"):
            page.write_comment(
                0, at, "Yours to fill in. formflow keeps what you write here.", {"x_scale": 1.4, "y_scale": 0.5}
            )
