from __future__ import annotations

import io
import re
import tomllib
import zipfile

import pytest
from lxml import etree
from pypdf import PdfReader

from formflow import shipped
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.reading.read import read
from formflow.rendering.forms.blank_plan import load_blank
from formflow.validating.asked import Asked
from formflow.validating.when import holds
from makers import (
    TODAY,
    a_later_form,
    a_later_pdf,
    blank_later_form,
    blank_later_pdf,
    the_dictionary,
    the_knowledge,
)

FORMS = {
    "air": "agency-return",
    "drr": "decision-record",
    "prr": "case-update",
    "cup": "case-update",
    "acp": "case-update",
    "lsr": "legacy-review",
    "aqs": "case-update",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUES = {
    "text": "Some words & more",
    "long_text": "First line\nsecond line",
    "date": "2026-03-11",
    "time": "14:30",
    "yes_no": "yes",
    "integer": "2",
}


def questions(form: str) -> Dictionary:
    return the_dictionary().of(f"formflow-{form}-1")


def read_in(content: bytes) -> Form:
    name = "form.pdf" if content.startswith(b"%PDF") else "form.docx"
    return extract(read(content, name), the_knowledge(), TODAY)


def a_value(field: Field) -> object:
    if field.type == "choices":
        return tuple(field.options)[:2]
    return next(iter(field.options)) if field.type == "choice" else VALUES[field.type]


def everything(form: str) -> dict[str, object]:
    """A value for each question, in the first row of tables and for each partner."""
    dictionary, single = questions(form), load_blank(f"formflow-{form}-1").single_tick
    found: dict[str, object] = {}
    for field in dictionary.fields.values():
        block = field.id.partition("_")[0]
        names = [field.id.replace("_P_", f"_{option}_") for option in dictionary.options.get(block, {})]
        for name in names if "_P_" in field.id else [field.id.replace("_N_", "_1_")]:
            found[name] = "yes" if field.id in single else a_value(field)
    return found


def test_every_kind_of_form_of_the_process_has_its_own_blank_form() -> None:
    assert {f"formflow-{form}-1" for form in FORMS} == set(the_dictionary().others)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_and_its_layout_are_held_to_each_other(form: str) -> None:
    blank = load_blank(f"formflow-{form}-1")
    layout = next(one for one in the_knowledge().layouts.layouts if one.name == f"formflow-{form}-1")
    assert layout.versions == (blank.version,)
    assert layout.title == f"{blank.title}, {blank.form}"
    assert layout.kind == FORMS[form]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("make", [blank_later_form, blank_later_pdf])
def test_a_blank_form_is_recognised_and_every_answer_on_it_is_blank(form: str, make: object) -> None:
    assert callable(make)
    found = read_in(make(form))
    assert (found.kind, found.layout, found.layout_certainty) == (FORMS[form], f"formflow-{form}-1", "recognised")
    assert {answer.state for answer in found.answers.values()} == {"blank"}


@pytest.mark.parametrize("form", FORMS)
def test_word_and_pdf_of_a_form_ask_the_same_under_the_same_names(form: str) -> None:
    word, pdf = (
        {control.name for control in read(content, name).controls if control.kind != "group"}
        for content, name in ((blank_later_form(form), "a.docx"), (blank_later_pdf(form), "a.pdf"))
    )
    assert word == pdf


@pytest.mark.parametrize("form", FORMS)
def test_every_question_of_a_form_is_on_it_and_says_what_it_asks(form: str) -> None:
    controls = [c for c in read(blank_later_form(form), "a.docx").controls if c.kind != "group"]
    asked = {questions(form).pattern(control.name.partition(":")[0]) for control in controls}
    assert asked - {"form.version"} == set(questions(form).fields)
    assert all(control.label for control in controls)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("make", [a_later_form, a_later_pdf])
def test_what_is_written_on_a_form_is_read_back_from_it(form: str, make: object) -> None:
    assert callable(make)
    given = everything(form)
    found = read_in(make(form, **given)).answers
    for name, value in given.items():
        expected = " ".join(value.split()) if isinstance(value, str) else value
        got = found[name].value
        assert (str(got) if isinstance(got, int) else got) == expected, name


@pytest.mark.parametrize("form", ["air", "drr", "acp", "lsr", "cup", "aqs"])
def test_rows_and_cards_that_people_add_are_read(form: str) -> None:
    block = "answer" if form == "aqs" else "action"
    part = {"cup": "evidence", "aqs": "text"}.get(form, "text")
    given = {f"{block}_{n}_{part}": f"Thing {n}" for n in range(1, 14)}
    found = read_in(a_later_form(form, **given)).answers
    assert [found[name].value for name in given] == list(given.values())


def test_a_chronology_of_more_than_a_hundred_rows_is_read_whole() -> None:
    given = {f"event_{n}_event": f"Visit {n}" for n in range(1, 121)}
    found = read_in(a_later_form("air", **given)).answers
    assert [found[name].value for name in given] == list(given.values())


def test_the_place_of_a_question_is_told_as_the_form_shows_it() -> None:
    label = questions("air").label
    assert label("child_1_surname") == 'Section 1, Which case this is about: "Child\'s surname"'
    assert label("event_12_date") == 'Section 9, Chronology, event 12: "Date"'
    assert questions("drr").label("partner_icb_view") == (
        'Section 6, Each partner\'s view, Integrated care board: "View"'
    )


@pytest.mark.parametrize("form", FORMS)
def test_controls_of_a_form_are_numbered_once_and_header_rows_repeat(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(blank_later_form(form))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    numbers = [element.get(f"{W}val") for element in root.iter(f"{W}id")]
    assert len(numbers) == len(set(numbers))
    if load_blank(f"formflow-{form}-1").rows:
        assert list(root.iter(f"{W}tblHeader"))


@pytest.mark.parametrize("form", FORMS)
def test_the_pdf_of_a_form_has_no_script_and_tells_a_screen_reader_what_is_what(form: str) -> None:
    content = blank_later_pdf(form)
    reader = PdfReader(io.BytesIO(content))
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert "/StructTreeRoot" in reader.root_object
    assert b"/XFA" not in content
    assert not re.search(rb"/JavaScript|/JS\b|/Launch", content)
    assert all(control.label for control in read(content, "a.pdf").controls if control.kind != "group")


@pytest.mark.parametrize("form", FORMS)
def test_what_helps_to_fill_a_form_in_speaks_of_questions_that_are_on_it(form: str) -> None:
    blank, dictionary = load_blank(f"formflow-{form}-1"), questions(form)
    for named in (*blank.required, *blank.single_tick, *blank.boxed, *blank.hints, *blank.room):
        assert named in dictionary.fields, named
    for section in (*blank.section_notes, *blank.wide, *blank.pairs):
        assert section in dictionary.sections, section
    for field in dictionary.fields.values():
        if field.when:
            holds(field.when, Asked({}, dictionary, TODAY))
            assert field.when.split(" ")[0] in dictionary.fields, field.when


def test_the_places_of_sections_on_a_form_are_each_given_once() -> None:
    for name, dictionary in the_dictionary().others.items():
        orders = [section.order for section in dictionary.sections.values()]
        assert orders == list(range(1, len(orders) + 1)), name


def test_the_shared_sections_are_all_used() -> None:
    shared = set(tomllib.loads(shipped.text("forms-shared.toml"))["sections"])
    used = {key for text in shipped.texts("forms").values() for key in tomllib.loads(text)["shared"]}
    assert used == shared
