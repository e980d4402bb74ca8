"""Whatever fails under it: a form is taken exactly once, nothing is lost, the counts balance, the words are plain."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formflow.errors import BeyondLimits
from formflow.inbox.sentinel import MARK
from formflow.pipeline import Pipeline
from formflow.recording.ledger_counts import open_sightings
from formflow.service.aside import retry, set_aside_now
from formflow.service.balance import balance
from formflow.service.standing import standing
from formflow.service.watch import Watch
from makers import NOON, a_form, a_pipeline, a_working_folder, lying_in
from service.faults import again_at_once, failing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the layer of faults knows POSIX calls")
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    folder = a_working_folder(tmp_path_factory.mktemp("faults") / "work")
    settings = folder.root / "formflow.toml"
    settings.write_text(settings.read_text("utf-8").replace("drafts = true ", "drafts = false "), "utf-8")
    with a_pipeline(folder.root) as opened:
        yield opened


@pytest.fixture
def inbox(pipeline: Pipeline) -> Path:
    return pipeline.folder.inbox


def a_child() -> bytes:
    number = next(NUMBERS)
    return a_form(child_1_forename=f"Invented {number}", child_1_surname=f"Person {number}", child_1_dob="2015-01-01")


@pytest.fixture(autouse=True)
def without_the_tracker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of the time would go into drawing it."""
    if "racker" not in request.node.name:
        monkeypatch.setattr("formflow.service.watch.refresh", lambda *_: None)


def counts(pipeline: Pipeline) -> dict[str, int]:
    made = balance(pipeline.register)
    assert made.problems == ()
    return dict(made.counts)


def says(pipeline: Pipeline) -> str:
    found = standing(pipeline.folder, pipeline.register, NOON)
    told = [row.says for row in found.waiting] + [one.says for one in found.inboxes] + list(found.wants)
    return " ".join(filter(None, told))


AWAY = ("ENOENT", "EINVAL", "EACCES", "ESTALE", "WinError 53", "WinError 64")
HELD = ("EACCES", "EBUSY", "ESTALE", "EINVAL", "WinError 32", "WinError 53")
FAULTS = [
    *(("scandir", "/work/inbox", fault) for fault in AWAY),
    *(("open", "/inbox/form", fault) for fault in HELD),
    ("stat", "/inbox/form", "ENOENT"),
    *(("replace", "/inbox/form", fault) for fault in ("EROFS", "EACCES", "EBUSY", "WinError 5", "WinError 32")),
    *(("write", "/register/evidence", fault) for fault in ("ENOSPC", "EROFS", "EIO")),
    ("fsync", "/register/evidence", "EIO"),
    ("commit", "", "ENOSPC"),
    *(("write", "/outbox/cases", fault) for fault in ("ENOSPC", "EACCES")),
    ("replace", "/outbox/cases", "WinError 32"),
    ("write", "Case tracker", "ENOSPC"),
    ("replace", "Case tracker.xlsx", "WinError 32"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "place", "fault"), FAULTS if os.environ.get("FORMFLOW_ALL_FAULTS") else FAULTS[::3])
def test_a_form_is_taken_exactly_once_when_the_fault_is_over(
    pipeline: Pipeline, inbox: Path, monkeypatch: pytest.MonkeyPatch, call: str, place: str, fault: str
) -> None:
    monkeypatch.setattr("formflow.outbox.put._TRIES", (0.0, 0.0))
    before = counts(pipeline)["taken"]
    watching = Watch(pipeline, lambda: NOON)
    (inbox / "form.docx").write_bytes(a_child())
    with failing(call, place, fault) as faults:
        for _ in range(3):
            watching.once()
            again_at_once(watching)
            counts(pipeline)
        assert faults.met or call == "commit"
        told = says(pipeline)
    assert "Errno" not in told
    assert "Error" not in told
    for _ in range(3):
        watching.once()
        again_at_once(watching)
    assert counts(pipeline)["taken"] == before + 1
    assert lying_in(inbox) == {"READ ME.txt"}
    assert pipeline.register.unfiled() == ()
    assert not [row for row in open_sightings(pipeline.register.engine) if row.state in ("arriving", "waiting")]
    assert not list(pipeline.folder.outbox.rglob(".*.tmp"))
    assert "tracker" not in place or (pipeline.folder.outbox / "Case tracker.xlsx").exists()


