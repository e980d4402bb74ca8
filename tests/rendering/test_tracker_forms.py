from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from formflow.extracting.form import Answer
from formflow.recording.entry import Entry
from formflow.rendering.workbook.on_the_form import LONGEST, ON_THE_FORM, words_written
from formflow.rendering.workbook.tracker_forms import intake_row, query_rows
from formflow.rendering.workbook.tracker_sheets import CASES, INTAKE, QUERIES, CaseLine
from formflow.validating.submission import Query
from makers import NOON, TODAY, a_case, a_later_submission, a_submission, answered, the_dictionary
from rendering.test_workbook import drawn, line, opened, value

WHO = answered(child_1_forename="Jordan", child_1_surname="Ashby")


def written(field: str, raw: str) -> str:
    answers = {field: Answer(field, "unreadable", raw=raw)}
    return words_written(field, answers, the_dictionary(), WHO)


@pytest.mark.parametrize(
    ("field", "raw", "shown"),
    [
        ("incident_date", "some time in  mid March", "some time in mid March"),
        ("incident_date", "Mon 9th or 10th", ON_THE_FORM),
        ("incident_date", "Monday 9th or 10th", "Monday 9th or 10th"),
        ("child_1_cp_plan", "Yes ☒ No ☒", "Yes ☒ No ☒"),
        ("incident_time", "about 25:70", "about 25:70"),
        ("incident_date", "", ""),
    ],
)
def test_a_day_a_time_or_a_tick_is_shown_as_it_was_written(field: str, raw: str, shown: str) -> None:
    assert written(field, raw) == shown


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("child_1_dob", "3rd Febuary 19"),
        ("child_1_edd", "May"),
        ("date_of_death", "the 9th"),
        ("child_1_forename", "J0rdan"),
        ("child_1_home_address", "4 Mill Lane"),
        ("child_1_nhs_no", "943 476 5918"),
        ("notifier_phone", "0115 496 0000"),
        ("incident_summary", "he was found at home"),
        ("incident_date", "when Casey Reed rang"),
        ("incident_date", "JORDAN'S BIRTHDAY"),
        ("a_field_of_nowhere", "12 March"),
    ],
)
def test_what_tells_who_is_meant_stands_on_the_form_only(field: str, raw: str) -> None:
    assert written(field, raw) == ON_THE_FORM


def test_a_childs_name_where_a_day_was_asked_for_is_cut_to_its_initial() -> None:
    assert written("incident_date", "the day jordan left") == "the day J left"


def test_long_words_are_cut_and_say_so() -> None:
    shown = written("incident_date", "on or about " * 40)
    assert len(shown) <= LONGEST
    assert shown.endswith(" …")


def test_a_question_shows_what_was_written_and_leads_to_the_form_and_no_words_become_a_formula() -> None:
    form = a_submission()
    odd = Answer("incident_date", "unreadable", raw="=1+2 march")
    form = form.model_copy(update={
        "answers": {**form.answers, "incident_date": odd},
        "queries": (Query(level="query", field="incident_date", message="Section 2: which day?"),),
    })  # fmt: skip
    base = line()
    asked = replace(base, case=replace(base.case, submissions=(form,), received=(TODAY,)), endings={1: ".docx"})
    (row,) = query_rows(asked, the_dictionary())
    assert row.values[QUERIES.heads.index("What was written")] == "=1+2 march"
    content = drawn(asked)
    page = opened(content)["Form queries"]
    heads = [cell.value for cell in page[1]]
    assert page.cell(2, heads.index("What was written") + 1).data_type == "s"
    file = page.cell(2, heads.index("File") + 1)
    assert file.value == "SIN-2026-001_form_v1_20260320.docx"
    assert file.hyperlink is not None
    assert file.hyperlink.target == "cases/SIN-2026-001/SIN-2026-001_form_v1_20260320.docx"


def test_an_open_case_leads_to_its_folder_and_to_the_form_it_is_read_from() -> None:
    case = a_case()
    case = replace(case, submissions=(*case.submissions, *a_case().submissions), received=(TODAY, TODAY))
    two = replace(line(), case=case, endings={1: ".docx", 2: ".pdf"})
    content = drawn(two, line(2))
    assert value(content, "Source file") == "SIN-2026-001_form_v2_20260320.pdf"
    page = opened(content)["Open cases"]
    leads = [cell.hyperlink.target for cell in page[2] if cell.hyperlink]
    assert leads == ["cases/SIN-2026-001", "cases/SIN-2026-001/SIN-2026-001_form_v2_20260320.pdf"]
    assert [cell.hyperlink.target for cell in page[3] if cell.hyperlink] == ["cases/SIN-2026-002"]
    assert CASES.heads[-1] == "Source file"


def test_the_intake_log_says_which_form_speaks_for_an_earlier_one() -> None:
    entry = Entry("a1", "0" * 64, NOON, "form.docx", "taken", "", "SIN-2026-001", 1, 2)
    at = INTAKE.heads.index("Outcome")
    assert intake_row(entry, {}).values[at] == "Taken, with questions"
    assert intake_row(entry, {("SIN-2026-001", 1): 3}).values[at] == "Replaced by form 3"
    case = a_case()
    twice = replace(case, submissions=case.submissions * 2, received=(TODAY, TODAY))
    assert twice.replaced_by == {1: 2}
    content = drawn(replace(line(), case=twice), entries=(replace(entry, version=2, questions=0), entry))
    outcomes = [value(content, "Outcome", row, "Intake log") for row in (2, 3)]
    assert outcomes == ["Taken", "Replaced by form 2"]


def test_a_deadline_that_was_met_names_the_form_that_says_so() -> None:
    case = a_case()
    told = a_later_submission("cup", partners_told_date=(TODAY - timedelta(days=1)).isoformat())
    base = line()
    later = CaseLine(base.ref, case.with_form(told, TODAY), base.decision, TODAY)
    done = replace(base.decision, deadlines=tuple(
        replace(made, done=TODAY - timedelta(days=1), state="done") if made.key == "tell_partners" else made
        for made in base.decision.deadlines
    ))  # fmt: skip
    page = load_workbook(io.BytesIO(drawn(replace(later, decision=done))))["Deadlines"]
    heads = [cell.value for cell in page[1]]
    shown = {row[heads.index("What")].value: row[heads.index("Shown by")].value for row in page.iter_rows(min_row=2)}
    assert [words for words in shown.values() if words] == ["Case update (form 2)"]
