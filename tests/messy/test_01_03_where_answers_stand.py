"""Messy cases 1 to 3: answers under their labels, several in one cell, two pairs a row and merged cells."""

from __future__ import annotations

from formflow.reading.read import read
from messy.words import INCIDENT, TITLE, a_notification, bold, heading, pairs, taken
from reading.told import texts
from reading.word_maker import cell, docx, paragraph, row, table

LINE = "<w:r><w:br/></w:r>"


def test_01_answers_that_stand_under_their_labels_are_found_past_blank_lines_and_hints() -> None:
    asked = [paragraph(bold(label)) + paragraph(answer) for label, answer in INCIDENT.items()]
    form = taken(
        docx(
            paragraph(TITLE, style="Title"),
            paragraph(bold("Name of Child")), paragraph("Jordan Ashby"),
            paragraph(bold("DOB")), paragraph("(if known)"), paragraph(), paragraph(), paragraph(),
            paragraph("3rd Feb 2019"),
            *asked,
        )
    )  # fmt: skip
    assert form.values("child_1_forename", "child_1_surname", "child_1_dob") == ["Jordan", "Ashby", "2019-02-03"]
    assert form.values("incident_date", "abuse_neglect") == ["2024-03-10", "suspected"]


def test_02_three_questions_asked_and_answered_in_one_cell_are_three_answers() -> None:
    inside = paragraph("Date of birth: 14/07/2016", LINE, "Ethnicity: White British", LINE, "Gender: F")
    form = taken(a_notification(table(row("Child details", inside))))
    assert form.values("child_1_dob", "child_1_ethnicity", "child_1_sex") == ["2016-07-14", "white_british", "female"]


def over(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_03_two_pairs_a_row_and_merged_cells_are_read_once_each() -> None:
    parents = cell(paragraph("Parents"), properties='<w:vMerge w:val="restart"/>')
    still_parents = cell(paragraph(), properties="<w:vMerge/>")
    content = a_notification(
        table(
            row("Child's last name(s)", "Ashby", "Child's forename(s)", "Jordan"),
            row("Home address", cell(paragraph("12 Foundry Terrace, Fenwold"), properties=over(3))),
            row(parents, "Mother", "Dana Ashby", ""),
            row(still_parents, "Father", "Lee Ashby", ""),
        )
    )
    form = taken(content)
    assert form.values("child_1_surname", "child_1_forename") == ["Ashby", "Jordan"]
    assert form.value("child_1_home_address") == "12 Foundry Terrace, Fenwold"
    said = " ".join(cell.text for block in read(content, "a.docx").blocks if hasattr(block, "rows")
                    for cells in block.rows for cell in cells)  # fmt: skip
    assert [said.count(words) for words in ("Foundry Terrace", "Parents", "Dana Ashby", "Lee Ashby")] == [1, 1, 1, 1]


def test_a_table_of_people_with_their_relationship_is_never_taken_for_more_children() -> None:
    columns = ("Name", "Relationship to child", "DOB", "Address", "Legal status", "Ethnic origin", "CP plan")
    people = table(row(*columns, header=True), row("Dana Ashby", "Mother", "1/1/1985", "Mill Lane", "", "", ""))
    for form in (
        taken(a_notification(pairs({"Name of child": "Jordan Ashby"}), people)),
        taken(a_notification(more=heading("3. Family composition/Significant others") + people)),
    ):
        assert form.values("family_1_name", "family_1_relationship") == ["Dana Ashby", "Mother"]
        assert form.values("child_1_surname", "child_2_surname", "child_2_dob") == ["Ashby", "(blank)", "(blank)"]


def test_nothing_of_a_messy_form_is_lost_to_the_reader() -> None:
    assert texts(read(a_notification(), "form.docx"))[0] == TITLE
