from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.extracting.values import fold, state_of
from formflow.reading.read import read
from formflow.rendering.forms.samples import make_samples
from formflow.settings import Partnership
from makers import TODAY, a_form, a_pdf_form, blank_form, blank_pdf_form, the_dictionary, the_knowledge

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = ["rPr", "alias", "tag", "id", "lock", "showingPlcHdr"]


def form_of(content: bytes) -> Form:
    name = "form.pdf" if content.startswith(b"%PDF") else "form.docx"
    return extract(read(content, name), the_knowledge(), TODAY)


def word_root() -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(blank_form())) as package:
        return etree.fromstring(package.read("word/document.xml"))


def names(content: bytes, name: str) -> set[str]:
    return {control.name for control in read(content, name).controls if control.kind != "group"}


def test_word_and_pdf_ask_the_same_questions_under_the_same_names() -> None:
    assert names(blank_form(), "a.docx") == names(blank_pdf_form(), "a.pdf")


def test_every_question_of_the_dictionary_is_on_the_form() -> None:
    dictionary = the_dictionary()
    asked = {dictionary.pattern(name.partition(":")[0]) for name in names(blank_form(), "a.docx")}
    assert set(dictionary.fields) <= asked


def test_every_control_says_what_it_asks() -> None:
    for content, name in ((blank_form(), "a.docx"), (blank_pdf_form(), "a.pdf")):
        assert all(control.label for control in read(content, name).controls if control.kind != "group")


def test_controls_are_numbered_once_and_their_properties_stand_in_words_order() -> None:
    numbers = [e.get(f"{W}val") for e in word_root().iter(f"{W}id")]
    assert max(Counter(numbers).values()) == 1
    for properties in word_root().iter(f"{W}sdtPr"):
        held = [etree.QName(e).localname for e in properties]
        known = [name for name in held if name in ORDER]
        assert known == sorted(known, key=ORDER.index)
        assert all(len(str(e.get(f"{W}val"))) <= 64 for e in properties if etree.QName(e).localname in ("alias", "tag"))


def test_header_rows_repeat_and_the_language_is_set() -> None:
    assert len(list(word_root().iter(f"{W}tblHeader"))) >= 6
    with zipfile.ZipFile(io.BytesIO(blank_form())) as package:
        assert b'w:val="en-GB"' in package.read("word/styles.xml")


def test_the_pdf_form_has_no_script_and_tells_a_screen_reader_what_is_what() -> None:
    reader = PdfReader(io.BytesIO(blank_pdf_form()))
    root = reader.root_object
    assert str(root["/Lang"]) == "en-GB"
    assert "/StructTreeRoot" in root
    assert b"/XFA" not in blank_pdf_form()
    assert not re.search(rb"/JavaScript|/JS\b|/Launch", blank_pdf_form())
    assert all(str(page["/Tabs"]) == "/S" for page in reader.pages if "/Annots" in page)


def test_each_form_says_how_to_add_rows_in_its_own_program() -> None:
    word = "".join(e.text or "" for e in word_root().iter(f"{W}t"))
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(blank_pdf_form())).pages)
    assert "press the + at its right edge" in word
    assert "press the +" not in pdf
    assert "use the Word form or attach a list" in pdf


def test_no_page_of_the_pdf_form_holds_only_one_stray_question() -> None:
    for number, page in enumerate(PdfReader(io.BytesIO(blank_pdf_form())).pages, 1):
        assert len(page.annotations or ()) >= 8, number


def test_the_page_number_of_a_turned_page_stands_at_its_own_edge() -> None:
    with zipfile.ZipFile(io.BytesIO(blank_form())) as package:
        narrow, wide = (package.read(f"word/footer{n}.xml").decode() for n in (1, 2))
    edges = [int(re.findall(r'w:val="right" w:pos="(\d+)"', footer)[0]) for footer in (narrow, wide)]
    assert edges[0] < 10_000 < edges[1]


def test_each_blank_form_is_the_same_every_time() -> None:
    from formflow.rendering.forms.blank_pdf import blank_pdf
    from formflow.rendering.forms.blank_word import blank_word

    assert blank_word(the_dictionary(), Partnership()) == blank_form()
    assert len(blank_pdf(the_dictionary(), Partnership())) == len(blank_pdf_form())


WRITABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=200)


@given(WRITABLE)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_written_into_the_word_form_is_read_back(text: str) -> None:
    answer = form_of(a_form(incident_summary=text)).answers["incident_summary"]
    if state_of(text) is None:
        assert (answer.state, answer.value) == ("answered", fold(text))
    else:
        assert answer.state != "answered"


@pytest.mark.parametrize("text", ["R&D <b>", "naïve ☂ שלום", "line\nbreak", "x" * 30_000, "(brackets) \\ back"])
def test_odd_text_written_into_the_pdf_form_is_read_back(text: str) -> None:
    assert form_of(a_pdf_form(incident_summary=text)).answers["incident_summary"].value == fold(text)


def test_rows_added_as_word_adds_them_are_all_read() -> None:
    people = {f"family_{n}_name": f"Person {n}" for n in range(1, 10)}
    form = form_of(a_form((), **people))
    assert [form.answers[name].value for name in people] == list(people.values())


def test_each_sample_form_is_recognised_and_reads_without_a_conflict() -> None:
    for sample in make_samples(TODAY, the_dictionary(), Partnership()):
        form = form_of(sample.content)
        assert form.layout_certainty == "recognised", sample.name
        assert not [a.field for a in form.answers.values() if a.state == "conflict"], sample.name
