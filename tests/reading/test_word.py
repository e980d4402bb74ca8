from __future__ import annotations

from collections.abc import Mapping

import pytest

from formflow.errors import Returned
from formflow.reading.document import Document
from formflow.reading.word import read_word
from reading import word_maker as word
from reading.told import lines, texts
from reading.word_maker import CONTENT_TYPES, control, inserted, paragraph, part, relation, relations, tick

SURNAME = paragraph(control("Smith", tag="child_1_surname"))


def notes(*body: str, parts: Mapping[str, str | bytes] | None = None) -> tuple[str, ...]:
    return read_word(word.docx(*body, parts=parts)).notes


def reason(content: bytes) -> str:
    with pytest.raises(Returned) as fault:
        read_word(content)
    return fault.value.reason


def surname(document: Document) -> str:
    return next(control.raw for control in document.controls if control.name == "child_1_surname")


def test_a_sound_form_has_no_notes() -> None:
    assert notes(SURNAME) == ()


def test_header_footer_and_notes_are_read_with_their_place() -> None:
    document = read_word(
        word.docx(
            SURNAME,
            parts={
                "word/header1.xml": part("hdr", paragraph("Reference: ", control("SIN 7", tag="ref"))),
                "word/footer1.xml": part("ftr", paragraph(control("page", tag="foot"))),
                "word/footnotes.xml": part(
                    "footnotes", f"<w:footnote>{paragraph('The referrer is ill.')}</w:footnote>"
                ),
                "word/endnotes.xml": part("endnotes", f"<w:endnote>{paragraph('The end.')}</w:endnote>"),
            },
        )
    )
    assert {control.name: control.place for control in document.controls} == {
        "child_1_surname": "paragraph 1",
        "ref": "page header",
        "foot": "page footer",
    }
    assert [(line.place, line.part, line.text) for line in lines(document)[1:]] == [
        ("page header", "page header", "Reference: SIN 7"),
        ("page footer", "page footer", "page"),
        ("footnote 1", "footnote 1", "The referrer is ill."),
        ("endnote 1", "endnote 1", "The end."),
    ]


def test_one_damaged_side_part_neither_refuses_the_form_nor_hides_the_other_side_parts() -> None:
    document = read_word(
        word.docx(
            SURNAME,
            parts={"word/header1.xml": "<w:hdr", "word/header2.xml": part("hdr", paragraph("Second header"))},
        )
    )
    assert document.notes == ("damaged-part",)
    assert texts(document) == ["Smith", "Second header"]


def test_a_relationship_to_something_that_is_not_there_does_not_refuse_the_form() -> None:
    parts = {"word/_rels/document.xml.rels": relations(relation("image", "media/gone.png"), relation("image", "NULL"))}
    assert notes(SURNAME, parts=parts) == ()


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    content = word.docx(SURNAME, main="word/document2.xml", parts={"word/document.xml": word.document("decoy")})
    assert surname(read_word(content)) == "Smith"


def test_the_main_part_may_be_named_from_the_root_and_in_other_capitals() -> None:
    parts = {"_rels/.rels": relations(relation("officeDocument", "/Word/Document.xml"))}
    assert surname(read_word(word.docx(SURNAME, parts=parts))) == "Smith"


def test_the_strict_spelling_of_the_format_is_read() -> None:
    markup = word.document(SURNAME).replace(word.W, word.STRICT)
    assert surname(read_word(word.docx(parts={"word/document.xml": markup}))) == "Smith"


def test_a_form_in_utf_16_is_read() -> None:
    markup = ('<?xml version="1.0" encoding="UTF-16"?>' + word.document(SURNAME)).encode("utf-16")
    assert surname(read_word(word.docx(parts={"word/document.xml": markup}))) == "Smith"


def test_a_file_without_its_main_part_is_damaged() -> None:
    assert reason(word.package({"[Content_Types].xml": CONTENT_TYPES, "word/styles.xml": "<a/>"})) == "damaged"


def test_broken_markup_is_damaged() -> None:
    assert reason(word.docx(parts={"word/document.xml": "<w:document"})) == "damaged"


def test_a_letter_that_no_xml_may_hold_is_damaged() -> None:
    assert reason(word.docx(paragraph("a\x07b"))) == "damaged"


@pytest.mark.parametrize("name", ["word/document.xml", "word/header1.xml", "_rels/.rels", "docProps/core.xml"])
def test_a_document_type_in_any_part_that_is_opened_is_unsafe(name: str) -> None:
    assert reason(word.docx(SURNAME, parts={name: "<!DOCTYPE a><a/>"})) == "unsafe-xml"


