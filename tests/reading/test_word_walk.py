from __future__ import annotations

import pytest

from formflow.reading.document import Document, Mark
from formflow.reading.word import read_word
from reading import told
from reading import word_maker as word
from reading.word_maker import cell, control, deleted, inserted, paragraph, row, run, table


def read(*body: str) -> Document:
    return read_word(word.docx(*body))


def grids(*body: str) -> list[list[list[str]]]:
    return told.grids(read(*body))


def texts(*body: str) -> list[str]:
    return told.texts(read(*body))


def test_paragraphs_outside_tables_are_lines_and_empty_ones_count_for_the_place() -> None:
    body = [paragraph("one"), paragraph(""), paragraph("two"), table(row("a")), paragraph("three")]
    assert [(line.text, line.place) for line in told.lines(read(*body))] == [
        ("one", "paragraph 1"),
        ("two", "paragraph 3"),
        ("three", "paragraph 4"),
    ]


@pytest.mark.parametrize(("style", "heading"), [("Heading1", True), ("Title", True), ("BodyText", False), ("", False)])
def test_a_heading_is_known_by_its_style(style: str, heading: bool) -> None:
    assert told.lines(read(paragraph("The child", style=style)))[0].heading is heading


def test_a_heading_is_known_by_its_outline_level() -> None:
    body = f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("The child")}</w:p>'
    assert told.lines(read(body))[0].heading


def test_a_table_is_a_grid() -> None:
    assert grids(table(row("Surname", "Smith"), row("First name", "Ann"))) == [
        [["Surname", "Smith"], ["First name", "Ann"]]
    ]


def test_a_table_has_its_place_and_its_header_row() -> None:
    (found,) = told.every_table(read(table(row("Name", header=True), row("Ann"))))
    assert found.place == "table 1"
    assert [cells[0].header for cells in found.rows] == [True, False]


@pytest.mark.parametrize(
    ("value", "span"), [("3", 3), ("1000000000", 200), ("0", 1), ("-5", 1), ("abc", 1), ("9" * 5_000, 200)]
)
def test_a_merged_cell_spans_its_columns_within_reason(value: str, span: int) -> None:
    (found,) = told.every_table(read(table(row(cell(paragraph("a"), properties=f'<w:gridSpan w:val="{value}"/>')))))
    assert found.rows[0][0].span == span


def test_a_cell_merged_downwards_holds_its_words_in_its_first_row_only() -> None:
    first = cell(paragraph("Child 1"), properties='<w:vMerge w:val="restart"/>')
    below = cell(paragraph("Child 1"), properties="<w:vMerge/>")
    assert grids(table(row(first, "a"), row(below, "b"))) == [[["Child 1", "a"], ["", "b"]]]


def test_a_row_that_begins_late_begins_with_an_empty_cell() -> None:
    (found,) = told.every_table(read(table(row("a", properties='<w:gridBefore w:val="2"/>'))))
    assert [(cell.text, cell.span) for cell in found.rows[0]] == [("", 2), ("a", 1)]


def test_a_control_round_a_cell_does_not_shift_the_row() -> None:
    assert grids(table(row("a", control(cell(paragraph("b"))), "c"))) == [[["a", "b", "c"]]]


def test_a_nested_table_comes_after_its_own_and_its_words_are_not_twice() -> None:
    assert grids(table(row(cell(paragraph("outer"), table(row("inner")), paragraph("end"))))) == [
        [["outer\nend"]],
        [["inner"]],
    ]
    (outer, _) = told.every_table(read(table(row(cell(paragraph("outer"), table(row("inner")), paragraph("end"))))))
    assert outer.rows[0][0].text == "outer\ninner\nend"


def test_a_table_in_a_header_has_its_place() -> None:
    parts: dict[str, str | bytes] = {"word/header1.xml": word.part("hdr", table(row("Ref", "SIN 7")))}
    assert told.every_table(read_word(word.docx(parts=parts)))[0].place == "page header, table 1"


def test_lines_and_cells_show_answers_and_no_prompts() -> None:
    asked, answered = control("Type here", prompt=True), control("Smith")
    assert texts(paragraph("Name: ", asked), paragraph("Name: ", answered)) == ["Name:", "Name: Smith"]
    assert grids(table(row(paragraph(asked), paragraph(answered)))) == [[["", "Smith"]]]


def test_lines_and_cells_show_what_was_put_in_and_not_what_was_struck_out() -> None:
    changed = paragraph("on ", deleted("12"), inserted("13"), " May")
    assert texts(changed) == ["on 13 May"]
    assert grids(table(row(changed))) == [[["on 13 May"]]]


def test_what_was_moved_stands_where_it_is_now() -> None:
    moved = paragraph(f'<w:moveFrom w:id="1">{run("words")}</w:moveFrom>')
    assert texts(moved, paragraph(f'<w:moveTo w:id="2">{run("words")}</w:moveTo>')) == ["words"]


def test_a_text_box_is_read_once_and_not_as_part_of_its_paragraph() -> None:
    lines = told.lines(read(paragraph("before ", word.text_box(paragraph("inside")), "after"), paragraph("last")))
    assert [(line.place, line.part, line.text) for line in lines] == [
        ("paragraph 1", "", "before after"),
        ("paragraph 2", "", "last"),
        ("text box 1", "text box 1", "inside"),
    ]


