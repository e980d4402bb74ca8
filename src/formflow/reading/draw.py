"""Drawing the pages of a PDF, with the places of their words and fields."""

from __future__ import annotations

import io
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from formflow.errors import Returned
from formflow.reading.document import Control
from formflow.reading.package import MB, damaged
from formflow.reading.pdf_fields import Widget, controls_of
from formflow.reading.pdf_ink import Ink
from formflow.reading.pdf_open import open_pdf, pages_of
from formflow.reading.pdf_pages import inks_of
from formflow.reading.pdf_safe import made_safe, saved
from formflow.reading.pdf_values import FAULTS, dictionary_in
from formflow.reading.pdf_widgets import boxes_of
from formflow.reading.pdf_words import turned
from formflow.reading.picture import Picture, Pictures, Seen

MOST_PAGES = 40
"""A form has up to 20."""
MOST_BYTES = 40 * MB
"""Of all pictures together."""
_DOTS = 1500
"""Along the longer side of most pages: small print can be read, and a page takes some 80 KB."""
_COLOURS = 64
"""Chosen so that a rare one stays what it is: a red tick or a yellow stroke may be the answer."""

Named = tuple[Control, Widget]
"""A field of a form, and one of its boxes."""


def draw_pdf(content: bytes) -> Pictures:
    """The first pages of a PDF as pictures. Raises `Returned` when it cannot be opened."""
    with open_pdf(content) as pdf:
        pages = pages_of(pdf)
        fields = _fields(pdf, pages, content)
        safe, _ = made_safe(pdf, pages, content)
        inks = inks_of(safe)
        if inks is None:  # qpdf mends what PDFium gives up
            safe = saved(pdf)
            inks = inks_of(safe)
    if not inks:
        raise damaged()
    return Pictures(tuple(_drawn(safe, inks, fields)), len(inks))


def _drawn(content: bytes, inks: Sequence[Ink], fields: Mapping[int, Sequence[Named]]) -> Iterator[Picture]:
    size = 0
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # that it draws no XFA is no news for a person
    with pdfium.PdfDocument(content) as file:
        file.init_forms()
        for ink in inks[:MOST_PAGES]:
            if not ink.width or not ink.height:
                continue
            kind, image = _image(file, ink)
            size += len(image)
            if size > MOST_BYTES:
                return
            words = tuple(Seen(word.text, (word.x0, word.y0, word.x1, word.y1)) for word in ink.words)
            yield Picture(
                ink.number, ink.width, ink.height, kind, image, words, _placed(ink, fields.get(ink.number, ()))
            )


def _image(file: pdfium.PdfDocument, ink: Ink) -> tuple[str, bytes]:
    """A page as PNG with few colours, or as JPEG where that is smaller: a photograph, a scan."""
    page = file[ink.number - 1]
    try:
        bitmap = page.render(scale=_DOTS / max(ink.width, ink.height), rev_byteorder=True)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
    finally:
        page.close()
    drawn, photographed = io.BytesIO(), io.BytesIO()
    few = picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(drawn, "PNG", optimize=True)
    picture.save(photographed, "JPEG", quality=70)
    if len(photographed.getvalue()) < len(drawn.getvalue()):
        return "image/jpeg", photographed.getvalue()
    return "image/png", drawn.getvalue()


def _fields(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Dictionary], content: bytes) -> dict[int, list[Named]]:
    """The fields of each page that have a name; none where they cannot be read."""
    found: dict[int, list[Named]] = defaultdict(list)
    by_name: dict[str, list[Widget]] = defaultdict(list)
    try:
        for widget in boxes_of(pdf, pages, dictionary_in(pdf.Root.get("/AcroForm")), content, placed=True).widgets:
            if widget.page is not None and widget.name and not widget.unseen:
                by_name[widget.name].append(widget)
        for boxes in by_name.values():
            for control, own in controls_of(boxes):
                for widget in own:
                    found[widget.page or 0].append((control, widget))
    except (*FAULTS, Returned):
        return {}
    return found


def _placed(ink: Ink, fields: Sequence[Named]) -> tuple[Seen, ...]:
    return tuple(
        Seen(control.name, turned(ink.turn, *widget.rect), control.ticked)
        for control, widget in fields
        if widget.rect is not None
    )
