from __future__ import annotations

import io
import logging
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from formflow.errors import Returned
from formflow.reading import pdf_open, pdf_widgets
from formflow.reading.document import Document, paragraphs
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import FIRST, button, pdf, text, words, written

FORM = (text("surname", "Smith"), text("first", "Ann"))


def answers(content: bytes) -> dict[str, str]:
    return {control.name: control.raw for control in read_pdf(content).controls}


def reason(content: bytes) -> str:
    with pytest.raises(Returned) as fault:
        read_pdf(content)
    return fault.value.reason


def encrypted(user: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*FORM))))
    writer.encrypt(user_password=user, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_form_is_read_field_by_field_with_the_page() -> None:
    document = read_pdf(pdf(*FORM))
    assert [(c.name, c.kind, c.raw, c.place) for c in document.controls] == [
        ("surname", "text", "Smith", "page 1"),
        ("first", "text", "Ann", "page 1"),
    ]
    assert (document.kind, document.notes) == ("pdf", ())


def test_boxes_on_a_page_are_read_though_the_file_has_no_list_of_fields() -> None:
    assert answers(pdf(*FORM, fields=[])) == {"surname": "Smith", "first": "Ann"}


def test_a_field_that_no_page_shows_is_read_with_a_doubt() -> None:
    more = {30: "<< /FT /Tx /T (ghost) /V (boo) >>", 31: "<< /FT /Tx /T (empty) >>"}
    ghost, empty = read_pdf(pdf(*FORM, fields=[FIRST, FIRST + 1, 30, 31], more=more)).controls[2:]
    assert (ghost.raw, ghost.place) == ("boo", "in the file, but on no page")
    assert ghost.doubts == ("this answer is in the file, but nobody sees it on a page",)
    assert empty.doubts == ()


@pytest.mark.parametrize("broken", ["/T 5 0 R /FT /Tx /V 99 0 R", "/FT /Btn /AP 7", "/Parent 10 0 R /T (x)", "/T [1]"])
def test_one_broken_field_does_not_lose_the_form(broken: str) -> None:
    assert answers(pdf(*FORM, broken)).items() >= {"surname": "Smith", "first": "Ann"}.items()


def test_annotations_that_are_no_dictionaries_do_not_lose_the_form() -> None:
    content = pdf(*FORM).replace(b"/Annots [10 0 R", b"/Annots [7 (x) 10 0 R")
    assert answers(content) == {"surname": "Smith", "first": "Ann"}


@pytest.mark.parametrize("filler", [b"  ", b""], ids=["in its place", "moving the rest"])
def test_a_field_whose_words_are_cut_off_is_a_doubt_and_not_blank_in_silence(filler: bytes) -> None:
    document = read_pdf(pdf(*FORM, "/FT /Tx /T (story) /V (it began").replace(b"it began >>", b"it began " + filler))
    surname, _, story = document.controls
    assert document.notes == ("damaged-part",)
    assert (surname.raw, surname.doubts) == ("Smith", ())
    assert story.doubts == ("a part of this field is damaged in the file, so its answer may be lost",)


def test_a_tree_of_fields_that_leads_back_to_itself_ends() -> None:
    more = {30: "<< /T (a) /Kids [30 0 R 31 0 R] >>", 31: "<< /T (b) /FT /Tx /Parent 30 0 R /V (x) /Kids [30 0 R] >>"}
    document = read_pdf(pdf(*FORM, fields=[FIRST, FIRST + 1, 30], more=more))
    assert "damaged-part" in document.notes
    assert document.controls[0].raw == "Smith"


def test_a_tree_of_fields_without_end_is_too_complex() -> None:
    kids = " ".join(["{0} 0 R"] * 10)
    tree = {n: f"<< /T (a) /Kids [{kids.format(n + 1)}] >>" for n in range(30, 40)}
    assert reason(pdf(*FORM, fields=[30], more={**tree, 40: "<< /T (z) /FT /Tx >>"})) == "too-complex"


def test_a_chain_of_fields_deeper_than_any_form_is_too_complex() -> None:
    chain = {n: f"<< /T (a) /Kids [{n + 1} 0 R] >>" for n in range(30, 80)}
    assert reason(pdf(*FORM, fields=[30], more={**chain, 80: "<< /T (z) /FT /Tx >>"})) == "too-complex"


def test_more_fields_or_pages_than_any_form_are_too_complex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_widgets, "MOST_FIELDS", 5)
    assert reason(pdf(*(text(f"f{n}") for n in range(6)))) == "too-complex"
    monkeypatch.setattr(pdf_open, "MOST_PAGES", 2)
    assert reason(pdf(text("f"), pages=3)) == "too-complex"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_password_that_only_guards_against_changes_opens_in_silence(algorithm: str) -> None:
    assert answers(encrypted("", algorithm)) == {"surname": "Smith", "first": "Ann"}


@pytest.mark.parametrize("algorithm", ["RC4-40", "AES-128", "AES-256"])
def test_a_password_that_guards_the_reading_is_said(algorithm: str) -> None:
    assert reason(encrypted("secret", algorithm)) == "password"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", pdf(*FORM)[:300], b"%PDF-1.7\nwords\n%%EOF"])
def test_a_file_cut_short_is_damaged(content: bytes) -> None:
    assert reason(content) == "damaged"


