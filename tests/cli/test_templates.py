from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from formflow.cli import care, templates
from formflow.errors import Stop
from formflow.service.run import run
from makers import NOON, a_form, a_pipeline, a_working_folder
from template_cases import a_template


def broken(root: Path) -> None:
    a_working_folder(root)
    (root / "templates" / "panel" / "panel-notice.docx").write_bytes(
        a_template("{{ ref }} {{ duty.tilte }}", header="{{ ref }} {{ marking }}")
    )


def test_sound_templates_are_said_to_be_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_working_folder(tmp_path)
    templates.check(tmp_path)
    assert "templates are in order" in capsys.readouterr().out


def test_a_misspelt_word_ends_the_check_with_its_place_and_the_right_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(tmp_path)
    with pytest.raises(Stop, match=r"1 of .* templates is to be mended"):
        templates.check(tmp_path)
    told = " ".join(capsys.readouterr().out.split())
    assert "tilte" in told
    assert 'mean "title"?' in told


def test_the_check_of_everything_names_the_template_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(tmp_path)
    with pytest.raises(Stop, match="1 thing to mend"):
        care.check(tmp_path)
    told = " ".join(capsys.readouterr().out.split())
    assert '"panel/panel-notice.docx": there is no word "tilte"' in told


def test_the_words_are_listed_by_event_as_a_table_and_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    templates.words("correction", as_json=False)
    assert "correction.changes[].old" in capsys.readouterr().out
    templates.words(None, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert {"word": "ref", "kind": "text", "sample": "SIN-2026-001"} in told["notification"]
    with pytest.raises(Stop, match="There are"):
        templates.words("notifcation", as_json=False)


def test_a_form_is_taken_with_a_broken_template_and_the_tracker_says_what_is_wrong(tmp_path: Path) -> None:
    broken(tmp_path)
    (tmp_path / "inbox" / "form.docx").write_bytes(a_form())
    with a_pipeline(tmp_path) as pipeline:
        done = run(pipeline, lambda: NOON)
        assert done.count("taken") == 1
        assert len(list((tmp_path / "outbox" / "cases" / "SIN-2026-001").glob("*panel-notice*.docx"))) == 1
        summary = load_workbook(tmp_path / "outbox" / "Case tracker.xlsx")["Summary"]
    words = " ".join(str(cell.value) for row in summary.iter_rows() for cell in row if cell.value)
    assert "panel/panel-notice.docx" in words
    assert "the version that comes with formflow" in words
