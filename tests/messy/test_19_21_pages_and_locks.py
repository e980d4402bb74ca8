"""Messy cases 19 to 21: a scan, a file with three kinds of page, and files that are locked or of an old kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import Returned
from formflow.reading import ocr
from formflow.reading.read import read
from makers import a_working_folder
from messy.pages import ASKEW, STRAIGHT, UPSIDE_DOWN, button_of, pages, part, radio, scan, text_at
from messy.words import INCIDENT, drop, take_all, taken
from reading.pdf_maker import say

TITLE = say(50, 60, "Serious incident notification form", bold=True, size=16)
REFERRER = part(95, "1. Referrer", {"Name": "Priya Nand", "Role": "Team manager"})
CHILD = part(200, "2. The child", {"Name of child": "Jordan Ashby", "Date of birth": "3 February 2019"})
WHEN = part(95, "3. The incident", dict(list(INCIDENT.items())[:3]))
MORE = part(95, "3. The incident, continued", dict(list(INCIDENT.items())[3:]))


def scanned() -> bytes:
    """Three pages of pictures: one straight, one askew, one upside down."""
    return pages(scan(TITLE + REFERRER + CHILD, STRAIGHT), scan(WHEN, ASKEW), scan(MORE, UPSIDE_DOWN), on=0)


@pytest.mark.skipif(ocr.program() is None, reason="the program tesseract is not installed here")
def test_19_a_scan_is_read_with_every_answer_a_question() -> None:
    form = taken(scanned(), "SKM_C368.pdf")
    answers = [answer for answer in form.form.answers.values() if answer.state == "answered"]
    assert len(answers) >= 4
    assert all(answer.confidence <= 0.5 for answer in answers)
    assert all(form.asked(answer.field) for answer in answers)
    assert form.value("child_1_surname") == "Ashby"


def test_19_without_the_program_a_scan_is_said_to_be_a_picture_and_never_an_empty_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    with pytest.raises(Returned, match="picture") as fault:
        read(scanned(), "SKM_C368.pdf")
    assert fault.value.reason == "scan-no-text"


def mixed(chosen: str) -> bytes:
    """Page 1 in plain words, page 2 with live fields whose buttons nothing draws, page 3 a picture."""
    second = say(50, 60, "3. The incident, continued", bold=True, size=14) + say(50, 102, "Place of incident")
    second += say(50, 132, "Is the child looked after?") + say(214, 132, "Yes") + say(264, 132, "No")
    incident = part(305, "3. The incident", INCIDENT)
    states = [each if each == chosen else "Off" for each in ("Yes", "No")]
    fields = {
        20: text_at(200, 90, "place", "At school"), 21: radio("care", chosen, 22, 23),
        22: button_of(21, 200, 122, states[0]), 23: button_of(21, 250, 122, states[1]),
    }  # fmt: skip
    return pages(TITLE + REFERRER + CHILD + incident, second, scan(say(50, 60, "")), fields=fields, tops=(20, 21))


@pytest.mark.parametrize(("chosen", "value"), [("Yes", "yes"), ("No", "no"), ("Off", "(blank)")])
def test_20_words_live_fields_and_pictures_are_each_read_on_their_page(chosen: str, value: str) -> None:
    form = taken(mixed(chosen), "form.pdf")
    assert form.values("child_1_surname", "incident_date", "abuse_neglect") == ["Ashby", "2024-03-10", "suspected"]
    assert form.values("incident_place", "child_1_looked_after") == ["At school", value]


def test_20_a_page_that_is_a_picture_is_put_to_a_person() -> None:
    form = taken(mixed("Yes"), "form.pdf")
    assert "picture-pages" in form.form.notes
    assert any("pages of the form are pictures" in said for said in form.says)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
OLD = OLE + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "reason", "says"),
    [(LOCKED, "password", "password"), (OLD, "old-word-format", "Save As")],
    ids=["password protected", "an old Word file named .docx"],
)
def test_21_a_locked_or_old_file_is_named_for_what_it_is_with_a_way_out(content: bytes, reason: str, says: str) -> None:
    with pytest.raises(Returned, match=says) as fault:
        read(content, "SIN form.docx")
    assert fault.value.reason == reason


def test_21_a_locked_file_goes_back_once_and_is_not_tried_again(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    drop(folder, "SIN form.docx", LOCKED)
    assert take_all(folder).count("returned") == 1
    assert take_all(folder).results == ()
    assert len(list((folder.outbox / "returned").iterdir())) == 1
