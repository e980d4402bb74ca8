from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest

from formflow.reading.document import Control
from formflow.reading.word import read_word
from reading import word_maker as word
from reading.word_maker import choice, control, day, paragraph, relation, relations, run

STORE = "{11111111-2222-3333-4444-555555555555}"


def data(xml: str) -> dict[str, str | bytes]:
    """The parts that hold the data of a form."""
    return {
        "customXml/item1.xml": xml,
        "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="urn:ds" ds:itemID="{STORE}"/>',
        "customXml/_rels/item1.xml.rels": relations(relation("customXmlProps", "itemProps1.xml")),
    }


def bound(path: str, store: str = STORE, spaces: str = "xmlns:n='urn:n'") -> str:
    held = {"prefixMappings": spaces, "xpath": path, "storeItemID": store}
    return "<w:dataBinding" + "".join(f" w:{name}={quoteattr(value)}" for name, value in held.items()) + "/>"


def one(body: str, parts: dict[str, str | bytes]) -> Control:
    (found,) = read_word(word.docx(body, parts=parts)).controls
    return found


def form(name: str) -> dict[str, str | bytes]:
    return data(
        f'<n:form xmlns:n="urn:n"><n:child><n:name>{escape(name)}</n:name></n:child><n:child ref="7"/></n:form>'
    )


NAME = bound("/n:form[1]/n:child[1]/n:name[1]")


def test_a_control_that_shows_what_its_data_hold_is_sure() -> None:
    found = one(paragraph(control("Ann  Smith", extra=NAME)), form("Ann Smith"))
    assert (found.raw, found.doubts) == ("Ann  Smith", ())


def test_a_control_that_shows_something_else_than_its_data_is_a_doubt_with_both() -> None:
    found = one(paragraph(control("Ann Smith", extra=NAME)), form("Ann Jones"))
    assert found.raw == "Ann Smith"
    assert found.doubts == ('it shows "Ann Smith", but the data kept behind it is "Ann Jones"',)


def test_a_blank_control_whose_data_are_not_blank_is_a_doubt_and_not_blank_in_silence() -> None:
    found = one(paragraph(control("Type here", prompt=True, extra=NAME)), form("Ann"))
    assert (found.raw, found.doubts) == ("", ('it shows "", but the data kept behind it is "Ann"',))
    assert one(paragraph(control("Type here", prompt=True, extra=NAME)), form("")).doubts == ()


def test_an_answer_whose_data_are_blank_is_a_doubt() -> None:
    found = one(paragraph(control("Ann", extra=NAME)), form(""))
    assert found.doubts == ('it shows "Ann", but the data kept behind it is empty',)


def test_a_choice_is_held_against_the_entry_that_its_data_name() -> None:
    entries = (
        '<w:dropDownList><w:listItem w:displayText="Yes" w:value="y"/><w:listItem w:displayText="No" w:value="n"/>'
    )
    body = paragraph(control("Yes", kind=entries + "</w:dropDownList>", extra=NAME))
    assert one(body, form("y")).doubts == ()
    assert one(body, form("n")).doubts == ('it shows "Yes", but the data kept behind it is "No"',)


def test_a_date_is_held_against_the_day_of_its_data() -> None:
    body = paragraph(control("5 March 2024", kind="<w:date/>", extra=NAME))
    assert one(body, form("2024-03-05T00:00:00")).doubts == ()
    assert one(body, form("2024-03-06")).doubts == (
        'it shows "5 March 2024", but the date kept behind it is 6 March 2024',
    )


@pytest.mark.parametrize(("held", "doubts"), [("true", 0), ("1", 0), ("false", 1), ("", 1)])
def test_a_tick_box_is_held_against_its_data(held: str, doubts: int) -> None:
    box = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    assert len(one(paragraph(control(run("☒"), kind=box, extra=NAME)), form(held)).doubts) == doubts


def test_data_in_an_attribute_and_under_a_number_are_found() -> None:
    reference = bound("/n:form[1]/n:child[2]/@ref")
    assert one(paragraph(control("7", extra=reference)), form("x")).doubts == ()
    assert len(one(paragraph(control("8", extra=reference)), form("x")).doubts) == 1


def test_the_title_of_the_document_is_data_too() -> None:
    core = '<c:coreProperties xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Form A</d:title></c:coreProperties>'
    title = bound("/c:coreProperties[1]/d:title[1]", "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "")
    assert one(paragraph(control("Form A", extra=title)), {"docProps/core.xml": core}).doubts == ()
    assert len(one(paragraph(control("Form B", extra=title)), {"docProps/core.xml": core}).doubts) == 1


@pytest.mark.parametrize(
    "binding",
    [
        bound("/n:form[1]/n:gone[1]"),
        bound("/n:form[1]/n:child[9]"),
        bound("/n:form[1]/n:name[1]", "{99999999-2222-3333-4444-555555555555}"),
        bound("//n:name[contains(., 'x')]"),
        bound("/x:form[1]/x:child[1]", spaces="xmlns:x='urn:x'"),
        "<w:dataBinding/>",
    ],
)
def test_a_control_that_is_bound_to_nothing_keeps_what_it_shows(binding: str) -> None:
    found = one(paragraph(control("Ann", extra=binding)), form("Jones"))
    assert (found.raw, found.doubts) == ("Ann", ())


def glossary(name: str, prompt: str) -> dict[str, str | bytes]:
    entry = (
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/></w:docPartPr><w:docPartBody>{prompt}'
        "</w:docPartBody></w:docPart>"
    )
    return {"word/glossary/document.xml": word.part("glossaryDocument", f"<w:docParts>{entry}</w:docParts>")}


PLACEHOLDER = '<w:placeholder><w:docPart w:val="P1"/></w:placeholder>'


def test_the_forms_own_prompt_is_blank_even_when_a_program_lost_its_mark() -> None:
    parts = glossary("P1", paragraph("Surname of", run(" the child")))
    assert one(paragraph(control("Surname of the child", extra=PLACEHOLDER)), parts).raw == ""
    assert one(paragraph(control("Smith", extra=PLACEHOLDER)), parts).raw == "Smith"
    assert one(paragraph(control("child", extra=PLACEHOLDER)), parts).raw == "child"


def test_a_broken_glossary_costs_nothing_but_the_prompts() -> None:
    parts: dict[str, str | bytes] = {"word/glossary/document.xml": "<w:glossaryDocument>Surname"}
    assert one(paragraph(control("Surname", extra=PLACEHOLDER)), parts).raw == "Surname"


def test_a_date_and_a_choice_may_be_bound_and_marked_blank() -> None:
    assert one(paragraph(day("5 March 2024")), form("x")).raw == "5 March 2024"
    assert one(paragraph(choice("Choose an item.", ("Choose an item.", ""))), form("x")).raw == ""
