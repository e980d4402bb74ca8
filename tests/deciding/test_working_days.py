from __future__ import annotations

from datetime import date

import pytest

from formflow.deciding.working_days import england
from formflow.errors import Stop

ENGLAND = england({}, ())


@pytest.mark.parametrize(
    ("start", "five", "fifteen"),
    [
        (date(2018, 6, 29), date(2018, 7, 6), date(2018, 7, 20)),
        (date(2022, 5, 30), date(2022, 6, 8), date(2022, 6, 22)),
        (date(2022, 9, 14), date(2022, 9, 22), date(2022, 10, 6)),
        (date(2026, 4, 2), date(2026, 4, 13), date(2026, 4, 27)),
        (date(2026, 4, 4), date(2026, 4, 13), date(2026, 4, 27)),
        (date(2026, 12, 24), date(2027, 1, 5), date(2027, 1, 19)),
        (date(2027, 12, 22), date(2027, 12, 31), date(2028, 1, 17)),
    ],
)
def test_the_first_day_is_day_0_and_bank_holidays_do_not_count(start: date, five: date, fifteen: date) -> None:
    assert (ENGLAND.add(start, 5), ENGLAND.add(start, 15)) == (five, fifteen)


@pytest.mark.parametrize(
    ("publication", "send_by"), [(date(2027, 1, 5), date(2026, 12, 22)), (date(2026, 4, 14), date(2026, 4, 1))]
)
def test_seven_working_days_before_a_day_are_counted_back(publication: date, send_by: date) -> None:
    assert ENGLAND.before(publication, 7) == send_by


def test_every_counted_day_is_named() -> None:
    counted = ENGLAND.counted(date(2025, 5, 2), 5)
    assert [day.day for day in counted] == [6, 7, 8, 9, 12]


def test_substitute_and_one_off_days_are_bank_holidays() -> None:
    for day in (date(2026, 12, 28), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)):
        assert day in ENGLAND.named


def test_scottish_days_are_not() -> None:
    assert date(2026, 1, 2) not in ENGLAND.named


def test_a_day_announced_late_is_added_and_a_wrong_one_taken_away_by_the_settings() -> None:
    local = england({"2027-05-04": "For an occasion"}, ["2027-05-03"])
    assert local.add(date(2027, 4, 30), 1) == date(2027, 5, 3)
    assert local.add(date(2027, 5, 3), 1) == date(2027, 5, 5)


def test_a_setting_that_is_no_day_is_named() -> None:
    with pytest.raises(Stop, match="not_bank_holidays"):
        england({}, ["3 May"])


def test_days_between_count_backwards_too() -> None:
    assert ENGLAND.between(date(2026, 4, 2), date(2026, 4, 7)) == 1
    assert ENGLAND.between(date(2026, 4, 7), date(2026, 4, 2)) == -1
