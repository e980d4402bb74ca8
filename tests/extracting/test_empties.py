from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.empties import inherited, is_as_above, state_first, state_of
from formflow.extracting.form import Answer
from formflow.extracting.plain import bare, fold, key
from formflow.extracting.values import answer_to
from makers import the_dictionary


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "-",
        "—",
        ".",
        "...",
        "…",
        "____",
        "__/__/____",
        "Choose an item.",
        "Select",
        "Select an item",
        "SelectFemaleMale",
        "SelectYesNo",
        "Click or tap here to enter text.",
        "Click here to enter a date.",
        "Click or tap to enter a date.",
        "dd/mm/yyyy",
        "DD/MM/YY",
        "[DD/MM/YYY Y]",
        "(dd/mm/yyyy)",
        "[Enter name here]",
        "Please specify",
        "(if known)",
    ],
)
def test_prompts_and_dashes_are_blank(written: str) -> None:
    assert state_of(written) == ("blank", "")


@pytest.mark.parametrize(
    "written",
    [
        "TBC",
        "tba",
        "see attached",
        "See chronology",
        "See note 1",
        "refer to Mosaic",
        "awaiting post-mortem",
        "awaited",
        "to follow",
        "being done by the duty team today",
        "Not yet",
    ],
)
def test_what_puts_the_answer_off_is_blank_and_keeps_its_words(written: str) -> None:
    assert state_of(written) == ("blank", f'only "{written}" is written there')


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Not known", "not_known"),
        ("n/k", "not_known"),
        ("NK", "not_known"),
        ("Unknown", "not_known"),
        ("?", "not_known"),
        ("Not known at this time", "not_known"),
        ("Not yet known", "not_known"),
        ("don’t know", "not_known"),
        ("None known", "not_known"),
        ("N/A", "not_applicable"),
        ("n.a.", "not_applicable"),
        ("Not applicable", "not_applicable"),
    ],
)
def test_not_known_and_not_applicable_are_states_of_their_own(written: str, state: str) -> None:
    assert state_of(written) == (state, "")


@pytest.mark.parametrize("written", ["None", "No", "Unknown male", "Not known to services until 2024", "Mother", "x"])
def test_words_that_answer_are_not_taken_for_empty(written: str) -> None:
    assert state_of(written) is None


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("N/K – hospital will have it", "not_known"),
        ("Not known - see police log", "not_known"),
        ("N/A (no school yet)", "not_applicable"),
    ],
)
def test_not_known_with_more_beside_it_is_not_known_and_says_so(written: str, state: str) -> None:
    assert state_first(written) == (state, "more is written beside it")


def test_as_above_takes_the_answer_of_the_row_above_and_says_so() -> None:
    field = the_dictionary().field("child_2_home_address")
    assert field is not None
    above = Answer(
        "child_1_home_address", "answered", "12 Foundry Terrace", raw="12 Foundry Terrace", place="row 1", how="tag"
    )
    written = answer_to(field, "child_2_home_address", "As above", place="row 2", how="tag", latest=2027)
    taken = inherited(written, above)
    assert (written.state, written.because, is_as_above(written)) == ("blank", "as above", True)
    assert (taken.field, taken.state, taken.value) == ("child_2_home_address", "answered", "12 Foundry Terrace")
    assert (taken.raw, taken.place, taken.how) == ("As above", "row 2", "as above")
    assert inherited(written, None) is written
    assert inherited(written, Answer("child_1_home_address", "blank")) is written


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_reading_of_empties(text: str) -> None:
    state_of(text)
    state_first(text)
    key(text)


def test_marks_nobody_sees_make_no_difference() -> None:
    assert fold(" White\u200b  British\u00ad\u2028") == "White British"