def test_what_only_the_old_spelling_shows_is_read() -> None:
    either = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:t>☒</w:t></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )
    assert texts(paragraph(either, " Yes")) == ["☒ Yes"]
    new = either.replace(
        '<mc:Choice Requires="w16se"/>', '<mc:Choice Requires="w16se"><w16se:symEx w16se:char="2611"/></mc:Choice>'
    )
    assert texts(paragraph(new, " Yes")) == ["☒ Yes"]


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☒"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>', "☒"),
        (run("\uf0fe", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "☒"),
        (run("þ", '<w:rFonts w:ascii="Wingdings"/>'), "☒"),
        (run("o", '<w:rFonts w:ascii="Wingdings"/>'), "☐"),
        (run("o", '<w:rFonts w:ascii="Arial"/>'), "o"),
        (run("þ"), "þ"),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>', ""),
        ('<w:r><w:sym w:font="Arial" w:char="D800"/></w:r>', ""),
    ],
)
def test_boxes_in_symbol_fonts_are_boxes(shown: str, read_as: str) -> None:
    assert texts(paragraph(shown, "|")) == [read_as + "|"]


def test_hidden_hyphens_tabs_and_breaks_are_what_a_person_sees() -> None:
    body = paragraph("a", "<w:r><w:noBreakHyphen/></w:r>", "b", "<w:r><w:tab/></w:r>", "c", "<w:r><w:br/></w:r>", "d")
    assert texts(body) == ["a-b\tc\nd"]


def test_a_soft_hyphen_is_not_seen_and_a_set_tab_is_a_tab() -> None:
    soft, set_tab = "<w:r><w:softHyphen/></w:r>", '<w:r><w:ptab w:alignment="right"/></w:r>'
    assert texts(paragraph("co", soft, "operation", set_tab, "x")) == ["cooperation\tx"]


def test_hidden_words_are_not_said_and_are_noted() -> None:
    document = read(paragraph(run("Mallory", "<w:vanish/>"), run("Ann Smith")))
    assert told.texts(document) == ["Ann Smith"]
    assert document.notes == ("hidden-text",)


def test_hidden_words_in_an_answer_are_no_answer_and_a_doubt() -> None:
    (found,) = read(paragraph(control(run("Mallory ", "<w:vanish/>") + run("Smith")))).controls
    assert (found.raw, found.doubts) == ("Smith", ('words in it are hidden: "Mallory"',))


def test_a_row_and_a_cell_that_were_put_in_or_taken_out_are_marked_so() -> None:
    gone, new = row("old", properties='<w:del w:id="1"/>'), row("new", properties='<w:ins w:id="1"/>')
    taken = row(cell(paragraph("cell"), properties='<w:cellDel w:id="1"/>'), "kept")
    document = read(table(gone, new, taken))
    assert told.grids(document) == [[[""], ["new"], ["", "kept"]]]
    assert told.marked(document) == [
        ("old", Mark.GONE),
        ("new", Mark.NEW),
        ("cell", Mark.GONE),
        ("kept", Mark.NONE),
    ]
    assert document.notes == ("revisions",)


def test_a_cell_joined_with_the_one_before_it_in_the_old_way_is_one_cell() -> None:
    first = cell(paragraph("Child"), properties='<w:hMerge w:val="restart"/>')
    second = cell(paragraph(""), properties="<w:hMerge/>")
    (found,) = told.every_table(read(table(row(first, second, "c"))))
    assert [(each.text, each.span) for each in found.rows[0]] == [("Child", 2), ("c", 1)]


def test_a_table_longer_than_any_form_is_read_as_far_as_a_form_goes_and_for_its_controls() -> None:
    rows = [row(str(number)) for number in range(2_100)] + [row(paragraph(control("Smith")))]
    document = read(table(*rows))
    (found,) = told.every_table(document)
    assert len(found.rows) == 2_001
    assert (document.controls[0].raw, document.controls[0].place) == ("Smith", "table 1, row 2101")
    assert document.notes == ("large",)


def test_a_ring_drawn_over_the_page_is_noted_and_a_picture_is_not() -> None:
    def shape(kind: str) -> str:
        return f'<w:r><w:drawing><a:prstGeom xmlns:a="urn:a" prst="{kind}"/></w:drawing></w:r>'

    assert read(paragraph("Yes / No", shape("ellipse"))).notes == ("drawn-marks",)
    assert read(paragraph("Yes / No", '<w:r><w:pict><v:oval style="x"/></w:pict></w:r>')).notes == ("drawn-marks",)
    assert read(paragraph("Photo", shape("rect"))).notes == ()


def test_a_text_box_of_the_old_kind_is_read() -> None:
    inside = f"<v:textbox><w:txbxContent>{paragraph('inside')}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>"
    assert [(line.part, line.text) for line in told.lines(read(paragraph(box)))] == [("text box 1", "inside")]


def test_words_with_a_reading_aid_above_them_are_read_without_it() -> None:
    aided = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('ou-yang')}</w:rt><w:rubyBase>{run('欧阳')}</w:rubyBase></w:ruby></w:r>"
    )
    assert texts(paragraph("Name: ", aided)) == ["Name: 欧阳"]


def test_nothing_a_person_wrote_is_taken_for_markup() -> None:
    nasty = ["R&D <b>x</b>", "{{ 7*7 }}", "=1+1", "]]>", "👩‍👩‍👧‍👦 Zoë", "a\u202eb"]
    controls = read(*(paragraph(control(run(words))) for words in nasty)).controls
    assert [found.raw for found in controls] == nasty
