"""What formflow makes is for owner and group only, and what others can write is not used. Where modes say so."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from formflow import modes
from formflow.cli import care
from formflow.errors import Stop
from formflow.outbox import put as putting
from formflow.outbox.put import fingerprint, move_in
from formflow.pipeline import the_knowledge
from formflow.recording.register import Register
from formflow.service.run import run
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pipeline, a_working_folder
from reading.mail_maker import with_form
from template_cases import a_template

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows the rights of the folder count, not modes")

FORMFLOW = (sys.executable, "-m", "formflow")


def at_umask(umask: int, *words: str, room: Path) -> subprocess.CompletedProcess[str]:
    """A command of formflow under a umask, with its temporary files in `room`."""
    return subprocess.run(
        [*FORMFLOW, *words], capture_output=True, text=True, check=False, umask=umask,
        env=os.environ | {"TMPDIR": str(room)},
    )  # fmt: skip


def open_to_others(root: Path) -> list[str]:
    """Every file and folder with which others may do something."""
    return [
        f"{path.relative_to(root)} {stat.filemode(path.lstat().st_mode)}"
        for path in (root, *root.rglob("*"))
        if path.lstat().st_mode & 0o007 and not path.is_symlink()
    ]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after everything formflow does, under a umask that forbids nothing."""
    base = tmp_path_factory.mktemp("modes")
    root, room = base / "work", base / "tmp"
    room.mkdir(mode=0o700)
    assert at_umask(0, "init", str(root), room=room).returncode == 0
    settings = (
        (root / "formflow.toml").read_text(encoding="utf-8").replace("settle_seconds = 2.0", "settle_seconds = 0")
    )
    (root / "formflow.toml").write_text(settings.replace("pending_after_minutes = 15", "pending_after_minutes = 0"))
    edited = root / "templates" / "panel" / "panel-notice.docx"
    edited.write_bytes(a_template("{{ ref }}", header="{{ ref }} {{ marking }}"))
    forms = {
        "a.docx": a_form(),
        "again.docx": a_form(),
        "back.docx": a_form(without=("nature",)),
        "broken.pdf": b"%PDF-1.4\n",
    }
    forms["mail.eml"] = with_form(a_form(child_1_surname="Sorrel", child_1_dob="2012-06-06"))
    for name, content in forms.items():
        (root / "inbox" / name).write_bytes(content)
        (root / "inbox" / name).chmod(0o666)
    done = at_umask(0, "run", "--folder", str(root), room=room)
    assert done.returncode == 0, done.stderr
    (root / "outbox" / ".~lock.Case tracker.xlsx#").write_text(",somebody,desk,now,;")
    assert at_umask(0, "run", "--folder", str(root), room=room).returncode == 4
    (root / "outbox" / ".~lock.Case tracker.xlsx#").unlink()
    assert at_umask(0, "backup", str(base / "backups"), "--folder", str(root), room=room).returncode == 0
    backup = next((base / "backups").glob("*.zip"))
    assert at_umask(0, "restore", str(backup), str(base / "again"), room=room).returncode == 0
    return base


def test_after_a_full_run_nothing_is_open_to_others(worked: Path) -> None:
    made = [path for path in worked.rglob("*") if path.is_file()]
    assert {"Case tracker.xlsx", "status.html", "formflow.sqlite"} <= {path.name for path in made}
    assert any("pending" in path.name for path in made)
    assert any(path.parent.name == "panel" and "templates last good" in str(path) for path in made)
    for folder in ("work", "backups", "again", "tmp"):
        assert open_to_others(worked / folder) == []


def test_the_register_is_for_its_owner_alone(worked: Path) -> None:
    assert stat.S_IMODE((worked / "work" / "register").stat().st_mode) == 0o700


def test_a_register_folder_that_was_made_by_hand_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    (tmp_path / "register").chmod(0o777)
    Register.open(tmp_path / "register", lambda: NOON).close()
    assert (tmp_path / "register").stat().st_mode & 0o007 == 0


