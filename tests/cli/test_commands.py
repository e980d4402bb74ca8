"""The commands as an office types them."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from formflow import shipped
from formflow.cli.make import _throw_away
from makers import a_form, a_working_folder


def formflow(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "formflow", *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def a_file(tmp_path: Path, name: str = "form.docx", content: bytes | None = None) -> str:
    (tmp_path / name).write_bytes(a_form() if content is None else content)
    return str(tmp_path / name)


def test_read_prints_one_object_with_answers_places_and_questions(tmp_path: Path) -> None:
    done = formflow("read", "--json", a_file(tmp_path))
    read = json.loads(done.stdout)
    assert done.returncode == 0
    assert (read["kind"], read["layout"], read["layout_certainty"]) == ("notification", "formflow-sin-1", "recognised")
    assert read["answers"]["incident_date"] | {"place": "?"} == {
        "state": "answered", "value": "2026-03-12", "precision": "day", "raw": "12/03/2026", "place": "?", "how": "tag",
        "confidence": 1.0,
    }  # fmt: skip
    assert read["answers"]["family_aware"]["value"] is None
    assert {found["name"] for found in read["found"]} >= {"incident_date", "nature:died"}


def test_read_says_of_each_of_several_files_what_it_is(tmp_path: Path) -> None:
    done = formflow("read", "--json", a_file(tmp_path), a_file(tmp_path, "empty.docx", b""))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 3
    assert (first["kind"], second["kind"], second["reason"]) == ("notification", "unreadable", "empty")


def test_read_for_a_person_is_a_table_in_words(tmp_path: Path) -> None:
    done = formflow("read", a_file(tmp_path))
    assert "Nothing was recorded." in done.stdout
    for words in ("A child has been seriously", "12 March 2026", "Suspected"):
        assert words in done.stdout
    assert "white_british" not in done.stdout


def test_a_finding_for_programs_rests_on_values_and_for_people_on_questions(tmp_path: Path) -> None:
    made = json.loads(formflow("decide", a_file(tmp_path), "--on", "2026-03-20", "--json").stdout)
    rests = {b["field"]: (b["value"], b["says"]) for finding in made["findings"] for b in finding["because"]}
    assert rests["abuse_neglect"] == ("suspected", "Suspected")
    assert rests["nature"] == (["seriously_harmed"], "A child has been seriously harmed")
    assert rests["crit_panel_view"] == ("blank", "blank")
    root = a_working_folder(tmp_path / "w").root
    a_file(root / "inbox")
    formflow("run", cwd=root)
    ref = json.loads(formflow("cases", "--json", cwd=root).stdout)[0]["ref"]
    told = formflow("explain", ref, cwd=root).stdout
    assert "abuse_neglect" not in told
    assert "known or suspected" in told


def test_an_earlier_demonstration_is_removed_although_its_originals_are_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = tmp_path / "demo"
    original = earlier / "register" / "evidence" / "ab" / "abcd"
    original.parent.mkdir(parents=True)
    original.write_bytes(b"a form")
    original.chmod(0o400)
    (earlier / ".formflow-demo").write_text("made by formflow demo")
    gone: list[int] = []

    def remove(folder: Path) -> None:
        gone.append(original.stat().st_mode & stat.S_IWUSR)  # Windows removes no file that is read-only

    monkeypatch.setattr("formflow.cli.make.shutil.rmtree", remove)
    _throw_away(earlier)
    assert gone == [stat.S_IWUSR]


def test_a_folder_inside_another_is_refused(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "w")
    folder.outbox.joinpath("READ ME.txt").unlink()
    folder.outbox.rmdir()
    folder.outbox.symlink_to(folder.inbox / "made", target_is_directory=True)
    (folder.inbox / "made").mkdir()
    done = formflow("run", "--folder", str(folder.root))
    assert done.returncode == 2
    assert "one inside the other" in done.stderr


def test_decide_takes_a_form_or_plain_answers_and_records_nothing(tmp_path: Path) -> None:
    answers = {"kind": "notification", "answers": {"nature": ["died"], "la_aware_date": "2024-03-12",
               "abuse_neglect": {"state": "not_known"}}}  # fmt: skip
    (tmp_path / "answers.json").write_text(json.dumps(answers))
    made = json.loads(formflow("decide", str(tmp_path / "answers.json"), "--on", "2024-03-20", "--json").stdout)
    assert made["edition"] == {"notification": "2023-12-15", "review": "2023-12-15"}
    assert made["duty"]["notify"] == "cannot_tell"
    due = {deadline["key"]: (deadline["due"], deadline["state"]) for deadline in made["deadlines"]}
    assert due["notify_panel"] == ("2024-03-19", "overdue")
    form = json.loads(formflow("decide", a_file(tmp_path), "--on", "2026-03-20", "--json").stdout)
    assert form["duty"]["type"] == "abuse_neglect_harm"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.json", "form.docx"]


def test_answers_that_are_no_answers_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"answers": {"no_such": "x", "sex": "y", "incident_in_area": "perhaps"}}')
    done = formflow("decide", str(tmp_path / "a.json"))
    assert done.returncode == 3
    for word in ("no_such", "sex", "incident_in_area"):
        assert word in done.stderr


def test_the_way_of_an_office_from_init_to_verify(tmp_path: Path) -> None:
    root = tmp_path / "our folder"
    assert formflow("init", str(root)).returncode == 0
    assert sorted(path.stem for path in (root / "blank forms").iterdir() if path.suffix == ".docx") == [
        "Action plan ACP-1",
        "Agency information return AIR-1",
        "Case update CUP-1",
        "Questions and answers AQS-1",
        "Rapid review outcome and decision record DRR-1",
        "Response of the national Panel PRR-1",
        "Serious case review of the earlier rules LSR-1",
        "Serious incident notification SIN-1",
    ]
    assert all(path.with_suffix(".pdf").exists() for path in (root / "blank forms").glob("*.docx"))
    a_file(root / "inbox")
    assert formflow("run", cwd=root).returncode == 0
    cases = json.loads(formflow("cases", "--json", cwd=root).stdout)
    assert [case["ref"] for case in cases] == ["SIN-" + case["opened"][:4] + "-001" for case in cases]
    why = json.loads(formflow("explain", cases[0]["ref"], "--json", cwd=root).stdout)
    assert why["decision"]["findings"]
    assert why["answers"]["abuse_neglect"]["raw"]
    for command in ("check", "verify", "cases"):
        assert formflow(command, "--folder", str(root)).returncode == 0, command
    register = root / "register" / "formflow.sqlite"
    content = bytearray(register.read_bytes())
    content[len(content) // 2] ^= 1
    register.write_bytes(bytes(content))
    assert formflow("verify", "--folder", str(root)).returncode == 5


def test_init_leaves_what_is_there_alone(tmp_path: Path) -> None:
    formflow("init", str(tmp_path / "w"))
    (tmp_path / "w" / "formflow.toml").write_text('[partnership]\nname = "Ours"\n')
    formflow("init", str(tmp_path / "w"))
    assert "Ours" in (tmp_path / "w" / "formflow.toml").read_text()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('colour = "blue"', '"colour" is not a setting'),
        ("settle_seconds = -1", "settle_seconds"),
        ("[partnership", "cannot be read"),
        ('register_folder = "outbox/register"', "register"),
        ('register_folder = "."', "one inside the other"),
        ('register_folder = "templates"', "one inside the other"),
    ],
)
def test_settings_that_are_wrong_are_named_before_anything_is_taken(tmp_path: Path, settings: str, says: str) -> None:
    folder = a_working_folder(tmp_path / "w")
    (folder.root / "formflow.toml").write_text(settings)
    done = formflow("run", "--folder", str(folder.root))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_working_folder_says_how_to_make_one(tmp_path: Path) -> None:
    done = formflow("run", "--folder", str(tmp_path))
    assert done.returncode == 2
    assert "formflow init" in done.stderr


def test_a_case_that_is_not_there_says_how_to_see_those_that_are(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "w")
    done = formflow("explain", "SIN-1999-001", "--folder", str(folder.root))
    assert done.returncode == 2
    assert "formflow cases" in done.stderr


def test_a_tracker_in_use_ends_with_try_later(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "w")
    (folder.outbox / "~$Case tracker.xlsx").write_bytes(b"x")
    assert formflow("run", "--folder", str(folder.root)).returncode == 4


def test_the_demonstration_runs_and_never_removes_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    done = formflow("demo", "--folder", str(tmp_path / "demo"))
    assert done.returncode == 0
    assert "8 taken, 1 returned, 1 received again" in done.stdout
    assert "1 questions" not in done.stdout
    assert "watch --folder" in done.stdout
    assert formflow("demo", "--folder", str(tmp_path / "demo")).returncode == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    assert formflow("demo", "--folder", str(tmp_path / "mine")).returncode == 2
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_explain_goes_from_the_answer_on_the_form_to_the_advice_with_its_receipt(tmp_path: Path) -> None:
    root = tmp_path / "w"
    formflow("init", str(root))
    a_file(root / "inbox")
    formflow("run", cwd=root)
    ref = json.loads(formflow("cases", "--json", cwd=root).stdout)[0]["ref"]
    told = json.loads(formflow("explain", ref, "--json", cwd=root).stdout)
    step = next(step for step in told["steps"] if step["key"] == "abuse_or_neglect")
    assert step["wording"]
    assert step["answers"][0]["raw"]
    assert step["answers"][0]["place"]
    receipt = told["receipt"]
    assert len(receipt["form"]) == len(receipt["templates"]) == len(receipt["layout formflow-sin-1"]) == 64
    assert receipt["formflow"]
    assert told["working"]["notify_panel"][0]["number"] == 0
    assert told["decision"]["tell"][0]["to"][0]["recipient"] == "panel"
    assert formflow("explain", ref, "--json", cwd=root).stdout == formflow("explain", ref, "--json", cwd=root).stdout
    words = formflow("explain", ref, cwd=root).stdout
    for part in ("The duty to notify", "written", "day 5", "to be confirmed", "Made with"):
        assert part in words


def test_a_new_edition_is_held_against_the_register_before_it_goes_live(tmp_path: Path) -> None:
    root = tmp_path / "w"
    formflow("init", str(root))
    a_file(root / "inbox")
    formflow("run", cwd=root)
    found = json.loads(formflow("guidance", "compare", "2026", "2015", "--json", cwd=root).stdout)
    assert (found["old"], found["new"]) == ("2026-03-19", "2015-03-26")
    changes = {(one["what"], one["key"]): one["new"] for one in found["cases"][0]["changes"]}
    assert changes["duty", "rapid_review"] == "no"
    same = formflow("guidance", "compare", "2026", "WT2026", cwd=root)
    assert "0 cases would come out differently" in " ".join(same.stdout.split())


def test_an_edition_that_is_not_live_yet_is_read_from_its_file(tmp_path: Path) -> None:
    root = tmp_path / "w"
    formflow("init", str(root))
    a_file(root / "inbox")
    formflow("run", cwd=root)
    newest = shipped.text("guidance/2026-03-19.toml")
    draft = newest.replace('follows = "2023-12-15"', 'follows = "2026-03-19"').replace('["2026", "WT2026"]', '["2027"]')
    (root / "2027-01-01.toml").write_text(draft.replace("working_days = 5", "working_days = 4"), encoding="utf-8")
    found = json.loads(formflow("guidance", "compare", "2026", "2027-01-01.toml", "--json", cwd=root).stdout)
    assert ("deadline", "notify_panel") in {(one["what"], one["key"]) for one in found["cases"][0]["changes"]}
    unknown = formflow("guidance", "compare", "2026", "2031", cwd=root)
    assert unknown.returncode == 2
    assert "2031" in unknown.stderr


def test_an_edition_is_shown_in_full_with_what_is_to_be_confirmed() -> None:
    assert "2015-03-26" in formflow("guidance", "show").stdout
    words = " ".join(formflow("guidance", "show", "2026").stdout.split())
    assert "chapter 5 has not been read yet" in words
    assert "to be confirmed" in words
