from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from formflow.errors import Stop, TryLater
from formflow.recording.register import Register
from formflow.recording.several.move import move
from formflow.service.keeping.backup import backup, restore
from formflow.service.run import run
from formflow.settings import WorkingFolder
from formflow_command import formflow
from makers import NOON, a_form, a_pipeline, a_working_folder
from postgresql_server import a_database


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A working folder in which two forms were taken, one of them twice, and one was returned."""
    folder = a_working_folder(tmp_path_factory.mktemp("moving") / "work")
    (folder.inbox / "one.docx").write_bytes(a_form())
    (folder.inbox / "two.docx").write_bytes(
        a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
    )
    (folder.inbox / "two again.docx").write_bytes((folder.inbox / "two.docx").read_bytes())
    (folder.inbox / "three.docx").write_bytes(a_form(("incident_date",)))
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
    return folder


def prints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("formflow.lock", "formflow.sqlite-shm", "formflow.sqlite-wal")
    }


def use(folder: WorkingFolder, address: str) -> None:
    settings = folder.root / "formflow.toml"
    words = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("register =")]
    settings.write_text("\n".join([f'register = "{address}"', *words] if address else words), encoding="utf-8")


def test_a_register_goes_to_postgresql_and_back_without_loss(worked: WorkingFolder, tmp_path: Path) -> None:
    address, before = a_database(), prints(worked.register)
    said = formflow("register", "move", "--to", address, "--folder", str(worked.root))
    assert said.returncode == 0, said.stderr
    assert 'register = "postgresql://postgres' in said.stdout.replace("\n", "")
    assert prints(worked.register) == before
    use(worked, address)
    try:
        asked = {words: formflow(*words.split(), "--folder", str(worked.root)) for words in ASKED}
        assert {words: told.returncode for words, told in asked.items()} == dict.fromkeys(ASKED, 0), asked
        assert "SIN-2026-002" in asked["cases --json"].stdout
        kept = backup(WorkingFolder.open(worked.root), tmp_path / "backups", NOON)
        assert kept.forms == 3
        restore(kept.path, tmp_path / "again")
        use(WorkingFolder.open(tmp_path / "again"), "")
        assert formflow("verify", "--folder", str(tmp_path / "again")).returncode == 0
    finally:
        use(worked, "")
    there = move(worked.register, "", a_database())
    back = tmp_path / "back"
    assert move(back, address, "") == there
    with Register.open(back, lambda: NOON, writing=False) as one, Register.open(worked.register, lambda: NOON) as two:
        assert one.entries() == two.entries()
        assert one.cases() == two.cases()


ASKED = ("verify", "cases --json")


def test_nothing_is_moved_over_what_is_there(worked: WorkingFolder, tmp_path: Path) -> None:
    address = a_database()
    move(worked.register, "", address)
    with pytest.raises(Stop, match="holds something"):
        move(worked.register, "", address)
    with pytest.raises(Stop, match="holds something"):
        move(worked.register, address, "")
    with pytest.raises(Stop, match="where it is"):
        move(worked.register, address, address)
    with pytest.raises(Stop, match="nothing to move"):
        move(tmp_path / "none", "", address)
    with Register.open(worked.register, lambda: NOON), pytest.raises(TryLater):
        move(worked.register, "", a_database())
