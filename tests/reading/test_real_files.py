"""Real documents of public projects, where the shared folder stands beside the checkout."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import Returned
from formflow.reading.document import Control, Document
from formflow.reading.read import read

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "real"
NO_ANSWERS = {"pushbutton", "signature", "docPartObj", "docPartList", "citation", "bibliography", "picture", "group"}


def cases() -> list[dict[str, Any]]:
    manifest = CORPUS / "manifest.jsonl"
    if not manifest.exists():
        return []
    return [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]


CASES = cases()
pytestmark = pytest.mark.skipif(not CASES, reason="the shared folder of real documents is not beside this checkout")


def folded(value: object) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(value))).strip()


def true_values(case: dict[str, Any]) -> Iterator[set[str]]:
    """For every field that is filled in: the ways in which its value may be told."""
    for field in case.get("fields", []):
        value = field.get("value")
        if field["kind"] in NO_ANSWERS or field.get("contains_sdt") or field.get("answered") is False:
            continue
        if value in (None, False, "", []) or not folded(value):
            continue
        told = {field.get("display") and listed(field["display"]), listed(value)} - {None, ""}
        yield {str(way) for way in told}


def listed(value: object) -> str:
    return "; ".join(sorted(folded(each) for each in value)) if isinstance(value, list) else folded(value)


def told(control: Control) -> str:
    if control.ticked is not None:
        return str(control.ticked)
    raw = folded(control.raw)
    return "; ".join(sorted(raw.split("; "))) if control.kind == "choice" else raw


def answers(document: Document) -> list[str]:
    return [told(control) for control in document.controls if control.kind not in ("group", "button", "signature")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_real_file_gives_every_answer_or_the_reason_why_not(case: dict[str, Any]) -> None:
    path = CORPUS / case["file"]
    expected = case["expect"]
    if expected["outcome"] == "reject":
        with pytest.raises(Returned) as fault:
            read(path.read_bytes(), path.name)
        assert fault.value.reason == expected["reason"]
        return
    found = answers(read(path.read_bytes(), path.name))
    lost = []
    for ways in true_values(case):
        match = next((way for way in ways if way in found), None)
        if match is None:
            lost.append(ways)
        else:
            found.remove(match)
    assert lost == []
    if case.get("fields"):
        assert [value for value in found if value not in ("", "False")] == [], "an answer that nobody gave"
