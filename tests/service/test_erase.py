"""Erasing a case: nothing of it is left anywhere, the record stays provable, and other cases lose nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from formflow.cli import erase as desk
from formflow.cli import work
from formflow.deciding.decide import decide
from formflow.errors import Stop, TryLater
from formflow.pipeline import Pipeline
from formflow.reading.apart import ReadingRoom
from formflow.recording.erase import Plan
from formflow.recording.evidence import Evidence
from formflow.recording.keyed.keys import keys_of
from formflow.recording.note import Conflict, Note, Source
from formflow.recording.proof.verify import verify
from formflow.recording.register import Register
from formflow.recording.sqlite import SqliteStore
from formflow.service.keeping import erase as service
from formflow.service.keeping.anchors import anchors_in
from formflow.service.keeping.backup import backup
from formflow.service.keeping.erase import Erased, Wish, erase
from formflow.service.run import run
from formflow.service.standing import standing
from formflow.service.tracker.refresh import NAME, PREVIOUS, refresh
from formflow.settings import WorkingFolder
from formflow_command import formflow
from makers import NOON, a_case, a_form, a_pdf_form, a_working_folder, the_rules
from reading.mail_maker import attach, letter
from registered import take_case
from safekeeping import checked, holding, keyed_folder, tamper

REF, OTHER, THIRD = "SIN-2026-001", "SIN-2026-002", "SIN-2026-003"
PLANTED = ("Quillfeather", "Ottoline", "Wendlebury", "Yarrowby")
"""Words of the case that is erased, in its forms and in what people typed."""
WHY = Wish(REF, "clerk", before_time="dropped by mistake")


def planted(**more: object) -> bytes:
    answers: dict[str, object] = {
        "child_1_forename": "Ottoline", "child_1_surname": "Quillfeather", "abuse_type": ("neglect",),
        "incident_summary": "Seen by Wendlebury at home.",
    }  # fmt: skip
    return a_form((), **{**answers, **more})


def take(folder: WorkingFolder, **forms: bytes) -> None:
    for name, content in forms.items():
        (folder.inbox / name.replace("_", ".")).write_bytes(content)
        with Pipeline.open(folder, lambda: NOON) as pipeline:
            run(pipeline, lambda: NOON)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of three cases; the one to be erased came first, and also in a message with the third."""
    root = tmp_path_factory.mktemp("office")
    folder = a_working_folder(root / "work")
    third = a_pdf_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
    again = planted(immediate_action="Yarrowby has the child.", case_ref=REF)
    take(folder, one_docx=planted())
    take(folder, two_docx=a_form(child_1_surname="Venn", child_1_dob="2020-02-02", abuse_type=("neglect",)))
    take(folder, mail_eml=bytes(attach(attach(letter(), "a.docx", again), "b.pdf", third)))
    take(folder, copy_docx=planted())
    backup(folder, root / "kept", NOON)
    with Pipeline.open(folder, lambda: NOON) as pipeline:
        typed = Source("Wendlebury", "2026-03-20", 1)
        words = [Note(OTHER, "Notes", "theirs"), Note(REF, "Next step", "ask Yarrowby", typed)]
        beside = [Conflict(OTHER, "Notes", "a", "b", "why"), Conflict("", "Summary", f"{REF} Yarrowby", "", "why")]
        pipeline.register.keep_words(words, beside)
        refresh(pipeline, NOON)
        refresh(pipeline, NOON)
    cases = folder.outbox / "cases" / REF
    (cases / "our minutes of Yarrowby.txt").write_text("Ottoline", "utf-8")
    (cases / "earlier versions").mkdir(exist_ok=True)
    (cases / "earlier versions" / "old.pdf").write_bytes(b"Quillfeather")
    shutil.copy(folder.outbox / NAME, folder.outbox / "Case tracker (as left 2026-03-20 1200).xlsx")
    return root


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> WorkingFolder:
    shutil.copytree(once / "work", tmp_path / "work")
    return WorkingFolder.open(tmp_path / "work")


