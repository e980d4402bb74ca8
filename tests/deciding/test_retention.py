from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from formflow.deciding.case import Case
from formflow.deciding.retention import kept
from makers import a_case

TODAY = date(2056, 6, 1)


def closed_on(day: str, *received: date) -> Case:
    from deciding.test_stages import updated

    forms = (*a_case().submissions, updated(close_case="yes", close_date=day))
    return replace(a_case(), submissions=forms, received=(date(2025, 3, 20), *received))


@pytest.mark.parametrize(
    ("closed", "last_form", "years", "until"),
    [
        ("2026-03-31", date(2026, 3, 31), 30, date(2056, 3, 31)),
        ("2026-03-31", date(2026, 9, 1), 30, date(2056, 9, 1)),
        ("2026-03-31", date(2026, 1, 1), 10, date(2036, 3, 31)),
        ("2028-02-29", date(2028, 2, 29), 1, date(2029, 3, 1)),
        ("2026-03-31", date(2026, 3, 31), None, None),
    ],
)
def test_a_case_is_kept_from_its_closing_or_its_last_form(
    closed: str, last_form: date, years: int | None, until: date | None
) -> None:
    assert kept(closed_on(closed, last_form), closed=True, years=years, hold=False).until == until


def test_the_last_day_belongs_to_the_period_and_a_hold_to_no_period() -> None:
    case = closed_on("2026-06-01", date(2026, 6, 1))
    assert not kept(case, closed=True, years=30, hold=False).over(TODAY)
    assert kept(case, closed=True, years=29, hold=False).over(TODAY)
    assert not kept(case, closed=True, years=29, hold=True).over(TODAY)
    assert not kept(case, closed=False, years=1, hold=False).over(TODAY)
