from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from formflow import shipped
from formflow.deciding.case import Case
from formflow.errors import Stop
from formflow.extracting.form import Answer
from formflow.rendering import word_kit as kit
from formflow.rendering.forms.query_sheet import query_sheet
from formflow.rendering.names.carries import carries
from formflow.rendering.names.inside import Part, parts_of
from formflow.rendering.names.left import Find, left_in
from formflow.rendering.paper import Paper
from formflow.settings import Partnership
from makers import a_case, the_dictionary

KNOWN: dict[str, object] = {
    "child_1_home_address": "14 High Street\nFenwold\nFN1 2AB",
    "child_1_school": "Mill Lane Primary School (Year 3)",
    "child_1_nhs_no": "9434765919",
    "child_1_local_id": "LL-448812",
    "notifier_phone": "01632 960 112",
    "family_1_name": "Tansy Ashby",
    "family_1_relationship": "Mother",
    "family_1_dob_or_age": "03.04.1990",
    "agency_1_name": "Larch Nursery",
    "agency_2_name": "Fenwold Council",
}


def found(text: str, **answers: object) -> list[tuple[str, str]]:
    return [(find.kind, find.found) for find in finds(text, **answers)]


def finds(text: str, **answers: object) -> list[Find]:
    return left_in([Part("rapid-review-report", "3 The incident", text)], a_case((), **(KNOWN | answers)))


