from __future__ import annotations

from formflow.reading.word import read_word
from reading import word_maker as word
from reading.word_maker import cell, control, legacy, paragraph, row, table, tick

ON, OFF = tick(ticked=True), tick(ticked=False)


def words(*body: str) -> list[tuple[str, str]]:
    """The label of every control, and what stands beside it."""
    return [(found.label, found.beside) for found in read_word(word.docx(*body)).controls if found.kind != "group"]


def blank(answer: str = "Smith") -> str:
    return paragraph(control(answer))


def test_words_before_a_blank_are_its_label() -> None:
    assert words(paragraph("Surname: ", control("Smith"))) == [("Surname:", "Surname:")]


def test_two_blanks_in_a_line_have_each_their_own_words() -> None:
    body = paragraph("From ", control("1 May"), " to ", control("3 May"))
    assert words(body) == [("From", "From"), ("to", "to")]


def test_the_first_cell_of_a_row_asks_for_what_stands_beside_it() -> None:
    assert words(table(row("Surname", blank()))) == [("Surname", "")]


def test_two_questions_in_a_row_are_kept_apart() -> None:
    assert words(table(row("Surname", blank(), "First name", blank("Ann")))) == [("Surname", ""), ("First name", "")]


def test_an_answer_is_never_the_label_of_the_next_control() -> None:
    fields = [paragraph(legacy("<w:textInput/>", name)) for name in ("Smith", "Ann")]
    assert words(table(row(*fields))) == [("", ""), ("", "")]
    assert words(table(row(blank(), blank("Ann")))) == [("", ""), ("", "")]


def test_a_header_row_asks_for_what_stands_below_it() -> None:
    body = table(row("Name", "Relationship", header=True), row(blank("Ann"), blank("mother")))
    assert words(body) == [("Name", ""), ("Relationship", "")]


def test_a_header_over_two_columns_asks_for_both_and_a_row_that_begins_late_stays_in_its_column() -> None:
    body = table(
        row("Name", cell(paragraph("When"), properties='<w:gridSpan w:val="2"/>'), "Where", header=True),
        row(blank("late"), properties='<w:gridBefore w:val="3"/>'),
    )
    assert words(body) == [("Where", "")]


def test_the_last_of_several_header_rows_asks() -> None:
    title = cell(paragraph("Family"), properties='<w:gridSpan w:val="2"/>')
    body = table(row(title, header=True), row("Name", "Age", header=True), row(blank("Ann"), blank("30")))
    assert words(body) == [("Name", ""), ("Age", "")]


def test_the_words_of_its_own_cell_ask_where_no_cell_does() -> None:
    body = table(row(cell(paragraph("Surname"), blank()), cell(paragraph("First name"), blank("Ann"))))
    assert words(body) == [("Surname", ""), ("First name", "")]


def test_words_in_the_line_of_a_blank_are_kept_beside_its_question() -> None:
    assert words(table(row("Contact", paragraph("Tel: ", control("01632 960001"))))) == [("Contact", "Tel:")]


def test_boxes_before_their_words() -> None:
    body = table(row("Did the child die?", paragraph(ON, " Yes ", OFF, " No")))
    assert words(body) == [("Did the child die?", "Yes"), ("Did the child die?", "No")]


def test_boxes_after_their_words() -> None:
    body = table(row("Did the child die?", paragraph("Yes ", ON, " No ", OFF)))
    assert words(body) == [("Did the child die?", "Yes"), ("Did the child die?", "No")]


def test_a_question_before_its_boxes_in_one_line() -> None:
    assert [beside for _, beside in words(paragraph("Disabled? ", ON, " Yes ", OFF, " No"))] == ["Yes", "No"]


def test_words_that_could_belong_to_either_box_belong_to_none() -> None:
    assert [beside for _, beside in words(paragraph("Yes ", ON, " No ", OFF, " please explain"))] == ["", ""]


def test_boxes_and_a_blank_in_one_line() -> None:
    body = paragraph(ON, " Yes ", OFF, " No, because ", control("why"))
    assert [beside for _, beside in words(body)] == ["Yes", "No, because", "No, because"]


def test_a_question_above_its_boxes_in_one_cell() -> None:
    body = table(row(cell(paragraph("Sex"), paragraph(ON, " male ", OFF, " female"))))
    assert words(body) == [("Sex", "male"), ("Sex", "female")]


def test_boxes_alone_in_their_cells_with_words_after() -> None:
    body = table(row(paragraph(ON), "Neglect", paragraph(OFF), "Physical abuse"))
    assert [beside for _, beside in words(body)] == ["Neglect", "Physical abuse"]


def test_boxes_alone_in_their_cells_with_words_before() -> None:
    body = table(row("Died?", "Yes", paragraph(ON), "No", paragraph(OFF)))
    assert words(body) == [("Died?", "Yes"), ("Died?", "No")]


def test_boxes_alone_in_their_cells_that_could_go_with_either_side() -> None:
    body = table(row("Yes", paragraph(ON), "No", paragraph(OFF), "Comments"))
    assert [beside for _, beside in words(body)] == ["", ""]


def test_boxes_in_columns_stand_for_the_headers_of_their_columns() -> None:
    body = table(row("", "Yes", "No", header=True), row("Child protection plan", paragraph(ON), paragraph(OFF)))
    assert words(body) == [("Child protection plan", "Yes"), ("Child protection plan", "No")]


def test_boxes_in_columns_without_a_header_row_stand_for_nothing_that_can_be_told() -> None:
    body = table(row("Child protection plan", paragraph(ON), paragraph(OFF)))
    assert words(body) == [("Child protection plan", ""), ("Child protection plan", "")]


def test_a_line_that_asks_is_the_label_of_the_control_below_it() -> None:
    assert words(paragraph("What happened?"), control(paragraph("A story."))) == [("What happened?", "")]
    assert words(paragraph("A story that ends."), control(paragraph("Another."))) == [("", "")]
    assert words(paragraph("The child", style="Heading2"), control(paragraph("Ann"))) == [("The child", "")]


def test_a_line_asks_once() -> None:
    body = paragraph("What happened?") + control(paragraph("A story.")) + control(paragraph("Another."))
    assert words(body) == [("What happened?", ""), ("", "")]


def test_the_title_its_maker_gave_stands_in_where_there_are_no_words() -> None:
    assert words(paragraph(control("Smith", alias="Surname"))) == [("Surname", "")]
    assert words(table(row("Family name", paragraph(control("Smith", alias="Surname"))))) == [("Family name", "")]


def test_a_prompt_is_no_ones_label() -> None:
    prompt = paragraph(control("Type the name", prompt=True))
    assert words(table(row(prompt, blank()))) == [("", ""), ("", "")]
