"""Messy cases 23 and 24: prompts nobody touched, and answers in headers, boxes, notes, tables inside tables."""

from __future__ import annotations

import pytest

from formflow.reading.read import read
from messy.words import CHILD, INCIDENT, TITLE, a_notification, heading, pairs, taken
from reading.told import texts
from reading.word_maker import (
    cell,
    choice,
    control,
    docx,
    paragraph,
    part,
    relation,
    relations,
    row,
    run,
    table,
    text_box,
)

CHOOSE = "Choose an item."
TYPED = ("Religion", "Legal status", "Is the child disabled?", "Is the child looked after?", "Child protection plan",
         "GP", "Placement type", "Care leaver")  # fmt: skip


def test_23_prompts_that_nobody_touched_are_blank_whether_the_form_marks_them_or_not() -> None:
    marked = control(run(CHOOSE), prompt=True, kind="<w:dropDownList/>")
    form = taken(
        a_notification(
            pairs(CHILD),
            table(
                row("Gender", paragraph(marked)),
                row("Ethnicity", paragraph(choice(CHOOSE, ("White British", "1"), prompt=False))),
                *(row(label, CHOOSE) for label in TYPED),
                row("Expected date of delivery", "[DD/MM/YYY Y]"),
                row("School", "Click or tap here to enter text."),
            ),
        )
    )
    told = {f for f, a in form.form.answers.items() if f.startswith("child_1_") and a.state != "blank"}
    assert told == {"child_1_forename", "child_1_surname", "child_1_dob"}


def test_23_as_above_is_the_address_of_the_row_above_and_said_to_be() -> None:
    people = table(
        row("Name", "Relations hip to Child", "DOB", "Address", "Ethnicity", header=True),
        row("Robin Ashby", "Brother", "14/07/2016", "9 Mill Lane", CHOOSE),
        row("Sam Ashby", "Sister", "1 May 2021", "As above", CHOOSE),
    )
    form = taken(a_notification(more=heading("4. Family") + people))
    answer = form["family_2_address_if_different"]
    assert (answer.value, answer.raw) == ("9 Mill Lane", "As above")
    assert "as above" in answer.because
    assert form.asked("family_2_address_if_different")
    assert form.values("family_1_ethnicity", "family_2_ethnicity") == ["(blank)", "(blank)"]


@pytest.fixture(scope="module")
def odd() -> bytes:
    """A form with its answers in every odd place."""
    sign = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    note = f'<w:footnote w:id="7">{paragraph("The real referrer is Ola Berg, health visitor.")}</w:footnote>'
    chronology = docx(table(row("Date", "Event", header=True), *(row(f"0{n}/02/2024", "Visit") for n in range(1, 10))))
    siblings = table(
        row("Name", "Relationship", "DOB", header=True),
        row("Robin Ashby", "Brother", "14/07/2016"),
        row("Sam Ashby", "Sister", "1 May 2021"),
    )
    package = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
    embedded = f'<Relationship Id="rId9" Type="{package}" Target="embeddings/chronology.docx"/>'
    top = table(row("Our reference", "FEN/2024/17"), row("Child/children's initial/s", "J.A."))
    return docx(
        paragraph(TITLE, style="Title"), heading("1. Referrer"),
        table(row(paragraph("Referrer", sign), "Priya Nand"), row("Role", "Team manager")),
        heading("2. The child"), pairs(CHILD), table(row("Siblings", cell(siblings + paragraph()))),
        paragraph(text_box(paragraph("Social worker: Kim Osei"))),
        heading("3. The incident"), pairs(INCIDENT),
        parts={
            "word/footnotes.xml": part("footnotes", note),
            "word/header1.xml": part("hdr", top),
            "word/embeddings/chronology.docx": chronology,
            "word/_rels/document.xml.rels": relations(
                relation("footnotes", "footnotes.xml"), relation("header", "header1.xml"), embedded
            ),
        },
    )  # fmt: skip


def test_24_the_reference_in_the_header_and_the_siblings_in_a_table_inside_a_table_are_found(odd: bytes) -> None:
    form = taken(odd)
    assert form.value("case_ref") == "FEN/2024/17"
    assert form.values("family_1_name", "family_2_name") == ["Robin Ashby", "Sam Ashby"]
    assert form.value("child_2_surname") == "(blank)"


def test_24_what_stands_in_a_text_box_and_in_the_header_is_read_with_its_place(odd: bytes) -> None:
    said = texts(read(odd, "form.docx"))
    assert "Social worker: Kim Osei" in said
    assert "The real referrer is Ola Berg, health visitor." in said


def test_24_a_footnote_on_a_question_makes_its_answer_a_question(odd: bytes) -> None:
    form = taken(odd)
    assert form["notifier_name"].confidence < 0.6
    assert "note 1 of the form" in " ".join(form.asked("notifier_name"))
    assert "Ola" not in " ".join(form.says)


def test_24_an_embedded_document_is_listed_and_never_read_into_the_form(odd: bytes) -> None:
    form = taken(odd)
    assert "attachments" in form.form.notes
    assert "Other documents are embedded in the form; they were not read." in form.says
    assert form.value("event_1_date") == "(blank)"
