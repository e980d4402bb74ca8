"""Pictures of pages: what a scanner makes of a form, read where Tesseract is installed."""

from __future__ import annotations

import zlib

import pypdfium2 as pdfium
import pytest

from formflow.errors import Returned
from formflow.reading import ocr
from formflow.reading.document import Document, Mark, Table, paragraphs
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import pdf, ruled, say, written

NEEDED = pytest.mark.skipif(ocr.program() is None, reason="the program tesseract is not installed here")
ROWS = [
    ["Surname", "Ashby"],
    ["Forename", "Jordan"],
    ["Date of birth", "14/07/2016"],
    ["Home address", "12 Foundry Terrace"],
    ["Also known as", ""],
    ["School", "Hillside Primary School"],
    ["Date of incident", "12 March 2024"],
    ["Place of incident", "Family home"],
]
FORM = say(50, 60, "Serious incident notification form", bold=True, size=16) + say(
    50, 95, "The child", bold=True, size=15
)
FORM += ruled(50, 110, [160, 300], ROWS, high=24)


def scanned(drawn: str, turn: str = "1 0 0 1 0 0", dots: int = 200) -> bytes:
    """The page as a scanner makes it: a picture, laid on the page with this turn (of a page of 600 by 800 points)."""
    with pdfium.PdfDocument(pdf(drawn=drawn)) as file:
        bitmap = file[0].render(scale=dots / 72, grayscale=True)
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        grey = b"".join(bytes(bitmap.buffer)[n * stride : n * stride + wide] for n in range(high))
    packed = zlib.compress(grey).decode("latin-1")
    shown = f"q {turn} cm 600 0 0 800 0 0 cm /Im Do Q"
    return written(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            "/Resources << /XObject << /Im 5 0 R >> >> >>",
            4: f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
            5: f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray "
            f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n{packed}\nendstream",
        }
    )


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for block in document.blocks if isinstance(block, Table) for row in block.rows]


@NEEDED
@pytest.mark.parametrize(
    "turn",
    ["1 0 0 1 0 0", "0.99985 0.01745 -0.01745 0.99985 7 -5", "-1 0 0 -1 600 800"],
    ids=["straight", "one degree askew", "upside down"],
)
def test_a_scanned_form_is_read_with_its_table(turn: str) -> None:
    document = read_pdf(scanned(FORM, turn))
    assert rows(document) == ROWS
    words = [piece for block in paragraphs(document.blocks) for piece in block.pieces if piece.text.strip()]
    assert all(piece.marks & Mark.UNCERTAIN for piece in words)
    assert document.notes == ("read-from-picture",)
    assert int(document.properties["certainty"].removesuffix("%")) > 80


@NEEDED
def test_a_picture_with_hardly_a_word_is_no_form() -> None:
    with pytest.raises(Returned) as fault:
        read_pdf(scanned(say(100, 300, "Happy New Year", size=30)))
    assert fault.value.reason == "scan-no-text"


def test_without_the_program_a_scan_is_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    with pytest.raises(Returned) as fault:
        read_pdf(scanned(FORM))
    assert fault.value.reason == "scan-no-text"


@NEEDED
def test_no_more_time_is_taken_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS", 0.0)
    with pytest.raises(Returned) as fault:
        read_pdf(scanned(FORM))
    assert fault.value.reason == "scan-no-text"


def test_words_that_a_scanner_put_behind_its_picture_are_uncertain() -> None:
    behind = "3 Tr BT /F1 10 Tf 50 700 Td (Surname: Ashby) Tj ET"
    content = scanned(FORM).replace(b"/Im Do Q", b"/Im Do Q " + behind.encode(), 1)
    content = content.replace(
        b"/XObject << /Im", b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /Im"
    )
    content = content.replace(
        f"/Length {len('q 1 0 0 1 0 0 cm 600 0 0 800 0 0 cm /Im Do Q')}".encode(),
        f"/Length {len('q 1 0 0 1 0 0 cm 600 0 0 800 0 0 cm /Im Do Q ' + behind)}".encode(),
        1,
    )
    pieces = [piece for block in paragraphs(_read_without_program(content).blocks) for piece in block.pieces]
    assert [(piece.text, bool(piece.marks & Mark.UNCERTAIN)) for piece in pieces] == [("Surname: Ashby", True)]


def _read_without_program(content: bytes) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "program", lambda: None)
        return read_pdf(content)
