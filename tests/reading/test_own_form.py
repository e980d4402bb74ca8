from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from formflow import shipped
from formflow.extracting.layout import Layout
from formflow.reading import pdf
from formflow.reading.document import Control
from formflow.reading.own_form import FAMILIES
from formflow.reading.pdf_known import Shelf
from formflow.reading.read import read
from makers import a_form, a_pdf_form, blank_pdf_form, the_knowledge


@pytest.fixture(autouse=True)
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files whose pages were laid out, from a reader that knows no blank form yet."""
    files: list[bytes] = []
    lay_out = pdf._laid_out

    def noted(*given: object) -> object:
        files.append(given[2])  # type: ignore[arg-type]  # the third is the content
        return lay_out(*given)  # type: ignore[arg-type]  # whatever came is handed on

    monkeypatch.setattr(pdf, "_laid_out", noted)
    monkeypatch.setattr(pdf, "_SHELF", Shelf())
    return files


def changed(content: bytes, change: str) -> bytes:
    """A PDF with words more on its second page, with a note stuck to it, or under another name."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        page = file.pages[1]
        if change == "words":
            page.contents_add(b"BT /F1 12 Tf 72 40 Td (Rang the ward again at nine.) Tj ET")
        elif change == "name":
            next(f for f in file.Root.AcroForm.Fields if f.T == "form").Kids[0].V = pikepdf.String("other SIN-1 v1")
        else:
            note = {"/Type": "/Annot", "/Subtype": pikepdf.Name("/Text"), "/Contents": "Rang the ward again at nine.",
                    "/Rect": [72, 40, 90, 58]}  # fmt: skip
            page.Annots.append(file.make_indirect(pikepdf.Dictionary(note)))
        file.save(out)
    return out.getvalue()


def without_words(control: Control) -> Control:
    return replace(control, label="", beside="")


def test_the_families_are_those_of_the_forms_we_write() -> None:
    ours: list[Layout] = [layout for layout in the_knowledge().layouts.layouts if layout.is_ours]
    assert set(FAMILIES) == {layout.family for layout in ours}
    assert len(ours) == len(shipped.texts("forms")) + 1


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_form_of_ours_gives_every_answer_without_the_words_around_it(form: str) -> None:
    content = a_form() if form == "docx" else a_pdf_form()
    short, whole = read(content, f"form.{form}", whole=False), read(content, f"form.{form}")
    assert list(map(without_words, short.controls)) == list(map(without_words, whole.controls))
    assert (short.kind, short.notes, short.properties) == (whole.kind, whole.notes, whole.properties)
    assert whole.blocks
    assert not short.blocks


def test_the_pages_of_a_blank_form_are_laid_out_once(laid_out: list[bytes]) -> None:
    first = read(a_pdf_form(), "form.pdf", whole=False)
    other = read(a_pdf_form(incident_place="In the park"), "form.pdf", whole=False)
    blank = read(blank_pdf_form(), "form.pdf", whole=False)
    assert len(laid_out) == 1
    assert [control.label for control in first.controls] == [control.label for control in blank.controls]
    assert [control.raw for control in other.controls if control.name == "incident_place"] == ["In the park"]
    assert [control.raw for control in blank.controls if control.name == "incident_place"] == [""]


@pytest.mark.parametrize("change", ["words", "note"])
def test_a_form_of_ours_on_which_more_is_written_is_laid_out_anew(change: str, laid_out: list[bytes]) -> None:
    read(a_pdf_form(), "form.pdf", whole=False)
    more = changed(a_pdf_form(), change)
    document = read(more, "form.pdf", whole=False)
    assert laid_out[1:] == [more]
    assert list(map(without_words, document.controls)) == list(map(without_words, read(more, "form.pdf").controls))
    assert document.notes == read(more, "form.pdf").notes


def test_a_form_that_only_looks_like_ours_keeps_every_word() -> None:
    content = changed(a_pdf_form(), "name")
    assert read(content, "form.pdf", whole=False) == read(content, "form.pdf")
    assert read(content, "form.pdf", whole=False).blocks
