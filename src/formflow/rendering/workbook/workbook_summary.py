"""The summary: cards, what is pressing and who must act, two charts, and below them the year so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from formflow.rendering.workbook.tally import PRESSING, SOON, Tally
from formflow.rendering.workbook.tracker_sheets import Stamp, Waiting
from formflow.rendering.workbook.workbook_look import ACCENT, COLOURS, INK, Looks
from formflow.settings import Partnership

_BARS = (("Overdue", "Overdue"), ("Due soon", "Due soon"), ("Later", "On time"))


class Summary:
    """The first sheet, which is made first and written last."""

    def __init__(self, workbook: Workbook, looks: Looks, partnership: Partnership) -> None:
        self._workbook, self._looks, self._partnership = workbook, looks, partnership
        self._page: Worksheet = workbook.add_worksheet("Summary")

    def write(self, tally: Tally, made_at: datetime, told: Sequence[str], waiting: Waiting | None) -> None:
        """Write everything; `told` are lines that people must see."""
        page, looks = self._page, self._looks
        page.set_tab_color(ACCENT)
        page.hide_gridlines(2)
        page.set_column(0, 5, 17)
        page.set_column(6, 6, 2)
        page.set_column(7, 12, 11)
        page.write_string(0, 0, f"{self._partnership.name}: open cases", looks.title)
        page.set_row(0, 26)
        forms = f"{tally.forms} form{'' if tally.forms == 1 else 's'}"
        page.write_string(1, 0, f"Last updated {made_at:%d/%m/%Y, %H:%M}, from {forms} received", looks.quiet_line)
        row = 2
        for words in (*_waiting(waiting), *told):
            page.merge_range(row, 0, row, 12, words, looks.told)
            page.set_row(row, 18 * (1 + len(words) // 130))
            row += 1
        self._cards(row, tally)
        self._charts(row + 2, tally, self._year(max(row + 6 + PRESSING, row + 22), tally))
        self._pressing(row + 3, tally)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 1)
        page.set_header(f"&C&B{self._partnership.protective_marking}")
        page.set_footer(f"&LSummary&CPrinted &D, last updated {made_at:%d/%m/%Y %H:%M}&RPage &P of &N")
        page.protect("", {"format_columns": True, "format_rows": True})
        page.activate()

    def _cards(self, row: int, tally: Tally) -> None:
        self._page.set_row(row, 34)
        self._page.set_row(row + 1, 32)
        for at, (what, figure, status) in enumerate(tally.cards()):
            number, label = self._looks.card(status)
            if isinstance(figure, int):
                self._page.write_number(row, at, figure, number)
            else:
                self._page.write_string(row, at, figure, number)
            self._page.write_string(row + 1, at, what, label)

    def _pressing(self, row: int, tally: Tally) -> None:
        """What is overdue and due soon, with who must act."""
        page, looks = self._page, self._looks
        page.write_string(row, 0, f"Overdue, and due in {SOON} working days", looks.heading)
        page.write_string(row + 1, 0, "Case", looks.table_head)
        page.merge_range(row + 1, 1, row + 1, 2, "What", looks.table_head)
        for at, head in enumerate(("Due", "Status", "Who must act"), 3):
            page.write_string(row + 1, at, head, looks.table_head)
        row += 2
        for due, ref, what, status, who in tally.first():
            page.set_row(row, 31 if len(what) > 40 or len(who) > 19 else 17)
            # Relative to the workbook, so that it works from any drive letter of the share.
            page.write_url(row, 0, f"external:cases/{ref}", looks.link, ref)
            page.merge_range(row, 1, row, 2, what, looks.cell("text"))
            page.write_datetime(row, 3, due, looks.cell("date"))
            page.write_string(row, 4, status, looks.cell("status", status))
            page.write_string(row, 5, who, looks.cell("text"))
            row += 1
        more = tally.overdue + tally.soon - PRESSING
        if not tally.pressing:
            page.write_string(row, 0, "Nothing is overdue or due soon.", looks.plain_line)
        elif more > 0:
            page.write_string(row, 0, f"and {more} more: see Deadlines", looks.quiet_line)

    def _year(self, row: int, tally: Tally) -> tuple[tuple[int, int], tuple[int, int]]:
        """The tables below the first screen; gives first and last row of stages and of actions by agency."""
        year = tally.desk.today.year
        stages = self._table(row, 0, "Cases by stage", sorted(tally.stages.items()))
        themes = tally.themes.most_common(5)
        self._table(row, 3, "Top five themes", themes or [("None recorded", "")])
        after = max(stages, row + 1 + max(len(themes), 1)) + 2
        known: list[tuple[str, int | str]] = []
        for one in (year, year - 1):
            known.append((f"Told within 5 working days, {one}", str(tally.told[one])))
        for one in (year, year - 1):
            known.append((f"Rapid review within 15 working days, {one}", str(tally.reviewed[one])))
        share = f"{round(100 * tally.reviews / tally.decided)}%" if tally.decided else "None yet"
        known.append(("Rapid reviews that became a review", share))
        known.append((f"Forms returned in {year}", tally.returned))
        known.append(("Closed cases", tally.closed))
        end = self._table(after, 0, "In time, and decided", known)
        decided = self._table(after, 3, f"Decisions in {year}", tally.outcomes.most_common() or [("None yet", "")])
        first = max(end, decided) + 2
        return (row + 1, stages), (first + 1, self._actions(first, tally))

    def _table(self, row: int, at: int, title: str, rows: Sequence[tuple[str, int | str]]) -> int:
        """A small table of two columns over three; gives its last row."""
        page, looks = self._page, self._looks
        page.write_string(row, at, title, looks.heading)
        for what, figure in rows:
            row += 1
            page.merge_range(row, at, row, at + 1, what, looks.cell("text"))
            page.set_row(row, 31 if len(what) > 42 else 17)
            if isinstance(figure, int):
                page.write_number(row, at + 2, figure, looks.cell("number"))
            else:
                page.write_string(row, at + 2, figure, looks.cell("text"))
        return row

    def _actions(self, row: int, tally: Tally) -> int:
        page, looks = self._page, self._looks
        page.write_string(row, 0, "Open actions by agency", looks.heading)
        for at, (words, _) in enumerate(_BARS if tally.agencies else (), 3):
            page.write_string(row, at, words, looks.table_head)
        most = sorted(tally.agencies.items(), key=lambda one: (*(-count for count in one[1]), one[0]))
        for agency, counts in most[:10]:
            row += 1
            page.merge_range(row, 0, row, 2, agency, looks.cell("text"))
            for at, count in enumerate(counts, 3):
                page.write_number(row, at, count, looks.cell("number"))
        if not most:
            row += 1
            page.write_string(row, 0, "No action is open.", looks.plain_line)
        elif len(most) > 10:
            page.write_string(row + 1, 0, f"and {len(most) - 10} more agencies: see Actions", looks.quiet_line)
        return row

    def _charts(self, row: int, tally: Tally, where: tuple[tuple[int, int], tuple[int, int]]) -> None:
        (first, last), (top, bottom) = where
        if tally.stages:
            chart = self._workbook.add_chart({"type": "bar"})
            chart.add_series({
                "name": "Open cases", "categories": ["Summary", first, 0, last, 0], "gap": 60,
                "values": ["Summary", first, 2, last, 2], "fill": {"color": ACCENT},
                "data_labels": {"value": True, "font": {"name": "Arial", "size": 10}},
            })  # fmt: skip
            self._place(chart, row, "Open cases by stage")
        if tally.agencies:
            chart = self._workbook.add_chart({"type": "bar", "subtype": "stacked"})
            for at, (words, status) in enumerate(_BARS, 3):
                chart.add_series({
                    "name": words, "categories": ["Summary", top, 0, bottom, 0], "gap": 60,
                    "values": ["Summary", top, at, bottom, at], "fill": {"color": COLOURS[status][0]},
                    "border": {"color": INK, "width": 0.5},
                })  # fmt: skip
            self._place(chart, row + 13, "Open actions by agency", legend=True)

    def _place(self, chart: object, row: int, title: str, *, legend: bool = False) -> None:
        small = {"name": "Arial", "size": 10, "color": INK}
        chart.set_title({"name": title, "name_font": {**small, "size": 12}, "overlay": False})  # type: ignore[attr-defined]  # the library gives its charts no common type
        chart.set_legend({"position": "bottom", "font": small} if legend else {"none": True})  # type: ignore[attr-defined]  # the same
        chart.set_x_axis({"num_font": small, "major_gridlines": {"visible": False}, "min": 0, "num_format": "0"})  # type: ignore[attr-defined]  # the same
        chart.set_y_axis({"num_font": small, "reverse": True})  # type: ignore[attr-defined]  # the same
        chart.set_size({"width": 500, "height": 240})  # type: ignore[attr-defined]  # the same
        options = {"object_position": 3, "description": f"Chart: {title}. Its figures stand in a table below."}
        self._page.insert_chart(row, 7, chart, options)


def _waiting(waiting: Waiting | None) -> tuple[str, ...]:
    if waiting is None:
        return ()
    who = f"{waiting.who} has it open" if waiting.who else "somebody has it open"
    since = f"{waiting.since:%d/%m/%Y, %H:%M}"
    return (
        f"This is a copy for reading. An update of the case tracker is waiting since {since} because {who}. "
        "Close the tracker there, and it is brought up to date. Nothing typed there is lost; do not type here.",
    )


def stamp_words(stamp: Stamp | None) -> str:
    """The stamp for people, on "About"."""
    return f"Drawing {stamp.drawing} of this tracker ({stamp.sign})" if stamp else "Not numbered"
