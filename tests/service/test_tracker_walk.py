from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import FilterColumn, Filters, SortCondition, SortState

from tracker_desk import TrackerDesk, cell, heads, put_rows, rows_of


class _CutShort(Exception):
    """As if formflow had been killed just then."""


LONG = int(os.environ.get("FORMFLOW_LONG_WALK", "0"))
"""Walks of 100 steps, so many of them: FORMFLOW_LONG_WALK=300 pytest tests/service/test_tracker_walk.py"""


class Walk(RuleBasedStateMachine):
    """People and formflow take turns on one tracker; every word that was ever typed can still be found."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desk = TrackerDesk(Path(self.folder.name), 2)
        self.desk.draw()
        self.cases, self.count = 2, 0
        self.typed: list[str] = []
        self.copy: bytes | None = None

    def _word(self) -> str:
        self.count += 1
        self.typed.append(f"word{self.count:03d}")
        return self.typed[-1]

    @rule(row=st.integers(1, 4), head=st.sampled_from(["Notes", "Next step", "Lead officer"]))
    def type(self, row: int, head: str) -> None:
        page = load_workbook(self.desk.path)["Open cases"]
        if row < page.max_row and head in heads(page):
            self.desk.draw()  # what stood there is read before somebody writes over it
            self.desk.type(row, head, self._word())

    @rule(row=st.integers(1, 6))
    def type_a_progress(self, row: int) -> None:
        if row < load_workbook(self.desk.path)["Deadlines"].max_row:
            self.desk.draw()
            self.desk.type(row, "Evidence", self._word(), "Deadlines")

    @rule()
    def type_over_formflows_cell(self) -> None:
        self.desk.draw()
        self.desk.type(1, "Nature", self._word())

    @rule()
    def write_a_row(self) -> None:
        word = self._word()
        self.desk.edit(lambda book: book["Open cases"].append([None, None, word]))

    @rule()
    def sort(self) -> None:
        self.desk.edit(lambda book: put_rows(book["Open cases"], rows_of(book["Open cases"])[::-1]))

    @rule(head=st.sampled_from(["Ref", "Notes", "Status", "RR due"]), from_end=st.booleans())
    def sort_by_the_arrows(self, head: str, *, from_end: bool) -> None:
        def act(book: Workbook) -> None:
            page = book["Open cases"]
            if head in heads(page) and page.max_row > 1:
                at = get_column_letter(heads(page).index(head) + 1)
                by = SortCondition(ref=f"{at}2:{at}{page.max_row}", descending=from_end)
                for table in page.tables.values():
                    table.sortState = SortState(ref=f"A2:{table.ref.partition(':')[2]}", sortCondition=[by])

        self.desk.edit(act)

    @rule(head=st.sampled_from(["Notes", "Status", "Stage"]), words=st.sampled_from([[], ["word001"], ["Due soon"]]))
    def filter(self, head: str, words: list[str]) -> None:
        def act(book: Workbook) -> None:
            page = book["Open cases"]
            if head in heads(page):
                for table in page.tables.values():
                    listed = FilterColumn(colId=heads(page).index(head), filters=Filters(filter=words))
                    if table.autoFilter is not None:
                        table.autoFilter.filterColumn = [listed] if words else []

        self.desk.edit(act)

    @rule()
    def a_drawing_is_cut_short(self) -> None:
        with suppress(_CutShort), patch("formflow.service.tracker.tracker_state.swap", side_effect=_CutShort):
            self.desk.draw()

    @rule()
    def copy_a_row_and_write_in_it(self) -> None:
        def act(book: Workbook) -> None:
            page = book["Open cases"]
            rows = rows_of(page)
            put_rows(page, [*rows, rows[0]])
            cell(page, len(rows) + 1, "Notes", word)

        self.desk.draw()
        word = self._word()
        self.desk.edit(act)

    @rule()
    def delete_a_row(self) -> None:
        self.desk.draw()
        self.desk.edit(lambda book: book["Open cases"].delete_rows(2))

    @rule()
    def add_a_column(self) -> None:
        word = self._word()

        def act(book: Workbook) -> None:
            page = book["Open cases"]
            page.cell(1, page.max_column + 1).value = f"Column {word}"
            page.cell(2, page.max_column).value = f"in {word}"

        self.desk.edit(act)

    @rule()
    def add_a_sheet(self) -> None:
        word = self._word()
        self.desk.edit(lambda book: book.create_sheet(f"Sheet {word}").append([word]))

    @rule()
    def keep_a_copy(self) -> None:
        self.desk.draw()
        self.copy = self.desk.path.read_bytes()

    @rule()
    def put_the_old_copy_back_and_write_in_it(self) -> None:
        if self.copy is not None:
            self.desk.draw()
            self.desk.path.write_bytes(self.copy)
            self.desk.type(1, "Notes", self._word())

    @rule()
    def a_form_comes(self) -> None:
        if self.cases < 5:
            self.cases += 1
            self.desk.add_case(self.cases)

    @rule()
    def draw(self) -> None:
        self.desk.draw()

    @invariant()
    def every_word_is_there(self) -> None:
        self.desk.draw()
        text = self.desk.words() + "".join(str(row) for table in ("notes", "conflicts") for row in self._rows(table))
        lost = [word for word in self.typed if word not in text]
        assert lost == []

    def _rows(self, table: str) -> list[tuple[object, ...]]:
        import sqlite3

        with sqlite3.connect(self.desk.folder.register / "formflow.sqlite") as database:
            return database.execute(f"select * from {table}").fetchall()  # noqa: S608 - a name of our own

    def teardown(self) -> None:
        self.desk.close()
        self.folder.cleanup()


def test_no_word_is_lost_however_people_and_formflow_take_turns() -> None:
    steps, times = (100, LONG) if LONG else (6, 2)
    chosen = settings(
        stateful_step_count=steps, max_examples=times, deadline=None, suppress_health_check=list(HealthCheck),
        print_blob=False,
    )  # fmt: skip
    run_state_machine_as_test(Walk, settings=chosen)
