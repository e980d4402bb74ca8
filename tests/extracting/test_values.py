from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.ages import born_due_or_aged, read_age
from formflow.extracting.form import Answer
from formflow.extracting.reach import emails_in, phones_in, postcodes_in
from formflow.extracting.values import answer_to
from makers import the_dictionary


def read(field_id: str, raw: str) -> Answer:
    field = the_dictionary().field(field_id)
    assert field is not None
    return answer_to(field, field_id, raw, place="row 1", how="label", latest=2027)


@pytest.mark.parametrize(
    ("field_id", "written", "value"),
    [
        ("child_1_nhs_no", "999 010 2031", "9990102031"),
        ("child_1_nhs_no", "999-020-3067", "9990203067"),
        ("child_1_nhs_no", "NHS No: 999 010 2031", "9990102031"),
        ("notifier_phone", "01632 960518 ext 4471", "01632 960518 ext 4471"),
        ("notifier_phone", "Tel: (01632) 960142", "(01632) 960142"),
        ("notifier_phone", "Tel 01632 960530 a.whitcombe@brackenhosp.example", "01632 960530"),
        ("notifier_phone", "01632 960142 / 07700 900123", "01632 960142 / 07700 900123"),
        ("notifier_email", "Tel 01632 960530 a.whitcombe@brackenhosp.example", "a.whitcombe@brackenhosp.example"),
        ("child_1_postcode", "em13dw", "EM1 3DW"),
        ("child_1_postcode", "19 Salter Row, Holmfleet HM3 9AP", "HM3 9AP"),
        ("child_1_age_if_no_dob", "16 yrs (turning 17 in Aug)", 16),
        ("child_1_age_if_no_dob", "18 months", 1),
        ("child_1_cp_from", "since 2 March 2026", "2026-03-02"),
        ("child_1_cp_to", "until 11/6/2024", "2024-06-11"),
        ("child_1_edd", "EDD 03/06/26", "2026-06-03"),
        ("child_1_religion", "None", "None"),
        ("immediate_action", "None", "None"),
    ],
)
def test_an_answer_is_found_in_what_is_written(field_id: str, written: str, value: str | int) -> None:
    answer = read(field_id, written)
    assert (answer.state, answer.value, answer.raw) == ("answered", value, written)


@pytest.mark.parametrize(
    ("field_id", "written", "state", "why"),
    [
        ("child_1_dob", "EDD 03/06/26", "not_applicable", "an expected date of delivery is written there"),
        ("child_1_dob", "due 3 June 2026", "not_applicable", "an expected date of delivery is written there"),
        ("child_1_dob", "Unborn", "not_applicable", "the child is not born"),
        ("child_1_dob", "16 yrs (turning 17 in Aug)", "unreadable", "an age is written there, not a date of birth"),
        ("child_1_dob", "Not known - see police log", "not_known", "more is written beside it"),
        ("child_1_edd", "DOB 03/06/25", "unreadable", "a date of birth is written there"),
        ("strategy_discussion_date", "due 13 April 2026", "unreadable", "expected, not one that was"),
        ("incident_date", "since March 2024", "unreadable", "a limit"),
        ("incident_date", "Mon 17 Mar 2026", "conflict", "it says Monday, but that day is a Tuesday"),
        ("date_of_death", "None", "not_applicable", ""),
        ("child_1_nhs_no", "mother’s: 999 040 5066", "unreadable", "ten digits"),
        ("child_1_nhs_no", "N/K – hospital will have it", "not_known", "more is written beside it"),
        ("child_1_postcode", "EM1 3DW and EM2 8RR", "conflict", "2 different ones"),
        ("notifier_email", "a@b.example or c@d.example", "conflict", "2 different ones"),
        ("notifier_phone", "see note 1", "blank", "only"),
        ("incident_time", "between 6 and 7pm", "unreadable", "not a time of day"),
        ("resend_of", "No", "not_applicable", ""),
        ("child_1_aka", "nil", "not_applicable", ""),
        ("child_1_age_if_no_dob", "4-5", "unreadable", "not a whole number"),
    ],
)
def test_what_is_no_answer_to_this_question_stays_open(field_id: str, written: str, state: str, why: str) -> None:
    answer = read(field_id, written)
    assert (answer.state, answer.value, answer.raw) == (state, None, written)
    assert why in answer.because


