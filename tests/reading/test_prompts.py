from __future__ import annotations

import pytest

from formflow.reading.prompts import is_empty_entry, is_prompt


@pytest.mark.parametrize(
    "words",
    [
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Please click here to select",
        "Choose an item.",
        " Choose a building block. ",
    ],
)
def test_the_prompts_of_office_programs_are_known(words: str) -> None:
    assert is_prompt(words)


@pytest.mark.parametrize("words", ["", "Smith", "He chose an item.", "Click", "Tap left running", "Choose"])
def test_an_answer_is_no_prompt(words: str) -> None:
    assert not is_prompt(words)


@pytest.mark.parametrize(
    "words",
    ["", "Select", "Select...", "-- Select --", "<Please select>", "Choose one", "Pick a date", "[choose]", "---"],
)
def test_entries_that_only_ask_are_known(words: str) -> None:
    assert is_empty_entry(words)


@pytest.mark.parametrize("words", ["Yes", "None", "Not known", "Selective", "Picked up by police", "N/A", "0"])
def test_entries_that_answer_are_none_of_them(words: str) -> None:
    assert not is_empty_entry(words)