@pytest.mark.parametrize(
    ("parts", "note"),
    [
        ({"word/vbaProject.bin": "x"}, "macros"),
        ({"word/embeddings/oleObject1.bin": "x"}, "attachments"),
        ({"word/activeX/activeX1.bin": "x"}, "odd-parts"),
        ({"../../evil.txt": "x"}, "odd-parts"),
        ({"C:\\evil.txt": "x"}, "odd-parts"),
        ({"word/_rels/document.xml.rels": relations(relation("aFChunk", "afchunk.mht"))}, "odd-parts"),
        ({"word/_rels/document.xml.rels": relations(relation("image", "../../../etc/passwd"))}, "odd-parts"),
        ({"word/_rels/document.xml.rels": relations(relation("image", "file:///etc/passwd"))}, "odd-parts"),
        (
            {word.SETTINGS_RELS: relations(relation("attachedTemplate", "http://127.0.0.1:9/a.dotm", external=True))},
            "external-link",
        ),
        (
            {"word/_rels/document.xml.rels": relations(relation("image", "http://127.0.0.1:9/a.png", external=True))},
            "external-link",
        ),
    ],
)
def test_what_is_worth_knowing_about_a_file_is_noted_and_the_form_is_read(
    parts: Mapping[str, str | bytes], note: str
) -> None:
    document = read_word(word.docx(SURNAME, parts=parts))
    assert document.notes == (note,)
    assert surname(document) == "Smith"


def test_a_link_that_a_person_may_click_is_not_worth_a_note() -> None:
    parts = {"word/_rels/document.xml.rels": relations(relation("hyperlink", "http://127.0.0.1:9/", external=True))}
    assert notes(SURNAME, parts=parts) == ()


def test_tracked_changes_anywhere_are_noted() -> None:
    assert notes(paragraph("before ", inserted("now"))) == ("revisions",)
    assert notes(SURNAME, parts={"word/header1.xml": part("hdr", paragraph(inserted("now")))}) == ("revisions",)


def test_one_name_for_different_answers_is_noted() -> None:
    assert notes(SURNAME, paragraph(control("Jones", tag="child_1_surname"))) == ("same-name",)
    assert notes(SURNAME, SURNAME) == ()
    assert notes(paragraph(tick(ticked=True, tag="a")), paragraph(tick(ticked=False, tag="a"))) == ("same-name",)


def test_one_name_in_the_rows_of_a_repeating_section_is_as_it_should_be() -> None:
    rows = [
        control(word.row(paragraph(control(name, tag="family_1_name"))), kind="<w15:repeatingSectionItem/>")
        for name in ("Ann", "Bob")
    ]
    document = read_word(word.docx(word.table(control("".join(rows), kind="<w15:repeatingSection/>"))))
    assert document.notes == ()
    names = [control for control in document.controls if control.name == "family_1_name"]
    assert [(control.raw, control.repeated, control.place) for control in names] == [
        ("Ann", True, "table 1, row 1"),
        ("Bob", True, "table 1, row 2"),
    ]


def test_the_title_and_the_properties_of_the_form_are_kept() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:core" xmlns:dc="urn:dc"><dc:title>SIN form</dc:title>'
        "<dc:creator>Somebody</dc:creator></cp:coreProperties>"
    )
    custom = (
        '<Properties xmlns:vt="urn:vt"><property name="form.version"><vt:lpwstr>SIN-1 v1</vt:lpwstr></property>'
        "</Properties>"
    )
    document = read_word(word.docx(SURNAME, parts={"docProps/core.xml": core, "docProps/custom.xml": custom}))
    assert document.properties == {"title": "SIN form", "form.version": "SIN-1 v1"}


def test_comments_are_read_as_parts_of_their_own_and_noted() -> None:
    sign = '<w:commentRangeStart w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
    comments = part("comments", f'<w:comment w:id="4" w:author="A">{paragraph("per duty log")}</w:comment>')
    parts = {"word/comments.xml": comments, "word/commentsExtended.xml": part("commentsEx", "<w:commentEx/>")}
    document = read_word(word.docx(paragraph("13 May", sign), parts=parts))
    assert [(line.part, line.text) for line in lines(document)] == [("", "13 May"), ("comment 1", "per duty log")]
    assert document.notes == ("comments",)


def test_a_header_under_a_name_of_its_own_is_found_by_its_link() -> None:
    parts = {
        "word/_rels/document.xml.rels": relations(
            relation("header", "/word/parts/top.xml"), relation("footer", "low.xml")
        ),
        "word/parts/top.xml": part("hdr", paragraph("Reference")),
        "word/low.xml": part("ftr", paragraph("Page 1")),
    }
    document = read_word(word.docx(SURNAME, parts=parts))
    assert [(line.part, line.text) for line in lines(document)][1:] == [
        ("page header", "Reference"),
        ("page footer", "Page 1"),
    ]


def test_a_header_that_links_to_the_document_itself_is_not_read_twice() -> None:
    parts = {"word/_rels/document.xml.rels": relations(relation("header", "document.xml"))}
    assert len(read_word(word.docx(SURNAME, parts=parts)).controls) == 1


def test_a_document_that_was_put_into_the_form_is_an_attachment_wherever_it_lies() -> None:
    parts = {"word/_rels/document.xml.rels": relations(relation("package", "things/log.docx"))}
    assert notes(SURNAME, parts=parts) == ("attachments",)


def test_an_answer_longer_than_a_workbook_holds_is_noted() -> None:
    assert notes(paragraph(control("a" * 33_000))) == ("long-answer",)


def test_what_people_wrote_is_in_no_repr() -> None:
    document = read_word(
        word.docx(
            paragraph("About Smith: ", control("Smith", tag="a")), word.table(word.row("Smith")), paragraph("Smith")
        )
    )
    assert "Smith" not in repr(document) + repr(document.controls) + repr(document.blocks)
