"""Live forms laid out: a field gets its question from where it stands, whoever made the form."""

from __future__ import annotations

import pytest

from formflow.reading.document import Control, Document, Mark, Paragraph, Table, paragraphs
from formflow.reading.own_form import VERSION_CONTROL as EDITION
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import button, frame, pdf, say, sign, text


def at(x: float, y: float, wide: float, high: float, inside: str) -> str:
    """A box of a form whose upper left corner stands there."""
    return f"/Rect [{x} {800 - y - high} {x + wide} {800 - y}] {inside}"


def tick(name: str, x: float, y: float, *, on: bool = False) -> str:
    return at(x, y, 10, 10, button("Yes", state="Yes" if on else "Off", extra=f"/T ({name})"))


def form(*boxes: str, drawn: str = "", more: dict[int, str] | None = None) -> Document:
    return read_pdf(pdf(*boxes, drawn=drawn, more=more))


def labels(document: Document) -> dict[str, str]:
    return {control.name: control.label for control in document.controls}


def besides(document: Document) -> dict[str, str]:
    return {control.name: control.beside for control in document.controls}


def test_the_words_to_the_left_are_the_label_of_a_field() -> None:
    document = form(
        at(150, 90, 200, 16, text("f1", "Ashby")), at(150, 120, 200, 16, text("f2", "Jordan")),
        drawn=say(50, 102, "Surname") + say(50, 132, "Forename"),
    )  # fmt: skip
    assert labels(document) == {"f1": "Surname", "f2": "Forename"}
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["Surname", "Ashby"], ["Forename", "Jordan"]]


def test_the_words_above_are_the_label_where_nothing_stands_beside() -> None:
    document = form(at(50, 110, 300, 60, text("f1", "He fell.", "/Ff 4096")), drawn=say(50, 100, "What happened?"))
    assert labels(document) == {"f1": "What happened?"}
    assert [block.text for block in paragraphs(document.blocks)] == ["What happened?", "He fell."]


def test_an_empty_field_keeps_its_place_and_its_label() -> None:
    document = form(at(150, 90, 200, 16, text("f1")), drawn=say(50, 102, "Surname:"))
    pieces = [piece for block in paragraphs(document.blocks) for piece in block.pieces if piece.control is not None]
    assert [(piece.text, piece.control) for piece in pieces] == [("", 0)]
    assert labels(document) == {"f1": "Surname:"}


def test_boxes_in_a_line_have_their_own_words_and_one_question() -> None:
    document = form(
        tick("a", 150, 92), tick("b", 200, 92, on=True), tick("c", 250, 92),
        drawn=say(50, 101, "Looked after?") + say(164, 101, "Yes") + say(214, 101, "No") + say(264, 101, "Not known"),
    )  # fmt: skip
    assert labels(document) == dict.fromkeys("abc", "Looked after?")
    assert besides(document) == {"a": "Yes", "b": "No", "c": "Not known"}
    assert "☐ Yes ☒ No ☐ Not known" in " ".join(block.text for block in paragraphs(document.blocks))


def test_boxes_between_words_that_could_belong_to_either_stand_for_nothing() -> None:
    document = form(tick("a", 100, 92), drawn=say(80, 101, "Yes") + say(114, 101, "No"))
    assert besides(document) == {"a": ""}


def test_the_heads_of_columns_are_the_labels_of_the_fields_below() -> None:
    drawn = "".join(frame(50 + 120 * n, 90 + 20 * m, 120, 20) for n in range(3) for m in range(3))
    drawn += "".join(say(54 + 120 * n, 103, head) for n, head in enumerate(("Name", "Relationship", "Age")))
    boxes = [at(52 + 120 * n, 112 + 20 * m, 114, 16, text(f"r{m}c{n}")) for m in range(2) for n in range(3)]
    document = form(*boxes, drawn=drawn)
    assert labels(document) == {f"r{m}c{n}": ("Name", "Relationship", "Age")[n] for m in range(2) for n in range(3)}


def test_a_square_printed_under_a_tick_box_is_not_a_second_box() -> None:
    document = form(tick("a", 50, 92, on=True), drawn=frame(49, 91, 12, 12) + say(66, 101, "Physical"))
    assert [block.text for block in paragraphs(document.blocks)] == ["☒ Physical"]


def test_a_line_to_write_on_under_a_field_is_not_read() -> None:
    document = form(
        at(100, 90, 200, 16, text("f1", "Ashby")), drawn=say(50, 102, "Name") + say(102, 102, "______________")
    )
    assert "_" not in " ".join(block.text for block in paragraphs(document.blocks))


