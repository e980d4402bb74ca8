from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.extracting.values import answer_to
from formflow.reading.document import Control, Document, Paragraph, Piece
from formflow.reading.read import read
from makers import TODAY, a_form, a_pdf_form, blank_form, blank_pdf_form, the_dictionary, the_knowledge


def form_of(*controls: Control, version: str = "formflow SIN-1 v1") -> Form:
    held = Document("word", (Control("form.version", "text", "page 1", version), *controls))
    return extract(held, the_knowledge(), TODAY)


def box(name: str, *, ticked: bool, doubts: tuple[str, ...] = ()) -> Control:
    return Control(name, "tick", "table 1, row 1", "", ticked, doubts=doubts)


def test_a_blank_form_answers_nothing() -> None:
    for content, name in ((blank_form(), "a.docx"), (blank_pdf_form(), "a.pdf")):
        form = extract(read(content, name), the_knowledge(), TODAY)
        assert form.layout_certainty == "recognised"
        assert {answer.state for answer in form.answers.values()} == {"blank"}


@pytest.mark.parametrize("make", [a_form, a_pdf_form])
def test_every_kind_of_answer_is_read_back_with_its_place(make: object) -> None:
    assert callable(make)
    content = make(
        incident_time="14:30", notifier_agency="police", abuse_type=("neglect", "physical"), child_1_cp_plan="never",
        child_1_sex="not_known", no_agency_involvement="yes", process_police="yes", process_police_ref="X/1",
        agency_1_name="School", agency_1_still_involved="no", child_1_nhs_no="9990548609",
    )  # fmt: skip
    form = extract(read(content, "a.pdf" if content[:4] == b"%PDF" else "a.docx"), the_knowledge(), TODAY)
    values = {field: answer.value for field, answer in form.answers.items() if answer.state == "answered"}
    assert values["nature"] == ("seriously_harmed",)
    assert set(values["abuse_type"]) == {"neglect", "physical"}  # type: ignore[arg-type]  # a list of options
    for field, value in (("incident_date", "2026-03-12"), ("incident_time", "14:30"), ("notifier_agency", "police"),
                         ("child_1_cp_plan", "never"), ("no_agency_involvement", "yes"), ("process_police", "yes"),
                         ("process_police_ref", "X/1"), ("agency_1_still_involved", "no"),
                         ("abuse_neglect", "suspected"),
                         ("child_1_nhs_no", "9990548609")):  # fmt: skip
        assert values[field] == value
    assert form.answers["child_1_sex"].state == "not_known"
    assert all(answer.place for answer in form.answers.values())


def test_both_boxes_ticked_is_a_conflict_and_never_a_pick() -> None:
    form = form_of(box("incident_in_area:yes", ticked=True), box("incident_in_area:no", ticked=True))
    answer = form.answers["incident_in_area"]
    assert (answer.state, answer.value) == ("conflict", None)
    assert "both Yes and No" in answer.because


def test_a_box_that_shows_something_else_than_it_holds_is_a_conflict() -> None:
    form = form_of(box("incident_in_area:yes", ticked=True, doubts=("it shows an empty box",)))
    assert form.answers["incident_in_area"].state == "conflict"


def test_a_lone_box_that_shows_something_else_than_it_holds_is_a_conflict_too() -> None:
    lone = Control("no_agency_involvement", "tick", "row 1", "", True, doubts=("it shows an empty box",))
    assert form_of(lone).answers["no_agency_involvement"].state == "conflict"


def test_an_unticked_single_box_says_nothing_least_of_all_no() -> None:
    assert form_of(box("no_agency_involvement:yes", ticked=False)).answers["no_agency_involvement"].state == "blank"


@given(st.sets(st.sampled_from(["yes", "no", "not_known"])))
def test_blank_is_never_no(ticked: set[str]) -> None:
    boxes = [box(f"family_aware:{option}", ticked=option in ticked) for option in ("yes", "no", "not_known")]
    answer = form_of(*boxes).answers["family_aware"]
    assert (answer.value == "no") == (ticked == {"no"})
    if not ticked:
        assert answer.state == "blank"


def test_two_different_answers_of_one_name_are_shown_both() -> None:
    form = form_of(Control("incident_place", "text", "a", "home"), Control("incident_place", "text", "b", "school"))
    answer = form.answers["incident_place"]
    assert answer.state == "conflict"
    assert "home" in answer.raw
    assert "school" in answer.raw


def test_rows_that_word_copied_with_their_names_become_the_next_rows() -> None:
    rows = [Control("family_4_name", "text", "row", name, repeated=True) for name in ("A", "B", "C")]
    form = form_of(*rows)
    assert [form.answers[f"family_{n}_name"].value for n in (4, 5, 6)] == ["A", "B", "C"]


def test_another_edition_of_our_form_is_said_to_be_so() -> None:
    assert form_of(version="formflow SIN-1 v9").layout_certainty == "related"


def a_page_that_says(*lines: str) -> Document:
    return Document("word", (), tuple(Paragraph((Piece(line),), f"paragraph {n}") for n, line in enumerate(lines, 1)))


def test_a_letter_is_no_form_and_its_sender_is_told_what_to_do() -> None:
    form = extract(a_page_that_says("Dear all"), the_knowledge(), TODAY)
    assert (form.kind, form.reason) == ("not-a-form", "not-a-form")
    assert "own form" in form.says


def test_an_ordinary_child_referral_is_warned_of() -> None:
    form = extract(a_page_that_says("Multi-agency referral to children's social care"), the_knowledge(), TODAY)
    assert "children's social care at once" in form.says


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("Choose an item.", "blank"), ("Click or tap here to enter text.", "blank"), ("dd/mm/yyyy", "blank"),
        ("[DD/MM/YYY Y]", "blank"), ("____", "blank"), ("…", "blank"), ("TBC", "blank"), ("see attached", "blank"),
        ("N/K", "not_known"), ("Not known yet", "not_known"), ("n/a", "not_applicable"), ("None", "answered"),
    ],
)  # fmt: skip
def test_what_only_looks_like_an_answer_is_none(raw: str, state: str) -> None:
    field = the_dictionary().fields["lead_name"]
    assert answer_to(field, "lead_name", raw, place="", how="", latest=2027).state == state


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_an_answer(raw: str) -> None:
    for field_id in ("lead_name", "incident_date", "incident_in_area", "nature", "child_1_nhs_no", "notifier_email"):
        field = the_dictionary().field(field_id)
        assert field is not None
        answer = answer_to(field, field_id, raw, place="", how="", latest=2027)
        assert (answer.value is not None) == (answer.state == "answered")
