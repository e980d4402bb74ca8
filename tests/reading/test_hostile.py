"""Hostile and odd Word files: each ends as its list says, soon and small, and the next one does not suffer for it."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import Returned
from formflow.reading.apart import ReadingRoom
from formflow.reading.document import Document, paragraphs
from reading import word_maker as word
from reading.word_maker import control, paragraph

MAKER = Path(__file__).parents[2].parent / "shared" / "corpus" / "hostile" / "gen_docx.py"
pytestmark = pytest.mark.skipif(
    not MAKER.exists(), reason="the shared maker of hostile files is not beside this checkout"
)
SECONDS, MEGABYTES = 5.0, 300
NOTES = {"imported-part": "odd-parts"}
"""What our contract calls a warning of the list."""
UNSEEN = {"d45"}
"""A picture whose check sum is wrong: pictures are never opened, so nobody can know."""
FORM = word.docx(paragraph(control("Smith", tag="surname")))


@dataclass(frozen=True)
class Ended:
    """How reading a hostile file ended."""

    case: dict[str, Any]
    result: Document | Returned
    seconds: float
    """How long it took; of work, not of waiting for the processor, where the system says that."""
    megabytes: float
    after: str
    """What an ordinary form said that was read next."""


@pytest.fixture(scope="module")
def endings(tmp_path_factory: pytest.TempPathFactory) -> list[Ended]:
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True)
    lines = (folder / "manifest-docx.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["outcome"] != "ignore"]
    assert len(cases) > 60
    with ReadingRoom() as room:
        return [end(room, folder, case) for case in cases]


def end(room: ReadingRoom, folder: Path, case: dict[str, Any]) -> Ended:
    room.read(FORM, "form.docx")
    content = (folder / case["file"]).read_bytes()
    child = next(child.pid for child in multiprocessing.active_children() if child.name == "formflow-reading")
    before = peak(child, reset=True)
    start, worked = time.monotonic(), work(child)
    try:
        result: Document | Returned = room.read(content, case["file"])
    except Returned as returned:
        result = returned
    seconds = time.monotonic() - start
    if worked is not None and (done := work(child)) is not None:
        seconds = min(seconds, done - worked)
    after = room.read(FORM, "form.docx").controls[0].raw
    return Ended(case, result, seconds, max(before, peak(child)), after)


def peak(child: int | None, *, reset: bool = False) -> float:
    """The most memory that a process has held, in megabytes; 0 where the system does not say, or it is gone."""
    status = Path(f"/proc/{child}/status")
    try:
        if reset:
            Path(f"/proc/{child}/clear_refs").write_text("5", encoding="ascii")
        held = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines() if ":" in line)
        return int(held["VmHWM"].split()[0]) / 1000
    except (OSError, KeyError):
        return 0.0


def work(child: int | None) -> float | None:
    """Seconds this process and its child have worked, however busy the machine; None where that is not said."""
    try:
        told = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return time.process_time() + (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return None


def wrong(endings: list[Ended]) -> Iterator[tuple[str, str]]:
    for ended in endings:
        case, result = ended.case, ended.result
        if isinstance(result, Returned):
            if (case["outcome"], case["reason"]) != ("reject", result.reason):
                yield case["id"], f"returned as {result.reason}"
        elif case["outcome"] == "reject":
            yield case["id"], "taken"
        elif case["outcome"] == "accept-with-warning" and not told_in(result.notes, case):
            yield case["id"], f"taken without a note: {result.notes}"


def told_in(notes: tuple[str, ...], case: dict[str, Any]) -> bool:
    return case["id"] in UNSEEN or NOTES.get(case["reason"], case["reason"]) in notes


def test_each_hostile_file_ends_as_its_list_says(endings: list[Ended]) -> None:
    assert list(wrong(endings)) == []


def test_what_must_still_be_read_of_a_hostile_file_is_read_exactly(endings: list[Ended]) -> None:
    lost = []
    for ended in endings:
        if isinstance(ended.result, Document):
            told = {held.name: held.raw for held in ended.result.controls}
            said = {each.text for each in paragraphs(ended.result.blocks)}
            for name, value in (ended.case.get("expect") or {}).items():
                if told.get(name) != value and not (name not in told and value in said):
                    lost.append((ended.case["id"], name))
    assert lost == []


def test_no_hostile_file_takes_long_or_much(endings: list[Ended]) -> None:
    assert [(each.case["id"], each.seconds) for each in endings if each.seconds > SECONDS] == []
    assert [(each.case["id"], each.megabytes) for each in endings if each.megabytes > MEGABYTES] == []


def test_no_hostile_file_disturbs_the_one_after_it(endings: list[Ended]) -> None:
    assert [each.case["id"] for each in endings if each.after != "Smith"] == []
