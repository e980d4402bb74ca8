"""PDF files of several pages in words: words with lines, live fields, pictures of pages as a scanner makes them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import pypdfium2 as pdfium

from reading.pdf_maker import HEIGHT, pdf, ruled, say, text, written

_FONTS = "/Font << /F1 4 0 R /F2 8 0 R /F3 9 0 R >>"
STRAIGHT, ASKEW, UPSIDE_DOWN = "1 0 0 1 0 0", "0.99985 0.01745 -0.01745 0.99985 7 -5", "-1 0 0 -1 600 800"


def part(y: float, title: str, answers: Mapping[str, str]) -> str:
    """A heading and a ruled table of two columns, from `y` down."""
    rows = [[label, answer] for label, answer in answers.items()]
    return say(50, y, title, bold=True, size=14) + ruled(50, y + 15, [220, 300], rows, high=24)


def picture(drawn: str, dots: int = 200) -> tuple[int, int, str]:
    """A page as a scanner makes it: width, height and packed grey dots."""
    with pdfium.PdfDocument(pdf(drawn=drawn)) as file:
        bitmap = file[0].render(scale=dots / 72, grayscale=True)
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        grey = b"".join(bytes(bitmap.buffer)[n * stride : n * stride + wide] for n in range(high))
    return wide, high, zlib.compress(grey).decode("latin-1")


def pages(*drawn: str, fields: Mapping[int, str] | None = None, tops: Sequence[int] = (), on: int = 2) -> bytes:
    """A file of these pages; a page that is a picture is given as `picture: …` by `scan`.

    `fields` are further objects by number, `tops` those that are fields; widgets stand on page `on`.
    """
    objects: dict[int, str] = {
        1: f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{_refs(tops)}] >> >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        8: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        9: "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
        **(fields or {}),
    }
    kids: list[int] = []
    for number, shown in enumerate(drawn):
        page = 100 + 10 * number
        kids.append(page)
        widgets = [n for n, body in (fields or {}).items() if "/Widget" in body and number + 1 == on]
        picture_of, _, inside = shown.partition("\0")
        held = f"/XObject << /Im {page + 2} 0 R >>" if inside else _FONTS
        if inside:
            objects[page + 2] = inside
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 {HEIGHT}] /Contents {page + 1} 0 R "
            f"/Resources << {held} >> /Annots [{_refs(widgets)}] >>"
        )
        objects[page + 1] = f"<< /Length {len(picture_of)} >>\nstream\n{picture_of}\nendstream"
    objects[2] = f"<< /Type /Pages /Kids [{_refs(kids)}] /Count {len(kids)} >>"
    return written(objects)


def scan(drawn: str, turn: str = STRAIGHT) -> str:
    """A page that is a picture of what is drawn, laid on it with this turn."""
    wide, high, packed = picture(drawn)
    return (
        f"q {turn} cm 600 0 0 800 0 0 cm /Im Do Q\0"
        f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8 "
        f"/Filter /FlateDecode /Length {len(packed)} >>\nstream\n{packed}\nendstream"
    )


def text_at(x: float, y: float, name: str, value: str) -> str:
    return f"<< /Type /Annot /Subtype /Widget {_rect(x, y, 200, 16)} {text(name, value)} >>"


def radio(name: str, chosen: str, *kids: int) -> str:
    return f"<< /FT /Btn /Ff 49152 /T ({name}) /V /{chosen} /Kids [{_refs(kids)}] >>"


def button_of(parent: int, x: float, y: float, state: str) -> str:
    """One button of a group, without anything that draws it."""
    return f"<< /Type /Annot /Subtype /Widget /Parent {parent} 0 R {_rect(x, y, 10, 10)} /AS /{state} >>"


def _rect(x: float, y: float, wide: float, high: float) -> str:
    return f"/Rect [{x} {HEIGHT - y - high} {x + wide} {HEIGHT - y}]"


def _refs(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
