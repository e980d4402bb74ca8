"""Backups: everything needed to go on, taken while formflow is at work, put back and verified."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from formflow.errors import NotVerified, Stop
from formflow.service.keeping.backup import backup, restore
from formflow.service.run import run
from formflow.settings import WorkingFolder
from formflow_command import formflow
from makers import NOON, a_form, a_pipeline, a_working_folder


@pytest.fixture
def worked(tmp_path: Path) -> WorkingFolder:
    """A working folder with a case in it, and a note that somebody wrote beside a paper."""
    folder = a_working_folder(tmp_path / "work")
    (folder.inbox / "form.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
    (folder.outbox / "cases" / "SIN-2026-001" / "our minutes.txt").write_text("Met on Tuesday.", "utf-8")
    return folder


def test_a_backup_put_back_verifies_and_holds_the_case_its_papers_and_what_people_wrote(
    worked: WorkingFolder, tmp_path: Path
) -> None:
    made = backup(worked, tmp_path / "kept", NOON)
    restore(made.path, tmp_path / "again")
    done = formflow("verify", "--folder", str(tmp_path / "again"))
    assert done.returncode == 0, done.stderr
    listed = json.loads(formflow("cases", "--json", "--folder", str(tmp_path / "again")).stdout)
    assert [case["ref"] for case in listed] == ["SIN-2026-001"]
    before = {path.name for path in (worked.outbox / "cases" / "SIN-2026-001").iterdir()}
    assert {path.name for path in (tmp_path / "again" / "outbox" / "cases" / "SIN-2026-001").iterdir()} == before
    assert "our minutes.txt" in before


def test_work_goes_on_from_a_backup_with_the_next_reference(worked: WorkingFolder, tmp_path: Path) -> None:
    restore(backup(worked, tmp_path / "kept", NOON).path, tmp_path / "again")
    other = a_form(child_1_forename="Ottilie", child_1_surname="Venn", child_1_dob="2020-02-02")
    (tmp_path / "again" / "inbox" / "next.docx").write_bytes(other)
    with a_pipeline(tmp_path / "again") as pipeline:
        done = run(pipeline, lambda: NOON)
    assert [result.entry.case_ref for result in done.results if result.entry] == ["SIN-2026-002"]


def test_a_backup_is_taken_while_another_formflow_writes(worked: WorkingFolder, tmp_path: Path) -> None:
    with a_pipeline(worked.root) as pipeline:
        other = a_form(child_1_forename="Ottilie", child_1_surname="Venn", child_1_dob="2020-02-02")
        (worked.inbox / "next.docx").write_bytes(other)
        run(pipeline, lambda: NOON)
        made = backup(worked, tmp_path / "kept", NOON)
    assert made.forms == 2
    restore(made.path, tmp_path / "again")
    assert formflow("verify", "--folder", str(tmp_path / "again")).returncode == 0


def test_a_backup_that_was_changed_is_refused_and_puts_nothing_back(worked: WorkingFolder, tmp_path: Path) -> None:
    made = backup(worked, tmp_path / "kept", NOON)
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(made.path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content + b" " if name == "formflow.toml" else content)
    with pytest.raises(NotVerified, match="was changed"):
        restore(changed, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_backup_that_names_a_place_outside_is_refused(tmp_path: Path) -> None:
    hostile = tmp_path / "formflow-backup-x.zip"
    with zipfile.ZipFile(hostile, "w") as package:
        package.writestr("../outside.txt", "x")
        package.writestr("manifest.json", json.dumps({"files": {"../outside.txt": "0" * 64}}))
    with pytest.raises(NotVerified, match="outside"):
        restore(hostile, tmp_path / "again")
    assert not (tmp_path / "outside.txt").exists()


def test_nothing_is_ever_written_over(worked: WorkingFolder, tmp_path: Path) -> None:
    made = backup(worked, tmp_path / "kept", NOON)
    with pytest.raises(Stop, match="not empty"):
        restore(made.path, worked.root)


def test_a_backup_may_not_lie_where_people_work(worked: WorkingFolder) -> None:
    with pytest.raises(Stop, match="on another disk"):
        backup(worked, worked.outbox / "backups", NOON)


def test_a_damaged_original_is_told_and_not_backed_up_as_sound(worked: WorkingFolder, tmp_path: Path) -> None:
    [original] = [path for path in (worked.register / "evidence").rglob("*") if path.is_file()]
    original.chmod(0o600)
    original.write_bytes(b"something else")
    with pytest.raises(NotVerified, match="has been changed"):
        backup(worked, tmp_path / "kept", NOON)
    assert list((tmp_path / "kept").glob("*")) == []


def test_a_register_that_is_no_database_is_told_in_words(worked: WorkingFolder, tmp_path: Path) -> None:
    (worked.register / "formflow.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(NotVerified, match="cannot be read"):
        backup(worked, tmp_path / "kept", NOON)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_a_backup_can_be_read_by_its_owner_only(worked: WorkingFolder, tmp_path: Path) -> None:
    assert backup(worked, tmp_path / "kept", NOON).path.stat().st_mode & 0o077 == 0


def test_the_command_says_where_it_is_and_how_to_put_it_back(worked: WorkingFolder, tmp_path: Path) -> None:
    done = formflow("backup", str(tmp_path / "kept"), "--folder", str(worked.root))
    [made] = (tmp_path / "kept").glob("formflow-backup-*.zip")
    assert done.returncode == 0
    assert "formflow restore" in done.stdout
    done = formflow("restore", str(made), str(tmp_path / "again"))
    assert "formflow verify" in done.stdout
    with closing(sqlite3.connect(tmp_path / "again" / "register" / "formflow.sqlite")) as database:
        assert database.execute("SELECT COUNT(*) FROM cases").fetchone() == (1,)


def test_no_place_of_a_file_left_in_a_temporary_folder(worked: WorkingFolder, tmp_path: Path) -> None:
    code = (
        "import sys, tempfile, pathlib; tempfile.tempdir = sys.argv[3]\n"
        "from datetime import datetime, UTC\n"
        "from formflow.service.keeping.backup import backup; from formflow.settings import WorkingFolder\n"
        "backup(WorkingFolder.open(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]), datetime.now(UTC))\n"
    )
    room = tmp_path / "room"
    room.mkdir()
    subprocess.run([sys.executable, "-c", code, str(worked.root), str(tmp_path / "kept"), str(room)], check=True)
    assert list(room.iterdir()) == []


def test_each_backup_is_noted_in_the_audit_chain_by_whoever_writes_next(worked: WorkingFolder, tmp_path: Path) -> None:
    with a_pipeline(worked.root) as pipeline:
        name = backup(worked, tmp_path / "kept", NOON).path.name
        assert pipeline.register.acts_of("backup made") == ()
    with a_pipeline(worked.root) as pipeline:
        assert [act.subject for act in pipeline.register.acts_of("backup made")] == [name]
    assert formflow("verify", "--folder", str(worked.root)).returncode == 0


def test_a_backup_that_cannot_be_noted_is_made_and_says_so(worked: WorkingFolder, tmp_path: Path) -> None:
    (worked.register / "backups made").write_text("in the way", "utf-8")
    made = backup(worked, tmp_path / "kept", NOON)
    assert made.path.exists()
    assert not made.noted
