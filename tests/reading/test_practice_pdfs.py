"""The practice PDFs: what stands on their pages, in reading order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from formflow.errors import Returned
from formflow.reading import ocr
from formflow.reading.document import Document, Mark, Paragraph, paragraphs, tables
from formflow.reading.pdf import read_pdf

FORMS = Path(__file__).parents[1] / "practice"


@cache
def form(start: str) -> Document:
    (path,) = FORMS.glob(f"{start}*.pdf")
    return read_pdf(path.read_bytes())


def lines(start: str) -> list[str]:
    """Paragraphs outside tables, and rows of tables, in reading order."""
    told: list[str] = []
    for block in form(start).blocks:
        if isinstance(block, Paragraph):
            told.append(block.text)
        else:
            told += [" | ".join(cell.text.replace("\n", " / ") for cell in row) for row in block.rows]
    return told


def after(start: str, label: str) -> str:
    told = lines(start)
    return told[told.index(label) + 1]


def test_columns_that_stand_beside_each_other_are_read_one_after_the_other() -> None:
    told = lines("Estermouth")
    assert told.index("The death") < told.index("Date of death: 31 January 2026") < told.index("Time: not known")
    assert told.index("Child protection plan: Never") < told.index("Others") < told.index("Coroner informed: Yes")
    assert "Is abuse or neglect known or suspected: Not suspected" in told
    assert "Organisation: Estermouth City Council Children’s Services" in told


def test_running_text_is_whole_and_headings_are_headings() -> None:
    summary = next(line for line in lines("Estermouth") if line.startswith("What happened:"))
    assert summary.startswith("What happened: Daniel was swimming with two friends at dusk")
    assert summary.endswith("on 22 January and was well.")
    headings = [block.text for block in paragraphs(form("Estermouth").blocks) if block.heading]
    assert headings[-6:] == ["Notifier", "The young person", "The death", "Others", "Agencies", "Declaration"]


def test_headers_and_footers_are_told_from_the_form() -> None:
    parts = {block.text: block.part for block in paragraphs(form("TSCP").blocks) if block.part}
    assert parts["RESTRICTED - POLICE"] == "page header"
    assert parts["TSCP/POL/1 generated 16/10/2025 08:14\tPage 2"] == "page footer"


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("Name and rank", "DI Samuel Okoro"),
        ("Telephone", "0113 496 0444"),
        ("Date sent", "16 Oct 2025"),
        ("Nature", "☒ death ☐ serious harm"),
        ("Abuse or neglect", "☐ known ☒ suspected ☐ no ☐ not yet known"),
        ("Looked after?", "Yes – section 20, Tarrowdale"),
        ("Inquest opened", "Yes – 20/10/2025"),
        ("Reveal only to partners", "☒"),
        ("Reference", "CSPR-2510-0288"),
    ],
)
def test_an_answer_follows_the_label_above_it(label: str, answer: str) -> None:
    assert after("TSCP", label) == answer


def test_each_child_keeps_its_own_answers() -> None:
    told = lines("TSCP")
    first, second = told.index("CHILD 1 (person harmed)"), told.index("CHILD 2 (person suspected)")
    assert {"ABDI", "Tarrow Sixth Form", "Died"} <= set(told[first:second])
    assert {"PRENTICE", "Not harmed", "Birch House, Mill Lane, Tarrow TY2 6PD"} <= set(told[second:])


def test_a_flattened_page_gives_its_ticks() -> None:
    told = lines("Holmfleet form")
    assert "Safeguarding lead agrees | ☒ Yes ☐ No" in told
    assert "Child protection plan | ☐ Now ☐ Previously ☐ Never ☒ Not known" in told
    assert "Home address | 5 Ropemaker Yard / Holmfleet / HM2 5QA" in told


def test_a_file_of_three_kinds_of_page_is_read_page_by_page() -> None:
    document = form("Holmfleet form")
    assert "picture-pages" in document.notes
    assert {block.page for block in paragraphs(document.blocks) if not block.part} == {1, 2}
    told = lines("Holmfleet form")
    assert "Surname | Rowntree | Forenames | Layla Grace" in told
    assert "What has happened | ☐ Child has died ☒ Child has been seriously harmed" in told
    assert "Long term effect | ☒ Yes ☐ No ☒ Not known" in told


def test_every_field_of_a_live_form_has_its_question() -> None:
    controls = {control.name: control for control in form("Pellingshire").controls}
    assert controls["Text1"].label == "Full name*"
    assert controls["child.sex"].label == "Sex*"
    assert controls["fam.1.c2"].label == "Relationship"
    assert (controls["CB2"].label, controls["CB2"].beside) == ("Was another child responsible?", "No")
    assert [name for name, control in controls.items() if not control.label] == []


def test_a_scan_is_a_picture_where_nothing_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    (path,) = FORMS.glob("SKM*.pdf")
    with pytest.raises(Returned) as fault:
        read_pdf(path.read_bytes())
    assert fault.value.reason == "scan-no-text"
    assert "picture" in str(fault.value)


@pytest.mark.skipif(ocr.program() is None, reason="the program tesseract is not installed here")
def test_a_scan_that_lies_askew_is_read_with_every_word_uncertain() -> None:
    document = form("SKM")
    told = lines("SKM")
    assert {
        "Surname | Hartley", "Date of birth | 18/09/2016", "Date council became aware | 01/05/2026",
        "Dawn Hartley | 02/03/1988 | Mother", "Police (yes / no) | yes",
    } <= set(told)  # fmt: skip
    words = [piece for block in paragraphs(document.blocks) for piece in block.pieces if piece.text.strip()]
    assert all(piece.marks & Mark.UNCERTAIN for piece in words)
    assert "read-from-picture" in document.notes
    assert document.properties["certainty"].endswith("%")


def test_no_page_is_lost() -> None:
    for start, pages in (("Estermouth", 2), ("TSCP", 3), ("Pellingshire", 3)):
        assert {block.page for block in paragraphs(form(start).blocks)} == set(range(1, pages + 1))
        assert {table.page for table in tables(form(start).blocks)} <= set(range(1, pages + 1))