@pytest.mark.parametrize(
    "written",
    [
        "03/02/2019", "3/2/19", "3.2.2019", "03-02-2019", "2019-02-03", "3 February 2019", "3rd February 2019",
        "3rd of Feb 2019", "Feb 3rd, 2019", "3 Feb '19", "03Feb2019", "03022019", "030219", "20190203", "3 / 2 / 2019",
        "3-Feb-2019", "Sunday 3 February 2019", "3 FEBRUARY 2019",
    ],
)  # fmt: skip
def test_a_date_of_birth_is_found_in_every_usual_way_of_writing_it(written: str) -> None:
    assert [kind for kind, _ in found(f"The child, born {written}, was seen.")] == ["date of birth"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jordan Ashby", "full name"),
        ("the Ashby family", "forename or surname"),
        ("jordan", "forename or surname"),
        ("Priya Nand", "name of a professional"),
        ("born on 3 April 1990", "date of birth"),
        ("at 14 High St, Fenwold", "address"),
        ("in High Street", "address"),
        ("fn12ab", "postcode"),
        ("FN1 2AB", "postcode"),
        ("Mill Lane Primary", "school or setting"),
        ("the larch nursery", "school or setting"),
        ("943 476 5919", "NHS number"),
        ("943-476-5919", "NHS number"),
        ("401 023 2137", "NHS number"),
        ("LL-448812", "record number"),
        ("+44 1632 960112", "telephone number"),
        ("01632 960112", "telephone number"),
        ("PRIYA.NAND@fenwold.example", "e-mail address"),
        ("on 12 March 2026", "exact day of the incident or death"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, kind: str) -> None:
    assert kind in [one for one, _ in found(f"It says {text}.")]


@pytest.mark.parametrize(
    "text",
    [
        "[Child A] was seen by [Mother].",
        "Fenwold Council was told.",
        "A birth on 4 February 2019, seen on 13 March 2026.",
        "The number 1234567890 and 07700 900123.",
        "It may be; the hill road; nobody else.",
        "",
    ],
)
def test_what_tells_nothing_is_not_found(text: str) -> None:
    assert found(text) == []


def test_an_ordinary_word_with_a_capital_is_found_and_a_month_is_not() -> None:
    hope = {"child_1_forename": "May", "child_1_surname": "Hope"}
    assert found("May was seen on 3 May 2020. She may hope.", **hope) == [("forename or surname", "May")]


def test_a_find_says_where_and_quotes_a_few_words_and_keeps_them_out_of_its_repr() -> None:
    (one,) = finds("A neighbour heard it first and then Jordan cried for a long time before anybody came to the door.")
    assert (one.paper, one.place) == ("rapid-review-report", "3 The incident")
    assert "and then Jordan cried" in one.quote
    assert "Jordan" not in repr(one)


def test_what_stands_twice_under_one_heading_is_told_once_with_its_number() -> None:
    (one,) = finds("Jordan fell. Later JORDAN slept.")
    assert one.times == 2


def test_a_paper_with_initials_keeps_professionals_and_days() -> None:
    part = Part("rapid-review-report", "3", "Priya Nand, 12 March 2026, Jordan")
    assert [find.kind for find in left_in([part], a_case(), "initials")] == ["forename or surname"]


def test_answers_that_could_not_be_read_are_looked_for_too() -> None:
    read = a_case()
    unread = {
        "child_1_forename": Answer("child_1_forename", "unreadable", raw="Kwame Kofi Danquah Lee"),
        "child_1_dob": Answer("child_1_dob", "unreadable", raw="4 May 2018 or 5 May 2018"),
    }
    form = read.submissions[0].model_copy(update={"answers": {**read.submissions[0].answers, **unread}})
    part = Part("a", "b", "Kofi, born 5 May 2018")
    kinds = [find.kind for find in left_in([part], Case(read.ref, (form,), read.received))]
    assert kinds == ["forename or surname", "date of birth"]


# ---------------------------------------------------------------- every corner of a paper


def a_paper(body: str, *, header: str = "", title: str = "x", **more: str) -> bytes:
    content = kit.package(
        body + kit.section(kit.PORTRAIT, last=True), header=kit.para(kit.run(header)), footer=kit.para(), title=title
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            if entry not in more:
                new.writestr(entry, old.read(entry))
        for entry, text in more.items():
            new.writestr(entry, text)
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="Picture of Jordan Ashby"><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>In a box: Jordan</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r>"
)
_SPLIT = '<w:r><w:t>Jor</w:t></w:r><w:r><w:t xml:space="preserve">dan </w:t></w:r><w:r><w:t>Ashby</w:t></w:r>'


def places(content: bytes, name: str = "SIN-2026-001_report_v1_20260320.docx") -> list[tuple[str, str]]:
    return [(find.kind, find.place) for find in left_in(parts_of(Paper(name, content)), a_case((), **KNOWN))]


def test_names_are_found_in_every_part_of_a_paper_with_the_nearest_heading() -> None:
    body = kit.para(kit.run("Before Jordan")) + kit.para(kit.run("4  The child"), style="Heading2") + kit.para(_SPLIT)
    body += kit.table([kit.row([kit.cell(kit.para(kit.run("943 476 5919")), 900)])], [900], title="About Tansy Ashby")
    note = f"<w:footnotes {_W}><w:footnote><w:p><w:r><w:t>Tansy</w:t></w:r></w:p></w:footnote></w:footnotes>"
    content = a_paper(body + kit.para(_BOX), header="Jordan", title="Ashby", **{"word/footnotes.xml": note})
    assert set(places(content, "SIN-2026-001_report_Jordan.docx")) == {
        ("forename or surname", "before the first heading"),
        ("full name", "4 The child"),
        ("NHS number", "4 The child"),
        ("full name", "alternative text, 4 The child"),
        ("forename or surname", "4 The child"),
        ("forename or surname", "header"),
        ("forename or surname", "footnotes"),
        ("forename or surname", "document properties"),
        ("forename or surname", "file name"),
    }


def test_a_paper_that_is_no_word_file_is_named() -> None:
    with pytest.raises(Stop, match="report"):
        parts_of(Paper("SIN-2026-001_report_v1_20260320.docx", b"not a zip"))


def test_no_shipped_template_carries_anything() -> None:
    for path in sorted(shipped.templates().rglob("*.docx")):
        assert carries(path.read_bytes()) == [], path.name


def test_the_query_sheet_carries_nothing() -> None:
    assert carries(query_sheet("SIN-2026-001", (), the_dictionary(), Partnership())) == []


_CORE = '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>Jo Lee</dc:creator></cp:coreProperties>'
_CUSTOM = '<Properties><property name="Client"><lpwstr>J</lpwstr></property></Properties>'
_TRACKED = (
    f'<w:document {_W}><w:body><w:p><w:ins w:author="Jo"><w:r><w:t>x</w:t></w:r></w:ins></w:p></w:body></w:document>'
)
_HIDDEN = f"<w:document {_W}><w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p></w:body></w:document>"
_RELS = (
    '<Relationships><Relationship TargetMode="External" Target="file:///C:/Users/jo/a.dotx" Type="t"/></Relationships>'
)


@pytest.mark.parametrize(
    ("entry", "text", "says"),
    [
        ("docProps/core.xml", _CORE, "creator"),
        ("docProps/app.xml", "<Properties><Company>Fenwold</Company></Properties>", "Company"),
        ("docProps/custom.xml", _CUSTOM, "property that somebody added"),
        ("docProps/thumbnail.jpeg", "x", "thumbnail"),
        ("customXml/item1.xml", "<a/>", "custom XML"),
        ("word/comments.xml", "<a/>", "comments"),
        ("word/people.xml", "<a/>", "people who worked on it"),
        ("word/vbaProject.bin", "x", "macro"),
        ("word/embeddings/sheet.xlsx", "x", "embedded"),
        ("word/document.xml", _TRACKED, "tracked"),
        ("word/document.xml", _HIDDEN, "hidden text"),
        ("word/media/image1.jpeg", "....Exif\x00\x00", "inside a picture"),
        ("word/_rels/settings.xml.rels", _RELS, "somebody's computer"),
    ],
)
def test_what_word_keeps_beside_the_words_is_told(entry: str, text: str, says: str) -> None:
    assert any(says in one for one in carries(a_paper(kit.para(), **{entry: text})))


def test_a_paper_of_a_case_without_any_answer_can_be_checked() -> None:
    assert left_in([Part("a", "b", "words")], Case("SIN-2026-001", ())) == []


def test_the_room_reads_its_words_from_data_that_is_shipped() -> None:
    assert (Path(shipped.DATA) / "names.toml").is_file()
