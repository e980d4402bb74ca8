"""`formflow read --html`, as an office types it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from makers import a_form, a_pdf_form


def formflow(cwd: Path, *words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "formflow", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=os.environ | surroundings,
    )


def test_the_page_is_written_for_its_owner_only_and_may_be_written_again(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(a_pdf_form())
    for option in ("--html", "-o"):
        done = formflow(tmp_path, "read", "form.pdf", option, "check.html")
        assert (done.returncode, done.stderr) == (0, "")
        assert "delete it after use" in " ".join(done.stdout.split())
    page = tmp_path / "check.html"
    assert "<svg" in page.read_text(encoding="utf-8")
    assert sys.platform == "win32" or stat.S_IMODE(page.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["check.html", "form.pdf"]


def test_several_files_and_what_cannot_be_read_stand_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(a_pdf_form())
    (tmp_path / "two.docx").write_bytes(b"")
    done = formflow(tmp_path, "read", "--json", "one.pdf", "two.docx", "none.docx", "-o", "check.html")
    assert done.returncode == 3
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["one.pdf", "two.docx", "none.docx"]
    html = (tmp_path / "check.html").read_text(encoding="utf-8")
    assert html.count("<article") == 3
    assert "This file is empty" in html


@pytest.mark.parametrize("name", ["other.docx", "other.html", "there", "no/check.html"])
def test_nothing_but_an_earlier_page_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "form.docx").write_bytes(a_form())
    for other in ("other.docx", "other.html"):
        (tmp_path / other).write_text("a letter")
    (tmp_path / "there").mkdir()
    done = formflow(tmp_path, "read", "form.docx", "--html", name)
    assert done.returncode == 2
    assert done.stderr.startswith("formflow: ")
    assert (tmp_path / "other.html").read_text() == (tmp_path / "other.docx").read_text() == "a letter"


def test_two_forms_without_a_name_for_the_page_lose_neither(tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        (tmp_path / name).write_bytes(a_form())
    assert formflow(tmp_path, "read", "--html", "one.docx", "two.docx").returncode == 2
    assert (tmp_path / "one.docx").read_bytes() == a_form()


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_the_table_fits_terminals_and_pipes_without_colour(tmp_path: Path, columns: str) -> None:
    (tmp_path / "form.docx").write_bytes(a_form(without=("incident_date",)))
    done = formflow(tmp_path, "read", "form.docx", COLUMNS=columns, NO_COLOR="1")
    assert done.returncode == 3
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= int(columns)
    words = " ".join(done.stdout.split())
    assert words.index("To mend") < words.index("Answers (")
    for said in ("Section 3, The child, child 1", "Ashby", "Nothing was recorded."):
        assert said in words


def test_letters_of_a_form_that_would_act_on_a_terminal_are_made_visible(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(a_pdf_form(incident_place="Home\x1b]0;owned\x07"))
    done = formflow(tmp_path, "read", "form.pdf")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
