from __future__ import annotations

import logging
import sys
import threading
import time
from pathlib import Path

import pytest

from formflow.errors import TryLater
from formflow.outbox import copies as outbox_copies
from formflow.outbox.copies import copy_state
from formflow.reading.old_formats import libreoffice
from formflow.rendering.office.office import Office
from formflow.service import copies as service_copies
from formflow.service.copies import Copies
from formflow.service.copies_beside import CopiesBeside
from formflow.service.run import make_copies, run
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pipeline, a_working_folder

WITH_LIBREOFFICE = pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed on this computer")


def a_folder_with_copies(root: Path, *forms: bytes) -> WorkingFolder:
    folder = a_working_folder(root)
    settings = root / "formflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("\npdf = false", "\npdf = true"))
    for number, form in enumerate(forms):
        (folder.inbox / f"form {number}.docx").write_bytes(form)
    return WorkingFolder.open(root)


def word_papers(folder: WorkingFolder) -> list[Path]:
    names = (folder.outbox / "cases").glob("*/*.docx")
    return sorted(path for path in names if "_form_" not in path.name)


def without_copy(folder: WorkingFolder) -> list[str]:
    return [paper.name for paper in word_papers(folder) if copy_state(paper) != "made"]


@WITH_LIBREOFFICE
def test_after_a_run_every_word_paper_has_its_copy_and_a_second_run_makes_none(tmp_path: Path) -> None:
    other = a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
    folder = a_folder_with_copies(tmp_path / "work", a_form(), other)
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        made = make_copies(pipeline)
        assert made is not None
        assert made.count == len(word_papers(folder)) >= 4
        assert made.says == ""
        assert without_copy(folder) == []
        again = make_copies(pipeline)
        assert again is not None
        assert (again.count, again.says) == (0, "")


@WITH_LIBREOFFICE
def test_a_correction_takes_the_copies_of_the_papers_it_replaces_with_it(tmp_path: Path) -> None:
    folder = a_folder_with_copies(tmp_path / "work", a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        make_copies(pipeline)
        before = {path.name for path in (folder.outbox / "cases" / "SIN-2026-001").glob("*_v1_*.pdf")}
        (folder.inbox / "corrected.docx").write_bytes(
            a_form(child_1_dob="2019-03-02", what_changed="The date of birth.")
        )
        run(pipeline, lambda: NOON)
        make_copies(pipeline)
    place = folder.outbox / "cases" / "SIN-2026-001"
    assert before
    assert {path.name for path in (place / "earlier versions").glob("*.pdf")} == before
    assert without_copy(folder) == []


@WITH_LIBREOFFICE
def test_the_watch_makes_copies_beside_its_work_also_those_that_an_earlier_one_left(tmp_path: Path) -> None:
    folder = a_folder_with_copies(tmp_path / "work", a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)  # as if stopped before the copies
    other = a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
    with a_pipeline(folder.root) as pipeline:
        watching = Watch(pipeline, lambda: NOON)
        thread = threading.Thread(target=watching.forever)
        thread.start()
        (folder.inbox / "other.docx").write_bytes(other)
        for _ in range(600):
            if len(list((folder.outbox / "cases").glob("*"))) == 2 and word_papers(folder) and not without_copy(folder):
                break
            time.sleep(0.1)
        watching.end()
        thread.join(timeout=60)
        assert not thread.is_alive()
    assert without_copy(folder) == []


def test_no_copies_are_made_where_none_are_asked_for(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    (folder.inbox / "form.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        assert make_copies(pipeline) is None
        assert CopiesBeside.begin(pipeline) is None
    assert list((folder.outbox / "cases").rglob("*.pdf")) == []


def test_without_libreoffice_the_word_papers_are_there_and_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_copies, "libreoffice", lambda: None)
    folder = a_folder_with_copies(tmp_path / "work", a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        made = make_copies(pipeline)
    assert made is not None
    assert "LibreOffice is not installed" in made.says
    assert "pdf = false" in made.says
    assert word_papers(folder)


@WITH_LIBREOFFICE
def test_a_copy_that_is_open_in_a_reader_is_tried_again_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder_with_copies(tmp_path / "work", a_form())

    def held(path: Path, content: bytes) -> None:
        raise TryLater(f'"{path.name}" is open in another program.')

    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        copies = Copies.of(folder.outbox / "cases", pipeline.register.papers)
        assert copies.office is not None
        with monkeypatch.context() as reader:
            reader.setattr(outbox_copies, "put", held)
            made = copies.make(copies.refs())
        assert made.again == {"SIN-2026-001"}
        assert "is open in another program" in made.says
        assert copies.make(sorted(made.again)).count == len(word_papers(folder))
        copies.office.rest()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a POSIX program")
def test_a_paper_no_pdf_comes_of_is_named_once_and_not_tried_for_ever(tmp_path: Path) -> None:
    folder = a_folder_with_copies(tmp_path / "work", a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        copies = Copies(folder.outbox / "cases", pipeline.register.papers, Office("/bin/false", warm=False))
        made = copies.make(copies.refs())
        assert copies.office is not None
        copies.office.rest()
        assert len(made.failed) == len(word_papers(folder))
        assert "The Word papers are there" in made.says
        assert copies.make(copies.refs()).failed == ()


def test_a_fault_in_the_copies_never_stops_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(self: Copies) -> list[str]:
        raise RuntimeError("Jordan Ashby")

    monkeypatch.setattr(Copies, "refs", break_down)
    folder = a_folder_with_copies(tmp_path / "work", a_form())
    with a_pipeline(folder.root) as pipeline, caplog.at_level(logging.INFO, "formflow"):
        watching = Watch(pipeline, lambda: NOON)
        thread = threading.Thread(target=watching.forever)
        thread.start()
        for _ in range(300):
            if word_papers(folder):
                break
            time.sleep(0.1)
        watching.end()
        thread.join(timeout=60)
    assert word_papers(folder)
    assert "PDF copies have stopped" in caplog.text
    assert "Ashby" not in caplog.text
