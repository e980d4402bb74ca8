from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.dates import NoDate, When, read_date
from formflow.extracting.times import read_time
from formflow.extracting.values import answer_to
from makers import the_dictionary

PRACTICE = Path(__file__).parents[1] / "practice" / "truth.jsonl"


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("12/03/2024", "2024-03-12", "day"),
        ("12.3.24", "2024-03-12", "day"),
        ("12th March 24", "2024-03-12", "day"),
        ("12 Mar 24", "2024-03-12", "day"),
        ("Tuesday 12 March 2024", "2024-03-12", "day"),
        ("22.05/16", "2016-05-22", "day"),
        ("2024-03-12", "2024-03-12", "day"),
        ("early hrs 13/3/24", "2024-03-13", "day"),
        ("12 March 2024, 2.30pm", "2024-03-12", "day"),
        ("EDD 03/06/2024", "2024-06-03", "day"),
        ("?22 may 2016", "2016-05-22", "approximate"),
        ("on or around 5 March 2024", "2024-03-05", "approximate"),
        ("w/c 11/03/2024", "2024-03-11/2024-03-17", "range"),
        ("between 10 and 12 March 2024", "2024-03-10/2024-03-12", "range"),
        ("12-15 March 2024", "2024-03-12/2024-03-15", "range"),
        ("March 2024", "2024-03", "month"),
        ("2019", "2019", "year"),
    ],
)
def test_dates_are_read_as_people_write_them_here(written: str, value: str, precision: str) -> None:
    assert read_date(written, latest=2026) == When(value, precision)  # type: ignore[arg-type]  # words of the table


@pytest.mark.parametrize(
    "written", ["31/02/2024", "03/13/2024", "16 yrs (turning 17 in Aug)", "soon", "12/2", "99/99/9999"]
)
def test_what_is_no_day_here_is_never_made_into_one(written: str) -> None:
    assert isinstance(read_date(written, latest=2026), NoDate)


def test_a_two_digit_year_of_birth_is_in_the_past() -> None:
    assert read_date("3/2/31", latest=2026, past=True) == When("1931-02-03", "day")


@given(
    st.dates(date(1930, 1, 1), date(2026, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d %B %Y", "%d.%m.%Y", "%A %d %b %Y"])
)
def test_any_day_in_any_spelling_reads_back(day: date, spelling: str) -> None:
    assert read_date(day.strftime(spelling), latest=2026) == When(day.isoformat(), "day")


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading_of_dates_and_times(text: str) -> None:
    read_date(text, latest=2026)
    read_time(text)


@pytest.mark.parametrize(
    ("written", "time"), [("1430hrs", "14:30"), ("2.30pm", "14:30"), ("14:30", "14:30"), ("7am", "07:00")]
)
def test_times_are_read_as_people_write_them(written: str, time: str) -> None:
    assert read_time(written) == time


def test_the_practice_forms_answers_are_never_read_as_something_else() -> None:
    dictionary = the_dictionary()
    wrong = []
    for line in PRACTICE.read_text(encoding="utf-8").splitlines():
        for field_id, told in json.loads(line)["answers"].items():
            field = dictionary.field(field_id)
            right = [told["value"]] if "value" in told else told.get("any_of", [])
            if field is None or "raw" not in told or field.type not in ("date", "time", "integer", "postcode"):
                continue
            answer = answer_to(field, field_id, told["raw"], place="", how="", latest=2027)
            if answer.state == "answered" and answer.value not in right:
                wrong.append((field_id, told["raw"], answer.value))
    assert wrong == []
