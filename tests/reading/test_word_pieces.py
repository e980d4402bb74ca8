from __future__ import annotations

import pytest

from formflow.reading.document import Document, Mark
from formflow.reading.word import read_word
from reading import word_maker as word
from reading.told import every_table, marked, pieces, shown
from reading.word_maker import cell, choice, control, deleted, inserted, legacy, paragraph, row, run, table, tick


def read(*body: str, parts: dict[str, str | bytes] | None = None) -> Document:
    return read_word(word.docx(*body, parts=parts))


def said(*body: str) -> list[tuple[str, int | None]]:
    """Every piece, and the number of the control that shows it."""
    return [(piece.text, piece.control) for piece in pieces(read(*body).blocks)]


@pytest.mark.parametrize(
    ("look", "mark"),
    [
        ("<w:strike/>", Mark.STRUCK),
        ("<w:dstrike/>", Mark.STRUCK),
        ('<w:strike/><w:dstrike w:val="false"/>', Mark.STRUCK),
        ('<w:strike w:val="0"/>', Mark.NONE),
        ("<w:b/>", Mark.BOLD),
        ('<w:b w:val="false"/>', Mark.NONE),
        ('<w:u w:val="single"/>', Mark.UNDERLINED),
        ('<w:u w:val="none"/>', Mark.NONE),
        ('<w:highlight w:val="yellow"/>', Mark.HIGHLIGHTED),
        ('<w:highlight w:val="none"/>', Mark.NONE),
        ('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>', Mark.HIGHLIGHTED),
        ('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', Mark.NONE),
        ('<w:bdr w:val="single" w:sz="4"/>', Mark.HIGHLIGHTED),
        ('<w:b/><w:u w:val="single"/>', Mark.BOLD | Mark.UNDERLINED),
        ('<w:rPr><w:rPrChange w:id="1"><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr>', Mark.NONE),
    ],
)
def test_how_words_look_is_kept_with_them(look: str, mark: Mark) -> None:
    assert marked(read(paragraph(run("Yes", look), " / No"))) == (
        [("Yes", mark), (" / No", Mark.NONE)] if mark else [("Yes / No", Mark.NONE)]
    )


STYLES = word.part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="Label"><w:name w:val="Label"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Small"><w:basedOn w:val="Label"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Part"><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>',
)


def test_a_style_makes_its_words_bold_and_a_run_may_take_that_back() -> None:
    body = paragraph(run("Name"), run(" (if known)", '<w:b w:val="0"/>'), style="Small")
    assert marked(read(body, parts={"word/styles.xml": STYLES})) == [("Name", Mark.BOLD), (" (if known)", Mark.NONE)]


def test_a_style_of_letters_strikes_them_through() -> None:
    body = paragraph(run("Yes", '<w:rStyle w:val="Gone"/>'), " / No")
    assert marked(read(body, parts={"word/styles.xml": STYLES})) == [("Yes", Mark.STRUCK), (" / No", Mark.NONE)]


@pytest.mark.parametrize("name", ["Rare &amp; odd", "Übergang"])
def test_a_style_of_any_name_is_found(name: str) -> None:
    styles = word.part("styles", f'<w:style w:styleId="{name}"><w:rPr><w:b/></w:rPr></w:style>')
    for part in (styles, ('<?xml version="1.0" encoding="UTF-16"?>' + styles).encode("utf-16")):
        assert marked(read(paragraph("Name", style=name), parts={"word/styles.xml": part})) == [("Name", Mark.BOLD)]


def test_a_broken_style_sheet_costs_the_looks_and_not_the_form() -> None:
    document = read(paragraph("Name", style="A"), parts={"word/styles.xml": '<w:styles><w:style w:styleId="A">'})
    assert marked(document) == [("Name", Mark.NONE)]


def test_a_style_that_stands_on_a_heading_is_a_heading_and_one_that_stands_on_itself_is_none() -> None:
    document = read(
        paragraph("The child", style="Part"), paragraph("x", style="Loop"), parts={"word/styles.xml": STYLES}
    )
    assert [block.heading for block in document.blocks if not hasattr(block, "rows")] == [True, False]


def test_both_sides_of_a_tracked_change_are_kept_and_only_the_new_one_is_said() -> None:
    document = read(paragraph("on ", deleted("12"), inserted("13"), " May"))
    assert marked(document) == [("on ", Mark.NONE), ("12", Mark.GONE), ("13", Mark.NEW), (" May", Mark.NONE)]


def test_what_a_control_shows_stands_at_its_place() -> None:
    assert said(paragraph("Name: ", control("Smith"), ", born ", control("1 May"))) == [
        ("Name: ", None),
        ("Smith", 0),
        (", born ", None),
        ("1 May", 1),
    ]


def test_a_blank_control_has_an_empty_piece_and_its_prompt_is_not_said() -> None:
    (piece, prompt, after) = pieces(read(paragraph(control("Type here", prompt=True), " (full)")).blocks)
    assert (piece.text, piece.control, piece.marks) == ("", 0, Mark.NONE)
    assert (prompt.text, prompt.control, prompt.marks) == ("Type here", 0, Mark.PROMPT)
    assert after.text == " (full)"
    assert said(paragraph("Name: ", control("<w:r/>"))) == [("Name: ", None), ("", 0)]


def test_words_own_prompt_without_its_mark_is_a_prompt_among_the_words_too() -> None:
    assert marked(read(paragraph(control("Choose an item.")))) == [("Choose an item.", Mark.PROMPT)]


