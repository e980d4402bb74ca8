"""Everything that was ever seen in an inbox is in the ledger, and the counts balance."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.pipeline import Pipeline
from formflow.recording.ledger_counts import open_sightings
from formflow.service.balance import balance
from formflow.service.run import Run, run
from formflow.service.standing import Standing, standing
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pipeline, a_working_folder, lying_in

OTHER = {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2015-01-01"}


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return a_working_folder(tmp_path / "work")


@pytest.fixture
def pipeline(folder: WorkingFolder) -> Iterator[Pipeline]:
    with a_pipeline(folder.root) as opened:
        yield opened


def go(pipeline: Pipeline) -> Run:
    return run(pipeline, lambda: NOON)


def stands(pipeline: Pipeline) -> Standing:
    return standing(pipeline.folder, pipeline.register, NOON)


def counts(pipeline: Pipeline) -> dict[str, int]:
    made = balance(pipeline.register)
    assert made.problems == ()
    return {state: number for state, number in made.counts.items() if number}


def test_every_file_that_was_seen_is_counted_as_what_became_of_it(pipeline: Pipeline, folder: WorkingFolder) -> None:
    (folder.inbox / "one.docx").write_bytes(a_form())
    (folder.inbox / "same again.docx").write_bytes(a_form())
    (folder.inbox / "broken.docx").write_bytes(b"no form")
    (folder.inbox / "picture.jpg").write_bytes(b"x")
    go(pipeline)
    assert counts(pipeline) == {"taken": 1, "duplicate": 1, "returned": 1, "left": 1}
    assert all(not row.path for row in open_sightings(pipeline.register.engine) if row.state != "left")
    go(pipeline)
    assert counts(pipeline) == {"taken": 1, "duplicate": 1, "returned": 1, "left": 1}


def test_a_form_that_was_lost_between_the_two_sources_shows_as_an_imbalance(folder: WorkingFolder) -> None:
    (folder.inbox / "one.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        go(pipeline)
    with sqlite3.connect(folder.register / "formflow.sqlite") as database:
        database.execute("DELETE FROM sightings")
        database.execute(
            "INSERT INTO sightings VALUES (1, 'inbox', '', 1, 1, '2026-03-20', 'taken', 0, '', '', '', 'a'),"
            "(2, 'inbox', '', 1, 1, '2026-03-20', 'taken', 0, '', '', '', 'b')"
        )
    (folder.register / "formflow.seal").unlink()
    with a_pipeline(folder.root) as pipeline:
        found = stands(pipeline)
    assert "2 files were seen, and 1 are accounted for." in found.balance.problems
    assert found.exit_code == 5


def test_a_register_from_before_the_ledger_balances_from_the_first_look(folder: WorkingFolder) -> None:
    (folder.inbox / "one.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        go(pipeline)
    with sqlite3.connect(folder.register / "formflow.sqlite") as database:
        for table in ("sightings", "inboxes", "watches"):
            database.execute(f"DROP TABLE {table}")
        database.execute("UPDATE schema SET version = 3")
    (folder.register / "formflow.seal").unlink()
    with a_pipeline(folder.root) as pipeline:
        go(pipeline)
        assert counts(pipeline) == {"taken": 1}


def test_a_file_taken_away_before_it_settled_is_gone_and_not_forgotten(
    pipeline: Pipeline, folder: WorkingFolder
) -> None:
    (folder.inbox / "form.docx").write_bytes(b"")
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    assert counts(pipeline) == {"arriving": 1}
    (folder.inbox / "form.docx").unlink()
    watching.once()
    assert counts(pipeline) == {"gone": 1}


def test_a_corrected_file_under_the_same_name_is_another_sighting(pipeline: Pipeline, folder: WorkingFolder) -> None:
    (folder.inbox / "form.docx").write_bytes(b"no form")
    go(pipeline)
    (folder.inbox / "form.docx").write_bytes(a_form())
    go(pipeline)
    assert counts(pipeline) == {"returned": 1, "taken": 1}


def test_a_file_that_may_not_be_moved_is_taken_once_and_told_and_tidied_away_when_it_may(
    pipeline: Pipeline, folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.inbox / "form.docx").write_bytes(a_form())

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "read-only share")

    whole = Path.replace
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        patched.setattr(
            Path, "replace", lambda self, to: refused(self) if self.parent == folder.inbox else whole(self, to)
        )
        for _ in range(3):
            go(pipeline)
        assert counts(pipeline) == {"taken": 1}
        found = stands(pipeline)
        assert (found.untidy, found.exit_code) == (1, 4)
    assert len(list((folder.outbox / "cases" / "SIN-2026-001").glob("*_form_*"))) == 1
    go(pipeline)
    assert lying_in(folder.inbox) == {"READ ME.txt"}
    assert counts(pipeline) == {"taken": 1}
    assert stands(pipeline).untidy == 0


def test_the_same_bytes_dropped_while_the_first_wait_for_their_papers_are_a_second_copy(
    pipeline: Pipeline, folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.inbox / "one.docx").write_bytes(a_form())

    def busy(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr("formflow.outbox.paper_desk.PaperDesk.put_papers", busy)
        done = go(pipeline)
        assert [result.reason for result in done.results] == ["disk-full"]
        assert stands(pipeline).unfiled == 1
    (folder.inbox / "two.docx").write_bytes(a_form())
    go(pipeline)
    assert counts(pipeline) == {"taken": 1, "duplicate": 1}
    assert lying_in(folder.inbox) == {"READ ME.txt"}


def test_a_share_that_goes_away_and_comes_back_changes_nothing(pipeline: Pipeline, folder: WorkingFolder) -> None:
    (folder.inbox / "form.docx").write_bytes(b"")
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    away = folder.root / "away"
    folder.inbox.rename(away)
    folder.inbox.mkdir()  # an empty mount point
    watching.once()
    assert counts(pipeline) == {"arriving": 1}
    assert "network drive" in stands(pipeline).inboxes[0].says
    assert stands(pipeline).exit_code == 4
    folder.inbox.rmdir()
    away.rename(folder.inbox)
    watching.once()
    assert counts(pipeline) == {"arriving": 1}
    assert not stands(pipeline).inboxes[0].reason


def test_another_share_in_the_place_of_an_inbox_is_refused(pipeline: Pipeline, folder: WorkingFolder) -> None:
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    (folder.inbox / ".formflow-inbox").write_text("of another inbox\n")
    (folder.inbox / "form.docx").write_bytes(a_form())
    watching.once()
    assert counts(pipeline) == {}
    assert "another one than before" in stands(pipeline).inboxes[0].says


def test_an_inbox_that_another_machine_looks_after_is_left_to_it(pipeline: Pipeline, folder: WorkingFolder) -> None:
    owner = folder.inbox / ".formflow-owner"
    owner.write_text('{"host": "the other server", "register": "r", "at": "2026-03-20T11:59:00+00:00"}')
    (folder.inbox / "form.docx").write_bytes(a_form())
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    assert counts(pipeline) == {}
    assert "the other server" in stands(pipeline).inboxes[0].says
    owner.unlink()  # it stopped
    watching.once()
    assert counts(pipeline) == {"taken": 1}


def test_a_folder_that_may_no_longer_be_looked_into_hides_its_files_and_loses_none(
    pipeline: Pipeline, folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = folder.inbox / "from the police"
    inner.mkdir()
    (inner / "form.docx").write_bytes(b"")
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    whole = os.scandir

    def shut(path: str) -> object:
        if str(path) == str(inner):
            raise PermissionError(13, "no")
        return whole(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", shut)
        watching.once()
        assert counts(pipeline) == {"arriving": 1, "left": 1}
    shutil.rmtree(inner)
    watching.once()
    assert counts(pipeline) == {"gone": 1, "left": 1}
