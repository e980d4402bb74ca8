"""Messy case 12: several children in one form, and children whom only the account knows."""

from __future__ import annotations

import pytest

from messy.words import INCIDENT, a_notification, changed, heading, taken
from reading.word_maker import row, table

CHILDREN = table(
    row("", "Name", "Date of birth", header=True),
    row("Child 1", "Jordan Ashby", "3 February 2019"),
    row("Child 2", "Robin Ashby", "14/07/2016"),
    row("Child 3", "Sam Ashby", "1 May 2021"),
)
FAMILY = heading("4. Family") + table(
    row("Name", "Relationship to child", "DOB", "Note", header=True),
    row("Kim Ashby", "Brother", "2 June 2012", "also injured"),
    row("Dana Ashby", "Mother", "1/1/1985", "not injured"),
)


def test_12_three_children_are_three_records_and_a_fourth_in_the_account_is_asked_about() -> None:
    told = changed(INCIDENT, What_happened="All were in the car. Baby Alfie Ashby, 4 months, was thrown clear.")
    form = taken(a_notification(CHILDREN, incident=told, more=FAMILY))
    assert form.values(*(f"child_{n}_forename" for n in (1, 2, 3, 4))) == ["Jordan", "Robin", "Sam", "(blank)"]
    (asked,) = form.asked("child_4_surname")
    assert "further child" in asked
    assert "Alfie" not in asked
    assert form.values("family_1_name", "family_1_note") == ["Kim Ashby", "also injured"]
    assert any("harmed too" in asked for asked in form.asked("family_1_note"))
    assert not any("harmed too" in asked for asked in form.asked("family_2_note"))


@pytest.mark.parametrize(
    ("account", "is_asked"),
    [
        ("The six children were in the car.", True),
        ("A fifth child was taken to hospital.", False),
        ("A seventh child was taken to hospital.", False),
        ("A sixth child was taken to hospital.", True),
        ("The three children were in the car.", False),
        ("Kim Ashby and Dana Ashby came home.", False),
        ("Mrs Ashby rang the Ashby family.", False),
        ("The mother lives at Ashby Road.", False),
        ("Alfie Ashby was thrown clear.", True),
    ],
)
def test_an_account_that_speaks_of_no_more_people_than_the_form_lists_asks_nothing(
    account: str, is_asked: bool
) -> None:
    form = taken(a_notification(CHILDREN, incident=changed(INCIDENT, What_happened=account), more=FAMILY))
    assert bool(form.asked("child_4_surname")) is is_asked
