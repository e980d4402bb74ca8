"""Bringing a form of one's own, as a business manager types it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

from cli.test_commands import formflow
from makers import a_working_folder

DOCS = Path(__file__).parents[1] / "docs"
BLANK, FIRST, SECOND = (DOCS / f"harbourside-{name}.docx" for name in ("blank", "filled-1", "filled-2"))
FINISHED = DOCS / "harbourside.toml"


def learned(tmp_path: Path) -> str:
    done = formflow("layout", "learn", str(BLANK), "-o", str(tmp_path / "harbour.toml"))
    assert done.returncode == 0, done.stderr
    return (tmp_path / "harbour.toml").read_text(encoding="utf-8")


def test_a_blank_form_gives_a_layout_with_what_is_understood_and_what_is_left(tmp_path: Path) -> None:
    text = learned(tmp_path)
    made = tomllib.loads(text)
    assert made["title"] == "Serious incident notification to the Harbourside partners"
    assert made["edition"] == [{"name": "HSP/SIN/2", "marks": ["HSP/SIN/2"]}]
    labels = {field: words for part in made["section"] for field, words in part["labels"].items()}
    assert labels["incident_date"] == ["Date of incident"]
    left = text.partition("# Not placed")[2]
    assert '"Day the council\'s front door knew of it"' in left
    assert "perhaps la_aware_date: Date the local authority became aware" in left


def test_a_drafted_layout_never_replaces_a_file(tmp_path: Path) -> None:
    learned(tmp_path)
    again = formflow("layout", "learn", str(BLANK), "-o", str(tmp_path / "harbour.toml"))
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_the_finished_layout_is_proved_on_filled_in_forms() -> None:
    done = formflow("layout", "check", str(FINISHED), str(FIRST), str(SECOND))
    assert done.returncode == 0, done.stderr
    assert "Proved on 2 forms" in done.stdout


def test_words_behind_the_wrong_field_are_told(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    text = FINISHED.read_text(encoding="utf-8")
    wrong.write_text(text.replace('"notifier_name" = ["Name"]', '"child_N_full_name" = ["Name"]'), encoding="utf-8")
    done = formflow("layout", "check", str(wrong), str(FIRST))
    assert done.returncode == 5
    assert "Does the layout put these words behind" in " ".join(done.stdout.split())


def test_labels_that_are_on_no_sample_are_told(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    text = FINISHED.read_text(encoding="utf-8")
    wrong.write_text(text.replace('["Place of incident"]', '["Where it was"]'), encoding="utf-8")
    done = formflow("layout", "check", str(wrong), str(FIRST))
    assert done.returncode == 5
    assert "incident_place: Where it was" in done.stdout


def test_a_sample_that_is_another_form_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    text = FINISHED.read_text(encoding="utf-8")
    other.write_text(re.sub(r"(?m)^title = \[.*$", 'title = ["Another form altogether"]', text), encoding="utf-8")
    done = formflow("layout", "check", str(other), str(FIRST))
    assert done.returncode == 3
    assert "1 of 1 form not recognised as this form" in done.stdout
    assert "does not carry its marks" in " ".join(done.stdout.split())


def test_a_faulty_layout_and_a_missing_one_are_told_in_plain_words(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.toml"
    faulty.write_text('title = "X"\nkind = "notification"\n[marks]\ntitel = ["x"]\n', encoding="utf-8")
    done = formflow("layout", "check", str(faulty), str(FIRST))
    assert (done.returncode, "nothing a layout can say" in done.stderr) == (2, True)
    assert formflow("layout", "check", str(tmp_path / "none.toml"), str(FIRST)).returncode == 2


def test_a_layout_in_the_working_folder_is_used_and_listed(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path).root
    (folder / "layouts").mkdir(exist_ok=True)
    shutil.copy(FINISHED, folder / "layouts" / "harbourside.toml")
    listed = formflow("check", "--folder", str(folder))
    assert listed.returncode == 0, listed.stderr
    assert "your own: harbourside" in " ".join(listed.stdout.split())
    read = json.loads(formflow("read", "--json", "--folder", str(folder), str(FIRST)).stdout)
    assert (read["layout"], read["layout_certainty"]) == ("harbourside", "recognised")
    assert read["answers"]["notifier_name"]["value"] == "Maya Lund"
    assert read["answers"]["la_aware_date"]["value"] == "2026-03-13"


def test_a_layout_of_a_shipped_name_is_refused_and_both_are_named(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path).root
    (folder / "layouts").mkdir(exist_ok=True)
    shutil.copy(FINISHED, folder / "layouts" / "kent-kscb.toml")
    done = formflow("check", "--folder", str(folder))
    said = "".join(done.stdout.split())
    assert done.returncode == 2
    assert 'Twolayoutsarecalled"kent-kscb"' in said
    assert "data/layouts/kent-kscb.toml" in said


def test_the_how_to_shows_what_the_commands_really_say(tmp_path: Path) -> None:
    page = " ".join(
        (Path(__file__).parents[2] / "docs" / "how-to" / "bring-your-own-form.md").read_text(encoding="utf-8").split()
    )
    left = learned(tmp_path).partition("# Not placed")[2]
    for line in left.splitlines():
        if line.startswith('#   "'):
            assert " ".join(line.split()) in page, line
    checked = formflow("layout", "check", str(FINISHED), str(FIRST), str(SECOND)).stdout
    assert " ".join(checked.splitlines()[-2].split()) in page