@pytest.mark.parametrize(
    ("field_id", "written", "value"),
    [("child_1_age_if_no_dob", "about 16", 16), ("incident_time", "7.45", "07:45")],
)
def test_an_answer_that_is_not_exact_is_read_and_asked_about(field_id: str, written: str, value: str | int) -> None:
    answer = read(field_id, written)
    assert (answer.state, answer.value) == ("answered", value)
    assert answer.confidence < 0.9


@pytest.mark.parametrize(
    ("written", "told"),
    [("EDD 03/06/26", "due"), ("expected date of delivery 3/6/26", "due"), ("about 60", "aged"), ("7 yrs", "aged"),
     ("03/06/2016", "born"), ("?1991", "born"), ("Edward", "born")],
)  # fmt: skip
def test_a_birth_a_due_date_and_an_age_are_told_apart(written: str, told: str) -> None:
    assert born_due_or_aged(written) == told


@pytest.mark.parametrize(
    ("written", "years", "about"),
    [("15", 15, False), ("7 yrs", 7, False), ("4 y/o", 4, False), ("aged 4", 4, False), ("6 weeks", 0, False),
     ("about 60", 60, True), ("approx 30", 30, True), ("30 approx", 30, True)],
)  # fmt: skip
def test_ages_are_read_in_whole_years(written: str, years: int, about: bool) -> None:
    age = read_age(written)
    assert age is not None
    assert (age.years, age.about) == (years, about)


@pytest.mark.parametrize("written", ["200", "twelve", "3 and 6", "4-5", "12/03/2024", ""])
def test_what_is_no_age_gives_none(written: str) -> None:
    assert read_age(written) is None


@pytest.mark.parametrize(
    ("field_id", "written", "state", "value"),
    [
        ("harm_long_term", "☐ Yes ☒ No", "answered", "no"),
        ("harm_long_term", "Yes ☐ No ☒", "answered", "no"),
        ("harm_long_term", "Yes [x]  No [ ]", "answered", "yes"),
        ("harm_long_term", "Yes ✓", "answered", "yes"),
        ("harm_long_term", "☒ Yes ☐ No ☒ Not known", "conflict", None),
        ("harm_long_term", "☐ Yes ☐ No", "blank", None),
        ("harm_long_term", "☐ Yes ☐ No ☒ Not known", "not_known", None),
        ("harm_long_term", "Yes ✓ No ✗", "unreadable", None),
        ("harm_long_term", "Yes ☐ No", "unreadable", None),
        ("abuse_type", "☒ Physical abuse ☐ Emotional abuse ☒ Neglect", "answered", ("physical", "neglect")),
        ("child_1_sex", "☐ Male ☒ Female", "answered", "female"),
    ],
)
def test_boxes_typed_beside_their_words_are_read(
    field_id: str, written: str, state: str, value: str | tuple[str, ...] | None
) -> None:
    answer = read(field_id, written)
    assert (answer.state, answer.value) == (state, value)


def test_a_day_without_its_year_is_taken_from_the_form_only_when_handed_in_and_is_asked_about() -> None:
    field = the_dictionary().field("lead_agreed_date")
    assert field is not None
    given = answer_to(field, field.id, "14 April", place="", how="", latest=2027, year=2026)
    assert (given.value, given.confidence) == ("2026-04-14", 0.8)
    assert read("lead_agreed_date", "14 April").because == "the year is missing"


def test_a_long_answer_which_may_name_people_is_not_repeated_in_a_reason() -> None:
    written = "Yes, but only the aunt was told, by the ward sister on Tuesday evening, and nobody else knows"
    answer = read("family_aware", written)
    assert answer.state == "unreadable"
    assert "aunt" not in answer.because


def test_numbers_that_only_look_like_one_are_not_taken() -> None:
    assert phones_in("HF/26/20931, NHS 999 010 2031, born 03/06/2016") == ()
    assert emails_in("at the refuge@ or @home") == ()
    assert postcodes_in("Flat 3AB1 2CDX, B12 3") == ()


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_any_kind_of_question(raw: str) -> None:
    for field in the_dictionary().fields.values():
        answer = answer_to(field, field.id.replace("_N_", "_1_"), raw, place="", how="", latest=2027)
        assert (answer.value is not None) == (answer.state == "answered")
        assert answer.raw == raw
