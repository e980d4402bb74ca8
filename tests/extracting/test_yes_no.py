from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow import shipped
from formflow.extracting.values import sense_of
from formflow.extracting.wordings import Wordings
from formflow.extracting.yes_no import read_yes_no
from makers import the_dictionary

WORDINGS = Wordings.parse(shipped.text("options.toml"))


@pytest.mark.parametrize(
    ("written", "value", "rest"),
    [
        ("Yes", "yes", ""),
        ("Y", "yes", ""),
        ("x", "yes", ""),
        ("✓", "yes", ""),
        ("No.", "no", ""),
        ("n", "no", ""),
        ("Yes - see below", "yes", "see below"),
        ("Yes – HF/26/20931", "yes", "HF/26/20931"),
        ("Yes, 15/10/2025", "yes", "15/10/2025"),
        ("Yes mother told", "yes", "mother told"),
        ("No – asked not to", "no", "asked not to"),
        ("Y - see police log", "yes", "see police log"),
        ("Yes. No further detail is held.", "yes", "No further detail is held."),
        (
            "Yes, mother. Her mother must not be told where the partner is held.",
            "yes",
            "mother. Her mother must not be told where the partner is held.",
        ),
    ],
)
def test_a_certain_yes_or_no_gives_the_answer_and_keeps_the_rest(written: str, value: str, rest: str) -> None:
    sense = read_yes_no(written)
    assert (sense.state, sense.value, sense.rest) == ("answered", value, rest)


@pytest.mark.parametrize(
    ("written", "state", "why"),
    [
        ("Yes / No", "blank", "was deleted"),
        ("Y/N", "blank", "was deleted"),
        ("Yes / No / N/K", "blank", "was deleted"),
        ("Yes / No Date: 17/3/26", "blank", "was deleted"),
        ("Yes/No If yes, say when", "blank", "was deleted"),
        ("Yes and No", "conflict", "both Yes and No"),
        ("No. Yes.", "conflict", "both Yes and No"),
        ("Yes and not known", "conflict", "Not known"),
        ("Yes?", "unreadable", "question mark"),
        ("Yes - TBC", "unreadable", "not certain"),
        ("No (to be confirmed)", "unreadable", "not certain"),
        ("Yes, but closed in March", "unreadable", "not certain"),
        ("Possibly", "unreadable", "neither"),
        ("No-one", "unreadable", "neither"),
        ("No one has said", "unreadable", "neither"),
        ("No known disability", "unreadable", "neither"),
        ("N.B. see police log", "unreadable", "neither"),
        ("Planned for 13 April", "unreadable", "neither"),
        ("Mother told", "unreadable", "neither"),
        (
            "Described by mother as having epilepsy, allergies and a bowel disorder. None confirmed.",
            "unreadable",
            "neither",
        ),
        ("Not known at this time", "not_known", ""),
        ("Not known – waiting for the hospital", "not_known", "more is written"),
        ("N/A", "not_applicable", ""),
        ("n - a", "not_applicable", ""),
        ("Choose an item.", "blank", ""),
        ("", "blank", ""),
        ("see attached", "blank", "only"),
    ],
)
def test_what_is_not_certain_is_neither_yes_nor_no_and_says_why(written: str, state: str, why: str) -> None:
    sense = read_yes_no(written)
    assert (sense.state, sense.value) == (state, None)
    assert why in sense.because


@pytest.mark.parametrize(
    ("field_id", "written", "value"),
    [
        ("media_interest", "None so far", "no"),
        ("national_notification_made", "Not yet", "no"),
        ("strategy_discussion", "Not yet held", "no"),
        ("strategy_discussion", "Held 13/4/26", "yes"),
        ("child_1_interpreter", "No interpreter required.", "no"),
        ("child_1_interpreter", "Required – Polish", "yes"),
        ("agency_1_still_involved", "closed June 2024", "no"),
        ("agency_1_still_involved", "Current", "yes"),
        ("child_1_disability", "None", "no"),
        ("process_police", "Ongoing", "yes"),
        ("family_1_lives_with_child", "Lives elsewhere", "no"),
    ],
)
def test_other_words_for_yes_and_no_count_in_the_question_they_belong_to(
    field_id: str, written: str, value: str
) -> None:
    field = the_dictionary().field(field_id)
    assert field is not None
    assert sense_of(field, field_id, written, latest=2027, wordings=WORDINGS).value == value


@pytest.mark.parametrize(
    ("field_id", "written"),
    [
        ("child_1_looked_after", "Not yet"),
        ("crit_improvements", "None so far"),
        ("media_interest", "None so far, but expected"),
        ("media_interest", "None confirmed"),
        ("child_1_disability", "None known"),
        ("agency_1_still_involved", "Yes until March"),
    ],
)
def test_they_count_nowhere_else_and_not_when_more_takes_them_back(field_id: str, written: str) -> None:
    field = the_dictionary().field(field_id)
    assert field is not None
    assert sense_of(field, field_id, written, latest=2027, wordings=WORDINGS).value is None


@given(st.text(max_size=40), st.sampled_from(["", "Yes", "No", "Yes ", "no - ", "N/K "]))
def test_no_text_whatever_breaks_a_yes_or_no(text: str, head: str) -> None:
    sense = read_yes_no(head + text, WORDINGS.yes_no["media_interest"])
    assert (sense.value is not None) == (sense.state == "answered")
    assert not sense.rest or sense.state == "answered"
