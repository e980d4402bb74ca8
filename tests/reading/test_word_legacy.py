from __future__ import annotations

import pytest

from formflow.reading.document import Control, Document
from formflow.reading.word import read_word
from reading import word_maker as word
from reading.told import texts
from reading.word_maker import cell, control, deleted, inserted, legacy, paragraph, row, run, table

EN_SPACES = "\u2002" * 5


def read(*body: str) -> Document:
    return read_word(word.docx(*body))


def one(*body: str) -> Control:
    (found,) = read(*body).controls
    return found


def box(state: str) -> Control:
    return one(paragraph(legacy(f"<w:checkBox>{state}</w:checkBox>", name="Check1")))


def listed(state: str, *entries: str) -> Control:
    items = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return one(paragraph(legacy(f"<w:ddList>{state}{items}</w:ddList>", name="Dropdown1")))


def test_a_text_field_goes_by_its_bookmark() -> None:
    found = one(paragraph("Surname: ", legacy("<w:textInput/>", "Smith", "Text1")))
    assert (found.name, found.kind, found.raw, found.place) == ("Text1", "text", "Smith", "paragraph 1")


def test_five_wide_spaces_are_blank() -> None:
    assert one(paragraph(legacy("<w:textInput/>", EN_SPACES))).raw == ""


def test_an_answer_of_several_paragraphs_is_whole() -> None:
    begin, _, rest = legacy("<w:textInput/>", "one", "Text1").partition("one")
    first, last = begin + "one</w:t></w:r>", '<w:r><w:t>two</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert rest
    assert one(paragraph(first) + paragraph(last)).raw == "one\ntwo"


def test_the_answer_keeps_breaks_and_takes_accepted_words_only() -> None:
    begin, _, end = legacy("<w:textInput/>", "@", "Text1").partition(run("@"))
    found = one(paragraph(begin + run("a") + "<w:r><w:br/></w:r>" + deleted("b") + inserted("c") + end))
    assert found.raw == "a\nc"


@pytest.mark.parametrize(
    ("state", "ticked"),
    [
        ("<w:checked/>", True),
        ('<w:checked w:val="1"/>', True),
        ('<w:checked w:val="true"/>', True),
        ('<w:checked w:val="0"/>', False),
        ('<w:default w:val="0"/>', False),
        ('<w:default w:val="1"/>', True),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', False),
        ('<w:default w:val="0"/><w:checked/>', True),
        ("", False),
    ],
)
def test_a_check_box_is_ticked_by_its_own_state_before_its_makers(state: str, ticked: bool) -> None:
    found = box(state)
    assert (found.kind, found.ticked, found.doubts) == ("tick", ticked, ())


def test_a_check_box_whose_state_is_no_state_is_a_doubt() -> None:
    found = box('<w:checked w:val="maybe"/>')
    assert found.ticked is False
    assert found.doubts == ("whether the box is ticked cannot be told from the file",)


def test_a_list_gives_the_entry_of_its_number() -> None:
    found = listed('<w:result w:val="1"/>', "Yes", "No")
    assert (found.kind, found.raw, found.options, found.doubts) == ("choice", "No", ("Yes", "No"), ())


def test_the_first_entry_chosen_by_hand_is_an_answer() -> None:
    assert listed('<w:result w:val="0"/>', "Yes", "No").raw == "Yes"


@pytest.mark.parametrize("state", ["", '<w:result w:val="0"/>'])
def test_a_list_that_shows_its_prompt_is_blank(state: str) -> None:
    found = listed(state, "Select...", "Yes", "No")
    assert (found.raw, found.doubts) == ("", ())


def test_a_list_that_nobody_touched_and_that_shows_an_answer_is_a_doubt() -> None:
    found = listed("", "Yes", "No")
    assert found.raw == ""
    assert found.doubts == ('the list shows "Yes", but nobody chose it',)
    assert listed('<w:default w:val="1"/>', "Yes", "No").doubts == ('the list shows "No", but nobody chose it',)


@pytest.mark.parametrize("number", ["99", "abc", "-1"])
def test_a_choice_that_is_not_in_the_list_is_a_doubt(number: str) -> None:
    found = listed(f'<w:result w:val="{number}"/>', "Yes", "No")
    assert (found.raw, found.doubts) == ("", ("the choice is not one of the list",))


