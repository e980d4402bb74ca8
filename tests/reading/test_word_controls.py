from __future__ import annotations

import pytest

from formflow.reading.document import Control
from formflow.reading.word import read_word
from reading import word_maker as word
from reading.word_maker import cell, choice, control, day, deleted, inserted, paragraph, row, run, table, tick

YES_NO = (("Choose an item.", ""), ("Yes", "y"), ("No", "n"))


def controls(*body: str, parts: dict[str, str | bytes] | None = None) -> tuple[Control, ...]:
    return read_word(word.docx(*body, parts=parts)).controls


def one(*body: str, parts: dict[str, str | bytes] | None = None) -> Control:
    (found,) = controls(*body, parts=parts)
    return found


CONTROLLED = control("Smith", tag="surname")


@pytest.mark.parametrize(
    "body",
    [
        paragraph(CONTROLLED),
        control(paragraph("Smith"), tag="surname"),
        table(row(paragraph(CONTROLLED))),
        table(row(control(cell(paragraph("Smith")), tag="surname"))),
        table(control(row("Smith"), tag="surname")),
        control(table(row("Smith")), tag="surname"),
        table(row(cell(table(row(paragraph(CONTROLLED))), paragraph()))),
        paragraph(f"<w:hyperlink>{CONTROLLED}</w:hyperlink>"),
        paragraph(f"<w:smartTag>{CONTROLLED}</w:smartTag>"),
        paragraph(f'<w:ins w:id="1">{CONTROLLED}</w:ins>'),
        paragraph(word.text_box(paragraph(CONTROLLED))),
    ],
    ids=[
        "run",
        "block",
        "in-cell",
        "cell",
        "row",
        "table",
        "nested-table",
        "link",
        "smart-tag",
        "inserted",
        "text-box",
    ],
)
def test_a_control_is_found_at_every_level(body: str) -> None:
    found = one(body)
    assert (found.name, found.kind, found.raw) == ("surname", "text", "Smith")


def test_a_control_in_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    assert one(paragraph(word.text_box(paragraph(CONTROLLED)))).place == "text box 1"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (paragraph("one") + paragraph(CONTROLLED), "paragraph 2"),
        (paragraph("one") + control(paragraph("Smith")), "paragraph 2"),
        (table(row("a")) + table(row("b"), row("c", paragraph(CONTROLLED))), "table 2, row 2"),
        (table(row(cell(table(row("x"), row(paragraph(CONTROLLED))), paragraph()))), "table 2, row 2"),
    ],
)
def test_a_place_is_what_a_person_would_call_it(body: str, place: str) -> None:
    assert one(body).place == place


def test_a_control_without_a_tag_goes_by_its_title() -> None:
    assert one(paragraph(control("Smith", alias="Surname"))).name == "Surname"
    assert one(paragraph(control("Smith"))).name == ""


def test_a_prompt_is_not_an_answer() -> None:
    assert one(paragraph(control("Type the surname", prompt=True))).raw == ""


@pytest.mark.parametrize(
    "prompt", ["Click or tap here to enter text.", "Click here to enter a date.", "Choose an item."]
)
def test_words_own_prompts_are_no_answers_even_when_the_mark_is_lost(prompt: str) -> None:
    assert one(paragraph(control(prompt))).raw == ""


def glossary(name: str, prompt: str) -> dict[str, str | bytes]:
    entry = (
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/></w:docPartPr><w:docPartBody>{paragraph(prompt)}'
        "</w:docPartBody></w:docPart>"
    )
    return {"word/glossary/document.xml": word.part("glossaryDocument", f"<w:docParts>{entry}</w:docParts>")}


PLACEHOLDER = '<w:placeholder><w:docPart w:val="P1"/></w:placeholder>'


def test_an_answer_under_the_mark_of_a_prompt_is_a_doubt_and_not_blank_in_silence() -> None:
    body = paragraph(control("Smith", prompt=True, extra=PLACEHOLDER))
    found = one(body, parts=glossary("P1", "Type the surname"))
    assert found.raw == ""
    assert found.doubts == ('it is marked as not filled in, but it shows "Smith"',)


def test_the_forms_own_prompt_is_blank_without_a_doubt() -> None:
    body = paragraph(control("Type  the surname", prompt=True, extra=PLACEHOLDER))
    assert one(body, parts=glossary("P1", "Type the surname")).doubts == ()
    lines = control(paragraph("Type the") + paragraph("surname"), prompt=True, extra=PLACEHOLDER)
    assert one(lines, parts=glossary("P1", "Type thesurname")).doubts == ()


def test_white_space_in_an_answer_is_kept() -> None:
    body = paragraph(control(run("a  b") + "<w:r><w:br/></w:r>" + run("c") + "<w:r><w:tab/></w:r>" + run("d")))
    assert one(body).raw == "a  b\nc\td"


def test_paragraphs_of_an_answer_are_lines() -> None:
    assert one(control(paragraph("one") + paragraph("") + paragraph("two"))).raw == "one\n\ntwo"


def test_a_control_that_holds_controls_is_a_group_and_no_answer() -> None:
    outer, inner = controls(control(paragraph("Name: ", CONTROLLED), tag="outer"))
    assert (outer.name, outer.kind, outer.raw) == ("outer", "group", "")
    assert (inner.name, inner.raw) == ("surname", "Smith")


def test_a_locked_region_and_a_reference_list_are_no_answers() -> None:
    for kind in ("<w:group/>", "<w:docPartObj/>", "<w:bibliography/>"):
        assert one(control(paragraph("words"), kind=kind)).kind == "group"


