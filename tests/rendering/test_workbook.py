from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from formflow.deciding.decide import decide
from formflow.errors import Stop, TryLater
from formflow.recording.entry import Entry
from formflow.recording.note import Conflict
from formflow.rendering.workbook.cells import raw, writable
from formflow.rendering.workbook.tracker import Desk
from formflow.rendering.workbook.tracker_sheets import NAMES, CaseLine, Layout, Stamp, Waiting
from formflow.rendering.workbook.typed import TypedBook
from formflow.rendering.workbook.workbook import Content, check, draw
from makers import NOON, TODAY, a_case, a_later_submission, the_dictionary, the_rules

MIDNIGHT = datetime.combine(TODAY, datetime.min.time())


def line(number: int = 1, **answers: object) -> CaseLine:
    case = a_case((), **answers)
    notes = {"Notes": f"note {number}", "Next step date": "2026-04-01"}
    return CaseLine(f"SIN-2026-{number:03d}", case, decide(case, the_rules(), TODAY), TODAY, notes)


def drawn(*lines: CaseLine, entries: tuple[Entry, ...] = (), **more: object) -> bytes:
    desk = Desk(TODAY, the_rules().working_days, the_dictionary())
    out = io.BytesIO()
    draw(Content(lines, entries, desk, NOON, **more), out)  # type: ignore[arg-type]  # whatever a test wants to set
    check(out.getvalue())
    return out.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def value(content: bytes, head: str, row: int = 2, sheet: str = "Open cases") -> object:
    page = opened(content)[sheet]
    return page.cell(row, [cell.value for cell in page[1]].index(head) + 1).value


def test_the_sheets_stand_in_their_order_and_the_first_is_the_summary() -> None:
    assert tuple(opened(drawn(line())).sheetnames) == tuple(name for name in NAMES if name != "Conflicts")


def test_every_sheet_prints_with_its_marking_on_one_page_width_and_repeats_its_heads() -> None:
    workbook = opened(drawn(line()))
    for sheet in workbook.worksheets:
        header = sheet.oddHeader
        assert header is not None
        assert "OFFICIAL-SENSITIVE" in str(header.center.text), sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1), sheet.title
    assert workbook["Open cases"].print_title_rows == "$1:$1"
    assert [workbook[name].page_setup.paperSize for name in ("Open cases", "Deadlines")] == [8, 9]


def test_every_data_sheet_is_a_table_with_filters_frozen_and_locked_without_a_password() -> None:
    workbook = opened(drawn(line()))
    for name in NAMES[1:9]:
        sheet = workbook[name]
        assert [table.autoFilter is not None for table in sheet.tables.values()] == [True], name
        assert sheet.freeze_panes, name
        assert sheet.protection.sheet, name
        assert not sheet.protection.password, name


def test_only_peoples_columns_are_open() -> None:
    page = opened(drawn(line()))["Open cases"]
    open_heads = {page.cell(1, at).value for at, cell in enumerate(page[2], 1) if not cell.protection.locked}
    assert open_heads == {"Lead officer", "Next step", "Next step date", "Notes"}


def test_dates_are_real_dates_and_states_are_words() -> None:
    content = drawn(line())
    assert value(content, "5-day due") == MIDNIGHT
    assert value(content, "Next step date") == datetime(2026, 4, 1)  # noqa: DTZ001 - as a workbook holds it
    assert value(content, "Status") == "Due soon"
    assert value(content, "Age at incident") == "7"


def test_words_in_place_of_a_date_are_shown_whole() -> None:
    page = opened(drawn(line(incident_date="2026-03-01/2026-03-12")))["Open cases"]
    cell = page.cell(2, [c.value for c in page[1]].index("Incident") + 1)
    assert cell.value == "between 1 March 2026 and 12 March 2026"
    assert cell.alignment.wrap_text
    assert (page.row_dimensions[2].height or 0) > 40


def test_a_date_that_is_not_one_day_stays_in_words() -> None:
    assert value(drawn(line(incident_date="2026-02")), "Incident") == "February 2026"


def test_a_date_that_excel_cannot_hold_stays_in_words() -> None:
    assert raw(date(1899, 2, 3)) == ("3 February 1899", False)
    assert raw(date(1900, 3, 1)) == ("61", True)


def test_working_days_left_are_a_living_figure_with_todays_value_kept() -> None:
    content = drawn(line(national_date="2026-03-20"))
    page = opened(content)["Open cases"]
    column = [cell.value for cell in page[1]].index("Working days left") + 1
    assert str(page.cell(2, column).value).startswith("=IF(")
    kept = load_workbook(io.BytesIO(content), data_only=True)["Open cases"].cell(2, column).value
    assert kept == 15


@pytest.mark.parametrize(
    "odd", ["=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "+1", "-1", "http://evil.example/x", "\ttab", "_x0041_"]
)
def test_no_text_from_a_form_becomes_a_formula_or_a_link(odd: str) -> None:
    content = drawn(line(other_la=odd))
    page = opened(content)["Open cases"]
    cell = page.cell(2, [c.value for c in page[1]].index("Other LA") + 1)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "externalLink" in name]


