from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from formflow.errors import TryLater
from formflow.outbox.put import (
    clear_unfinished,
    fingerprint,
    move_in,
    put,
    put_all,
    put_all_unless_edited,
    put_unless_edited,
    set_aside,
)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_paper_is_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    put(tmp_path / "cases" / "notice.docx", b"whole")
    assert [(p.name, p.read_bytes()) for p in (tmp_path / "cases").iterdir()] == [("notice.docx", b"whole")]


def test_putting_twice_is_the_same_as_once(tmp_path: Path) -> None:
    for _ in range(2):
        assert put_unless_edited(tmp_path / "a.docx", b"same", None) == tmp_path / "a.docx"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_paper_nobody_touched_is_replaced(tmp_path: Path) -> None:
    put(tmp_path / "a.docx", b"first")
    put_unless_edited(tmp_path / "a.docx", b"second", sha(b"first"))
    assert (tmp_path / "a.docx").read_bytes() == b"second"


def test_a_paper_that_somebody_edited_is_kept_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    put(tmp_path / "a.docx", b"edited by a reviewer")
    beside = put_unless_edited(tmp_path / "a.docx", b"second", sha(b"first"))
    assert (tmp_path / "a.docx").read_bytes() == b"edited by a reviewer"
    assert beside.name == "a (drawn again).docx"
    assert beside.read_bytes() == b"second"


def test_a_dropped_file_is_moved_not_copied(tmp_path: Path) -> None:
    dropped, target = tmp_path / "dropped.docx", tmp_path / "case" / "form.docx"
    dropped.write_bytes(b"form")
    move_in(dropped, target, sha(b"form"), lambda: b"never asked for")
    assert not dropped.exists()
    assert target.read_bytes() == b"form"


def test_a_file_changed_since_it_was_taken_stays_in_the_inbox(tmp_path: Path) -> None:
    dropped, target = tmp_path / "dropped.docx", tmp_path / "case" / "form.docx"
    dropped.write_bytes(b"saved again after it was taken")
    move_in(dropped, target, sha(b"form"), lambda: b"form")
    assert dropped.read_bytes() == b"saved again after it was taken"
    assert target.read_bytes() == b"form"


def test_a_move_that_was_cut_short_is_finished_from_what_was_kept(tmp_path: Path) -> None:
    target = tmp_path / "case" / "form.docx"
    move_in(None, target, sha(b"form"), lambda: b"form")
    assert target.read_bytes() == b"form"


def test_a_copy_left_in_the_inbox_by_a_crash_is_taken_away_once_it_has_arrived(tmp_path: Path) -> None:
    dropped, target = tmp_path / "dropped.docx", tmp_path / "form.docx"
    dropped.write_bytes(b"form")
    target.write_bytes(b"form")
    move_in(dropped, target, sha(b"form"), lambda: b"form")
    assert not dropped.exists()
    assert target.read_bytes() == b"form"


def test_papers_of_an_earlier_version_are_set_aside_and_kept(tmp_path: Path) -> None:
    put(tmp_path / "report_v1.docx", b"with a reviewer's remarks")
    put(tmp_path / "form_v1.docx", b"form")
    set_aside(tmp_path, ["report_v1.docx", "never there.docx"])
    assert (tmp_path / "earlier versions" / "report_v1.docx").read_bytes() == b"with a reviewer's remarks"
    assert (tmp_path / "form_v1.docx").exists()


def test_a_paper_that_is_held_open_is_try_later_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a.docx", b"old")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(TryLater, match="open in another program"):
        put(tmp_path / "a.docx", b"new")
    assert fingerprint(tmp_path / "a.docx") == sha(b"old")
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]


def test_many_papers_are_put_together_and_an_edited_one_is_kept(tmp_path: Path) -> None:
    papers = [(tmp_path / "case" / f"{n}.docx", f"paper {n}".encode(), None) for n in range(20)]
    put(tmp_path / "case" / "7.docx", b"edited by a reviewer")
    places = put_all_unless_edited(papers)
    assert places[7].name == "7 (drawn again).docx"
    assert [place.read_bytes() for place in places] == [content for _, content, _ in papers]
    assert (tmp_path / "case" / "7.docx").read_bytes() == b"edited by a reviewer"
    assert len(list((tmp_path / "case").iterdir())) == 21


def test_of_many_papers_one_that_is_held_open_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "2.docx", b"old")
    swap = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == "2.docx":
            raise PermissionError(13, "held")
        return swap(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(TryLater, match="open in another program"):
        put_all([(tmp_path / f"{n}.docx", b"new") for n in range(4)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "0.docx": b"new", "1.docx": b"new", "2.docx": b"old",
    }  # fmt: skip


def test_what_a_write_that_was_cut_short_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "cases" / "SIN-2026-001"
    place.mkdir(parents=True)
    (place / ".SIN-2026-001_panel-notice_v1_20260320.docx.4711.tmp").write_bytes(b"half")
    for name in ("a paper.docx", ".hidden", "notes.tmp", ".notes.tmp"):
        (place / name).write_bytes(b"somebody's")
    clear_unfinished(tmp_path)
    assert {path.name for path in place.iterdir()} == {"a paper.docx", ".hidden", "notes.tmp", ".notes.tmp"}