@pytest.mark.parametrize(
    "body",
    [
        control(paragraph("one") + paragraph("two"), tag="a"),
        table(row(control(cell(paragraph("one"), paragraph("two"))))),
        table(control(row(cell(paragraph("one"), paragraph("two"))))),
        control(table(row(cell(paragraph("one"), paragraph("two"))))),
    ],
    ids=["paragraphs", "cell", "row", "table"],
)
def test_a_control_round_paragraphs_shows_their_words(body: str) -> None:
    assert said(body) == [("one", 0), ("two", 0)]


def test_a_control_that_holds_not_even_a_paragraph_has_a_place() -> None:
    assert said(paragraph("before"), control("<w:bookmarkStart/>"), paragraph("after")) == [
        ("before", None),
        ("", 0),
        ("after", None),
    ]


def test_every_box_is_written_in_one_way() -> None:
    body = paragraph(
        tick(ticked=True),
        " a ",
        tick(ticked=False),
        " b ",
        tick(ticked=True, shown="X"),
        " c ",
        legacy("<w:checkBox><w:checked/></w:checkBox>"),
        " d ",
        legacy('<w:checkBox><w:default w:val="0"/></w:checkBox>', shown="☐"),
        " e ☑ f □ g",
    )
    assert "".join(text for text, _ in said(body)) == "☒ a ☐ b ☒ c ☒ d ☐ e ☒ f ☐ g"
    assert [number for text, number in said(body) if text in "☒☐"] == [0, 1, 2, 3, 4]


def test_a_tick_box_is_written_as_the_file_holds_it_and_what_stands_with_it_stays() -> None:
    assert said(control(paragraph("☐ Yes"), kind='<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')) == [
        ("☒ Yes", 0)
    ]
    assert said(paragraph(control("<w:r/>", kind="<w14:checkbox/>"), " Yes")) == [("☐", 0), (" Yes", None)]


def test_boxes_that_people_typed_into_an_answer_stay_as_they_typed_them() -> None:
    assert said(paragraph(control("☑ seen"))) == [("☑ seen", 0)]


def test_a_tick_or_a_cross_that_is_no_box_stays_what_it_is() -> None:
    assert said(paragraph("Please ✓ or ✗ each")) == [("Please ✓ or ✗ each", None)]


def test_older_fields_stand_at_their_place_with_what_they_show() -> None:
    listed = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList>'
    body = paragraph(
        "Name ", legacy("<w:textInput/>", "Smith"), " aka ", legacy("<w:textInput/>", "\u2002" * 5), " ", legacy(listed)
    )
    assert said(body) == [("Name ", None), ("Smith", 0), (" aka ", None), ("", 1), (" ", None), ("No", 2)]


def test_the_pieces_of_every_control_say_what_it_holds() -> None:
    document = read(
        paragraph(control(run("a", "<w:b/>") + run("b") + deleted("c") + inserted("d"))),
        table(row(paragraph(choice("Yes", ("Yes", "y")))), row(control(cell(paragraph("e"))))),
        paragraph(legacy("<w:textInput/>", "f")),
    )
    assert [shown(document, number) for number in range(4)] == [held.raw for held in document.controls]


def test_the_numbers_of_pieces_are_those_of_the_controls_whatever_is_nested_or_taken_out() -> None:
    gone = f'<w:del w:id="1">{control("gone")}</w:del>'
    body = control(paragraph("x ", control("a", tag="a"), gone), tag="outer") + paragraph(control("b", tag="b"))
    document = read(body)
    assert [held.name for held in document.controls] == ["outer", "a", "b"]
    assert [shown(document, number) for number in range(3)] == ["", "a", "b"]
    assert ("gone", Mark.GONE) in marked(document)


def test_a_cell_says_whether_it_is_shaded_or_only_continues_another() -> None:
    shaded = cell(paragraph("Name"), properties='<w:shd w:val="clear" w:fill="D9D9D9"/>')
    below = cell(paragraph("x"), properties="<w:vMerge/>")
    (found,) = every_table(read(table(row(shaded, "Smith"), row(below, "b"))))
    assert [[(each.shaded, each.continued) for each in cells] for cells in found.rows] == [
        [(True, False), (False, False)],
        [(False, True), (False, False)],
    ]


def test_a_note_is_a_sign_among_the_words_and_a_part_of_its_own() -> None:
    sign = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    notes = word.part(
        "footnotes",
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="7">{paragraph("The real referrer")}</w:footnote>',
    )
    document = read(paragraph("Referrer", sign), parts={"word/footnotes.xml": notes})
    assert marked(document) == [
        ("Referrer", Mark.NONE),
        ("1", Mark.NOTE),
        ("The real referrer", Mark.NONE),
    ]
    assert [block.part for block in document.blocks] == ["", "footnote 1"]


def test_the_title_of_a_control_is_kept_whatever_stands_around_it() -> None:
    (found,) = read(paragraph("Family name: ", control("Smith", alias="Surname", tag="t"))).controls
    assert (found.title, found.label, found.name) == ("Surname", "Family name:", "t")


def test_words_outside_any_paragraph_are_not_lost() -> None:
    assert said(run("loose"), table(row(cell(run("in a cell"), tick(ticked=True))))) == [
        ("loose", None),
        ("in a cell", None),
        ("☒", 0),
    ]


def test_a_paragraph_or_a_table_in_the_middle_of_a_paragraph_is_said_once() -> None:
    nested = f"<w:p>{run('one ')}<w:p>{run('two')}</w:p>{table(row(paragraph('three')))}{run('four')}</w:p>"
    assert [text for text, _ in said(nested)] == ["three", "one two\nfour"]