def test_a_read_only_share_is_read_and_each_form_taken_once(pipeline: Pipeline, inbox: Path) -> None:
    before = counts(pipeline)["taken"]
    (inbox / "form.docx").write_bytes(a_child())
    with failing("unlink", "/inbox/", "EROFS"), failing("replace", "/inbox/", "EROFS"):
        for watching in (Watch(pipeline, lambda: NOON), Watch(pipeline, lambda: NOON)):
            watching.once()
            again_at_once(watching)
            watching.once()
        assert counts(pipeline)["taken"] == before + 1
        assert "may not be moved out" in says(pipeline)
        (inbox / "form.docx").write_bytes(a_child())  # another form under the same name
        watching.once()
        assert counts(pipeline)["taken"] == before + 2
    again_at_once(watching)
    watching.once()
    assert lying_in(inbox) == {"READ ME.txt"}


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_a_clock_that_jumps_a_day_neither_hurries_nor_holds_up_a_form(
    pipeline: Pipeline, inbox: Path, jump: timedelta
) -> None:
    before = counts(pipeline)["taken"]
    times = iter([NOON, NOON, *[NOON + jump] * 200])
    at: Callable[[], datetime] = lambda: next(times)  # noqa: E731 - a clock in one line
    watching = Watch(pipeline, at)
    (inbox / "first.docx").write_bytes(a_child())
    watching.once()
    (inbox / "second.docx").write_bytes(a_child())
    watching.once()
    assert counts(pipeline)["taken"] == before + 2
    entries = [entry.arrival for entry in pipeline.register.entries()]
    assert len(entries) == len(set(entries))


def test_a_burst_of_files_is_counted_to_the_last(pipeline: Pipeline, inbox: Path) -> None:
    before, content, number = counts(pipeline), a_child(), int(os.environ.get("FORMFLOW_BURST", "40"))
    for one in range(number):
        (inbox / f"form {one}.docx").write_bytes(content)
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    assert counts(pipeline) == before | {
        "taken": before["taken"] + 1, "duplicate": before["duplicate"] + number - 1,
    }  # fmt: skip
    assert lying_in(inbox) == {"READ ME.txt"}


