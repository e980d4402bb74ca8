"""Messy cases 9 to 11: a date changed under tracking, dates as people type them, words where a date goes."""

from __future__ import annotations

import pytest

from messy.words import CHILD, INCIDENT, REFERRER, TITLE, a_notification, changed, heading, pairs, taken
from reading.word_maker import (
    day,
    deleted,
    docx,
    inserted,
    paragraph,
    part,
    relation,
    relations,
    row,
    table,
)


def test_09_a_date_changed_under_tracking_is_the_new_one_asked_with_both() -> None:
    remark = '<w:r><w:commentReference w:id="1"/></w:r>'
    note = f'<w:comment w:id="1" w:author="K Osei">{paragraph("per duty SW log")}</w:comment>'
    rest = {label: answer for label, answer in INCIDENT.items() if label != "Date of incident"}
    when = row("Date of incident", paragraph(deleted("12/03/2024"), inserted("13/03/2024"), remark))
    content = docx(
        paragraph(TITLE, style="Title"), heading("1. Referrer"), pairs(REFERRER), heading("2. The child"),
        pairs(CHILD), heading("3. The incident"), table(when), pairs(rest),
        parts={
            "word/comments.xml": part("comments", note),
            "word/_rels/document.xml.rels": relations(relation("comments", "comments.xml")),
        },
    )  # fmt: skip
    form = taken(content)
    assert form.value("incident_date") == "2024-03-13"
    asked = " ".join(form.asked("incident_date"))
    assert '"12/03/2024"' in asked
    assert '"13/03/2024"' in asked
    assert {"revisions", "comments"} <= set(form.form.notes)
    assert any("tracked changes that nobody has accepted" in said for said in form.says)


def test_a_name_changed_under_tracking_is_asked_about_without_being_repeated() -> None:
    name = row("Name of child", paragraph("Jordan ", deleted("Ashley"), inserted("Ashby")))
    form = taken(a_notification(table(name, row("Date of birth", "3 February 2019"))))
    assert form.values("child_1_forename", "child_1_surname") == ["Jordan", "Ashby"]
    (asked,) = form.asked("child_1_surname")
    assert "tracked change" in asked
    assert "Ashley" not in asked


DATES = [
    ("12th March 24", "2024-03-12", "day"),
    ("?22 may 2016", "2016-05-22", "approximate"),
    ("22.05/16", "2016-05-22", "day"),
    ("w/c 11/03/2024", "2024-03-11/2024-03-17", "range"),
    ("early hrs 13/3/24", "2024-03-13", "day"),
]


@pytest.mark.parametrize(("written", "value", "precision"), DATES)
def test_10_a_date_as_people_type_it_keeps_its_precision_and_what_was_written(
    written: str, value: str, precision: str
) -> None:
    answer = taken(a_notification(incident=changed(INCIDENT, Date_of_incident=written)))["incident_date"]
    assert (answer.value, answer.precision, answer.raw) == (value, precision, written)


@pytest.mark.parametrize(
    ("written", "why"), [("31/02/2024", "no such day"), ("03/13/2024", "American"), ("EDD 03/06/2024", "expected")]
)
def test_10_a_date_that_cannot_be_is_no_answer_and_is_asked_as_it_was_written(written: str, why: str) -> None:
    form = taken(a_notification(incident=changed(INCIDENT, Date_of_incident=written)))
    assert form.value("incident_date") == "(unreadable)"
    (asked,) = form.asked("incident_date")
    assert written in asked
    assert why in asked


def test_10_a_date_of_delivery_in_the_place_of_the_birth_is_one() -> None:
    form = taken(a_notification(pairs({**CHILD, "Date of birth": "EDD 03/06/2024"})))
    assert form.values("child_1_dob", "child_1_edd") == ["(blank)", "2024-06-03"]


def test_11_words_where_a_date_goes_are_kept_and_never_made_a_date() -> None:
    rest = {label: answer for label, answer in INCIDENT.items() if label != "Date of incident"}
    form = taken(
        a_notification(
            pairs({**CHILD, "Date of birth": "16 yrs (turning 17 in Aug)"}),
            incident=rest,
            more=table(row("Date of incident", paragraph(day("Not known - see police log")))),
        )
    )
    assert form.values("child_1_age_if_no_dob", "child_1_dob") == [16, "(unreadable)"]
    assert "an age is written there" in " ".join(form.asked("child_1_dob"))
    assert form["child_1_dob"].raw == "16 yrs (turning 17 in Aug)"
    assert form.value("incident_date") == "(not_known)"
    assert form["incident_date"].raw == "Not known - see police log"
