"""The PDF forms of the reading benchmark: 60 answers in live fields, and the same printed flat.

A live form of our own says which edition it is and is read by its fields' names alone; any other is laid out too.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import pikepdf
import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from formflow.reading.own_form import VERSION_CONTROL as EDITION
from formflow.reading.pdf import read_pdf

FIELDS = 60
_ON_A_PAGE = 20
_TOP, _STEP = 780, 36
_WORDS = "Answer number {} of this form, as somebody typed it into the box beside the question"


def _drawn(*, live: bool) -> bytes:
    """Three pages of questions with answers beside them, in ruled rows."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(FIELDS):
        place = number % _ON_A_PAGE
        if number and not place:
            canvas.showPage()
        y = _TOP - _STEP * place
        canvas.rect(40, y - 12, 180, _STEP - 2)
        canvas.rect(220, y - 12, 335, _STEP - 2)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(44, y + 6, f"Question number {number} of the form")
        canvas.setFont("Helvetica", 9)
        if live and number % 3 == 0:
            canvas.acroForm.checkbox(name=f"answer_{number}", x=226, y=y - 4, size=12, checked=True)
            canvas.drawString(244, y, "Yes")
        elif live:
            canvas.acroForm.textfield(
                name=f"answer_{number}", value=_WORDS.format(number), x=224, y=y - 8, width=325, height=18, fontSize=9
            )
        else:
            canvas.drawString(226, y, _WORDS.format(number))
    canvas.save()
    return out.getvalue()


def _of_our_own(content: bytes) -> bytes:
    """The same form, saying which edition it is."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.docinfo["/" + EDITION] = "SIN-1 v1"
        pdf.save(out)
    return out.getvalue()


def _fields(content: bytes) -> list[tuple[str, str]]:
    """The floor: every field's name and value, and nothing asked."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [(str(field.get("/T")), str(field.get("/V", ""))) for field in pdf.Root.AcroForm.Fields]


def _words(content: bytes) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The floor: every word of every page with its place, and nothing made of it."""
    found = []
    with pdfium.PdfDocument(content) as pdf:
        for page in pdf:
            text = page.get_textpage()
            letters, start = text.get_text_range(), None
            for number, letter in enumerate([*letters, " "]):
                if letter.isspace() and start is not None:
                    boxes = [text.get_charbox(place) for place in range(start, number)]
                    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
                    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
                    found.append((letters[start:number], (left, bottom, right, top)))
                    start = None
                elif not letter.isspace() and start is None:
                    start = number
    return found


def _cases() -> list[tuple[str, Callable[[], object], Callable[[], object], float]]:
    live, flat = _drawn(live=True), _drawn(live=False)
    own = _of_our_own(live)
    assert len(read_pdf(own).controls) == len(read_pdf(live).controls) == len(_fields(live)) == FIELDS
    assert len(_words(flat)) > 10 * FIELDS
    return [
        ("live fields of our own form", partial(read_pdf, own), partial(_fields, own), 3.0),
        ("printed flat", partial(read_pdf, flat), partial(_words, flat), 2.0),
    ]


CASES = _cases()
