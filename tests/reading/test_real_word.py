"""Real Word documents of public projects: their grids, their words before and after tracked changes, their comments."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from formflow.reading.document import Cell, Document, Mark, Paragraph, Table, paragraphs, tables
from formflow.reading.read import read
from reading.test_real_files import CASES, CORPUS

pytestmark = pytest.mark.skipif(not CASES, reason="the shared folder of real documents is not beside this checkout")
WORD = [case for case in CASES if case["file"].endswith((".docx", ".docm", ".dotx")) and "fields" in case]
SOUND = [case for case in WORD if case["expect"]["outcome"] != "reject"]


def read_case(case: dict[str, Any]) -> Document:
    path = CORPUS / case["file"]
    return read(path.read_bytes(), path.name)


def holding(key: str) -> Callable[[Callable[[dict[str, Any]], None]], Callable[[dict[str, Any]], None]]:
    """Run a test with every case that has a truth of this kind."""
    cases = [case for case in SOUND if case.get(key)]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


def bare(words: str) -> str:
    """The letters alone: white space is written differently in the truth, and boxes in their own way."""
    return re.sub(r"[\s☐☒☑✓\u200b]+", "", words)


def without(paragraph: Paragraph, marks: Mark) -> str:
    return "".join(piece.text for piece in paragraph.pieces if not piece.marks & (marks | Mark.NOTE))


def grid(table: Table) -> list[list[tuple[str, int]]]:
    return [[(bare(shown(cell)), cell.span) for cell in row] for row in table.rows]


def shown(cell: Cell) -> str:
    return "".join(without(paragraph, Mark.GONE) for paragraph in paragraphs(cell.blocks))


@holding("tables")
def test_every_table_of_a_real_file_is_the_grid_that_a_person_sees(case: dict[str, Any]) -> None:
    body = [table for table in tables(read_case(case).blocks) if not table.part]
    truth = [table for table in case["tables"] if table["part"] == "document.xml"]
    assert len(body) == len(truth)
    for found, true in zip(body, truth, strict=True):
        assert [sized(row, len(cells)) for row, cells in zip(grid(found), true["rows"], strict=True)] == [
            [(bare(cell["t"]) if cell.get("vmerge") != "continue" else "", cell.get("span", 1)) for cell in cells]
            for cells in true["rows"]
        ]


def sized(row: list[tuple[str, int]], cells: int) -> list[tuple[str, int]]:
    """A row without the empty cell that it begins with when it begins late: the truth does not tell of it."""
    return row[1:] if len(row) == cells + 1 and not row[0][0] else row


@holding("text_accepted")
def test_what_was_put_in_is_said_and_what_was_taken_out_is_kept_apart(case: dict[str, Any]) -> None:
    body = [paragraph for paragraph in paragraphs(read_case(case).blocks) if not paragraph.part]
    now = bare("".join(without(paragraph, Mark.GONE) for paragraph in body))
    before = bare("".join(without(paragraph, Mark.NEW) for paragraph in body))
    said = [bare(line) for line in case["text_accepted"]["document.xml"].split("\n")]
    boxes = bare("".join(without(each, Mark.GONE) for each in paragraphs(read_case(case).blocks) if each.part))
    assert [line for line in said if line not in now + boxes] == []
    for line in case["text_rejected"]["document.xml"].split("\n"):
        assert bare(line) in before + boxes


@holding("comments")
def test_every_comment_is_a_part_of_its_own(case: dict[str, Any]) -> None:
    document = read_case(case)
    found = [
        block.text for block in document.blocks if isinstance(block, Paragraph) and block.part.startswith("comment")
    ]
    assert found == [comment["text"] for comment in case["comments"]]
    assert "comments" in document.notes


@holding("pairs")
def test_every_label_and_answer_of_a_form_of_tables_stand_in_the_words(case: dict[str, Any]) -> None:
    words = bare("".join(paragraph.text for paragraph in paragraphs(read_case(case).blocks)))
    assert [pair for pair in case["pairs"] if bare(pair[0]) not in words or bare(pair[1]) not in words] == []


@pytest.mark.parametrize("case", SOUND, ids=[case["id"] for case in SOUND])
def test_a_warning_is_told_in_the_notes(case: dict[str, Any]) -> None:
    notes, flags = read_case(case).notes, case.get("flags") or {}
    assert ("macros" in notes) == bool(flags.get("macros"))
    assert ("odd-parts" in notes) >= bool(flags.get("altChunk"))
    assert ("external-link" in notes) == bool(set(flags.get("external", {})) - {"hyperlink"})


@pytest.mark.parametrize("case", SOUND, ids=[case["id"] for case in SOUND])
def test_every_control_has_its_place_among_the_words(case: dict[str, Any]) -> None:
    document = read_case(case)
    placed = {piece.control for each in paragraphs(document.blocks) for piece in each.pieces}
    missing = [number for number, held in enumerate(document.controls) if held.kind != "group" and number not in placed]
    assert missing == []
