"""Real PDF forms of public projects, where the shared folder stands beside the checkout."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import Returned
from formflow.reading.document import Control, Document, paragraphs
from formflow.reading.pdf import read_pdf

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "real"
NO_ANSWERS = ("pushbutton", "signature")


def cases() -> dict[str, dict[str, Any]]:
    manifest = CORPUS / "manifest.jsonl"
    if not manifest.exists():
        return {}
    lines = (json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines())
    return {case["id"]: case for case in lines if case["file"].endswith(".pdf")}


CASES = cases()
pytestmark = pytest.mark.skipif(not CASES, reason="the shared folder of real documents is not beside this checkout")


def document(case_id: str) -> Document:
    return read_pdf((CORPUS / CASES[case_id]["file"]).read_bytes())


def folded(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    told = sorted(re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(part))).strip() for part in parts)
    return "; ".join(told)


def told(control: Control) -> str:
    if control.ticked is not None:
        return str(control.ticked)
    return folded(control.raw.split("; ")) if control.kind == "choice" else folded(control.raw)


def test_outcomes_are_as_people_settled_them() -> None:
    faults = {}
    for case_id, case in CASES.items():
        try:
            document(case_id)
            end = "accept"
        except Returned as fault:
            end = fault.reason
        expected = case["expect"]
        right = expected["reason"] if expected["outcome"] == "reject" else "accept"
        if end != right:
            faults[case_id] = (right, end)
    assert faults == {}


def test_at_least_99_of_100_fields_are_right_and_no_answer_is_invented() -> None:
    right = all_of_them = 0
    invented = []
    for case_id, case in CASES.items():
        fields = [field for field in case.get("fields", []) if field["kind"] not in NO_ANSWERS]
        if not fields:
            continue
        found: dict[str, list[Control]] = {}
        for control in document(case_id).controls:
            found.setdefault(control.name, []).append(control)
        for field in fields:
            said = [told(control) for control in found.get(field["name"], [])]
            true = {folded(field[key]) for key in ("display", "value") if field.get(key) not in (None, [])}
            empty = field.get("value") in (None, False, "", [])
            all_of_them += 1
            right += any(one in ("", "False") for one in said) if empty else bool(true & set(said))
            invented += [(case_id, field["name"]) for one in said if empty and one not in ("", "False")]
    assert invented == []
    assert right / all_of_them >= 0.99


@pytest.mark.parametrize(
    ("case_id", "name", "label"),
    [
        ("o30", "firstName", "First name:"),
        ("o30", "educationLevel", "Education Level:"),
        ("o30", "databases", "Database Experience (Select all that apply)"),
        ("o31", "First Name", "First Name"),
        ("o31", "female", "Gender:"),
        ("o32", "topmostSubform[0].Page1[0].School_Name[0]", "School Name:"),
        ("o32", "topmostSubform[0].Page1[0].Room_2[0]", "Room #"),
        ("o32", "topmostSubform[0].Page1[0]._2nd_choice[0]", "2nd choice"),
        ("o35", "FederalAgencyName", "* 10. Name of Federal Agency:"),
    ],
)
def test_a_field_gets_its_label_from_where_it_stands(case_id: str, name: str, label: str) -> None:
    assert [control.label for control in document(case_id).controls if control.name == name] == [label]


def test_the_words_beside_a_box_are_told() -> None:
    boxes = {control.name: control.beside for control in document("o30").controls if control.kind == "tick"}
    assert boxes == {"typeScript": "TypeScript", "javaScript": "JavaScript", "java": "Java", "cSharp": "C#"}


def test_a_flattened_form_gives_labels_with_answers_beside_them() -> None:
    (table,) = document("o46").blocks
    rows = [[cell.text for cell in row] for row in getattr(table, "rows", ())]
    assert rows[:4] == [["Given Name:", "ABC"], ["Family Name:", "DEF"], ["Address 1:", ""], ["Address 2:", ""]]


def test_running_text_from_right_to_left_is_kept() -> None:
    assert "Python" in " ".join(one.text for one in paragraphs(document("o47").blocks))