def test_text_beyond_what_a_cell_holds_is_cut_and_says_so() -> None:
    cut = writable("x" * 40_000)
    assert len(cut) == 32_767
    assert cut.endswith("the whole text is in the report)")


def test_a_case_folder_is_linked_relative_to_the_workbook() -> None:
    page = opened(drawn(line()))["Open cases"]
    cell = page.cell(2, [c.value for c in page[1]].index("Folder") + 1)
    assert cell.hyperlink is not None
    assert cell.hyperlink.target == "cases/SIN-2026-001"


def test_a_workbook_that_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(TryLater, match="left as it is"):
        TypedBook(b"not a workbook", {})


def test_a_workbook_whose_sheets_were_taken_away_holds_nothing_to_keep() -> None:
    other = Workbook()
    kept = io.BytesIO()
    other.save(kept)
    assert list(TypedBook(kept.getvalue(), {}).rows()) == []


def test_a_drawing_that_is_cut_short_is_not_put_out() -> None:
    with pytest.raises(Stop, match="old one was kept"):
        check(drawn(line())[:-2000])


def test_an_empty_register_makes_a_sound_workbook() -> None:
    assert value(drawn(), "Ref") == "None"


def test_many_cases_are_all_there_and_what_is_pressing_is_on_the_summary() -> None:
    content = drawn(*(line(n) for n in range(1, 61)))
    assert opened(content)["Open cases"].max_row == 61
    summary = " ".join(str(cell.value) for row in opened(content)["Summary"].iter_rows() for cell in row if cell.value)
    assert "Notify the Panel" in summary
    assert "more: see Deadlines" in summary


def test_rows_that_do_not_fit_in_memory_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line(n) for n in range(1, 31)]
    held = drawn(*lines)
    monkeypatch.setattr("formflow.rendering.workbook.page._IN_MEMORY", 2000)
    assert drawn(*lines) == held


def test_deadlines_stand_by_the_day_they_are_due() -> None:
    content = drawn(line(1, la_aware_date="2026-03-13"), line(2, la_aware_date="2026-03-09"))
    page = opened(content)["Deadlines"]
    due = [row[4].value for row in page.iter_rows(min_row=2) if row[4].value]
    assert due == sorted(due, key=str)


def test_the_intake_log_shows_what_became_of_each_file() -> None:
    entry = Entry("20260320-120000-abc", "a" * 64, NOON, "J A.docx", "returned", "to-mend", problems=("x",))
    content = drawn(entries=(entry,))
    assert value(content, "Outcome", sheet="Intake log") == "Returned"
    assert value(content, "Received", sheet="Intake log") == MIDNIGHT


def test_the_summary_has_native_charts_when_there_is_something_to_show() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn(line()))) as package:
        assert "xl/charts/chart1.xml" in package.namelist()


def test_columns_stand_as_people_left_them_with_their_own_beside() -> None:
    heads = ("Notes", "Ref", "School")
    content = drawn(line(), layouts={"Open cases": Layout(heads, ("School",), frozenset({"Sex"}), {"Notes": 60.0})})
    page = opened(content)["Open cases"]
    assert [cell.value for cell in page[1]][:3] == list(heads)
    assert page.column_dimensions["A"].width > 59
    sex = next(cell.column_letter for cell in page[1] if cell.value == "Sex")
    assert page.column_dimensions[sex].hidden


def test_what_is_in_conflict_is_shown_with_both_words() -> None:
    one = Conflict("SIN-2026-001", "Notes", "the other words", "these words", "Why.", number=3, at="2026-03-20T12:00")
    content = drawn(line(), conflicts=(one,))
    shown = [value(content, head, sheet="Conflicts") for head in ("No.", "What stands now", "What else was written")]
    assert shown == ["C3", "these words", "the other words"]


def test_a_copy_for_reading_says_since_when_and_by_whom_and_is_all_locked() -> None:
    content = drawn(line(), waiting=Waiting(NOON, "Ines Calder"))
    workbook = opened(content)
    assert "20/03/2026, 12:00 because Ines Calder has it open" in str(workbook["Summary"]["A3"].value)
    assert all(cell.protection.locked for cell in workbook["Open cases"][2])


def test_the_stamp_is_out_of_sight_and_is_read_back() -> None:
    stamp = Stamp(7, 41, "abc")
    assert TypedBook(drawn(line(), stamp=stamp), {}).stamp == stamp


def test_actions_returns_and_themes_have_their_rows() -> None:
    decision = a_later_submission("drr", case_ref="SIN-2026-001", action_1_text="Write a protocol", themes=("neglect",))
    case = line().case.with_form(decision, TODAY)
    whole = CaseLine("SIN-2026-001", case, decide(case, the_rules(), TODAY), TODAY,
                     {"Actions › D2.1 › Progress": "half done"})  # fmt: skip
    content = drawn(whole)
    assert value(content, "What", sheet="Actions") == "Write a protocol"
    assert value(content, "Progress", sheet="Actions") == "half done"
    assert value(content, "Missing", sheet="Actions") == "an owner, a day, how it is measured"
