"""The audit chain made with a key, and the lines that tracker and papers carry out of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from formflow.errors import Stop
from formflow.recording.keyed.keys import make_key_file
from formflow.recording.note import Note
from formflow.recording.proof import anchors
from formflow.recording.proof.audit import line_hash, write_anchor
from formflow.recording.register import Register
from formflow.settings import WorkingFolder
from makers import NOON
from safekeeping import checked, keyed_folder, set_key, tamper


def opened(folder: WorkingFolder) -> Register:
    return Register.of(folder, lambda: NOON)


def with_notes(folder: WorkingFolder, *texts: str) -> None:
    with opened(folder) as register:
        for text in texts:
            register.keep_words([Note("SIN-2026-001", "Notes", text)])


def begun_without_a_key(tmp_path: Path) -> WorkingFolder:
    """A register of two notes made without a key and two with it."""
    plain = set_key(keyed_folder(tmp_path), None)
    with_notes(plain, "one", "two")
    folder = keyed_folder(tmp_path)
    with_notes(folder, "three", "four")
    return folder


def test_a_chain_is_keyed_from_the_line_on_that_says_so(tmp_path: Path) -> None:
    folder = begun_without_a_key(tmp_path)
    report = checked(folder)
    assert (report.problems, report.unsure, report.lines, report.keyed_from) == ((), (), 5, 3)


def test_a_key_that_was_not_used_yet_is_told_and_is_no_fault(tmp_path: Path) -> None:
    with_notes(set_key(keyed_folder(tmp_path), None), "one")
    report = checked(keyed_folder(tmp_path))
    assert report.problems == ()
    assert "no line of the audit chain is made with it yet" in report.unsure[0]


def lines_of(folder: WorkingFolder) -> list[Mapping[str, object]]:
    with closing(sqlite3.connect(folder.register / "formflow.sqlite")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("select * from audit order by seq")]


TAMPERINGS = {
    "a line is altered": "update audit set at = 'x' where seq = 4",
    "a plain line is altered": "update audit set at = 'x' where seq = 1",
    "a line is missing": "delete from audit where seq = 4",
    "the end is cut off": "delete from audit where seq = 5",
    "lines change places": "update audit set seq = case seq when 4 then -4 else seq end",
    "a row is altered": "update notes set text = 'other' where id = 4",
    "a row is missing": "delete from notes where id = 4",
    "the act that keyed it is missing": "delete from acts",
}


@pytest.mark.parametrize("what", sorted(TAMPERINGS))
@pytest.mark.parametrize("with_key", [True, False])
def test_tampering_is_found_also_where_the_key_is_not_to_be_had(tmp_path: Path, what: str, *, with_key: bool) -> None:
    folder = begun_without_a_key(tmp_path)
    tamper(folder, TAMPERINGS[what])
    report = checked(folder if with_key else set_key(folder, None))
    needs_the_key = what in ("a line is altered", "a row is altered")
    assert bool(report.problems) == (with_key or not needs_the_key), report.problems
    assert bool(report.unsure) != with_key


def rewritten(folder: WorkingFolder, first: int, *, what: str = "") -> None:
    """Somebody without the key makes every line from `first` on anew, as a plain chain, and the anchor file too."""
    prev, written = "", []
    for line in lines_of(folder):
        seq = int(str(line["seq"]))
        held = dict(line)
        if seq >= first:
            held["prev"], held["at"] = prev, "2026-01-01"
            held["what"] = what or held["what"]
            held["hash"] = line_hash(held)
            changed = ", ".join(f"{name} = '{held[name]}'" for name in ("prev", "at", "what", "hash"))
            written.append(f"update audit set {changed} where seq = {seq}")  # noqa: S608 - the words of a test
        prev = str(held["hash"])
    tamper(folder, *written)
    write_anchor(folder.register / "formflow.anchor", len(lines_of(folder)), prev)


def test_going_back_to_lines_without_a_key_is_found(tmp_path: Path) -> None:
    folder = begun_without_a_key(tmp_path)
    rewritten(folder, 4)
    assert "is not made with the key" in checked(folder).problems[0]


def test_a_chain_made_anew_without_its_keyed_line_is_found_by_what_papers_tell(tmp_path: Path) -> None:
    folder = begun_without_a_key(tmp_path)
    before = lines_of(folder)[-1]
    told = anchors.typed(anchors.said((int(str(before["seq"])), str(before["hash"]))))
    assert checked(folder, [told]).problems == ()
    rewritten(folder, 3, what="note kept")
    assert any("is another one" in problem for problem in checked(folder, [told]).problems)


def test_a_wrong_key_is_told_plainly_and_nothing_is_written_with_it(tmp_path: Path) -> None:
    folder = begun_without_a_key(tmp_path)
    make_key_file(tmp_path / "apart" / "other.key")
    other = set_key(folder, tmp_path / "apart" / "other.key")
    assert "Put the right key back" in checked(other).problems[0]
    with pytest.raises(Stop, match="is not the one this register was made with"):
        opened(other)
    with pytest.raises(Stop, match="the settings name none"):
        opened(set_key(folder, None))
    folder = keyed_folder(tmp_path)
    assert checked(folder).lines == 5
    assert checked(folder).problems == ()


def test_a_register_put_back_to_an_older_state_with_its_anchor_is_found_by_what_papers_tell(tmp_path: Path) -> None:
    folder = begun_without_a_key(tmp_path)
    shutil.copytree(folder.register, tmp_path / "older")
    with_notes(folder, "five")
    newest = lines_of(folder)[-1]
    told = anchors.typed(anchors.said((int(str(newest["seq"])), str(newest["hash"]))))
    shutil.rmtree(folder.register)
    shutil.copytree(tmp_path / "older", folder.register)
    assert checked(folder).problems == ()
    assert "older state" in checked(folder, [told]).problems[0]


@pytest.mark.parametrize(
    "text", ["line 12, 4f3a 9b2c 0d1e 77aa", "12 4f3a9b2c…", "Record: line 12, 4F3A 9B2C...", "12: 4f3a9b2c"]
)
def test_a_line_can_be_typed_as_it_stands_on_a_paper(text: str) -> None:
    anchor = anchors.typed(text)
    assert (anchor.number, anchor.begins[:8]) == (12, "4f3a9b2c")


@pytest.mark.parametrize("text", ["", "12", "12 4f3a", "twelve 4f3a9b2c", "12 xyz12345"])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(Stop, match="at least 8 digits"):
        anchors.typed(text)
