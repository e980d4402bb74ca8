"""Hostile PDFs, where the shared folder stands beside the checkout: each ends as its list says, none harms another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import Returned
from formflow.reading.apart import ReadingRoom
from formflow.reading.document import Document, paragraphs

MAKER = Path(__file__).parents[2].parent / "shared" / "corpus" / "hostile" / "gen_pdf.py"
SECONDS, MEMORY = 5.0, 300 * 1024 * 1024
ALSO_RIGHT = {
    "p14": "accept",
    "p15": "accept",
    "p40": "accept",
    "p48": "damaged",
    "p51": "accept",
    "p60": "accept",
}
"""Where the list says that another end is as good, or tolerable."""

pytestmark = pytest.mark.skipif(
    not MAKER.exists() or sys.platform != "linux", reason="the maker of hostile files is not beside this checkout"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("hostile")
    done = subprocess.run([sys.executable, str(MAKER), str(made)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the hostile files could not be made: {done.stderr[-200:]}")
    return made


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom(SECONDS, MEMORY) as made:
        yield made


def listed(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "manifest-pdf.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found(folder: Path, name: str) -> bytes:
    return next(folder.rglob(name)).read_bytes()


def ending(room: ReadingRoom, content: bytes, name: str) -> str | Document:
    try:
        return room.read(content, name)
    except Returned as fault:
        return fault.reason


def answers(document: Document) -> dict[str, object]:
    values: dict[str, object] = {}
    for control in document.controls:
        values.setdefault(control.name, control.raw if control.ticked is None else control.ticked)
    return values


def wrong(case: dict[str, Any], document: Document) -> dict[str, object]:
    """The values that are not as the list says; one that may be read in two ways is not looked at."""
    read = answers(document)
    return {
        name: read.get(name)
        for name, value in case.get("expect", {}).items()
        if value is not None and read.get(name) != value
    }


def test_every_hostile_file_ends_as_its_list_says_in_time_and_memory(folder: Path, room: ReadingRoom) -> None:
    faults: list[tuple[object, ...]] = []
    for case in listed(folder):
        end = ending(room, found(folder, case["file"]), case["file"])
        told = end if isinstance(end, str) else "accept"
        right = case["reason"] if case["outcome"] == "reject" else "accept"
        if told not in (right, ALSO_RIGHT.get(case["id"])):
            faults.append((case["id"], case["what"], right, told))
        elif isinstance(end, Document) and (values := wrong(case, end)):
            faults.append((case["id"], case["what"], case["expect"], values))
    assert faults == []


def test_a_sound_form_is_read_after_each_hostile_one(folder: Path, room: ReadingRoom) -> None:
    good = found(folder, "p00-good.pdf")
    for case in listed(folder):
        ending(room, found(folder, case["file"]), case["file"])
        document = ending(room, good, "good.pdf")
        assert isinstance(document, Document), case["id"]
        assert answers(document) == {"name": "Ann Smith", "date": "2024-05-01"}, case["id"]


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("p04-field-tree-cycle.pdf", "damaged-part"),
        ("p18-javascript.pdf", "scripts"),
        ("p28-names-duplicate.pdf", "same-name"),
        ("p43-values-odd-types.pdf", "damaged-part"),
        ("p56-attachment.pdf", "attachments"),
    ],
)
def test_what_is_odd_about_a_file_that_was_read_is_noted(folder: Path, room: ReadingRoom, name: str, note: str) -> None:
    document = room.read(found(folder, name), name)
    assert note in document.notes


def test_what_is_hidden_or_differs_from_what_is_shown_is_a_doubt(folder: Path, room: ReadingRoom) -> None:
    ghost = {
        control.name: control for control in room.read(found(folder, "p45-fields-not-on-page.pdf"), "p.pdf").controls
    }
    assert ghost["ghost"].doubts == ("this answer is in the file, but nobody sees it on a page",)
    two = {control.name: control for control in room.read(found(folder, "p26-xfa-disagrees.pdf"), "p.pdf").controls}
    assert two["name"].raw == "Ann Smith"
    assert any("Mallory" in doubt for doubt in two["name"].doubts)


def test_pages_that_multiply_without_end_still_give_what_stands_on_them(folder: Path, room: ReadingRoom) -> None:
    document = room.read(found(folder, "p54-xobject-cycle.pdf"), "p54.pdf")
    assert "self" in [paragraph.text for paragraph in paragraphs(document.blocks)]
