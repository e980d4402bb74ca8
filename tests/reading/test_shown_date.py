from __future__ import annotations

import pytest

from formflow.reading.shown_date import disagrees

HELD = "2024-03-05T00:00:00Z"


@pytest.mark.parametrize(
    "shown",
    [
        "5 March 2024",
        "05/03/2024",
        "5.3.24",
        "05-03-2024",
        "5th March 2024",
        "Tuesday, 5 March 2024",
        "2024-03-05",
        "March 2024",
        "5 Mar 24",
        "5 March 2024 14:30",
        "",
    ],
)
def test_words_that_name_the_day_held_agree(shown: str) -> None:
    assert disagrees(shown, HELD) == ()


@pytest.mark.parametrize(
    "shown", ["6 March 2024", "5 April 2024", "5 March 2023", "03/05/2024", "6/3/2024", "early March", "not known"]
)
def test_words_that_name_another_day_or_none_are_a_doubt(shown: str) -> None:
    assert disagrees(shown, HELD) == (f'it shows "{shown}", but the date kept behind it is 5 March 2024',)


def test_an_american_date_that_can_be_no_british_one_agrees() -> None:
    assert disagrees("11/16/2016", "2016-11-16T00:00:00Z") == ()


def test_without_a_date_behind_it_there_is_nothing_to_doubt() -> None:
    assert disagrees("6 March 2024", "") == ()
    assert disagrees("6 March 2024", "2024-13-45") == ()
