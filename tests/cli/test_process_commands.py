"""What an office sees of the process on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formflow_command import formflow
from makers import a_form, a_later_form, a_working_folder

RETURN: dict[str, object] = {
    "agency_name": "Fenwold Hospital Trust",
    "author_name": "Sam Oakes",
    "records_secured": "no",
    "involvement_summary": "Seen twice.",
    "declared_name": "Sam Oakes",
    "declared_date": "2026-03-18",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A working folder with one case."""
    a_working_folder(tmp_path / "work")
    (tmp_path / "work" / "inbox" / "form.docx").write_bytes(a_form())
    assert formflow("run", cwd=tmp_path / "work").returncode == 0
    return tmp_path / "work"


def cases(root: Path, *words: str) -> list[dict[str, object]]:
    found = json.loads(formflow("cases", "--json", *words, cwd=root).stdout)
    assert isinstance(found, list)
    return found


def drop(root: Path, name: str, content: bytes) -> str:
    (root / "inbox" / name).write_bytes(content)
    return formflow("run", cwd=root).stdout


def test_read_shows_each_kind_of_form_with_its_own_questions(tmp_path: Path) -> None:
    path = tmp_path / "return.docx"
    path.write_bytes(a_later_form("air", **RETURN))
    read = json.loads(formflow("read", "--json", str(path)).stdout)
    assert (read["kind"], read["layout"]) == ("agency-return", "formflow-air-1")
    assert read["answers"]["agency_name"]["value"] == "Fenwold Hospital Trust"
    shown = formflow("read", str(path)).stdout
    assert "Section 2, Your agency and this return\nName of the agency " in shown
    assert "agency_name" not in shown
    assert "The child, child 1" not in shown


def test_decide_on_a_form_that_needs_its_case_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "return.docx"
    path.write_bytes(a_later_form("air", **RETURN))
    done = formflow("decide", str(path))
    assert done.returncode == 2
    assert "--history DIR" in done.stderr


def test_decide_with_the_history_holds_the_case_with_the_form_and_records_nothing(root: Path, tmp_path: Path) -> None:
    ref = str(cases(root)[0]["ref"])
    path = tmp_path / "death.docx"
    death = {"case_ref": ref, "became_death": "yes", "death_child": "1", "date_of_death": "2026-03-14"}
    path.write_bytes(a_later_form("cup", **death))
    made = json.loads(formflow("decide", str(path), "--on", "2026-03-20", "--history", str(root), "--json").stdout)
    assert made["duty"]["type"] == "abuse_neglect_death"
    assert cases(root)[0]["duty"] == "abuse_neglect_harm"


def test_cases_tell_stage_forms_returns_and_actions(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    ref = str(cases(root)[0]["ref"])
    assert "as form 2 of the case" in " ".join(
        drop(root, "r.docx", a_later_form("air", case_ref=ref, **RETURN)).split()
    )
    (case,) = cases(root)
    assert (case["stage"], case["stage_title"], case["forms"]) == (
        "2", "2 Information", ["notification", "agency-return"],
    )  # fmt: skip
    assert [one["agency"] for one in case["returns"]] == ["Fenwold Hospital Trust"]  # type: ignore[attr-defined]  # JSON
    assert "2 Information" in formflow("cases", cwd=root).stdout


def test_closed_cases_are_listed_only_with_all(root: Path) -> None:
    ref = str(cases(root)[0]["ref"])
    decided = {"case_ref": ref, "outcome": ("no_further_review",), "decision_date": "2026-03-18"}
    drop(root, "d.docx", a_later_form("drr", **decided))
    drop(root, "c.docx", a_later_form("cup", case_ref=ref, close_case="yes", close_date="2026-03-18"))
    assert cases(root) == []
    (closed,) = cases(root, "--all")
    assert (closed["stage"], closed["outcomes"], closed["owed"]) == ("closed", ["no_further_review"], [])
    assert formflow("verify", cwd=root).returncode == 0