def test_a_form_that_is_named_and_not_there_is_damaged_and_not_a_file_without_a_form() -> None:
    content = pdf(*FORM).replace(b"/AcroForm <<", b"/AcroForm 99 0 R /Lost <<")
    assert reason(content) == "damaged"


def test_a_file_without_pages_says_so() -> None:
    assert reason(pdf(pages=0, fields=[FIRST], more={FIRST: "<< /T (a) /FT /Tx >>"})) == "no-pages"


def test_a_page_without_fields_or_words_is_a_picture() -> None:
    assert reason(pdf()) == "scan-no-text"
    signed_scan = pdf("/FT /Sig /T (signature)")
    assert reason(signed_scan) == "scan-no-text"


def test_a_file_without_fields_gives_its_lines_by_page() -> None:
    document = read_pdf(pdf(drawn=words("Surname: Smith", "Died: yes")))
    assert [(line.text, line.place) for line in paragraphs(document.blocks)] == [
        ("Surname: Smith", "page 1"),
        ("Died: yes", "page 1"),
    ]


def test_a_printed_form_with_nothing_live_but_a_signature_gives_its_lines() -> None:
    document = read_pdf(pdf("/FT /Sig /T (signature)", drawn=words("Surname: Smith")))
    assert [line.text for line in paragraphs(document.blocks)] == ["Surname: Smith"]


XFA = "/XFA [(datasets) 3 0 R]"


def test_a_form_that_only_adobe_reader_shows_is_returned_with_advice() -> None:
    waiting = words("Please wait... If this message is not eventually replaced")
    assert reason(pdf(form=XFA, drawn=waiting)) == "xfa-only"
    assert reason(pdf(text("a"), form=XFA, drawn=waiting)) == "xfa-only"


def test_a_form_of_both_kinds_is_read_by_its_fields() -> None:
    assert answers(pdf(*FORM, form=XFA)) == {"surname": "Smith", "first": "Ann"}
    assert answers(pdf(text("surname"), form=XFA, drawn=words("Surname"))) == {"surname": ""}


@pytest.mark.parametrize(
    ("catalogue", "note"),
    [
        ("/Names << /JavaScript << >> >>", "scripts"),
        ("/OpenAction << /S /JavaScript /JS (app.alert) >>", "scripts"),
        ("/AA << >>", "scripts"),
        ("/Names << /EmbeddedFiles << >> >>", "attachments"),
    ],
)
def test_what_is_worth_knowing_about_a_file_is_noted(catalogue: str, note: str) -> None:
    document = read_pdf(pdf(*FORM, catalogue=catalogue))
    assert document.notes == (note,)
    assert document.controls[0].raw == "Smith"


def test_a_file_pinned_to_a_page_is_an_attachment() -> None:
    content = pdf(*FORM, "/FT /Tx /T (x)").replace(
        b"/Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (x)", b"/Subtype /FileAttachment"
    )
    assert read_pdf(content).notes == ("attachments",)


def test_the_title_and_the_makers_own_properties_are_kept_and_nobodys_name() -> None:
    info = "<< /Title (SIN form) /Author (Somebody) /Producer (Word) /form.version (SIN-1 v1) >>"
    document = read_pdf(pdf(*FORM, more={50: info}, trailer="/Info 50 0 R"))
    assert document.properties == {"title": "SIN form", "form.version": "SIN-1 v1"}


def test_a_field_that_unpacks_to_far_too_much_is_too_large() -> None:
    bomb = zlib.compress(b" " * 200_000_000, 9).decode("latin-1")
    more = {40: f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n{bomb}\nendstream"}
    assert reason(pdf("/FT /Tx /T (a) /V 40 0 R", more=more)) == "too-large"


def test_a_page_that_unpacks_to_far_too_much_does_not_matter_to_its_fields() -> None:
    bomb = zlib.compress(b" " * 200_000_000, 9).decode("latin-1")
    stream = f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n{bomb}\nendstream"
    assert answers(pdf(*FORM, more={3: stream})) == {"surname": "Smith", "first": "Ann"}


def test_an_older_version_inside_the_file_does_not_count() -> None:
    first = pdf(*FORM)
    update = f"{FIRST} 0 obj\n<< /Type /Annot /Subtype /Widget {text('surname', 'Jones')} >>\nendobj\n".encode()
    table = f"xref\n{FIRST} 1\n{len(first):010} 00000 n \n".encode()
    start = first.rfind(b"startxref") + len("startxref\n")
    before = int(first[start:].split()[0])
    trailer = (
        f"trailer\n<< /Size 20 /Root 1 0 R /Prev {before} >>\nstartxref\n{len(first) + len(update)}\n%%EOF\n".encode()
    )
    assert answers(first + update + table + trailer)["surname"] == "Jones"


def test_nothing_of_a_file_is_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    content = pdf(*FORM, "/FT /Tx /T (Smith) /V (Smith").replace(b"Smith >>", b"Smith ")
    with caplog.at_level(logging.DEBUG):
        read_pdf(content)
    assert "Smith" not in caplog.text + "".join(capfd.readouterr())


def test_what_people_wrote_is_in_no_repr() -> None:
    document: Document = read_pdf(pdf(*FORM, button("Smith", state="Smith", extra="/T (box)")))
    assert "Smith" not in repr(document) + repr(document.controls)


def test_a_header_alone_with_objects_but_no_pages_is_damaged() -> None:
    assert reason(written({1: "<< /Type /Catalog >>"})) in ("damaged", "no-pages")