def erased(folder: WorkingFolder, wish: Wish = WHY) -> Erased:
    with patch.object(ReadingRoom, "warm"):  # no form is read here
        return erase(folder, wish, lambda: NOON)


def nothing_is_left(folder: WorkingFolder) -> None:
    places = {place for place in holding(folder.root, *PLANTED) if not place.startswith("outbox/cases/SIN-2026-003")}
    # The message also brought the form of the third case, so that its original stays, and is said to.
    places = {place for place in places if "register/evidence" not in place}
    assert places == set()
    assert not (folder.outbox / "cases" / REF).exists()
    book = load_workbook(folder.outbox / NAME)
    assert not [c.value for page in book for row in page.iter_rows() for c in row if REF in str(c.value)]
    assert not (folder.register / PREVIOUS).exists()
    assert not list(folder.outbox.glob("Case tracker (*"))
    assert REF not in (folder.outbox / "status.html").read_text("utf-8")


def the_rest_is_whole(folder: WorkingFolder) -> None:
    report = checked(folder, list(anchors_in(folder.outbox)))
    assert report.problems == ()
    assert report.erased == (REF,)
    with Register.of(folder, lambda: NOON, writing=False) as register:
        assert register.refs() == {OTHER, THIRD}
        assert register.notes(OTHER)["Notes"] == "theirs"
        assert [one.text for one in register.notebook.conflicts()] == ["a"]
        assert register.next_ref("SIN", 2026) == "SIN-2026-004"
        kept = {entry.sha256 for entry in register.entries()}
        assert set(register.evidence.all()) == kept
        assert {entry.case_ref for entry in register.entries()} == {"", OTHER, THIRD}


def test_nothing_is_left_of_an_erased_case_and_everything_else_stays(folder: WorkingFolder) -> None:
    assert holding(folder.root, *PLANTED)
    done = erased(folder)
    nothing_is_left(folder)
    the_rest_is_whole(folder)
    assert done.backups == ("formflow-backup-20260320-120000.zip",)
    assert [other for _, other in done.shared] == [THIRD]
    assert done.copies == ("Case tracker (as left 2026-03-20 1200).xlsx",)
    (message,) = (folder.outbox / "cases" / THIRD).glob(f"{THIRD}_message_*.eml")
    assert message.read_bytes()
    with pytest.raises(Stop, match="erased already"):
        erased(folder)


def test_the_trace_says_who_and_why_and_names_no_child(folder: WorkingFolder) -> None:
    erased(folder)
    with Register.of(folder, lambda: NOON, writing=False) as register:
        (act,) = register.acts_of("case erased")
    assert (act.subject, act.told["by"], act.told["reason"], act.at) == (
        REF, "clerk", "dropped by mistake", NOON.isoformat(),
    )  # fmt: skip
    assert "notes/2" in act.told_list("rows")
    assert not any(word in json.dumps(act.told) for word in PLANTED)


def test_only_the_rows_the_line_names_may_be_missing(folder: WorkingFolder) -> None:
    erased(folder)
    tamper(folder, "delete from notes where id = 1")
    assert checked(folder).problems == ("The row notes/1 was taken away.",)


def test_a_case_taken_away_without_a_line_is_found(folder: WorkingFolder) -> None:
    tamper(folder, *(f"delete from {table} where case_ref = '{REF}'" for table in ("submissions", "decisions")))  # noqa: S608
    assert any("was taken away" in problem for problem in checked(folder).problems)


def test_decisions_that_rested_on_an_erased_case_are_told_of_and_raise_no_alarm(folder: WorkingFolder) -> None:
    erased(folder)
    report = checked(folder)
    assert report.problems == ()
    assert any("made while there was a case that is erased now" in words for words in report.unsure)
    take(folder, four_docx=a_form(child_1_surname="Ostrava", child_1_dob="2018-02-02", abuse_type=("neglect",)))
    assert checked(folder).problems == ()


