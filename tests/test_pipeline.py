"""The main job, end to end: real forms, a real register, real papers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from formflow.deciding.decide import decide
from formflow.recording.proof.verify import verify
from formflow.service.run import Run, run
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pdf_form, a_pipeline, a_working_folder, lying_in, the_rules


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return a_working_folder(tmp_path / "work")


def drop(folder: WorkingFolder, name: str, content: bytes) -> Path:
    path = folder.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def take_all(folder: WorkingFolder) -> Run:
    with a_pipeline(folder.root) as pipeline:
        return run(pipeline, lambda: NOON)


def words_in(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    parts = [e.text or "" if e.tag == f"{space}t" else "\n" for e in root.iter(f"{space}t", f"{space}br", f"{space}p")]
    return "".join(parts)


def report(folder: WorkingFolder, ref: str = "SIN-2026-001") -> str:
    return words_in(next((folder.outbox / "cases" / ref).glob("*rapid-review-report*.docx")))


@pytest.mark.parametrize(("name", "make"), [("form.docx", a_form), ("form.pdf", a_pdf_form)])
def test_a_dropped_form_becomes_a_case_with_its_papers_and_a_line_in_the_tracker(
    folder: WorkingFolder, name: str, make: object
) -> None:
    assert callable(make)
    drop(folder, name, make())
    done = take_all(folder)
    assert done.count("taken") == 1
    place = folder.outbox / "cases" / "SIN-2026-001"
    assert {path.name for path in place.iterdir()} >= {
        f"SIN-2026-001_form_v1_20260320.{name[-4:].lstrip('.')}",
        "SIN-2026-001_panel-notice_v1_20260320.docx",
        "SIN-2026-001_partners-notice_v1_20260320.docx",
        "SIN-2026-001_rapid-review-report_v1_20260320.docx",
        "SIN-2026-001_agency-request_v1_20260320.docx",
        "SIN-2026-001_return-form-other_v1_20260320.docx",
        "SIN-2026-001_record-to-complete_v1_20260320.docx",
    }
    assert lying_in(folder.inbox) == {"READ ME.txt"}
    opened = load_workbook(folder.outbox / "Case tracker.xlsx")["Open cases"]
    assert [opened.cell(2, 1).value, opened.cell(2, 2).value] == ["SIN-2026-001", "J.A."]


def test_the_original_is_kept_byte_for_byte_in_the_case_and_in_the_evidence_store(folder: WorkingFolder) -> None:
    content = a_form()
    drop(folder, "form.docx", content)
    take_all(folder)
    kept = [path.read_bytes() for path in folder.register.rglob("evidence/*/*")]
    assert kept == [content]
    assert next((folder.outbox / "cases" / "SIN-2026-001").glob("*_form_*")).read_bytes() == content


def test_the_same_file_dropped_twice_makes_no_second_case(folder: WorkingFolder) -> None:
    content = a_form()
    drop(folder, "form.docx", content)
    drop(folder, "Copy of form.docx", content)
    done = take_all(folder)
    assert (done.count("taken"), done.count("duplicate")) == (1, 1)
    assert [path.name for path in (folder.outbox / "cases").iterdir()] == ["SIN-2026-001"]
    again = list((folder.outbox / "cases" / "SIN-2026-001" / "received again").iterdir())
    assert [path.read_bytes() for path in again] == [content]


def test_a_form_with_mistakes_goes_back_with_every_one_of_them(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form(without=("nature", "abuse_neglect", "incident_date")))
    done = take_all(folder)
    assert done.count("returned") == 1
    (place,) = (folder.outbox / "returned").iterdir()
    assert sorted(path.name for path in place.iterdir()) == ["What to mend.docx", "form as received.docx"]
    page = words_in(place / "What to mend.docx")
    for question in ("Nature of the incident", "Is abuse or neglect known or suspected?", "Date of the incident"):
        assert question in page
    assert not (folder.outbox / "cases").exists()


def test_a_returned_form_that_is_mended_is_taken_under_the_same_name(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form(without=("nature",)))
    take_all(folder)
    drop(folder, "form.docx", a_form())
    assert take_all(folder).count("taken") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.docx", b"", "This file is empty"),
        ("cut short.docx", a_form()[:9000], "damaged or was not copied completely"),
        ("really a letter.docx", b"Dear all,\nplease find attached.", "holds something else"),
        ("really a pdf.docx", a_pdf_form(), "PDF"),
        (
            "locked.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), ".docx"),
        ("broken.pdf", b"%PDF-1.7\nnothing more", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_returned_with_its_reason_and_disturbs_no_other(
    folder: WorkingFolder, name: str, content: bytes, says: str
) -> None:
    drop(folder, name, content)
    drop(folder, "sound.docx", a_form())
    done = take_all(folder)
    assert (done.count("returned"), done.count("taken")) == (1, 1)
    (place,) = (folder.outbox / "returned").iterdir()
    assert says in words_in(place / "What to mend.docx")
    assert next(place.glob("form as received*")).read_bytes() == content


def test_a_kind_of_file_that_is_no_form_stays_where_it_is(folder: WorkingFolder) -> None:
    picture = drop(folder, "photo.jpg", b"x")
    assert [left.path for left in take_all(folder).left] == [picture]
    assert picture.exists()


@pytest.mark.parametrize(
    "odd",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{_{",
        "<b>bold</b> & more",
        "=1+1",
        "naïve ☂ 🙂 שלום",
        "a" * 30_000,
        "{" * 5_000,
    ],
)
def test_odd_answers_arrive_in_the_papers_and_the_tracker_as_exactly_that(folder: WorkingFolder, odd: str) -> None:
    drop(folder, "form.docx", a_form(incident_summary=odd, other_la=odd[:70]))
    assert take_all(folder).count("taken") == 1
    assert odd in report(folder)
    opened = load_workbook(folder.outbox / "Case tracker.xlsx")["Open cases"]
    heads = [cell.value for cell in opened[1]]
    cell = opened.cell(2, heads.index("Other LA") + 1)
    assert cell.value == odd[:70]
    assert cell.data_type == "s"


def test_control_characters_are_dropped_and_the_words_round_them_kept(folder: WorkingFolder) -> None:
    drop(folder, "form.pdf", a_pdf_form(incident_summary="before\x07\x1bafter"))
    take_all(folder)
    assert "beforeafter" in report(folder)


def test_a_correction_becomes_the_next_version_and_the_earlier_papers_are_kept(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form())
    take_all(folder)
    drop(folder, "form v2.docx", a_form(child_1_dob="2019-03-02", what_changed="The date of birth."))
    take_all(folder)
    place = folder.outbox / "cases" / "SIN-2026-001"
    papers = {path.name for path in place.glob("*.docx")} - {path.name for path in place.glob("*_form_*")}
    assert {name.split("_")[2] for name in papers} == {"v2"}
    earlier = {path.name.split("_")[1] for path in (place / "earlier versions").glob("*.docx")}
    assert earlier == {name.split("_")[1] for name in papers} - {"what-changed", "query-sheet"}
    assert len(list(place.glob("*_form_*"))) == 2
    assert "Please confirm that it belongs there" in report(folder)


def test_a_paper_that_a_reviewer_edited_is_never_written_over(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        edited = next((folder.outbox / "cases" / "SIN-2026-001").glob("*report*.docx"))
        edited.write_bytes(b"with a reviewer's remarks")
        (entry,) = pipeline.register.entries()
        pipeline.delivery.deliver(entry, None)
    assert edited.read_bytes() == b"with a reviewer's remarks"
    assert edited.with_name(f"{edited.stem} (drawn again).docx").exists()


def test_what_people_write_in_the_tracker_is_kept_when_it_is_drawn_again(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form())
    take_all(folder)
    tracker = folder.outbox / "Case tracker.xlsx"
    book = load_workbook(tracker)
    sheet = book["Open cases"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("Notes") + 1, "Ring the school on Monday")
    book.save(tracker)
    drop(folder, "other.docx", a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01"))
    take_all(folder)
    sheet = load_workbook(tracker)["Open cases"]
    column = [cell.value for cell in sheet[1]].index("Notes") + 1
    assert [sheet.cell(row, column).value for row in (2, 3)] == ["Ring the school on Monday", None]


def test_a_tracker_that_is_open_in_excel_delays_no_case(folder: WorkingFolder) -> None:
    (folder.outbox / "~$Case tracker.xlsx").write_bytes(b"somebody")
    drop(folder, "form.docx", a_form())
    done = take_all(folder)
    assert done.count("taken") == 1
    assert "open in another program" in done.tracker_says


def test_no_name_of_a_child_is_in_a_file_name_the_tracker_or_the_notice(folder: WorkingFolder) -> None:
    drop(folder, "SIN form Jordan ASHBY.docx", a_form())
    take_all(folder)
    names = [str(path.relative_to(folder.root)) for path in folder.outbox.rglob("*")]
    with zipfile.ZipFile(folder.outbox / "Case tracker.xlsx") as package:
        tracker = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    notice = words_in(next((folder.outbox / "cases" / "SIN-2026-001").glob("*panel-notice*")))
    for text in (*names, tracker, notice):
        assert "ashby" not in text.lower()
        assert "jordan" not in text.lower()


def test_what_the_form_does_not_say_is_said_to_be_not_stated(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form(without=("incident_place",), child_1_language="not_known"))
    take_all(folder)
    text = report(folder)
    assert "Not stated on the form" in text
    assert "Not known" in text


def test_the_register_verifies_after_all_this(folder: WorkingFolder) -> None:
    drop(folder, "form.docx", a_form())
    drop(folder, "again.docx", a_form())
    drop(folder, "bad.docx", a_form(without=("nature",)))
    take_all(folder)
    rules = the_rules()
    found = verify(folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history))
    assert found.problems == ()
    assert (found.forms, found.decisions, found.sealed) == (2, 1, True)


def test_a_form_in_a_zip_of_its_own_is_written_the_same_way_every_time() -> None:
    assert a_form() == a_form()
    with zipfile.ZipFile(io.BytesIO(a_form())) as package:
        assert package.testzip() is None
