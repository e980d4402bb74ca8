"""Where an answer stands in its document: for certain, or not said."""

from __future__ import annotations

from formflow.extracting.form import Answer, Found
from formflow.reading.document import Block, Cell, Paragraph, Piece, Table
from formflow.rendering.page.pinpoint import Pinpoint, pinpointed
from formflow.rendering.page.words_in_order import WordsInOrder


def row(number: int, *cells: str) -> tuple[Cell, ...]:
    place = f"table 1, row {number}"
    return tuple(Cell((Paragraph((Piece(text),), place),)) for text in cells)


def at(blocks: tuple[Block, ...], raw: str, place: str, label: str = "") -> Pinpoint | None:
    found = (Found(label, None, raw, "text", place),) if label else ()
    answer = Answer("x", "answered", raw, raw=raw, place=place, how="label")
    return pinpointed([answer], found, WordsInOrder.of(blocks)).get("x")


TABLE = (Table("table 1", (row(1, "Surname", "Ashby"), row(2, "Known?", "No", "Plan?", "No"))),)


def test_an_answer_that_stands_once_in_its_row_is_found() -> None:
    assert at(TABLE, "ASHBY", "table 1, row 1") == Pinpoint(1, 2, (1,), exact=True)


def test_the_same_words_in_another_row_are_not_the_answer() -> None:
    assert at(TABLE, "Ashby", "table 1, row 2") == Pinpoint(2, 6, (2, 3, 4, 5), exact=False)


def test_of_two_equal_answers_in_a_row_the_one_after_its_label_is_meant() -> None:
    assert at(TABLE, "No", "table 1, row 2", "Plan?") == Pinpoint(5, 6, (5,), exact=True)


def test_of_two_equal_answers_without_a_label_only_the_row_is_told() -> None:
    pin = at(TABLE, "No", "table 1, row 2")
    assert pin is not None
    assert not pin.exact


def test_a_cell_that_is_the_answer_goes_before_the_word_in_a_label() -> None:
    blocks = (Table("table 1", (row(1, "If no, why? No plan?", "No"),)),)
    pin = at(blocks, "No", "table 1, row 1")
    assert pin is not None
    assert (pin.paragraphs, pin.exact) == ((1,), True)


def test_an_answer_of_several_paragraphs_is_found_as_a_whole() -> None:
    blocks = tuple(
        Paragraph((Piece(text),), f"paragraph {n}") for n, text in enumerate(("What?", "He fell.", "She ran."), 1)
    )
    pin = at(blocks, "He fell.\nShe ran.", "paragraph 2")
    assert pin is not None
    assert (pin.paragraphs, pin.exact) == ((1, 2), True)


def test_a_page_is_too_wide_a_place_to_be_marked() -> None:
    blocks = tuple(Paragraph((Piece(text),), "page 2") for text in ("Known?", "Yes", "Plan?", "Yes"))
    assert at(blocks, "Yes", "page 2") is None


def test_an_answer_below_its_label_is_found_where_the_next_paragraph_begins_with_it() -> None:
    texts = ("Told the Panel?", "", "Not yet", "Signed?", "Perhaps not yet")
    blocks = tuple(Paragraph((Piece(text),), f"paragraph {n}") for n, text in enumerate(texts, 1))
    assert at(blocks, "Not yet", "paragraph 1") == Pinpoint(3, 5, (2,), exact=True)


def test_an_answer_that_does_not_stand_where_it_was_found_is_only_said_to_be_near() -> None:
    blocks = tuple(
        Paragraph((Piece(text),), f"paragraph {n}") for n, text in enumerate(("Told?", "Perhaps not yet"), 1)
    )
    assert at(blocks, "Not yet", "paragraph 1") == Pinpoint(0, 1, (0,), exact=False)
