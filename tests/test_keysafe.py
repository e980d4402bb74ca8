"""What is recorded about children, with a key kept apart: proven by what papers tell, and encrypted where it lies."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from formflow.cli import ask, care
from formflow.cli import keys as desk
from formflow.errors import NotVerified, Stop
from formflow.pipeline import Pipeline
from formflow.recording.evidence import Evidence
from formflow.recording.keyed.keys import Keys, keys_of
from formflow.recording.note import Conflict, Note, Source
from formflow.service.keeping.anchors import anchors_in
from formflow.service.keeping.backup import backup, restore
from formflow.service.keeping.encrypt import encrypt
from formflow.service.run import run
from formflow.service.tracker.refresh import NAME, refresh
from formflow.settings import WorkingFolder
from makers import NOON, a_form
from safekeeping import checked, holding, keyed_folder, set_key, tamper

PLANTED = ("Quillfeather", "Ottoline", "Wendlebury", "Yarrowby")


def work(folder: WorkingFolder, *forms: bytes) -> None:
    for number, form in enumerate(forms):
        (folder.inbox / f"form {number}.docx").write_bytes(form)
    with Pipeline.open(folder, lambda: NOON) as pipeline:
        run(pipeline, lambda: NOON)
        held = [Note("SIN-2026-001", "Next step", "ask Yarrowby", Source("Wendlebury", "2026-03-20", 1))]
        pipeline.register.keep_words(held, [Conflict("SIN-2026-001", "Notes", "Yarrowby", "Yarrowby", "why")])
        refresh(pipeline, NOON)


def a_planted_form() -> bytes:
    return a_form(
        child_1_forename="Ottoline", child_1_surname="Quillfeather", incident_summary="Seen by Wendlebury at home."
    )


def test_tracker_and_papers_tell_of_the_line_in_which_they_were_recorded(tmp_path: Path) -> None:
    folder = keyed_folder(tmp_path, bare=False)
    work(folder, a_planted_form(), b"no form")
    told = list(anchors_in(folder.outbox))
    papers = {path.name for path in (folder.outbox / "cases").rglob("*.docx")}
    assert len(told) > 2
    assert told[0].where == "the case tracker"
    assert len({anchor.number for anchor in told[1:]}) == 1
    assert {anchor.where.split('"')[1] for anchor in told[1:]} < papers
    about = load_workbook(folder.outbox / NAME)["About"]
    words = [str(row[1].value) for row in about.iter_rows() if row[0].value == "Record"]
    assert words[0].startswith(f"line {told[0].number}, {told[0].begins[:4]} ")
    assert checked(folder, told).problems == ()
    older = folder.register.with_name("older")
    shutil.copytree(folder.register, older)
    work(folder, a_form(child_1_surname="Venn", child_1_dob="2020-02-02"))
    shutil.rmtree(folder.register)
    older.rename(folder.register)
    with pytest.raises(NotVerified, match="older state of the register"):
        care.verify(folder.root, ["9999 4f3a9b2c"])


def test_an_encrypted_register_holds_no_word_in_plain_and_everything_works(tmp_path: Path) -> None:
    folder = keyed_folder(tmp_path, encrypt=True, bare=False)
    work(folder, a_planted_form())
    assert holding(folder.register, *PLANTED) == set()
    assert holding(folder.outbox, "Quillfeather")
    assert checked(folder, list(anchors_in(folder.outbox))).problems == ()
    ask.explain("SIN-2026-001", folder.root, as_json=True)
    with Pipeline.open(folder, lambda: NOON, writing=False) as pipeline:
        assert pipeline.register.notes("SIN-2026-001")["Next step"] == "ask Yarrowby"
        assert [one.text for one in pipeline.register.notebook.conflicts()] == ["Yarrowby"]
        (entry,) = pipeline.register.entries()
        assert pipeline.register.evidence.get(entry.sha256) == a_planted_form()
    made = backup(folder, tmp_path / "kept", NOON)
    with zipfile.ZipFile(made.path) as package:
        register = b"".join(package.read(name) for name in package.namelist() if name.startswith("register/"))
    assert not any(word.encode() in register for word in PLANTED)
    restore(made.path, tmp_path / "again")
    assert checked(WorkingFolder.open(tmp_path / "again")).problems == ()
    without = set_key(folder, None)
    report = checked(without)
    assert report.problems == ()
    assert any("cannot be read without the key" in words for words in report.unsure)
    with pytest.raises(Stop, match="cannot be read by anybody"):
        Pipeline.open(without, lambda: NOON, writing=False)


def test_a_register_begun_in_plain_is_encrypted_in_one_go_and_its_chain_stays_as_it_was(tmp_path: Path) -> None:
    folder = set_key(keyed_folder(tmp_path, bare=False), None)
    work(folder, a_planted_form())
    assert holding(folder.register, *PLANTED)
    folder = keyed_folder(tmp_path, encrypt=True)
    with pytest.raises(Stop, match="formflow key encrypt"):
        Pipeline.open(folder, lambda: NOON)
    desk.encrypt(folder.root)
    assert holding(folder.register, *PLANTED) == set()
    assert checked(folder, list(anchors_in(folder.outbox))).problems == ()
    again = encrypt(folder, _keys(folder), lambda: NOON)
    assert (again.rows, again.originals) == (0, 0)
    work(folder, a_form(child_1_surname="Venn", child_1_dob="2020-02-02"))
    assert checked(folder, list(anchors_in(folder.outbox))).problems == ()


def test_encrypting_that_was_cut_short_after_its_rows_is_told_and_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = set_key(keyed_folder(tmp_path, bare=False), None)
    work(folder, a_planted_form())
    folder = keyed_folder(tmp_path, encrypt=True)
    monkeypatch.setattr(Evidence, "encrypt", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        encrypt(folder, _keys(folder), lambda: NOON)
    monkeypatch.undo()
    assert any("To finish it: formflow key encrypt" in problem for problem in checked(folder).problems)
    encrypt(folder, _keys(folder), lambda: NOON)
    assert checked(folder).problems == ()
    assert holding(folder.register, *PLANTED) == set()


def test_an_encrypted_answer_cannot_be_moved_to_another_row(tmp_path: Path) -> None:
    folder = keyed_folder(tmp_path, encrypt=True, bare=False)
    work(folder, a_planted_form(), a_form(child_1_surname="Venn", child_1_dob="2020-02-02"))
    tamper(folder, "update submissions set content = (select content from submissions order by case_ref limit 1)")
    report = checked(folder)
    assert any("was changed or added outside formflow" in problem for problem in report.problems)
    with pytest.raises(NotVerified, match="cannot be opened with this key"):
        Pipeline.open(folder, lambda: NOON, writing=False)


def _keys(folder: WorkingFolder) -> Keys:
    keys = keys_of(folder)
    assert keys is not None
    return keys


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt
