"""Filling in our own PDF form as a viewer would leave it."""

from __future__ import annotations

import io
from collections.abc import Mapping

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from formflow.extracting.dictionary import Dictionary
from formflow.rendering.forms.filled import fillings


def fill_pdf(blank: bytes, answers: Mapping[str, object], dictionary: Dictionary) -> bytes:
    """Our PDF form with answers by field id. Raises `KeyError` for a row beyond those on the form."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank)))
    places = _places(writer)
    written: dict[int, dict[str, str]] = {}
    for filling in fillings(answers, dictionary):
        page, box = places[filling.name]
        if filling.ticked:
            on = _on_state(box)
            box[NameObject("/V")] = box[NameObject("/AS")] = NameObject(on)
        else:
            written.setdefault(page, {})[filling.name] = filling.text.replace("\n", "\r")
    for page, texts in written.items():
        writer.update_page_form_field_values(writer.pages[page], dict(texts), auto_regenerate=False)
    writer.set_need_appearances_writer(True)  # viewers draw long answers with line breaks themselves
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _places(writer: PdfWriter) -> dict[str, tuple[int, DictionaryObject]]:
    found: dict[str, tuple[int, DictionaryObject]] = {}
    for number, page in enumerate(writer.pages):
        annotations = page.get("/Annots")
        for item in annotations.get_object() if annotations is not None else ArrayObject():
            box = item.get_object()
            if isinstance(box, DictionaryObject) and "/T" in box:
                found[str(box["/T"])] = (number, box)
    return found


def _on_state(box: DictionaryObject) -> str:
    appearance = box["/AP"]
    assert isinstance(appearance, DictionaryObject)  # noqa: S101 - our own form has one
    states = appearance["/N"]
    assert isinstance(states, DictionaryObject)  # noqa: S101 - our own form has one
    return next(str(state) for state in states if state != "/Off")
