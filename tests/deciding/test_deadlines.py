from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.deciding.clock import Clock, every, months_after
from formflow.deciding.decide import decide
from formflow.deciding.decision import Deadline
from formflow.deciding.explaining import working
from formflow.deciding.progress import Progress
from formflow.deciding.review_deadlines import ended_by, legacy_due
from formflow.deciding.working_days import england
from formflow.local import Local
from makers import a_case, the_rules

ENGLAND = england({}, ())


def made(on: date, since: Progress | None = None, **answers: object) -> dict[str, Deadline]:
    return {one.key: one for one in decide(a_case((), **answers), the_rules(), on, None, since).deadlines}


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 8, 29), 6, date(2024, 2, 29)),
        (date(2024, 8, 29), 6, date(2025, 2, 28)),
        (date(2026, 3, 31), 6, date(2026, 9, 30)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
        (date(2019, 9, 29), 12, date(2020, 9, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
    ],
)
def test_calendar_months_end_on_the_same_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(1, 36))
def test_months_never_run_over_into_the_next_month(start: date, months: int) -> None:
    end = months_after(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("began", "due"),
    [
        (date(2019, 4, 1), date(2020, 4, 1)),
        (date(2019, 9, 2), date(2020, 9, 2)),
        (date(2019, 9, 28), date(2020, 9, 28)),
        (date(2019, 9, 29), date(2020, 9, 29)),
        (date(2019, 10, 15), date(2020, 9, 29)),
        (None, date(2020, 9, 29)),
    ],
)
def test_old_reviews_end_a_year_after_the_partners_began_and_never_after_29_september_2020(
    began: date | None, due: date
) -> None:
    found = ended_by(the_rules().guidance)
    assert found is not None
    assert legacy_due(found[1], Local(arrangements_began=began)) == due


def test_a_deadline_shows_every_day_it_was_counted_by() -> None:
    one = made(date(2026, 4, 7), la_aware_date="2026-04-02")["notify_panel"]
    shown = [(day.day.day, day.number, day.why) for day in working(one)]
    assert shown == [
        (2, 0, ""), (3, None, "Good Friday"), (4, None, "Saturday"), (5, None, "Sunday"), (6, None, "Easter Monday"),
        (7, 1, ""), (8, 2, ""), (9, 3, ""), (10, 4, ""), (11, None, "Saturday"), (12, None, "Sunday"), (13, 5, ""),
    ]  # fmt: skip


def test_a_deadline_counted_backwards_shows_its_days_backwards() -> None:
    since = Progress(review_agreed=date(2026, 6, 15), publication_planned=date(2027, 1, 5))
    one = made(date(2026, 12, 1), since)["send_before_publication"]
    shown = [(day.day, day.number) for day in working(one) if day.number is not None]
    assert shown[0] == (date(2027, 1, 5), 0)
    assert shown[-1] == (date(2026, 12, 22), 7)
    assert [one.why for one in one.skipped][-1] == "New Year's Day"


def test_a_deadline_in_months_shows_no_days() -> None:
    since = Progress(review_agreed=date(2025, 8, 31), outcomes=("local_review",))
    one = made(date(2025, 9, 1), since)["local_review"]
    assert list(working(one)) == []
    assert (one.working_days, one.months) == (None, 6)


@given(st.dates(date(2018, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_counting_forward_and_back_agree(start: date, count: int) -> None:
    due = ENGLAND.add(start, count)
    assert ENGLAND.between(start, due) == count
    assert due in ENGLAND.days
    assert ENGLAND.counted(start, count)[-1] == due
    assert ENGLAND.counted_back(due, 1)[-1] < due


@given(st.dates(date(2018, 1, 1), date(2040, 1, 1)))
def test_the_working_shows_as_many_days_as_there_are(start: date) -> None:
    days = ENGLAND.counted(start, 5)
    clock = Clock(ENGLAND, 3, start)
    one = Deadline("x", "", start, days[-1], 5, "to_come", "", "", days, skipped=clock.skipped(start, days[-1]))
    shown = list(working(one))
    assert len(shown) == (days[-1] - start).days + 1
    assert [day.number for day in shown if day.number is not None] == [0, 1, 2, 3, 4, 5]
    assert all(day.why for day in shown if day.number is None)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 3, 13), "to_come"),
        (date(2026, 3, 16), "to_come"),
        (date(2026, 3, 17), "due_soon"),
        (date(2026, 3, 20), "due_soon"),
        (date(2026, 3, 21), "overdue"),
    ],
)
def test_a_deadline_turns_yellow_three_working_days_before_and_red_after_its_day(on: date, state: str) -> None:
    one = made(on, la_aware_date="2026-03-13")["notify_panel"]
    assert one.due == date(2026, 3, 20)
    assert one.state == state


def test_each_deadline_says_who_must_act_and_where_it_comes_from() -> None:
    since = Progress(review_agreed=date(2026, 3, 16), outcomes=("local_review",))
    for one in made(date(2026, 3, 20), since, national_date="2026-03-16").values():
        assert one.who, one.key
        assert one.rule, one.key
        assert one.source, one.key


def test_what_recurs_is_counted_from_when_it_was_last_done() -> None:
    assert every(date(2026, 1, 1), 28, ()) == date(2026, 1, 29)
    assert every(date(2026, 1, 1), 28, (date(2026, 1, 20), date(2026, 1, 10))) == date(2026, 2, 17)


def test_days_beyond_the_calendar_are_not_guessed() -> None:
    rules = replace(the_rules(), due_soon_working_days=3)
    decision = decide(a_case((), la_aware_date="2045-12-29"), rules, date(2026, 3, 20))
    assert {d.key: d.due for d in decision.deadlines}["notify_panel"] is None