def test_numbers_of_notes_and_conflicts_are_never_given_again(folder: WorkingFolder) -> None:
    erased(folder)
    with Register.of(folder, lambda: NOON) as register:
        register.keep_words([Note(OTHER, "Next step", "new")], [Conflict(OTHER, "Notes", "new", "", "why")])
        assert register.notebook.last() == 3
        assert [one.number for one in register.notebook.conflicts()] == [1, 3]


def test_an_old_tracker_put_back_brings_nothing_of_an_erased_case_back(folder: WorkingFolder, tmp_path: Path) -> None:
    book = load_workbook(folder.outbox / NAME)
    page = book["Open cases"]
    heads = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        row[heads.index("Notes")].value = f"typed late of {row[0].value}"
    book.save(tmp_path / "old.xlsx")
    erased(folder)
    shutil.copy(tmp_path / "old.xlsx", folder.outbox / NAME)
    with Pipeline.open(folder, lambda: NOON) as pipeline:
        refresh(pipeline, NOON)
        assert pipeline.register.notes(REF) == {}
        assert not any(REF in one.text + one.ref for one in pipeline.register.notebook.conflicts())
        late = [one.text for one in pipeline.register.notebook.conflicts() if one.ref == OTHER]
        assert f"typed late of {OTHER}" in {*late, *pipeline.register.notes(OTHER).values()}


def test_what_was_seen_and_what_is_recorded_balance_when_a_case_is_erased(folder: WorkingFolder) -> None:
    erased(folder)
    with Register.of(folder, lambda: NOON, writing=False) as register:
        found = standing(folder, register, NOON)
    assert found.balance.problems == ()
    assert found.balance.seen == found.balance.accounted


def test_a_returned_form_goes_with_the_case_where_people_say_so(folder: WorkingFolder) -> None:
    take(folder, wrong_docx=a_form(("incident_date", "la_aware_date"), child_1_forename="Ottoline"))
    (returned,) = (path.name for path in (folder.outbox / "returned").iterdir())
    with pytest.raises(Stop, match="no form that was returned"):
        erased(folder, Wish(REF, "clerk", "asked", ("20260101-000000-abcdef12",)))
    done = erased(folder, Wish(REF, "clerk", "asked", (returned,)))
    assert done.returned == 1
    assert not (folder.outbox / "returned" / returned).exists()
    the_rest_is_whole(folder)


def test_a_case_on_hold_or_before_its_time_is_not_erased(folder: WorkingFolder) -> None:
    before = (folder.register / "formflow.sqlite").read_bytes()
    with pytest.raises(Stop, match="is not closed"):
        erased(folder, Wish(REF, "clerk"))
    settings = folder.root / "formflow.toml"
    said = settings.read_text("utf-8").replace("[retention]", f'[retention]\nlegal_hold = ["{REF.lower()}"]')
    if "legal_hold" not in said:
        said += f'\n[retention]\nlegal_hold = ["{REF.lower()}"]\n'
    settings.write_text(said, "utf-8")
    with pytest.raises(Stop, match="legal hold"):
        erased(WorkingFolder.open(folder.root))
    assert (folder.outbox / "cases" / REF).exists()
    assert len((folder.register / "formflow.sqlite").read_bytes()) == len(before)


def test_the_command_wants_the_reference_twice(folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: OTHER)
    with pytest.raises(Stop, match="Nothing was erased"):
        desk.erase(REF, folder.root, "asked", (), sure=False)
    assert (folder.outbox / "cases" / REF).exists()
    done = formflow("erase", REF.lower(), "--before-time", "asked", "--yes", "--folder", str(folder.root))
    assert done.returncode == 0, done.stderr
    assert "formflow-backup-20260320-120000.zip" in done.stdout
    assert "Quillfeather" not in done.stdout + done.stderr


def test_how_things_stand_is_told_of_an_encrypted_register_too(tmp_path: Path) -> None:
    folder = keyed_folder(tmp_path, encrypt=True)
    take(folder, one=planted())
    told = formflow("status", "--folder", str(folder.root))
    assert (told.returncode, told.stderr) == (0, "")
    assert formflow("export", "nhs", "--folder", str(folder.root)).returncode == 0
    assert formflow("init", str(folder.root)).returncode == 0


