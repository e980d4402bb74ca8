"""The sheets that are no tables of cases: Summary, the lists behind the formulas, and what it all means."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from formflow.rendering.papers.words import STATUS
from formflow.rendering.workbook.tracker_sheets import Book
from formflow.rendering.workbook.workbook_look import ACCENT, Looks

_MOST = 20
"""Lines of what is pressing; the rest is on "Deadlines"."""

_MEANINGS = {
    "Overdue": "The day has passed and nothing says that it was done.",
    "Due soon": "Due within the working days that the settings name (3 unless changed).",
    "On time": "Still to come.",
    "Done": "Done in time.",
    "Done late": "Done after the day it was due.",
    "Not started": "The day from which it is counted is not certain yet.",
}


def write_summary(workbook: Workbook, looks: Looks, content: Book) -> None:
    """Cards, then what is pressing with who must act, on one screen."""
    page = workbook.add_worksheet("Summary")
    page.set_tab_color(ACCENT)
    page.hide_gridlines(2)
    page.set_column(0, 5, 21)
    page.write_string(0, 0, f"{content.partnership.name}: open cases", looks.title)
    page.set_row(0, 28)
    forms = len(content.sheets[-1].rows)
    words = f"Last updated {content.made_at:%d/%m/%Y, %H:%M}, from {forms} form{'' if forms == 1 else 's'} received"
    page.write_string(1, 0, words, looks.quiet_line)
    _cards(page, looks, content)
    row = _pressing(page, looks, content, _troubles(page, looks, content, 6))
    _stages(page, looks, content, row + 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.set_header(f"&C&B{content.partnership.protective_marking}")
    page.activate()


def _cards(page: Worksheet, looks: Looks, content: Book) -> None:
    page.set_row(3, 36)
    page.set_row(4, 34)
    for at, (what, figure, status) in enumerate(content.cards):
        number, label = looks.card(status)
        if isinstance(figure, int):
            page.write_number(3, at, figure, number)
        else:
            page.write_string(3, at, figure, number)
        page.write_string(4, at, what, label)


def _troubles(page: Worksheet, looks: Looks, content: Book, row: int) -> int:
    """What the office must see to before anything else; gives the row after it."""
    if not content.troubles:
        return row
    page.write_string(row, 0, "To mend in formflow itself", looks.heading)
    for at, words in enumerate(content.troubles, row + 1):
        page.merge_range(at, 0, at, 5, words, looks.cell("long"))
        page.set_row(at, 16 * (1 + len(words) // 110) + 3)
    return row + len(content.troubles) + 2


def _pressing(page: Worksheet, looks: Looks, content: Book, row: int) -> int:
    """What is overdue and due soon; gives the row after it."""
    page.write_string(row, 0, "Overdue, and due soon", looks.heading)
    for at, head in enumerate(("Case", "", "", "Due", "Status", "Who must act")):
        page.write_string(row + 1, at, head, looks.table_head)
    page.merge_range(row + 1, 1, row + 1, 2, "What", looks.table_head)
    row += 2
    for ref, what, due, status, who in content.urgent[:_MOST]:
        page.write_url(row, 0, f"external:cases/{ref}", looks.link, ref)
        page.merge_range(row, 1, row, 2, what, looks.cell("text"))
        page.write_datetime(row, 3, due, looks.cell("date"))
        page.write_string(row, 4, status, looks.cell("status", status))
        page.write_string(row, 5, who, looks.cell("text"))
        row += 1
    if not content.urgent:
        page.write_string(row, 0, "Nothing is overdue or due soon.", looks.plain_line)
    elif len(content.urgent) > _MOST:
        page.write_string(row, 0, f"and {len(content.urgent) - _MOST} more: see Deadlines", looks.quiet_line)
    return row + 1


def _stages(page: Worksheet, looks: Looks, content: Book, row: int) -> None:
    page.write_string(row, 0, "Cases by stage", looks.heading)
    for at, (stage, count) in enumerate(content.stages, row + 1):
        page.write_string(at, 0, stage, looks.cell("text"))
        page.write_number(at, 1, count, looks.cell("number"))


def write_lists(workbook: Workbook, looks: Looks, content: Book) -> None:
    """The bank holidays that the living figures count with."""
    page = workbook.add_worksheet("Lists")
    page.set_column(0, 0, 22)
    page.write_string(0, 0, "Bank holidays, England", looks.table_head)
    years = range(content.today.year - 2, content.today.year + 4)
    days = [day for day in content.holidays if day.year in years]
    for row, day in enumerate(days, 1):
        page.write_datetime(row, 0, day, looks.cell("date"))
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.set_header(f"&C&B{content.partnership.protective_marking}")
    workbook.define_name("BankHolidays", f"=Lists!$A$2:$A${max(len(days), 1) + 1}")


def write_about(workbook: Workbook, looks: Looks, content: Book) -> None:
    """What colours and columns mean, and whom to ask."""
    page = workbook.add_worksheet("About")
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 92)
    page.write_string(0, 0, "About this workbook", looks.title)
    lines = (
        ("What it is", "formflow draws this workbook anew from the register whenever a form arrives. Grey columns are formflow's: what is typed there is overwritten."),
        ("Yours", "The columns with a white head on \"Open cases\" are yours. What you write there is kept by the case reference, however the rows are sorted. Close the workbook so that it can be brought up to date."),
        ("Privacy", "Initials and references only. Who a case is about stands in its folder."),
        ("Working days", "Counted in England without Saturdays, Sundays and the bank holidays on \"Lists\". The day something became known is day 0."),
        ("Advice", "formflow lays out what forms say. The safeguarding partners decide."),
        ("Whom to ask", content.partnership.contact),
    )  # fmt: skip
    for row, (what, words) in enumerate(lines, 2):
        page.set_row(row, 16 * (1 + len(words) // 100) + 3)
        page.write_string(row, 0, what, looks.bold)
        page.write_string(row, 1, words, looks.plain)
    for row, word in enumerate(dict.fromkeys(word for word, _, _ in STATUS.values()), len(lines) + 3):
        page.write_string(row, 0, word, looks.cell("status", word))
        page.write_string(row, 1, _MEANINGS[word], looks.plain)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header(f"&C&B{content.partnership.protective_marking}")
