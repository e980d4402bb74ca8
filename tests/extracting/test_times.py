from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.times import half_of_day_is_told, read_time, time_pieces


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("1430hrs", "14:30"),
        ("2.30pm", "14:30"),
        ("14:30", "14:30"),
        ("7am", "07:00"),
        ("6.20pm", "18:20"),
        ("2230hrs", "22:30"),
        ("1905 hrs", "19:05"),
        ("05.15", "05:15"),
        ("approx 7.45am", "07:45"),
        ("about 1 pm", "13:00"),
        ("7.50 am", "07:50"),
        ("0900", "09:00"),
        ("945 hrs", "09:45"),
        ("2.30 p.m.", "14:30"),
        ("12 midnight", "00:00"),
        ("noon", "12:00"),
        ("14h30", "14:30"),
        ("23:50", "23:50"),
    ],
)
def test_times_are_read_as_people_write_them(written: str, time: str) -> None:
    assert read_time(written) == time


@pytest.mark.parametrize(
    "written",
    ["7", "24:00", "25:00", "1pm-2pm", "between 6 and 7pm", "late evening", "1:5", "0 am", "13:00 am", "12/03/2024"],
)
def test_what_is_no_time_of_day_is_not_made_into_one(written: str) -> None:
    assert read_time(written) is None


@pytest.mark.parametrize(("written", "told"), [("7.45", False), ("07:45", True), ("7.45am", True), ("14:30", True)])
def test_a_time_that_may_be_morning_or_evening_is_known_to_be_so(written: str, told: bool) -> None:
    assert half_of_day_is_told(written) is told


@given(st.times())
def test_any_time_in_any_spelling_reads_back(time: object) -> None:
    for spelling in ("%H:%M", "%H%Mhrs", "%H.%M", "%I.%M%p", "%H%M"):
        assert read_time(format(time, spelling)) == format(time, "%H:%M")


def test_a_time_inside_longer_words_is_found_where_it_stands_and_a_date_is_none() -> None:
    text = "seen at 19.05 on 12.03.2024"
    assert [text[start:end] for start, end in time_pieces(text)] == ["at 19.05"]
