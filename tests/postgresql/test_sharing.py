from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from formflow.cli import work
from formflow.errors import Stop, TryLater
from formflow.pipeline import Pipeline
from formflow.recording.keyed.keys import make_key_file
from formflow.recording.register import Register
from formflow.recording.several.drops import Drops
from formflow.service.balance import balance
from formflow.service.keeping.erase import Wish, erase
from formflow.service.shared.gather import Gatherer
from formflow.service.shared.lease import Lease
from formflow.service.shared.sharing import SharedWatch, a_worker, run
from makers import NOON, a_form, a_later_form, a_working_folder
from postgresql.desk import a_shared_folder, as_machine, child, drop, noon, troubles
from postgresql_server import a_database
from process_forms import RETURN
from safekeeping import set_key


def test_one_pass_takes_everything_as_on_a_single_machine(tmp_path: Path) -> None:
    folder = a_shared_folder(tmp_path / "work", a_database())
    drop(folder, 2)
    (folder.inbox / "again.docx").write_bytes((folder.inbox / "form 1.docx").read_bytes())
    (folder.inbox / "to mend.docx").write_bytes(a_form(("incident_date", "nature"), **child(5)))
    with Pipeline.open(folder, noon) as pipeline:
        done = run(pipeline, noon)
        assert sorted(result.became for result in done.results) == ["duplicate", "returned", "taken", "taken"]
        assert done.tracker == folder.outbox / "Case tracker.xlsx"
        assert pipeline.register.unfiled() == ()
        store = pipeline.register.store
        assert Drops(store.engine).waiting() == 0
    assert troubles(folder, folder.register) == []
    with psycopg.connect(folder.settings.register_address) as connection:
        kept = connection.execute("SELECT name, prepared FROM drops").fetchall()
        said = connection.execute("SELECT args::text FROM procrastinate_jobs").fetchall()
    assert set(kept) == {("", "")}
    assert not any("docx" in str(args) or "Invented" in str(args) for args in said)


def test_two_machines_that_look_at_once_take_each_file_once(tmp_path: Path) -> None:
    folder = a_shared_folder(tmp_path / "work", a_database())
    drop(folder, 3)
    with (
        Pipeline.open(as_machine(folder, "one"), noon) as one,
        Pipeline.open(as_machine(folder, "two"), noon) as two,
    ):
        worker = a_worker(one, noon)
        worker.make_ready()
        first, second = (
            Gatherer(each, noon, worker.jobs.drops, holder=name) for each, name in ((one, "a"), (two, "b"))
        )
        paths = sorted(folder.inbox.glob("*.docx"))
        assert len(first.lay(paths)) == 3
        assert second.lay(paths) == {}
        assert first.once() == 0
        assert second.once() == 0, "the other one looks"
        assert not second.lease.held()
        worker.until_idle()
        assert second.lay(paths) == {}, "they have left the inbox"
        assert [entry.outcome for entry in one.register.entries()] == ["taken"] * 3
        (folder.inbox / "form 0 again.docx").write_bytes(a_form(**child(0)))
        first.lease.give_up()
        assert second.lease.held()
        assert len(second.lay([folder.inbox / "form 0 again.docx"])) == 1
        a_worker(two, noon).until_idle()
        assert sorted(entry.outcome for entry in one.register.entries()) == ["duplicate"] + ["taken"] * 3
    assert troubles(folder, tmp_path / "one") == []


def test_a_lease_that_was_not_renewed_goes_to_the_next_machine(tmp_path: Path) -> None:
    folder = a_shared_folder(tmp_path / "work", a_database())
    with Pipeline.open(folder, noon) as pipeline:
        engine = pipeline.register.store.engine
        gone = Lease(engine, "inbox", "gone", seconds=-1.0)
        assert gone.held()
        assert Lease(engine, "inbox", "next").held()
        assert not gone.held()
        assert Lease(engine, "another inbox", "gone").held()


def test_forms_are_recorded_in_the_order_they_were_dropped_whoever_reads_them_first(tmp_path: Path) -> None:
    folder = a_shared_folder(tmp_path / "work", a_database())
    drop(folder, 1)
    with Pipeline.open(folder, noon) as pipeline:
        worker = a_worker(pipeline, noon)
        worker.make_ready()
        gatherer = Gatherer(pipeline, noon, worker.jobs.drops)
        gatherer.lay([folder.inbox / "form 0.docx"])
        update = folder.inbox / "update.docx"
        update.write_bytes(a_later_form("air", **(RETURN | {"case_ref": "SIN-2026-001"})))
        (number,) = gatherer.lay([update]).values()
        worker.jobs.tracker_after = 0.0
        worker.jobs.read(number, 0)
        worker.jobs.settle(0)
        assert pipeline.register.entries() == (), "the notification comes first, though it is not read yet"
        worker.until_idle()
        taken = sorted((entry.version, entry.outcome) for entry in pipeline.register.entries())
        assert taken == [(1, "taken"), (2, "taken")]
    assert troubles(folder, folder.register) == []


