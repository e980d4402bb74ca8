"""People sort and filter without taking any protection off, and find the tracker as they left it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import FilterColumn, Filters, SortCondition, SortState

from tracker_desk import TrackerDesk, heads, rows_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TrackerDesk]:
    made = TrackerDesk(tmp_path)
    made.draw()
    for row, words in enumerate(("Bray", "", "adams"), 1):
        made.type(row, "Next step", words or None)
    made.draw()
    yield made
    made.close()


def sort(desk: TrackerDesk, head: str, *, from_end: bool = False, sheet: str = "Open cases") -> None:
    """Tell in the table that it was sorted, as Excel does."""

    def act(book: Workbook) -> None:
        page = book[sheet]
        at = get_column_letter(heads(page).index(head) + 1)
        by = SortCondition(ref=f"{at}2:{at}{page.max_row}", descending=from_end)
        (table,) = page.tables.values()
        table.sortState = SortState(ref=f"A2:{table.ref.partition(':')[2]}", sortCondition=[by])

    desk.edit(act)


def keep_only(desk: TrackerDesk, head: str, words: list[str], *, blank: bool = False) -> None:
    """Set the filter of a column, as Excel does."""

    def act(book: Workbook) -> None:
        page = book["Open cases"]
        (table,) = page.tables.values()
        listed = Filters(blank=blank or None, filter=words)
        assert table.autoFilter is not None
        table.autoFilter.filterColumn = [FilterColumn(colId=heads(page).index(head), filters=listed)]

    desk.edit(act)


def column(desk: TrackerDesk, head: str) -> list[object]:
    page = load_workbook(desk.path)["Open cases"]
    return [row[heads(page).index(head)] for row in rows_of(page)]


def test_the_order_that_people_chose_stays_also_for_cases_that_come_later(desk: TrackerDesk) -> None:
    sort(desk, "Ref", from_end=True)
    desk.add_case(4)
    desk.draw()
    desk.draw()
    assert column(desk, "Ref") == [f"SIN-2026-00{number}" for number in (4, 3, 2, 1)]
    sort(desk, "Ref")
    desk.draw()
    assert column(desk, "Ref") == [f"SIN-2026-00{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(("from_end", "order"), [(False, ["adams", "Bray", None]), (True, ["Bray", "adams", None])])
def test_words_are_sorted_as_excel_does_whatever_their_case_and_empty_cells_last(
    desk: TrackerDesk, from_end: bool, order: list[object]
) -> None:
    sort(desk, "Next step", from_end=from_end)
    desk.draw()
    assert column(desk, "Next step") == order


def test_words_stay_with_their_case_when_the_rows_are_sorted_by_them(desk: TrackerDesk) -> None:
    sort(desk, "Next step")
    desk.draw()
    desk.type(1, "Notes", "of the third case")
    desk.draw()
    assert desk.notes(3)["Notes"] == "of the third case"
    assert desk.conflicts() == ()


def test_a_filter_stays_hides_what_it_hides_and_the_summary_says_so(desk: TrackerDesk) -> None:
    keep_only(desk, "Next step", ["Adams"], blank=True)
    desk.draw()
    page = load_workbook(desk.path)["Open cases"]
    assert [bool(page.row_dimensions[row].hidden) for row in (2, 3, 4)] == [True, False, False]
    (table,) = page.tables.values()
    assert table.autoFilter is not None
    (kept,) = table.autoFilter.filterColumn
    assert kept.filters is not None
    assert (kept.filters.filter, kept.filters.blank) == (["Adams"], True)
    assert '"Open cases" is filtered by "Next step": 1 of 3 rows are out of sight there.' in desk.words()
    desk.edit(_clear)
    desk.draw()
    assert "out of sight there" not in desk.words()
    assert not load_workbook(desk.path)["Open cases"].row_dimensions[2].hidden


def _clear(book: Workbook) -> None:
    (table,) = book["Open cases"].tables.values()
    assert table.autoFilter is not None
    table.autoFilter.filterColumn = []


def test_a_row_out_of_sight_loses_no_word(desk: TrackerDesk) -> None:
    keep_only(desk, "Next step", ["adams"])
    desk.type(1, "Notes", "typed before the filter was set")
    desk.draw()
    assert desk.notes(1)["Notes"] == "typed before the filter was set"


def test_the_order_is_told_as_excel_tells_it(desk: TrackerDesk) -> None:
    sort(desk, "Ref", from_end=True)
    keep_only(desk, "Next step", ["Bray & <Co>"])
    desk.draw()
    with zipfile.ZipFile(desk.path) as package:
        part = package.read("xl/tables/table1.xml").decode()
    inside = re.search(r"<autoFilter.*</sortState>", part)
    assert inside is not None
    assert re.fullmatch(
        r'<autoFilter ref="A1:\w+4"><filterColumn colId="7"><filters><filter val="Bray &amp; &lt;Co&gt;"/></filters>'
        r'</filterColumn></autoFilter><sortState ref="A2:\w+4"><sortCondition descending="1" ref="A2:A4"/></sortState>',
        inside[0],
    )


def test_an_older_copy_does_not_say_how_the_rows_are_sorted_now(desk: TrackerDesk) -> None:
    old = desk.path.read_bytes()
    sort(desk, "Ref", from_end=True)
    desk.draw()
    desk.path.write_bytes(old)
    desk.draw()
    assert column(desk, "Ref")[0] == "SIN-2026-003"


def test_a_filter_on_a_column_that_is_gone_hides_nothing(desk: TrackerDesk) -> None:
    def add(book: Workbook) -> None:
        page = book["Open cases"]
        page.cell(1, page.max_column + 1).value = "School"
        (table,) = page.tables.values()
        assert table.autoFilter is not None
        table.autoFilter.filterColumn = [FilterColumn(colId=page.max_column - 1, filters=Filters(filter=["x"]))]

    desk.edit(add)
    desk.draw()
    desk.edit(lambda book: book["Open cases"].delete_cols(heads(book["Open cases"]).index("School") + 1))
    desk.edit(_clear)
    desk.draw()
    assert "out of sight there" not in desk.words()