def test_a_case_is_erased_from_an_encrypted_register_too(tmp_path: Path) -> None:
    folder = keyed_folder(tmp_path, encrypt=True)
    with patch.object(ReadingRoom, "warm"), Pipeline.open(folder, lambda: NOON) as pipeline:
        for number in (1, 2):
            take_case(pipeline, number, a_case((), abuse_type=("neglect",)).submissions[0])
        pipeline.register.keep_words([Note("", "Lists", f"{REF} Yarrowby"), Note(OTHER, "Notes", "theirs")])
    done = erased(folder)
    assert (done.rows, done.originals) == (6, 1)
    rules = the_rules()
    report = verify(folder.register, lambda case, on, _, history: decide(case, rules, on, history), keys_of(folder))
    assert report.problems == ()
    with Register.of(folder, lambda: NOON, writing=False) as register:
        assert register.refs() == {OTHER}
        assert dict(register.notes("")) == {}
        assert dict(register.notes(OTHER)) == {"Notes": "theirs"}


def cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _second_original(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Evidence.drop

    def drop(self: Evidence, sha256: str) -> None:
        monkeypatch.setattr(Evidence, "drop", cut)
        whole(self, sha256)

    monkeypatch.setattr(Evidence, "drop", drop)


def _within_the_places(monkeypatch: pytest.MonkeyPatch) -> None:
    def rmtree(path: Path, **_: object) -> None:
        next(path.glob("*.docx")).unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", rmtree)


MOMENTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "before it is begun": lambda m: m.setattr(Plan, "keep", cut),
    "before the rows": lambda m: m.setattr(service, "erase_rows", cut),
    "within the rows": lambda m: m.setattr("formflow.recording.erase.delete", cut),
    "before the places": lambda m: m.setattr(service, "take_away", cut),
    "within the places": _within_the_places,
    "between two originals": _second_original,
    "before the tracker": lambda m: m.setattr(service, "_clear_tracker", cut),
    "before the tracker's copies": lambda m: m.setattr(service, "clear_unfinished", cut),
    "before the file is made small": lambda m: m.setattr(SqliteStore, "compact", cut),
    "before it is finished": lambda m: m.setattr(Plan, "drop", cut),
}


OFTEN = ("before the rows", "within the rows", "within the places", "before the tracker", "before it is finished")
LONG = bool(os.environ.get("FORMFLOW_LONG_WALK"))


@pytest.mark.parametrize("moment", MOMENTS if LONG else OFTEN)
def test_cut_short_at_any_moment_and_begun_again_it_is_completed(
    folder: WorkingFolder, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    MOMENTS[moment](monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        erased(folder)
    monkeypatch.undo()
    report = checked(folder)
    if moment not in ("before it is begun", "before it is finished"):
        assert report.problems == (
            f"The erasure of {REF} was begun and is not finished. To finish it: formflow erase {REF}",
        )
    if moment != "before it is finished":
        erased(folder, WHY if moment == "before it is begun" else Wish(REF, "clerk"))
    nothing_is_left(folder)
    the_rest_is_whole(folder)


def test_no_form_is_taken_while_an_erasure_is_not_finished(folder: WorkingFolder) -> None:
    with Register.of(folder, lambda: NOON) as register:
        register.act("erasure begun", REF, {**WHY.told, "also": []})
    (folder.inbox / "late.docx").write_bytes(planted(case_ref=REF))
    with patch.object(ReadingRoom, "warm"), pytest.raises(Stop, match="formflow erase SIN-2026-001"):
        work.run(folder.root)
    assert (folder.inbox / "late.docx").exists()


def test_while_the_tracker_is_open_nothing_is_begun(folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_open(*_: object) -> None:
        raise TryLater("open")

    monkeypatch.setattr(service, "refresh", is_open)
    with pytest.raises(TryLater):
        erased(folder)
    monkeypatch.undo()
    assert checked(folder).problems == ()
    assert (folder.outbox / "cases" / REF).exists()
