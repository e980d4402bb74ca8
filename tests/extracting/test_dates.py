from __future__ import annotations

import calendar
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.dates import NoDate, When, read_date, read_moment
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
        ("Weds 15th April 2026", "2026-04-15", "day"),
        ("Sun 11 Feb 2024", "2024-02-11", "day"),
        ("Mon 16 Mar 2026", "2026-03-16", "day"),
        ("12/03/2024 (Tuesday)", "2024-03-12", "day"),
        ("18th March 26", "2026-03-18", "day"),
        ("Friday night 19/6/26", "2026-06-19", "day"),
        ("4 June 2026 (told by the coroner's officer)", "2026-06-04", "day"),
        ("13.4.26 via EDT at 02:10", "2026-04-13", "day"),
        ("September 2024 to 3 March 2026", "2024-09/2026-03-03", "range"),
        ("2.12.25 approx 2200", "2025-12-02", "day"),
        ("14.05/26", "2026-05-14", "day"),
        ("27-08-2007", "2007-08-27", "day"),
        ("March 12, 2024", "2024-03-12", "day"),
        ("11/02/24 approx 1300", "2024-02-11", "day"),
        ("15/10/2025 0900", "2025-10-15", "day"),
        ("14/10/2025 at 19.05", "2025-10-14", "day"),
        ("in the early hours of 13 March 2024", "2024-03-13", "day"),
        ("Overnight 17/18 December 2025", "2025-12-17/2025-12-18", "range"),
        ("night of 17/18 March 2024", "2024-03-17/2024-03-18", "range"),
        ("11-13 May 2026", "2026-05-11/2026-05-13", "range"),
        ("10–12 March 2024", "2024-03-10/2024-03-12", "range"),
        ("31 December 2025 / 1 January 2026", "2025-12-31/2026-01-01", "range"),
        ("week ending 15/03/2024", "2024-03-09/2024-03-15", "range"),
        ("March to May 2024", "2024-03/2024-05", "range"),
        ("2019 to 2021", "2019/2021", "range"),
        ("?1991", "1991", "approximate"),
        ("early March 2024", "2024-03", "approximate"),
        ("Sept 2024", "2024-09", "month"),
    ],
)
def test_dates_are_read_as_people_write_them_here(written: str, value: str, precision: str) -> None:
    assert read_date(written, latest=2026) == When(value, precision)  # type: ignore[arg-type]  # words of the table


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/2024", "no such day"), ("99/99/9999", "year cannot be right"), ("12/03/0224", "year cannot be right"),
        ("03/13/2024", "American"), ("12.30.24", "American"), ("17/18/2025", "no such day"),
        ("16 yrs (turning 17 in Aug)", "an age"), ("Autumn 2023", "a season"), ("early summer 2023", "a season"),
        ("14 April", "the year is missing"), ("on 14 April", "the year is missing"), ("12/2", "the year is missing"),
        ("Mar 22", "the year is missing"), ("May", "the year is missing"), ("12 March 1850", "year cannot be right"),
        ("since 2 March 2026", "a limit"), ("before 12/3/24", "a limit"), ("yesterday", "beside another"),
        ("soon", "not a date"), ("12/03/2024 13/03/2024", "not a date"), ("12/03/2024 or 14/03/2024", "not a date"),
        ("not 5/6/26", "not a date"), ("11/02/24 2024", "not a date"), ("w/c soon", "the week it names"),
    ],
)  # fmt: skip
def test_what_is_no_day_here_is_never_made_into_one_and_says_why(written: str, why: str) -> None:
    when = read_date(written, latest=2026)
    assert isinstance(when, NoDate)
    assert why in when.why


def test_a_weekday_that_is_not_that_day_is_a_doubt() -> None:
    when = read_date("Mon 17 Mar 2026", latest=2026)
    assert when == When("2026-03-17", "day", "it says Monday, but that day is a Tuesday")


def test_a_day_without_its_year_is_a_date_only_where_the_form_gives_the_year_elsewhere() -> None:
    assert read_date("on 14 April", latest=2026, year=2026) == When("2026-04-14", "day")
    assert isinstance(read_date("on 14 April", latest=2026), NoDate)


@pytest.mark.parametrize(
    ("written", "day", "time"),
    [
        ("11/02/24 approx 1300", "2024-02-11", "13:00"), ("15/10/2025 0900", "2025-10-15", "09:00"),
        ("14/10/2025 at 19.05", "2025-10-14", "19:05"), ("19.05 on 14/10/2025", "2025-10-14", "19:05"),
        ("Friday, 5th June 2026 at about 7pm", "2026-06-05", "19:00"), ("12 March 2024", "2024-03-12", None),
    ],
)  # fmt: skip
def test_the_time_beside_a_date_is_kept(written: str, day: str, time: str | None) -> None:
    assert read_moment(written, latest=2027) == (When(day, "day"), time)


def test_a_two_digit_year_of_birth_is_in_the_past() -> None:
    assert read_date("3/2/31", latest=2026, past=True) == When("1931-02-03", "day")


@given(
    st.dates(date(1930, 1, 1), date(2026, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d %B %Y", "%d.%m.%Y", "%A %d %b %Y"])
)
def test_any_day_in_any_spelling_reads_back(day: date, spelling: str) -> None:
    assert read_date(day.strftime(spelling), latest=2026) == When(day.isoformat(), "day")


PIECES = """
    1 2 3 11 12 13 17 18 29 30 31 24 26 99 1999 2024 2026 0900 march apr sept may mon sunday w/c overnight
    between and to from of the st th ? approx early 2.30pm or on edd dob autumn about
"""
MARKS = st.sampled_from(["/", ".", "-", " ", " - ", "–", ", ", " / ", "(", ")", ""])
MONTHS = [name[:3] for name in calendar.month_name[1:]]


@given(st.lists(st.tuples(st.sampled_from(PIECES.split()), MARKS), min_size=1, max_size=8))
def test_no_text_is_ever_read_as_a_date_it_does_not_contain(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + mark for piece, mark in pieces)
    when = read_date(text, latest=2027)
    if isinstance(when, NoDate) or "w/c" in text:
        return
    numbers = {int(n) for n in re.findall(r"\d+", text)} | {int(n) % 100 for n in re.findall(r"\d{4}", text)}
    for named in when.value.split("/"):
        year, *rest = (int(part) for part in named.split("-"))
        assert year in numbers or year % 100 in numbers
        assert not rest or rest[0] in numbers or MONTHS[rest[0] - 1].casefold() in text
        assert len(rest) < 2 or rest[1] in numbers


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading_of_dates_and_times(text: str) -> None:
    read_date(text, latest=2026)
    read_time(text)


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
