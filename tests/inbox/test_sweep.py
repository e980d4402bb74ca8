from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from formflow.errors import TryLater
from formflow.inbox.sweep import look, settled


def test_forms_in_sub_folders_are_seen_oldest_first(tmp_path: Path) -> None:
    newer = tmp_path / "newer.docx"
    older = tmp_path / "from the police" / "older.PDF"
    older.parent.mkdir()
    for path, changed in ((newer, 2_000), (older, 1_000)):
        path.write_bytes(b"form")
        os.utime(path, (changed, changed))
    assert list(look(tmp_path).files) == [older, newer]


def test_lock_files_copies_under_way_and_desktop_furniture_are_not_taken(tmp_path: Path) -> None:
    for name in ("~$form.docx", ".~lock.form.docx#", "form.docx.tmp", "Thumbs.db", "desktop.ini", ".hidden.docx"):
        (tmp_path / name).write_bytes(b"x")
    seen = look(tmp_path)
    assert not seen.files
    assert seen.ignored == 6


def test_a_kind_of_file_that_is_no_form_is_left_and_told(tmp_path: Path) -> None:
    picture = tmp_path / "holiday.jpg"
    picture.write_bytes(b"x")
    assert [(left.path, left.reason) for left in look(tmp_path).left] == [(picture, "other-format")]


def test_the_line_that_says_what_the_inbox_is_for_is_never_taken(tmp_path: Path) -> None:
    (tmp_path / "READ ME.txt").write_text("Drop completed forms here.")
    seen = look(tmp_path)
    assert not seen.files
    assert not seen.left


def test_a_file_that_grows_between_two_looks_has_not_settled(tmp_path: Path) -> None:
    still, growing = tmp_path / "still.docx", tmp_path / "growing.docx"
    still.write_bytes(b"whole")
    growing.write_bytes(b"ha")
    first = look(tmp_path)
    growing.write_bytes(b"half")
    assert settled(first, look(tmp_path)) == (still,)


def test_an_inbox_that_cannot_be_listed_is_away_and_not_empty(tmp_path: Path) -> None:
    with pytest.raises(TryLater, match="drive is connected"):
        look(tmp_path / "not there")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_are_not_followed_even_when_they_make_a_ring(tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.docx").symlink_to(tmp_path / "elsewhere.docx")
    assert not look(tmp_path).files
