"""What is worth knowing about a PDF besides its answers: scripts, attachments, its title and its maker's own marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary

from formflow.reading.pdf_values import FAULTS, array_in, at, dictionary_in, text_of

_STANDARD = frozenset(
    {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}
)


def notes_of(pdf: pikepdf.Pdf, pages: Sequence[Dictionary]) -> Iterator[str]:
    """Words of the command-line contract for what else the file holds."""
    try:
        root = pdf.Root
        names, opening = dictionary_in(root.get("/Names")), dictionary_in(root.get("/OpenAction"))
        held = () if names is None else set(names.keys())
        if "/JavaScript" in held or "/AA" in root or (opening is not None and "/JS" in opening):
            yield "scripts"
        attached = (at(box, "/Subtype") == "/FileAttachment" for page in pages for box in _annotations(page))
        if "/EmbeddedFiles" in held or any(attached):
            yield "attachments"
    except FAULTS:
        yield "damaged-part"


def properties_of(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The title, and the properties that the form's maker added under names of their own."""
    found: dict[str, str] = {}
    try:
        held = dictionary_in(pdf.trailer.get("/Info"))
        for key, value in held.items() if held is not None else ():
            if key == "/Title" or key not in _STANDARD:
                found["title" if key == "/Title" else str(key).removeprefix("/")] = text_of(value)
    except FAULTS:
        return found
    return found


def _annotations(page: Dictionary) -> Iterator[Dictionary]:
    return (box for item in array_in(page.get("/Annots")) if (box := dictionary_in(item)) is not None)