def test_a_slow_writer_that_pauses_is_waited_for(pipeline: Pipeline, inbox: Path) -> None:
    before, whole = counts(pipeline), a_child()
    watching = Watch(pipeline, lambda: NOON)
    for part in (0, 100, len(whole) // 2, len(whole) - 10):
        (inbox / "slow.docx").write_bytes(whole[:part])
        watching.once()
        again_at_once(watching)
        watching.once()
        assert counts(pipeline)["arriving"] + counts(pipeline)["waiting"] == before["waiting"] + 1
    assert "still be on its way" in says(pipeline)
    (inbox / "slow.docx").write_bytes(whole)
    watching.once()
    assert counts(pipeline) == before | {"taken": before["taken"] + 1}


def test_a_young_file_that_cannot_be_read_is_tried_again_and_returned_when_it_is_young_no_more(
    pipeline: Pipeline, inbox: Path
) -> None:
    before, whole = counts(pipeline), a_child()
    watching = Watch(pipeline, lambda: NOON)
    (inbox / "torn.docx").write_bytes(
        whole[:2000] + bytes(len(whole) - 4000) + whole[-2000:]
    )  # some copy the end first
    watching.once()
    assert counts(pipeline)["waiting"] == 1
    for lookout in watching._lookouts:
        for _, row in lookout.ledger.in_hand("inbox"):
            row.since -= 16 * 60
    again_at_once(watching)
    watching.once()
    assert counts(pipeline) == before | {"returned": before["returned"] + 1}


def test_word_saves_by_writing_beside_and_renaming_and_its_mark_is_waited_for(pipeline: Pipeline, inbox: Path) -> None:
    before = counts(pipeline)["taken"]
    watching = Watch(pipeline, lambda: NOON)
    (inbox / "a notification.docx").write_bytes(b"")
    (inbox / "~$notification.docx").write_bytes(b"\x0aPriya Nand".ljust(162, b"\0"))
    (inbox / "~WRD0001.tmp").write_bytes(a_child())
    watching.once()
    (inbox / "~WRD0001.tmp").replace(inbox / "a notification.docx")
    watching.once()
    assert counts(pipeline)["taken"] == before
    assert "open in another program." in says(pipeline)
    watching._lookouts[0]._held = dict.fromkeys(watching._lookouts[0]._held, time.monotonic() - 3700)
    again_at_once(watching)
    watching.once()
    assert "open in another program by Priya Nand" in says(pipeline)
    (inbox / "~$notification.docx").unlink()
    again_at_once(watching)
    watching.once()
    assert counts(pipeline)["taken"] == before + 1


def test_a_folder_swapped_underneath_is_not_taken_for_the_inbox(pipeline: Pipeline, inbox: Path) -> None:
    before = counts(pipeline)
    watching = Watch(pipeline, lambda: NOON)
    watching.once()
    apart = inbox.with_name("apart")
    inbox.rename(apart)
    inbox.mkdir()
    (inbox / MARK).write_text("another\n")
    (inbox / "strange.docx").write_bytes(a_child())
    watching.once()
    assert counts(pipeline) == before
    shutil.rmtree(inbox)
    apart.rename(inbox)
    watching.once()
    assert counts(pipeline) == before


def test_a_file_that_ends_its_reader_twice_is_set_aside_with_a_page_and_can_be_tried_again(
    pipeline: Pipeline, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(pipeline)
    watching = Watch(pipeline, lambda: NOON)
    (inbox / "poison.docx").write_bytes(a_child())

    def killed(*_: object) -> None:
        raise BeyondLimits("too-complex", "too much")

    with monkeypatch.context() as patched:
        patched.setattr("formflow.reading.apart.ReadingRoom.read", killed)
        watching.once()
        assert counts(pipeline)["waiting"] == 1
        again_at_once(watching)
        watching.once()
    assert counts(pipeline) == before | {"set aside": before["set aside"] + 1}
    (name, lies), *_ = set_aside_now(pipeline.folder).items()
    page = (lies.parent / "What happened.txt").read_text("utf-8-sig")
    assert "retry " + name in page
    assert lies.name == "poison.docx"
    assert retry(pipeline.folder, name) == 1
    watching.once()
    assert counts(pipeline) == before | {"taken": before["taken"] + 1}
    assert not set_aside_now(pipeline.folder)


def test_a_file_that_meets_a_fault_of_ours_twice_is_set_aside_and_the_others_go_on(
    pipeline: Pipeline, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(pipeline)
    watching = Watch(pipeline, lambda: NOON)
    bad = a_child()
    (inbox / "bad.docx").write_bytes(bad)
    (inbox / "good.docx").write_bytes(a_child())
    whole = Pipeline.process

    def broken(self: Pipeline, arrival: object) -> object:
        if arrival.content == bad:  # type: ignore[attr-defined]  # an arrival
            raise KeyError("Smith")
        return whole(self, arrival)  # type: ignore[arg-type]  # an arrival

    with monkeypatch.context() as patched:
        patched.setattr(Pipeline, "process", broken)
        for _ in range(2):
            watching.once()
            again_at_once(watching)
    assert counts(pipeline) == before | {"taken": before["taken"] + 1, "set aside": before["set aside"] + 1}
    assert retry(pipeline.folder, "all") == 1
    watching.once()
    assert counts(pipeline)["taken"] == before["taken"] + 2
