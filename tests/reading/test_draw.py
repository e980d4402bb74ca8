"""Pages drawn in the child process."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from formflow.reading import old_formats
from formflow.reading.apart import ReadingRoom
from formflow.reading.draw import MOST_PAGES, draw_pdf
from formflow.reading.old_formats import libreoffice
from formflow.reading.picture import Pictures
from makers import a_form, a_pdf_form
from reading.pdf_maker import pdf, text


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom() as made:
        yield made


def test_a_pdf_is_drawn_with_the_places_of_its_words_and_fields(room: ReadingRoom) -> None:
    drawn = room.draw(a_pdf_form(), "form.pdf")
    first = drawn.pages[0]
    assert drawn.count == len(drawn.pages) > 1
    assert not drawn.converted
    assert any(seen.text == "incident" for seen in first.words)
    fields = {seen.text: seen for page in drawn.pages for seen in page.fields}
    assert fields["nature:seriously_harmed"].ticked
    assert not fields["nature:died"].ticked
    left, top, right, bottom = fields["notifier_name"].box
    assert 0 < left < right < first.width
    assert 0 < top < bottom < first.height
    image = Image.open(io.BytesIO(first.image))
    assert abs(image.width / image.height - first.width / first.height) < 0.01


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_a_word_form_is_drawn_by_libreoffice_with_what_is_filled_in(room: ReadingRoom) -> None:
    drawn = room.draw(a_form(), "form.docx")
    assert drawn.converted
    assert {"Ashby", "neighbour"} <= {seen.text for page in drawn.pages for seen in page.words}


def test_without_libreoffice_there_are_no_pictures_of_a_word_form(
    room: ReadingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_formats, "libreoffice", lambda: None)
    assert room.draw(a_form(), "form.docx") == Pictures()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", a_form()], ids=["empty", "broken", "another kind"])
def test_what_cannot_be_drawn_gives_no_pictures_and_the_next_is_drawn(room: ReadingRoom, content: bytes) -> None:
    assert room.draw(content, "form.pdf").pages == ()
    assert room.draw(pdf(text("a", "b")), "form.pdf").pages


def test_what_takes_too_long_gives_no_pictures() -> None:
    with ReadingRoom() as room:
        room.draw(pdf(text("a", "b")), "form.pdf")
        room.seconds = 0.0
        assert room.draw(a_pdf_form(), "form.pdf") == Pictures()


def test_of_a_very_long_file_only_the_first_pages_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formflow.reading.draw.MOST_PAGES", 2)
    drawn = draw_pdf(a_pdf_form())
    assert (len(drawn.pages), drawn.count > 2, MOST_PAGES) == (2, True, 40)


def test_a_small_red_mark_stays_red_and_the_paper_white() -> None:
    made = io.BytesIO()
    sheet = canvas.Canvas(made, pagesize=(595, 842))
    for line in range(60):
        sheet.drawString(40, 800 - 12 * line, "The quick brown fox jumps over the lazy dog " * 2)
    sheet.setFillColorRGB(1, 0, 0)
    sheet.rect(10, 10, 6, 6, stroke=0, fill=1)
    sheet.save()
    (page,) = draw_pdf(made.getvalue()).pages
    image = Image.open(io.BytesIO(page.image)).convert("RGB")
    scale = image.height / 842
    assert image.getpixel((int(13 * scale), int((842 - 13) * scale))) == (255, 0, 0)
    assert image.getpixel((2, 2)) == (255, 255, 255)
