from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from formflow.deciding.decide import decide
from formflow.errors import TryLater
from formflow.recording.entry import Entry
from formflow.rendering.workbook.tracker import book
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.rendering.workbook.workbook import check, draw, people_wrote, writable
from formflow.settings import Partnership
from makers import NOON, TODAY, a_case, the_dictionary, the_rules

MIDNIGHT = datetime.combine(TODAY, datetime.min.time())


def line(number: int = 1, **answers: object) -> CaseLine:
    case = a_case((), **answers)
    notes = {"Notes": f"note {number}", "Next step date": "2026-04-01"}
    return CaseLine(f"SIN-2026-{number:03d}", case, decide(case, the_rules(), TODAY), TODAY, notes)


def drawn(*lines: CaseLine, entries: tuple[Entry, ...] = ()) -> bytes:
    content = book(lines, entries, NOON, Partnership(), the_dictionary(), the_rules().working_days.holidays)
    written = draw(content)
    check(written, content)
    return written


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def value(content: bytes, head: str, row: int = 2, sheet: str = "Open cases") -> object:
    page = opened(content)[sheet]
    return page.cell(row, [cell.value for cell in page[1]].index(head) + 1).value


def test_the_sheets_stand_in_their_order_and_the_first_is_the_summary() -> None:
    names = ["Summary", "Open cases", "Deadlines", "Actions", "Agency returns", "Themes", "Form queries", "Intake log",
             "Closed cases", "Lists", "About"]  # fmt: skip
    assert opened(drawn(line())).sheetnames == names


def test_every_sheet_prints_with_its_marking_and_the_widest_on_larger_paper() -> None:
    workbook = opened(drawn(line()))
    for sheet in workbook.worksheets:
        header = sheet.oddHeader
        assert header is not None
        assert "OFFICIAL-SENSITIVE" in str(header.center.text), sheet.title
    assert [workbook[name].page_setup.paperSize for name in ("Open cases", "Deadlines")] == [8, 9]


def test_dates_are_real_dates_and_states_are_words() -> None:
    content = drawn(line())
    assert value(content, "5-day due") == MIDNIGHT
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


def test_working_days_left_are_a_living_figure_with_todays_value_kept() -> None:
    content = drawn(line(national_date="2026-03-20"))
    page = opened(content)["Open cases"]
    column = [cell.value for cell in page[1]].index("Working days left") + 1
    assert str(page.cell(2, column).value).startswith("=IF(")
    kept = load_workbook(io.BytesIO(content), data_only=True)["Open cases"].cell(2, column).value
    assert kept == 15


@pytest.mark.parametrize(
    "odd", ["=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "+1", "-1", "http://evil.example/x", "\ttab"]
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


def test_what_people_wrote_is_found_after_rows_are_sorted_and_columns_moved() -> None:
    book_ = opened(drawn(line(1), line(2)))
    page = book_["Open cases"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    rows = [rows[0], rows[2], rows[1]]
    page.delete_rows(1, 10)
    for row in rows:
        page.append([None, *reversed(row)])
    kept = io.BytesIO()
    book_.save(kept)
    wrote = people_wrote(kept.getvalue())
    assert wrote["SIN-2026-001"]["Notes"] == "note 1"
    assert wrote["SIN-2026-002"]["Notes"] == "note 2"
    assert wrote["SIN-2026-001"]["Next step date"] == "2026-04-01"


def test_a_reference_that_stands_twice_is_not_guessed_at() -> None:
    book_ = opened(drawn(line(1)))
    page = book_["Open cases"]
    page.append([cell.value for cell in page[2]])
    kept = io.BytesIO()
    book_.save(kept)
    assert "SIN-2026-001" not in people_wrote(kept.getvalue())


def test_a_workbook_that_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(TryLater, match="left as it is"):
        people_wrote(b"not a workbook")


def test_a_workbook_whose_sheet_was_taken_away_holds_nothing_to_keep() -> None:
    other = Workbook()
    kept = io.BytesIO()
    other.save(kept)
    assert people_wrote(kept.getvalue()) == {}


def test_an_empty_register_makes_a_sound_workbook() -> None:
    assert value(drawn(), "Ref") == "None"


def test_many_cases_are_all_there_and_what_is_pressing_is_on_the_summary() -> None:
    content = drawn(*(line(n) for n in range(1, 61)))
    assert opened(content)["Open cases"].max_row == 61
    summary = " ".join(str(cell.value) for row in opened(content)["Summary"].iter_rows() for cell in row if cell.value)
    assert "Notify the Panel" in summary
    assert "more: see Deadlines" in summary


def test_the_intake_log_shows_what_became_of_each_file() -> None:
    entry = Entry("20260320-120000-abc", "a" * 64, NOON, "J A.docx", "returned", "to-mend", problems=("x",))
    content = drawn(entries=(entry,))
    assert value(content, "Outcome", sheet="Intake log") == "Returned"
    assert value(content, "Received", sheet="Intake log") == MIDNIGHT
