"""Many forms at once: what comes of them is what would come of one after another, whatever dies meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest

from formflow.deciding.decide import decide
from formflow.recording.proof.verify import verify
from formflow.service import desks
from formflow.service.run import Run, run
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pdf_form, a_pipeline, a_working_folder, lying_in, the_rules
from reading.mail_maker import attach, letter

A_FORM = a_form()


@lru_cache(maxsize=1)
def a_morning() -> dict[str, bytes]:
    """What an office may drop at once: forms, a correction, a second copy, a message, and forms that go back."""
    dropped = {}
    for number in range(4):
        child = {"child_1_forename": f"Invented{number}", "child_1_surname": f"Person{number}"}
        made = a_form if number % 2 else a_pdf_form
        dropped[f"a{number}.{'docx' if number % 2 else 'pdf'}"] = made(
            (), child_1_dob=f"2015-01-0{number + 1}", **child
        )
    other = a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2014-02-02")
    return dropped | {
        "b first.docx": A_FORM,
        "c copy.docx": A_FORM,
        "d correction.docx": a_form(incident_place="At school"),
        "e message.eml": bytes(attach(letter(), "form.docx", other)),
        "f damaged.docx": A_FORM[:2000],
        "g nothing.docx": a_form(without=("incident_date", "la_aware_date", "nature")),
    }


def drop(inbox: Path) -> None:
    for number, (name, content) in enumerate(a_morning().items()):
        (inbox / name).write_bytes(content)
        os.utime(inbox / name, (1_700_000_000 + number, 1_700_000_000 + number))


def taken(root: Path, cores: int) -> tuple[Run, WorkingFolder]:
    folder = a_working_folder(root)
    (root / "formflow.toml").write_text(f"cores = {cores}\nsettle_seconds = 0\n", encoding="utf-8")
    drop(folder.inbox)
    with a_pipeline(root) as pipeline:
        return run(pipeline, lambda: NOON), pipeline.folder


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, WorkingFolder]:
    return taken(tmp_path_factory.mktemp("alone"), 1)


def outcomes(folder: WorkingFolder) -> list[tuple[str, str, str, int]]:
    with a_pipeline(folder.root) as pipeline:
        assert pipeline.register.unfiled() == ()
        entries = pipeline.register.entries()
    return sorted((entry.sha256, entry.outcome, entry.case_ref, entry.version) for entry in entries)


def papers(folder: WorkingFolder) -> dict[str, dict[str, bytes]]:
    """The parts of every paper, but for the line of the record it tells of: lines are written as papers get done."""
    cases = folder.outbox / "cases"
    return {str(path.relative_to(cases)): parts(path) for path in cases.rglob("*.docx") if path.is_file()}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}


def is_sound(folder: WorkingFolder) -> bool:
    rules = the_rules()
    return not verify(
        folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    ).problems


def test_on_several_cores_the_same_is_recorded_and_drawn_as_on_one(
    tmp_path: Path, alone: tuple[Run, WorkingFolder]
) -> None:
    one, before = alone
    many, together = taken(tmp_path / "many", 2)
    assert sorted(result.became for result in many.results) == sorted(result.became for result in one.results)
    assert outcomes(together) == outcomes(before)
    assert papers(together) == papers(before)
    assert lying_in(together.inbox) == {"READ ME.txt"}
    assert is_sound(together)


def test_when_the_processes_that_draw_end_by_themselves_the_papers_are_drawn_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "serve", _gone)
    done, folder = taken(tmp_path / "work", 2)
    assert done.count("fault") == 0
    assert done.count("taken") == 7
    assert is_sound(folder)


def _gone(pipe: object, root: Path, memory: int) -> None:
    """A process that ends before it has done anything."""


DYING = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from makers import NOON, a_pipeline
from formflow.recording import register
from formflow.service.run import run

if __name__ == "__main__":
    filed, count = register.Register.filed, [0]
    def once_more(*args):
        count[0] += 1
        if count[0] == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return filed(*args)
    register.Register.filed = once_more
    with a_pipeline(Path(sys.argv[1])) as pipeline:
        run(pipeline, lambda: NOON)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_with_several_forms_in_hand_each_is_taken_exactly_once_in_the_end(
    tmp_path: Path, alone: tuple[Run, WorkingFolder]
) -> None:
    folder = a_working_folder(tmp_path / "work")
    (folder.root / "formflow.toml").write_text("cores = 2\nsettle_seconds = 0\n", encoding="utf-8")
    drop(folder.inbox)
    script = tmp_path / "dying.py"
    script.write_text(DYING, encoding="utf-8")
    words = [sys.executable, str(script), str(folder.root), str(Path(__file__).parents[1])]
    killed = subprocess.run(words, capture_output=True, check=False, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    assert killed.returncode == -signal.SIGKILL
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
    assert outcomes(folder) == outcomes(alone[1])
    assert lying_in(folder.inbox) == {"READ ME.txt"}
    assert is_sound(folder)
