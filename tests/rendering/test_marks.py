"""Answers marked on the pages of the practice forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.reading.apart import ReadingRoom
from formflow.reading.old_formats import libreoffice
from formflow.reading.picture import Picture, Pictures, Seen
from formflow.rendering.page.marks import Mark, marks_on
from formflow.rendering.page.words_in_order import words_of
from makers import TODAY, the_knowledge

PRACTICE = Path(__file__).parents[1] / "practice"
PDFS = ("Pellingshire death of child in care CM.pdf", "TSCP Police notification 16-10-25.pdf")
WORD = (
    "SIN form LD.docx",
    "Holmfleet serious incident - unborn baby M.docx",
    "BSCP notification - four children - June 26.docx",
)
WITH_LIBREOFFICE = pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom() as made:
        yield made


def marked(room: ReadingRoom, name: str) -> tuple[Form, Pictures, tuple[Mark, ...]]:
    content = (PRACTICE / name).read_bytes()
    document = room.read(content, name)
    form, pictures = extract(document, the_knowledge(), TODAY), room.draw(content, name)
    return form, pictures, marks_on(form, document, pictures)


@pytest.mark.parametrize("name", [*PDFS, *(pytest.param(each, marks=WITH_LIBREOFFICE) for each in WORD)])
def test_most_answers_are_marked_and_each_mark_holds_the_words_of_its_answer(room: ReadingRoom, name: str) -> None:
    form, pictures, marks = marked(room, name)
    pages = {page.number: page for page in pictures.pages}
    exact = {field for mark in marks if mark.exact for field in mark.fields}
    stated = [a for a in form.answers.values() if a.state != "blank" and a.how != "derived"]
    assert len(exact) >= 0.7 * len(stated)
    for field in exact:
        own = [mark for mark in marks if field in mark.fields]
        under = "".join(
            word for mark in own for seen in seen_in(mark, pages[mark.page]) for word in words_of(seen.text)
        )
        raw = "".join(words_of(form.answers[field].raw))
        assert raw in under or not under, field  # what stands in a field of the form is no word of the page


def seen_in(mark: Mark, page: Picture) -> list[Seen]:
    """The words of a page whose middle is in a mark."""
    return [
        seen
        for seen in page.words
        if any(
            left - 1 <= (seen.box[0] + seen.box[2]) / 2 <= right + 1
            and top - 1 <= (seen.box[1] + seen.box[3]) / 2 <= bottom + 1
            for left, top, right, bottom in mark.boxes
        )
    ]


def test_two_equal_answers_on_one_flat_page_are_not_marked_at_a_guess(room: ReadingRoom) -> None:
    _, _, marks = marked(room, "TSCP Police notification 16-10-25.pdf")
    assert not [mark for mark in marks if "child_1_sex" in mark.fields]


@WITH_LIBREOFFICE
def test_children_in_the_rows_of_a_table_are_each_marked_in_their_own_row(room: ReadingRoom) -> None:
    _, _, marks = marked(room, "BSCP notification - four children - June 26.docx")
    tops = [mark.boxes[0][1] for n in range(1, 5) for mark in marks if f"child_{n}_forename" in mark.fields]
    assert len(tops) == 4
    assert tops == sorted(set(tops))
