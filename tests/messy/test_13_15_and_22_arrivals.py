"""Messy cases 13 to 15 and 22: two forms of one incident, a correction, copies, and files that are not whole yet."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from formflow.recording.register import Register
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pdf_form, a_pipeline, a_working_folder
from messy.words import drop, take_all

PLACE = "12 Foundry Terrace, Fenwold"


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return a_working_folder(tmp_path / "work")


def cases(folder: WorkingFolder) -> dict[str, list[str]]:
    """Every case with what a person is asked about its newest form."""
    with Register.open(folder.register, lambda: NOON, writing=False) as register:
        records = register.cases()
    return {record.ref: [q.message for q in record.case.submissions[-1].queries] for record in records}


def log(folder: WorkingFolder) -> list[tuple[str, str, str]]:
    """What became of each arrival, the case, and the reason."""
    with Register.open(folder.register, lambda: NOON, writing=False) as register:
        return [(entry.outcome, entry.case_ref, entry.reason) for entry in register.entries()]


def test_13_two_forms_of_one_incident_are_proposed_as_one_and_never_merged(folder: WorkingFolder) -> None:
    drop(folder, "police.docx", a_form(incident_place=PLACE, child_1_role="subject"))
    take_all(folder)
    other = {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2009-06-01"}
    content = a_form((), incident_place=PLACE, child_1_role="alleged_perpetrator", notifier_name="Ola Berg", **other)
    drop(folder, "youth justice.docx", content)
    take_all(folder)
    first, second = cases(folder).items()
    assert (first[0], second[0]) == ("SIN-2026-001", "SIN-2026-002")
    assert any("SIN-2026-001" in said and "may be one incident" in said for said in second[1])


def test_14_a_correction_is_the_next_version_with_what_changed_and_the_older_one_is_kept(
    folder: WorkingFolder,
) -> None:
    first = a_form()
    changes = {"incident_place": "At school", "incident_date": "2026-03-11", "immediate_action": "Moved to an uncle."}
    second = a_form((), what_changed="Place, date and action.", **changes)
    drop(folder, "SIN form JA.docx", first)
    take_all(folder)
    drop(folder, "SIN form JA v2 FINAL (1).docx", second)
    take_all(folder)
    with Register.open(folder.register, lambda: NOON, writing=False) as register:
        (record,) = register.cases()
    assert record.case.version == 2
    values = [submission.answers["incident_place"].value for submission in record.case.submissions]
    assert values == ["At home", "At school"]
    assert any("Please confirm that it belongs there" in q.message for q in record.case.submissions[-1].queries)
    kept = folder.outbox / "cases" / record.ref
    originals = {path.read_bytes() for path in kept.rglob("*_form_*.docx")}
    assert {first, second} <= originals
    changed = " ".join(path.name for path in kept.rglob("*.docx"))
    assert "v1" in changed
    assert "v2" in changed


def test_15_the_same_bytes_under_the_names_of_copies_make_no_second_case_and_are_logged(
    folder: WorkingFolder,
) -> None:
    content = a_form()
    names = ("SIN form JA.docx", "Copy of SIN form JA.docx", "SIN form JA-LAPTOP04.docx", "SIN form JA (1).docx")
    for name in names:
        drop(folder, name, content)
    done = take_all(folder)
    assert (done.count("taken"), done.count("duplicate")) == (1, 3)
    assert list(cases(folder)) == ["SIN-2026-001"]
    assert sorted(outcome for outcome, _, _ in log(folder)) == ["duplicate", "duplicate", "duplicate", "taken"]
    assert not [path for path in folder.inbox.iterdir() if path.name in names]


def settling(folder: WorkingFolder, seconds: float) -> None:
    settings = folder.root / "formflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("settle_seconds = 0.0", f"settle_seconds = {seconds}"), encoding="utf-8")


def test_22_a_file_that_grows_is_taken_when_it_is_whole_and_lock_files_are_passed_over(folder: WorkingFolder) -> None:
    settling(folder, 0.3)
    content = a_form()
    drop(folder, "~$SIN form.docx", b"somebody")
    with a_pipeline(folder.root) as pipeline:
        watching = Watch(pipeline, lambda: NOON)
        for share in (0.1, 0.5):
            drop(folder, "SIN form.docx", content[: int(len(content) * share)])
            watching.once()
            assert pipeline.register.entries() == ()
        path = drop(folder, "SIN form.docx", content)
        look_until_gone(watching, path)
        assert [entry.outcome for entry in pipeline.register.entries()] == ["taken"]
    assert (folder.inbox / "~$SIN form.docx").exists()


def look_until_gone(watching: Watch, path: Path) -> None:
    for _ in range(40):
        watching.once()
        if not path.exists():
            return
        time.sleep(0.05)


def test_22_a_copy_that_pauses_half_way_is_waited_for_until_it_has_its_end(folder: WorkingFolder) -> None:
    for name, content in (("SIN form.docx", a_form()), ("SIN form.pdf", a_pdf_form(incident_place="At school"))):
        path = drop(folder, name, content[: len(content) // 2])
        with a_pipeline(folder.root) as pipeline:
            watching = Watch(pipeline, lambda: NOON)
            watching.once()
            assert path.exists()
            path.write_bytes(content)
            look_until_gone(watching, path)
            assert {entry.outcome for entry in pipeline.register.entries()} == {"taken"}


def test_22_a_copy_that_stopped_half_way_and_an_empty_file_are_named_as_unfinished(folder: WorkingFolder) -> None:
    drop(folder, "half.docx", a_form()[:9000])
    drop(folder, "empty.docx", b"")
    assert take_all(folder).count("returned") == 2
    assert sorted(reason for _, _, reason in log(folder)) == ["damaged", "empty"]
