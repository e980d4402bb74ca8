"""Messy case 25: a looked-after child dies, abuse is neither known nor suspected, and the notice is a day late."""

from __future__ import annotations

from datetime import date

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.deciding.decision import Decision
from makers import the_rules
from messy.words import REFERRER, TITLE, Taken, heading, pairs, taken
from reading.word_maker import docx, paragraph, row, table, tick

DAY = date(2025, 5, 14)


def ticked(yes: bool) -> str:
    return paragraph(tick(ticked=yes), " Yes ", tick(ticked=not yes), " No")


def form() -> Taken:
    story = "He was found collapsed. There had been bruising, and neglect was mentioned at school."
    content = docx(
        paragraph(TITLE, style="Title"), heading("1. Referrer"), pairs(REFERRER),
        heading("2. The child"), pairs({"Name of child": "Jordan Ashby", "Date of birth": "3 February 2008"}),
        table(row("Is the child looked after?", ticked(True)), row("Placing authority", "Holmshire County Council")),
        heading("3. The incident"),
        table(
            row("Date of incident", "1 May 2025"), row("Has the child died?", ticked(True)),
            row("Date of death", "1 May 2025"), row("Is abuse or neglect known?", ticked(False)),
            row("Is abuse or neglect suspected?", ticked(False)),
            row("Date the local authority became aware", "Friday 2 May 2025"),
            row("Did it happen in this local authority's area?", ticked(True)),
            row("Other local authority concerned", "Holmshire County Council"), row("What happened", story),
        ),
        heading("4. National notification"),
        table(row("Has the council notified the national Panel?", ticked(True)),
              row("Date of national notification", "Tuesday 13 May 2025")),
    )  # fmt: skip
    return taken(content, today=DAY)


def decided() -> Decision:
    return decide(Case("SIN-2025-001", (form().submission,), (DAY,)), the_rules(), DAY)


def test_25_nothing_about_abuse_is_inferred_from_the_story() -> None:
    assert form().values("abuse_neglect", "abuse_type", "harm_type") == ["no", "(blank)", "(blank)"]
    assert form().values("child_1_looked_after", "la_aware_date", "national_date") == [
        "yes",
        "2025-05-02",
        "2025-05-13",
    ]


def test_25_the_death_is_told_to_the_secretary_of_state_and_ofsted_and_no_rapid_review_follows() -> None:
    duty = decided().duty
    assert (duty.type, duty.notify, duty.rapid_review) == ("looked_after_death", "yes", "no")
    assert {"secretary_of_state", "ofsted", "other_authorities"} == set(duty.recipients)


def test_25_the_five_working_days_pass_over_the_bank_holiday_and_the_notice_is_one_day_late() -> None:
    (deadline,) = [d for d in decided().deadlines if d.working_days == 5 and d.done is not None]
    assert [day.day for day in deadline.counted] == [6, 7, 8, 9, 12]
    assert deadline.due == date(2025, 5, 12)
    late = " ".join(flag.says for flag in decided().flags if flag.key == "notified_late")
    assert "1 working day late" in late
    assert "6 May, 7 May, 8 May, 9 May, 12 May" in late