def test_a_row_of_a_repeating_section_that_people_type_into_directly_is_an_answer() -> None:
    item = control(paragraph("Ann"), kind="<w15:repeatingSectionItem/>")
    outer, inner = controls(control(item, tag="people", kind="<w15:repeatingSection/>"))
    assert outer.kind == "group"
    assert (inner.kind, inner.raw, inner.repeated) == ("text", "Ann", True)


def test_a_picture_is_a_picture() -> None:
    assert one(paragraph(control("<w:r><w:drawing/></w:r>", kind="<w:picture/>"))).kind == "picture"


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox"])
def test_a_choice_has_its_options_as_people_read_them(kind: str) -> None:
    found = one(paragraph(choice("Yes", *YES_NO, kind=kind)))
    assert (found.kind, found.raw, found.options) == ("choice", "Yes", ("Yes", "No"))


@pytest.mark.parametrize(
    "first",
    [
        ("Choose an item.", ""),
        ("Select…", ""),
        ("anything without a value", ""),
        ("Choose an item.", "Choose an item."),
        ("-- Please select --", "0"),
        ("Select", "Select"),
    ],
)
def test_the_first_entry_of_a_list_that_only_asks_is_blank(first: tuple[str, str]) -> None:
    found = one(paragraph(choice(first[0], first, ("Yes", "y"))))
    assert (found.raw, found.options) == ("", ("Yes",))


@pytest.mark.parametrize("first", ["Pick-up point", "Selective mutism", "Choose to stay, with support"])
def test_a_first_entry_that_only_begins_like_a_prompt_is_an_answer(first: str) -> None:
    assert one(paragraph(choice(first, (first, "1"), ("Yes", "y")))).raw == first


def test_words_typed_into_a_combo_box_are_kept() -> None:
    assert one(paragraph(choice("Perhaps", *YES_NO, kind="comboBox"))).raw == "Perhaps"


@pytest.mark.parametrize(("ticked", "glyph"), [(True, "☒"), (False, "☐"), (True, "✓"), (True, "X")])
def test_a_tick_box_has_a_state(ticked: bool, glyph: str) -> None:
    found = one(paragraph(tick(ticked=ticked, shown=glyph)))
    assert (found.kind, found.ticked, found.doubts) == ("tick", ticked, ())


def test_a_tick_box_that_shows_the_other_state_keeps_its_own_and_says_so() -> None:
    ticked = one(paragraph(tick(ticked=True, shown="☐")))
    assert ticked.ticked is True
    assert ticked.doubts == ("the box is ticked in the file, but an empty box is shown",)
    empty = one(paragraph(tick(ticked=False, shown="☒")))
    assert empty.ticked is False
    assert empty.doubts == ("the box is empty in the file, but a ticked box is shown",)


def test_the_glyphs_that_the_forms_maker_chose_count() -> None:
    kind = (
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2B24"/>'
        '<w14:uncheckedState w14:val="25EF"/></w14:checkbox>'
    )
    assert one(paragraph(control("\u25ef", kind=kind))).doubts == ()
    assert len(one(paragraph(control("\u2b24", kind=kind))).doubts) == 1


def test_a_box_drawn_with_a_symbol_font_is_a_box() -> None:
    kind = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    shown = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    assert len(one(paragraph(control(shown, kind=kind))).doubts) == 1


def test_a_date_keeps_what_is_shown() -> None:
    found = one(paragraph(day("5 March 2024", "2024-03-05T00:00:00Z")))
    assert (found.kind, found.raw, found.doubts) == ("date", "5 March 2024", ())


def test_a_date_that_shows_another_day_than_it_holds_is_a_doubt() -> None:
    found = one(paragraph(day("6 March 2024", "2024-03-05T00:00:00Z")))
    assert found.raw == "6 March 2024"
    assert found.doubts == ('it shows "6 March 2024", but the date kept behind it is 5 March 2024',)


def test_what_was_put_in_counts_and_what_was_struck_out_does_not() -> None:
    found = one(paragraph(control(run("4") + deleted("2") + inserted("3") + run(" May"))))
    assert found.raw == "43 May"
    assert found.doubts == ('a tracked change is not accepted: before it said "42 May", now "43 May"',)


def test_an_answer_that_was_struck_out_whole_is_a_doubt_and_not_blank_in_silence() -> None:
    found = one(paragraph(control(deleted("Smith"))))
    assert found.raw == ""
    assert found.doubts == ('a tracked change is not accepted: before it said "Smith", now ""',)


def test_a_box_ticked_with_tracking_on_is_a_doubt() -> None:
    kind = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    assert one(paragraph(control(deleted("☐") + inserted("☒"), kind=kind))).doubts == (
        'a tracked change is not accepted: before it said "☐", now "☒"',
    )


def test_a_control_that_was_moved_is_read_where_it_is_now() -> None:
    body = paragraph(f'<w:moveFrom w:id="1">{CONTROLLED}</w:moveFrom>') + paragraph(
        f'<w:moveTo w:id="2">{CONTROLLED}</w:moveTo>'
    )
    assert one(body).place == "paragraph 2"


def test_a_row_that_was_struck_out_asks_nothing() -> None:
    assert controls(table(row(paragraph(CONTROLLED), properties='<w:del w:id="1"/>'))) == ()


def test_every_control_stands_in_the_order_of_the_form() -> None:
    body = [
        paragraph(control("1")),
        table(row(paragraph(control("2")), paragraph(control("3")))),
        paragraph(control("4")),
    ]
    assert [found.raw for found in controls(*body)] == ["1", "2", "3", "4"]
