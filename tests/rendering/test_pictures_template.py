from __future__ import annotations

import io
import zipfile

import docx
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from formflow.reading.old_formats import as_pdf, libreoffice
from formflow.rendering import word_kit as kit
from formflow.rendering.pictures.placeholder import placeholder


def a_document(*drawings: kit.Drawing) -> bytes:
    body = "".join(kit.para(one.run) for one in drawings) + kit.section(kit.PORTRAIT, last=True)
    return kit.package(body, header=kit.para(), footer=kit.para(), title="A paper", drawings=drawings)


def two_drawings() -> bytes:
    return a_document(
        kit.drawing("timeline", 160, 60, placeholder("The timeline is drawn here", 160, 60), "Timeline & more"),
        kit.drawing("genogram", 120, 80, placeholder("The family is drawn here", 120, 80)),
    )


def test_a_drawing_in_a_template_has_its_name_size_picture_and_words() -> None:
    opened = docx.Document(io.BytesIO(two_drawings()))
    first, second = opened.inline_shapes
    named = first._inline.docPr
    assert (named.get("name"), named.get("descr")) == ("timeline", "Timeline & more")
    assert (first.width.mm, first.height.mm) == (160, 60)
    assert second._inline.docPr.get("name") == "genogram"
    assert named.get("id") != second._inline.docPr.get("id")
    part = opened.part.related_parts[first._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert part.blob == placeholder("The timeline is drawn here", 160, 60)


def test_a_document_without_drawings_is_as_it_was() -> None:
    with zipfile.ZipFile(io.BytesIO(a_document())) as package:
        assert b"png" not in package.read("[Content_Types].xml")
        assert not any(name.startswith("word/media") for name in package.namelist())


def test_the_placeholder_is_small() -> None:
    assert len(placeholder("The timeline is drawn here", 160, 60)) < 10_000


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_a_document_with_drawings_opens_in_libreoffice() -> None:
    printed = as_pdf(two_drawings(), ".docx")
    assert printed
    with pdfium.PdfDocument(printed) as file:
        page = file[0]
        pictures = [one for one in page.get_objects() if one.type == raw.FPDF_PAGEOBJ_IMAGE]
        sizes = [(right - left, top - bottom) for left, bottom, right, top in (one.get_bounds() for one in pictures)]
        page.close()
    assert [tuple(round(side / 72 * 25.4) for side in size) for size in sizes] == [(160, 60), (120, 80)]
