"""The sheets beside the data: the lists behind formulas and choices, and what everything means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.workbook import Workbook

from formflow.rendering.papers.words import STATUS
from formflow.rendering.workbook.cells import writable
from formflow.rendering.workbook.tracker_sheets import OFFICERS, Stamp
from formflow.rendering.workbook.workbook_look import Looks
from formflow.rendering.workbook.workbook_summary import stamp_words
from formflow.settings import Partnership

ROOM = 200
"""Rows that are open for names of lead officers."""

_MEANINGS = {
    "Overdue": "The day has passed and nothing says that it was done.",
    "Due soon": "Due within the working days that the settings name (3 unless changed); actions within four weeks.",
    "On time": "Still to come.",
    "Done": "Done in time.",
    "Done late": "Done after the day it was due.",
    "Not started": "The day from which it is counted is not certain yet.",
}


@dataclass(frozen=True, slots=True)
class Lists:
    """What the sheet "Lists" holds."""

    holidays: tuple[tuple[date, str], ...]
    themes: tuple[str, ...]
    stages: tuple[str, ...]
    agencies: tuple[str, ...]
    settings: tuple[tuple[str, str, str], ...]
    """Each number that is counted with: what, how much, where it comes from."""
    officers: tuple[str, ...] = ()
    """People's own list."""


def write_lists(workbook: Workbook, looks: Looks, lists: Lists, partnership: Partnership, today: date) -> None:
    """The lists; that of lead officers is people's own, and open."""
    page = workbook.add_worksheet("Lists")
    for at, width in enumerate((22, 34, 28, 44, 18, 40, 44, 18, 52)):
        page.set_column(at, at, width)
    years = range(today.year - 2, today.year + 4)
    days = [one for one in lists.holidays if one[0].year in years]
    heads = (OFFICERS, "Agencies", "Stages", "Themes", "Bank holidays", "Which", "Setting", "Counts", "Source")
    for at, head in enumerate(heads):
        page.write_string(0, at, head, looks.head_of(peoples=at == 0))
    for row in range(max(ROOM, len(lists.officers) + 20)):
        name = lists.officers[row] if row < len(lists.officers) else ""
        page.write_string(row + 1, 0, writable(name), looks.cell("yours")) if name else page.write_blank(
            row + 1, 0, None, looks.cell("yours")
        )
    for at, words in enumerate((lists.agencies, lists.stages, lists.themes), 1):
        for row, one in enumerate(words, 1):
            page.write_string(row, at, writable(one), looks.cell("text"))
    for row, (day, name) in enumerate(days, 1):
        page.write_datetime(row, 4, day, looks.cell("date"))
        page.write_string(row, 5, name, looks.cell("text"))
    for row, setting in enumerate(lists.settings, 1):
        for at, one in enumerate(setting, 6):
            page.write_string(row, at, one, looks.cell("text"))
    page.write_comment(
        0, 0, 'Yours to fill in: one name a line. "Lead officer" is picked from it.', {"x_scale": 1.4, "y_scale": 0.5}
    )
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(days), len(lists.themes), len(lists.agencies), len(lists.officers), 12), 8)
    page.set_header(f"&C&B{partnership.protective_marking}")
    page.set_footer("&LLists&CPrinted &D&RPage &P of &N")
    page.protect("", {"format_columns": True, "format_rows": True})
    workbook.define_name("BankHolidays", f"=Lists!$E$2:$E${max(len(days), 1) + 1}")
    workbook.define_name("LeadOfficers", f"=Lists!$A$2:$A${max(ROOM, len(lists.officers) + 20) + 1}")


def write_about(
    workbook: Workbook, looks: Looks, partnership: Partnership, stamp: Stamp | None, beyond: int, record: str = ""
) -> None:
    """What colours and columns mean, and whom to ask."""
    page = workbook.add_worksheet("About")
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 92)
    page.write_string(0, 0, "About this workbook", looks.title)
    lines = _about(partnership, stamp, beyond, record)
    for row, (what, words) in enumerate(lines, 2):
        page.set_row(row, 16 * (1 + len(words) // 95) + 3)
        page.write_string(row, 0, what, looks.bold)
        page.write_string(row, 1, writable(words), looks.plain)
    for row, word in enumerate(_words(), len(lines) + 3):
        page.write_string(row, 0, word, looks.cell("status", word))
        page.write_string(row, 1, _MEANINGS[word], looks.plain)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header(f"&C&B{partnership.protective_marking}")
    page.set_footer("&LAbout&CPrinted &D&RPage &P of &N")
    page.protect("", {"format_columns": True, "format_rows": True})


def _words() -> Iterable[str]:
    return dict.fromkeys(word for word, _, _ in STATUS.values())


def _about(partnership: Partnership, stamp: Stamp | None, beyond: int, record: str) -> Sequence[tuple[str, str]]:
    lines = [
        ("What it is", "formflow draws this workbook anew from the register whenever a form arrives, and every day."),
        ("Yours", "The columns with a white head are yours, and so is the list of lead officers. What you write there is kept by the case, however rows and columns are sorted, hidden or moved. You may add columns and sheets of your own."),
        ("Sort and filter", "By the arrows in the heads, at any time. The order, and filters by a list of words, stay; the summary says where rows are out of sight."),
        ("Not yours", "The grey columns are formflow's and refuse typing. What is pasted or deleted there is not taken over; it is shown on \"Conflicts\" and drawn again. Sheets are protected without a password, so that rows are not deleted by mistake."),
        ("Close it", "Close the workbook when you are done, so that it can be brought up to date. While it is open, formflow waits, and after a while puts a copy for reading beside it."),
        ("Conflicts", "When formflow cannot tell which of two things you mean, the sheet \"Conflicts\" shows both. Pick one there."),
        ("Copies", "A copy under another name is yours: formflow never reads it. An older copy put back in place is known for one."),
        ("Privacy", "Initials and references only. Who a case is about stands in its folder. Please write no names here."),
        ("Working days", "Counted in England without Saturdays, Sundays and the bank holidays on \"Lists\". The day something became known is day 0."),
        ("Advice", "formflow lays out what forms say. The safeguarding partners decide."),
        ("Whom to ask", partnership.contact),
        ("Which one", stamp_words(stamp)),
    ]  # fmt: skip
    if record:
        lines.append(("Record", f"{record} (the last line of the audit chain when this was drawn; formflow verify)"))
    if beyond:
        lines.append(
            ("Too many rows", f"{beyond} rows are more than a sheet of Excel holds and stand in the register only.")
        )
    return lines