def test_a_form_that_meets_a_fault_stays_in_the_inbox_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_shared_folder(tmp_path / "work", a_database())
    drop(folder, 2)
    with Pipeline.open(folder, noon) as pipeline:
        worker = a_worker(pipeline, noon)
        worker.make_ready()
        jobs = worker.jobs
        jobs.tracker_after = 0.0
        prepared = type(jobs)._prepared
        monkeypatch.setattr(type(jobs), "_prepared", lambda self, one: 1 / 0 if one.id == 1 else prepared(self, one))
        gatherer = Gatherer(pipeline, noon, jobs.drops)
        paths = sorted(folder.inbox.glob("*.docx"))
        gatherer.lay(paths)
        worker.until_idle()
        assert [path.exists() for path in paths] == [True, False]
        assert gatherer.lay(paths[:1]) == {}, "it is not tried again by itself"
        monkeypatch.undo()
        assert jobs.drops.let_go() == 1
        assert len(gatherer.lay(paths[:1])) == 1
        worker.until_idle()
    assert troubles(folder, folder.register) == []


def test_the_tracker_is_drawn_by_any_machine_and_remembers_what_people_typed(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    folder = a_shared_folder(tmp_path / "work", a_database())
    drop(folder, 1)
    with Pipeline.open(as_machine(folder, "one"), noon) as one:
        run(one, noon)
    path = folder.outbox / "Case tracker.xlsx"
    book = load_workbook(path)
    sheet = book["Open cases"]
    (notes,) = (cell.column for cell in sheet[1] if cell.value == "Notes")
    sheet.cell(2, notes, "ring the school")
    book.save(path)
    with Pipeline.open(as_machine(folder, "two"), lambda: NOON) as two:
        run(two, noon)
        assert two.register.notes("SIN-2026-001") == {"Notes": "ring the school"}
        assert two.register.notebook.conflicts() == ()
    assert load_workbook(path)["Open cases"].cell(2, notes).value == "ring the school"
    assert troubles(folder, tmp_path / "two") == []


def test_a_watch_whose_connections_are_cut_goes_on_by_itself(tmp_path: Path) -> None:
    address = a_database()
    folder = a_shared_folder(tmp_path / "work", address)
    with Pipeline.open(folder, noon) as pipeline:
        watching = SharedWatch.of(pipeline, noon)
        watching.worker.pause, watching.worker.look_after = 0.2, "* * * * * */1"
        watching.worker.jobs.tracker_after = 0.0
        going = threading.Thread(target=watching.forever)
        going.start()
        try:
            for number in range(2):
                drop(folder, 1, start=number)
                wait_for(lambda count=number + 1: filed(pipeline) == count)  # type: ignore[misc]  # bound as it is now
                with psycopg.connect(address) as connection:
                    connection.execute(CUT)
        finally:
            watching.end()
            going.join(60)
        assert not going.is_alive()
        run(pipeline, noon)
    assert troubles(folder, folder.register) == []


CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def filed(pipeline: Pipeline) -> int:
    try:
        return len(pipeline.register.entries()) - len(pipeline.register.unfiled())
    except TryLater:
        return -1


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 90
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_worker_without_a_register_to_share_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="needs a register on PostgreSQL"):
        work.worker(a_working_folder(tmp_path / "work").root)


def test_a_shared_register_is_keyed_encrypted_and_a_case_erased_from_it_and_all_of_it_balances(tmp_path: Path) -> None:
    address = a_database()
    folder = a_shared_folder(tmp_path / "work", address)
    make_key_file(tmp_path / "apart" / "formflow.key")
    folder = set_key(folder, tmp_path / "apart" / "formflow.key", encrypt=True)
    drop(folder, 2)
    with Pipeline.open(folder, noon) as pipeline:
        done = run(pipeline, noon)
        assert done.count("taken") == 2
        assert pipeline.register.cases()[0].case.who
    with psycopg.connect(address) as connection:
        for table in ("originals", "drops", "submissions", "decisions", "arrivals"):
            every = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
            for row in connection.execute(every).fetchall():
                assert "Person0" not in repr(row)
                assert not any(isinstance(value, bytes) and value.startswith(b"PK") for value in row)
    erase(folder, Wish("SIN-2026-001", "clerk", before_time="trial"), noon)
    with Register.of(folder, noon, writing=False) as register:
        assert register.refs() == {"SIN-2026-002"}
        assert balance(register).problems == ()
        originals = list(register.evidence.all())
        assert len(originals) == 1
        assert register.evidence.get(originals[0])[:2] == b"PK"