def test_the_buttons_of_one_question_show_which_is_chosen_where_they_stand() -> None:
    more = {30: "<< /FT /Btn /T (died) /Ff 49152 /V /1 /Kids [10 0 R 11 0 R] >>"}
    kids = [
        at(x, 92, 10, 10, f"/Parent 30 0 R /AP << /N << /{state} << >> /Off << >> >> >> /AS /{shown}")
        for x, state, shown in ((150, "0", "Off"), (200, "1", "1"))
    ]
    document = form(*kids, drawn=say(50, 101, "Died?") + say(164, 101, "Yes") + say(214, 101, "No"), more=more)
    (control,) = document.controls
    assert (control.kind, control.raw, control.label) == ("choice", "1", "Died?")
    (paragraph,) = [block for block in paragraphs(document.blocks) if any(piece.control == 0 for piece in block.pieces)]
    assert paragraph.text.endswith("☐ Yes ☒ No")


def test_a_field_that_nobody_sees_has_no_place() -> None:
    document = form(at(150, 90, 200, 16, text("f1", "x", "/F 2")), drawn=say(50, 102, "Surname"))
    assert [block.text for block in paragraphs(document.blocks)] == ["Surname"]


def test_a_form_of_our_own_is_read_by_its_names_alone() -> None:
    content = pdf(
        at(150, 90, 200, 16, text("surname", "Ashby")), drawn=say(50, 102, "Surname"),
        more={50: f"<< /{EDITION} (SIN-1 v1) >>"}, trailer="/Info 50 0 R",
    )  # fmt: skip
    document = read_pdf(content)
    assert (document.blocks, document.controls[0].raw) == ((), "Ashby")


def pinned(kind: str, x: float, y: float, wide: float, high: float, extra: str = "") -> bytes:
    """A page on which something was done to the words `Yes / No` by another program."""
    content = pdf(
        at(x, y, wide, high, "/FT /Tx /T (x)"), fields=[], drawn=say(50, 100, "Died?") + say(100, 100, "Yes / No")
    )
    return content.replace(b"/Subtype /Widget", b"/Subtype /" + kind.encode(), 1).replace(
        b"/FT /Tx /T (x)", extra.encode() + b" "
    )


def moved(content: bytes) -> Document:
    return read_pdf(content)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("StrikeOut", Mark.STRUCK),
        ("Highlight", Mark.HIGHLIGHTED),
        ("Underline", Mark.UNDERLINED),
        ("Circle", Mark.HIGHLIGHTED),
    ],
)
def test_what_was_done_to_a_word_afterwards_is_told(kind: str, mark: Mark) -> None:
    document = moved(pinned(kind, 99, 90, 20, 13))
    marked = [
        piece.text.strip() for block in paragraphs(document.blocks) for piece in block.pieces if piece.marks & mark
    ]
    assert marked == ["Yes"]


def test_words_typed_onto_a_printed_page_are_read_where_they_stand() -> None:
    document = moved(pinned("FreeText", 160, 90, 80, 13, "/Contents (Jordan Ashby) /DA (/Helv 10 Tf)"))
    assert any("Jordan Ashby" in block.text for block in paragraphs(document.blocks))


def test_a_note_stuck_to_a_page_is_a_comment_and_not_an_answer() -> None:
    document = moved(pinned("Text", 160, 90, 20, 20, "/Contents (ask the nurse)"))
    assert [block.part for block in paragraphs(document.blocks) if block.text == "ask the nurse"] == ["comment 1"]


def test_what_was_drawn_by_hand_is_noted_for_a_person() -> None:
    assert "drawn-on" in moved(pinned("Ink", 99, 90, 20, 13)).notes


def test_signs_of_symbol_fonts_tick_what_they_stand_in() -> None:
    drawn = frame(50, 90, 10, 10) + sign(51.5, 98.5, "l", 8) + say(66, 99, "Yes")
    drawn += frame(110, 90, 10, 10) + say(126, 99, "No") + sign(170, 99, "4") + say(182, 99, "Sent")
    (block,) = read_pdf(pdf(drawn=drawn)).blocks
    assert isinstance(block, Paragraph)
    assert block.text == "☒ Yes ☐ No ☒ Sent"


def test_the_control_that_shows_words_is_told_with_them() -> None:
    document = form(at(150, 90, 200, 16, text("f1", "Ashby")), drawn=say(50, 102, "Surname:"))
    shown = {piece.control: piece.text for block in paragraphs(document.blocks) for piece in block.pieces}
    control: Control = document.controls[0]
    assert shown[0] == control.raw == "Ashby"
