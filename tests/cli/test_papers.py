from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from formflow.cli import papers as papers_desk
from formflow.errors import Stop, TryLater
from formflow.reading.old_formats import libreoffice
from formflow.service import copies
from formflow.service.run import run
from formflow.settings import WorkingFolder
from formflow_command import formflow
from makers import NOON, a_form, a_pipeline, a_working_folder

REF = "SIN-2026-001"
WITH_LIBREOFFICE = pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed on this computer")


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    """A working folder with one case."""
    made = a_working_folder(tmp_path / "work")
    (made.inbox / "form.docx").write_bytes(a_form())
    with a_pipeline(made.root) as pipeline:
        run(pipeline, lambda: NOON)
    return made


def test_papers_lists_the_papers_of_a_case_and_which_were_edited(folder: WorkingFolder) -> None:
    notice = folder.outbox / "cases" / REF / f"{REF}_panel-notice_v1_20260320.docx"
    notice.write_bytes(notice.read_bytes() + b"edited")
    done = formflow("papers", REF.lower(), "--folder", str(folder.root))
    assert done.returncode == 0
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith(("panel", "rapid", "draft"))}
    assert "edited since" in lines["panel-notice_v1_20260320.docx"]
    assert "as formflow wrote it" in lines["rapid-review-report_v1_20260320.docx"]
    assert "draft-to-panel_v1_20260320.eml" in lines
    assert "Ashby" not in done.stdout
    assert "form_v1" not in done.stdout, "what came in is no paper of ours"


def test_papers_says_which_of_them_hold_names_they_should_not_and_never_which_names(tmp_path: Path) -> None:
    made = a_working_folder(tmp_path / "named")
    (made.inbox / "form.docx").write_bytes(a_form(incident_summary="Seen by Ashby Road staff and by Jordan Ashby."))
    with a_pipeline(made.root) as pipeline:
        run(pipeline, lambda: NOON)
    said = " ".join(formflow("papers", REF, "--folder", str(made.root)).stdout.split())
    assert "No name of the case was found" in said or "Names are left in" in said
    edited = made.outbox / "cases" / REF / f"{REF}_panel-notice_v1_20260320.docx"
    document = Document(str(edited))
    document.add_paragraph("Jordan Ashby was seen.")
    document.save(str(edited))
    said = " ".join(formflow("papers", REF, "--folder", str(made.root)).stdout.split())
    assert "Names are left in panel-notice: 1" in said
    assert "Jordan" not in said
    assert "Ashby" not in said


@WITH_LIBREOFFICE
def test_with_pdf_the_copies_are_made_now_also_of_a_paper_that_was_edited(folder: WorkingFolder) -> None:
    place = folder.outbox / "cases" / REF
    report = place / f"{REF}_rapid-review-report_v1_20260320.docx"
    (place / f"{REF}_panel-notice_v1_20260320.docx").write_bytes(report.read_bytes())
    papers_desk.papers(REF, folder.root, pdf=True)
    papers = {path.stem for path in place.glob("*.docx")} - {f"{REF}_form_v1_20260320"}
    assert {path.stem for path in place.glob("*.pdf")} == papers


def test_with_pdf_and_no_libreoffice_it_ends_with_try_later_and_says_why(
    folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "libreoffice", lambda: None)
    with pytest.raises(TryLater, match="LibreOffice is not installed") as fault:
        papers_desk.papers(REF, folder.root, pdf=True)
    assert fault.value.exit_code == 4


def test_a_case_that_is_not_there_is_said_to_be_none(folder: WorkingFolder) -> None:
    with pytest.raises(Stop, match="There is no case SIN-2020-009"):
        papers_desk.papers("SIN-2020-009", folder.root, pdf=False)


def test_check_says_whether_copies_are_made_and_is_content_without_them(folder: WorkingFolder) -> None:
    done = formflow("check", "--folder", str(folder.root))
    assert done.returncode == 0
    assert "not asked for" in done.stdout


def test_an_address_no_mail_program_would_take_is_found_by_check(folder: WorkingFolder) -> None:
    settings = folder.root / "formflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        f'{text}\n[[local.recipients]]\nrecipient = "panel"\nname = "The Panel"\nemail = "panel at gov"\n'
    )
    done = formflow("check", "--folder", str(folder.root))
    assert done.returncode == 2
    assert "e-mail address that cannot be" in " ".join(done.stdout.split())
