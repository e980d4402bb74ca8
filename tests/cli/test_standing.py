"""The status for people and for monitoring, and trying again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from formflow_command import formflow
from makers import a_form, a_working_folder


def test_the_status_counts_and_names_no_file_to_a_monitoring_program(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    root = str(folder.root)
    before = formflow("status", "--folder", root)
    assert (before.returncode, "never started here" in before.stdout) == (0, True)
    (folder.inbox / "Jordan Ashby.docx").write_bytes(a_form())
    (folder.inbox / "Jordan Ashby.jpg").write_bytes(b"x")
    assert formflow("run", "--folder", root).returncode == 0
    assert formflow("backup", str(tmp_path / "backups"), "--folder", root).returncode == 0
    told = formflow("status", "--folder", root, "--json")
    found = json.loads(told.stdout)
    assert (told.returncode, found["well"], found["seen"], found["balances"]) == (0, True, 2, True)
    assert (found["counts"]["taken"], found["counts"]["left"]) == (1, 1)
    assert found["backup"] is not None
    assert "Ashby" not in told.stdout
    people = formflow("status", "--folder", root)
    assert "2 seen = 1 taken + 1 left where they are" in people.stdout


def test_what_is_not_set_aside_cannot_be_tried_again(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    done = formflow("retry", "20260101-000000-abcdef01", "--folder", str(folder.root))
    assert done.returncode == 2
    assert "Nothing is set aside" in done.stderr
    assert formflow("retry", "all", "--folder", str(folder.root)).returncode == 0


def test_a_watch_that_was_killed_is_missed(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    words = [sys.executable, "-m", "formflow", "watch", "--folder", str(folder.root)]
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=quiet) as watch:
        assert watch.stdout is not None
        watch.stdout.readline()
        watch.stdout.readline()
        alive: list[dict[str, object]] = []
        for _ in range(400):
            alive = json.loads(formflow("status", "--folder", str(folder.root), "--json").stdout)["watch"]
            if alive:
                break
        watch.kill()
    assert alive[0]["alive"]
    assert alive[0]["ended"] == ""