def test_a_form_that_cannot_be_closed_is_kept_as_our_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped, target = tmp_path / "form.docx", tmp_path / "case" / "form.docx"
    dropped.write_bytes(b"a form")
    dropped.chmod(0o666)
    before, path_chmod = os.umask(0o007), Path.chmod

    def refuse(path: Path, mode: int) -> None:
        if path == target:
            raise PermissionError
        path_chmod(path, mode)

    monkeypatch.setattr(Path, "chmod", refuse)
    try:
        move_in(dropped, target, fingerprint(dropped), lambda: b"a form")
    finally:
        os.umask(before)
    assert target.read_bytes() == b"a form"
    assert target.stat().st_mode & 0o007 == 0
    assert putting.fingerprint(target) == fingerprint(target)
    assert not dropped.exists()


def test_a_fresh_folder_is_fit_to_start_under_the_usual_umask_of_a_group(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir(mode=0o700)
    made = at_umask(0o002, "init", str(tmp_path / "work"), room=tmp_path / "tmp")
    assert made.returncode == 0, made.stderr
    modes.refuse_writable(modes.trusted_places(tmp_path / "work"))
    assert open_to_others(tmp_path / "work") == []


PLACES = (
    "", "formflow.toml", "templates", "templates/panel", "templates/panel/panel-notice.docx", "layouts",
    "layouts/own.toml",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_what_others_can_write_is_refused_with_what_to_do(tmp_path: Path, place: str) -> None:
    root = a_working_folder(tmp_path / "work").root
    (root / "layouts" / "own.toml").write_text("")
    there = root / place
    there.chmod(there.stat().st_mode | 0o002)
    with pytest.raises(Stop, match="chmod o-w") as refused:
        WorkingFolder.open(root)
    assert f"'{there}'" in str(refused.value)


def test_check_names_what_others_can_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = a_working_folder(tmp_path / "work").root
    (root / "templates").chmod(0o777)
    with pytest.raises(Stop, match="to mend"):
        care.check(root)
    assert "chmod o-w" in capsys.readouterr().out


def test_layouts_that_others_can_write_are_refused_also_without_a_working_folder(tmp_path: Path) -> None:
    own = tmp_path / "layouts"
    own.mkdir()
    (own / "own.toml").write_text("")
    (own / "own.toml").chmod(0o666)
    with pytest.raises(Stop, match="chmod o-w"):
        the_knowledge(own)


def test_every_place_is_named_in_one_command_and_quoted(tmp_path: Path) -> None:
    places = [tmp_path / f"it's {number}" for number in range(5)]
    for place in places:
        place.mkdir()
        place.chmod(0o777)
    with pytest.raises(Stop, match="and 2 more") as refused:
        modes.refuse_writable([*places, tmp_path / "not there"])
    assert str(refused.value).count("it'\\''s") == 5


@pytest.mark.parametrize("opened", ["file", "folder"])
def test_a_template_that_others_could_write_while_formflow_runs_is_not_used(tmp_path: Path, opened: str) -> None:
    folder = a_working_folder(tmp_path / "work")
    path = folder.templates / "panel" / "panel-notice.docx"
    with a_pipeline(folder.root) as pipeline:
        (folder.inbox / "a.docx").write_bytes(a_form())
        run(pipeline, lambda: NOON)
        path.write_bytes(a_template("INTRUDED {{ ref }}", header="{{ ref }} {{ marking }}"))
        mended = path if opened == "file" else path.parent
        mended.chmod(0o777)
        (folder.inbox / "b.docx").write_bytes(
            a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
        )
        run(pipeline, lambda: NOON)
        troubles = pipeline.delivery.renderer.troubles()
        assert any("panel-notice" in trouble.name and "chmod o-w" in trouble.says for trouble in troubles)
        assert all(trouble.used == "the last version that was in order" for trouble in troubles)
        mended.chmod(0o700)
        assert pipeline.delivery.renderer.troubles() == ()
    held = json.dumps([path.name for path in folder.outbox.rglob("*")])
    assert "SIN-2026-002_panel-notice" in held
    import docx

    for paper in (folder.outbox / "cases" / "SIN-2026-002").glob("*panel-notice*.docx"):
        assert "INTRUDED" not in "".join(part.text for part in docx.Document(str(paper)).paragraphs)