def test_a_field_without_an_end_does_not_swallow_the_form_and_says_so() -> None:
    open_field = legacy("<w:textInput/>", "Smith", "Text1").replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    document = read(
        table(row("Surname", paragraph(open_field)), row("First name", paragraph(control("Ann", tag="first"))))
    )
    unended, first = document.controls
    assert unended.raw == ""
    assert "no end" in unended.doubts[0]
    assert "Smith" in unended.doubts[0]
    assert (first.raw, first.label) == ("Ann", "First name")


def test_a_box_without_middle_or_end_leaves_the_words_after_it_readable() -> None:
    begun = legacy("<w:checkBox><w:checked/></w:checkBox>").partition("<w:r><w:instrText>")[0]
    document = read(paragraph(begun), paragraph("What happened next"))
    assert [found.ticked for found in document.controls] == [True]
    assert "What happened next" in texts(document)


def test_a_computed_field_is_plain_text() -> None:
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5 March 2024</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read(paragraph("Printed on ", page))
    assert document.controls == ()
    assert texts(document) == ["Printed on 5 March 2024"]


def test_the_help_of_the_forms_maker_is_the_label_where_there_are_no_words() -> None:
    field = legacy('<w:statusText w:val="Surname of the child"/><w:textInput/>', "Smith", "Text1")
    assert one(paragraph(field)).label == "Surname of the child"
    assert one(table(row("Surname", cell(paragraph(field))))).label == "Surname"


def test_a_control_round_older_fields_is_a_group() -> None:
    outer, inner = read(control(paragraph(legacy("<w:textInput/>", "Smith", "Text1")), tag="all")).controls
    assert (outer.kind, outer.raw) == ("group", "")
    assert inner.raw == "Smith"


def test_a_field_that_still_shows_what_the_blank_form_shows_is_a_doubt() -> None:
    data = '<w:textInput><w:default w:val="dd/mm/yyyy"/></w:textInput>'
    found = one(paragraph(legacy(data, "dd/mm/yyyy")))
    assert found.raw == "dd/mm/yyyy"
    assert found.doubts == ('it shows "dd/mm/yyyy", which is what the blank form shows there',)
    assert one(paragraph(legacy(data, "5 March 2024"))).doubts == ()


def test_a_tracked_change_in_an_older_field_is_a_doubt_with_both_values() -> None:
    begin, _, end = legacy("<w:textInput/>", "@", "Text1").partition(run("@"))
    found = one(paragraph(begin + deleted("12 May") + inserted("13 May") + end))
    assert found.raw == "13 May"
    assert found.doubts == ('a tracked change is not accepted: before it said "12 May", now "13 May"',)


@pytest.mark.parametrize(
    ("data", "odd"),
    [
        ('<w:checkBox><w:checked w:val="maybe"/></w:checkBox>', True),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="a"/></w:ddList>', True),
        ("<w:checkBox><w:checked/></w:checkBox>", False),
        ('<w:ddList><w:listEntry w:val="a"/></w:ddList>', False),
    ],
)
def test_a_field_that_word_would_never_write_is_noted(data: str, odd: bool) -> None:
    assert ("odd-field" in read(paragraph(legacy(data))).notes) is odd


def test_a_field_that_begins_before_the_last_one_ended_leaves_that_one_uncertain() -> None:
    lost = legacy("<w:textInput/>", "Smith", "T1").replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    first, second = read(paragraph(lost, " born ", legacy("<w:textInput/>", "1 May", "T2"))).controls
    assert (first.raw, second.raw, second.doubts) == ("", "1 May", ())
    assert "no end" in first.doubts[0]


def test_a_field_whose_instruction_never_ends_takes_no_words_of_the_next_paragraph() -> None:
    begun = legacy("<w:textInput/>", "", "T1").partition('<w:r><w:fldChar w:fldCharType="separate"/>')[0]
    document = read(paragraph("Name: ", begun), paragraph("What happened next"))
    assert document.controls[0].raw == ""
    assert texts(document) == ["Name:", "What happened next"]
