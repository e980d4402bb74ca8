from __future__ import annotations

import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import update
from sqlalchemy.exc import ProgrammingError

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.errors import FormflowError, NotVerified, Stop, TryLater
from formflow.inbox.take import take
from formflow.recording.note import Note
from formflow.recording.register import Register
from formflow.recording.several.address import shown
from formflow.recording.several.postgresql import PostgresStore
from formflow.recording.tables import cases
from formflow.validating.submission import Submission
from makers import NOON, TODAY, a_submission, the_rules
from postgresql_server import a_database


def opened(address: str, folder: Path, *, writing: bool = True) -> Register:
    return Register.open(folder, lambda: NOON, writing=writing, address=address)


def take_one(register: Register, tmp_path: Path, content: bytes = b"form", submission: Submission | None = None) -> str:
    path = tmp_path / f"dropped-{threading.get_ident()}.docx"
    path.write_bytes(content)
    submission = submission or a_submission()
    with register.turn():
        ref = register.next_ref("SIN", 2026)
        decision = decide(Case(ref, (submission,), (TODAY,)), the_rules(), TODAY)
        taken = register.take(take(path, NOON), "J A.docx", ref, submission, decision, the_rules().receipt())
    return taken.case_ref


def test_what_was_recorded_reads_back_exactly_on_another_machine(tmp_path: Path) -> None:
    address = a_database()
    odd = a_submission((), incident_summary="naïve ☂ 🙂 שלום {{ 7*7 }} " + "x" * 30_000)
    with opened(address, tmp_path / "one") as register:
        ref = take_one(register, tmp_path, b"odd", odd)
        register.filed(register.entries()[0].arrival, {"paper.docx": "0" * 64}, ref)
        register.filed(register.entries()[0].arrival, {"paper.docx": "0" * 64}, ref)
        register.keep_words([Note(ref, "Notes", "ring the school")])
    with opened(address, tmp_path / "two", writing=False) as other:
        record = other.case(ref)
        assert record is not None
        assert record.case.submissions == (odd,)
        assert record.decision == decide(Case(ref, (odd,), (TODAY,)), the_rules(), TODAY)
        assert other.notes(ref) == {"Notes": "ring the school"}
        assert other.papers(ref) == {"paper.docx": "0" * 64}
        assert other.unfiled() == ()
        assert other.evidence.get(other.entries()[0].sha256) == b"odd"
        with pytest.raises(TryLater):
            other.keep_words([Note(ref, "Notes", "no")])


def test_many_at_once_make_one_chain_and_one_case_each(tmp_path: Path) -> None:
    address = a_database()
    registers = [opened(address, tmp_path / str(number)) for number in range(4)]

    def work(register: Register, number: int) -> None:
        for form in range(5):
            take_one(register, tmp_path, f"{number}-{form}".encode())
        take_one(register, tmp_path, b"the same for all")

    at_work = [threading.Thread(target=work, args=pair) for pair in zip(registers, range(4), strict=True)]
    for thread in at_work:
        thread.start()
    for thread in at_work:
        thread.join()
    refs = [record.ref for record in registers[0].cases()]
    assert refs == [f"SIN-2026-{number:03d}" for number in range(1, 22)]
    assert {record.ref for record in registers[1].news()} == set(refs)
    assert list(registers[1].news()) == []
    for register in registers:
        register.close()


def test_rows_can_only_be_added(tmp_path: Path) -> None:
    address = a_database()
    with opened(address, tmp_path / "register") as register:
        take_one(register, tmp_path)
    for change in (
        "UPDATE cases SET opened = ''", "DELETE FROM audit", "TRUNCATE papers", "UPDATE originals SET content = ''"
    ):  # fmt: skip
        with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.RaiseException):
            connection.execute(change.encode())


def test_rows_are_rewritten_only_where_it_is_asked_for_and_the_guards_come_back(
    tmp_path: Path,
) -> None:
    with opened(a_database(), tmp_path / "register") as register:
        take_one(register, tmp_path)
        store = register.store
        assert isinstance(store, PostgresStore)
        with suppress(ZeroDivisionError), store.rewriting() as connection:
            connection.execute(update(cases).values(opened="2020-01-01"))
            raise ZeroDivisionError
        assert str(register.cases()[0].opened) == "2026-03-20"
        with store.rewriting() as connection:
            connection.execute(update(cases).values(opened="2020-01-01"))
        store.compact()
        assert str(register.cases()[0].opened) == "2020-01-01"
        with pytest.raises(ProgrammingError), store.writing() as connection:
            connection.execute(update(cases).values(opened="2021-01-01"))


def test_an_original_that_was_changed_is_not_given_out(tmp_path: Path) -> None:
    address = a_database()
    with opened(address, tmp_path / "register") as register:
        take_one(register, tmp_path)
        with psycopg.connect(address) as connection:
            connection.execute("ALTER TABLE originals DISABLE TRIGGER USER")
            connection.execute("UPDATE originals SET content = 'other'")
        with pytest.raises(NotVerified):
            register.evidence.get(register.entries()[0].sha256)


def test_reading_a_database_without_a_register_makes_none(tmp_path: Path) -> None:
    address = a_database()
    with opened(address, tmp_path / "register", writing=False) as register:
        assert register.cases() == ()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_a_register_of_a_newer_formflow_is_refused(tmp_path: Path) -> None:
    address = a_database()
    opened(address, tmp_path / "register").close()
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE schema SET version = 99")
    for writing in (True, False):
        with pytest.raises(Stop, match="newer formflow"):
            opened(address, tmp_path / "register", writing=writing)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("postgresql://formflow:s3cret@127.0.0.1:1/register", TryLater),
        ("postgresql://formflow:s3cret@/nowhere?host=/nowhere-at-all", TryLater),
        ("postgresql://formflow:s3cret@127.0.0.1:none/register", Stop),
        ("postgresql://formflow:s3cret@127.0.0.1", Stop),
        ("mysql://formflow:s3cret@127.0.0.1/register", Stop),
    ],
)
def test_what_cannot_be_reached_or_read_is_said_without_the_password(
    tmp_path: Path, address: str, kind: type[FormflowError]
) -> None:
    with pytest.raises(kind) as told:
        opened(address, tmp_path / "register")
    assert "s3cret" not in str(told.value)
    assert "formflow:" not in str(told.value)


def test_a_database_or_an_account_that_is_not_there_stops(tmp_path: Path) -> None:
    address = a_database()
    for wrong in (address.replace("register_", "other_"), address.replace("postgres:@", "nobody:s3cret@")):
        with pytest.raises(Stop, match="refuses formflow") as told:
            opened(wrong, tmp_path / "register")
        assert "s3cret" not in str(told.value)


def test_a_connection_that_was_cut_is_tried_again_later_and_then_works(tmp_path: Path) -> None:
    address = a_database()
    cut = b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with opened(address, tmp_path / "register") as register:
        take_one(register, tmp_path)
        with psycopg.connect(address) as connection:
            connection.execute(cut.replace(b"%s", str(connection.info.backend_pid).encode()))
        assert len(register.cases()) == 1

        def cut_off() -> None:
            with register._store.writing() as held, psycopg.connect(address) as connection:
                connection.execute(cut.replace(b"%s", str(connection.info.backend_pid).encode()))
                held.exec_driver_sql("SELECT 1")

        with pytest.raises(TryLater):
            cut_off()
        assert take_one(register, tmp_path, b"another") == "SIN-2026-002"


def test_an_address_is_shown_without_account_and_password() -> None:
    said = shown("postgresql://formflow:s3cret@db.fenwold.example:5433/register?sslmode=verify-full")
    assert said == 'the PostgreSQL database "register" on db.fenwold.example'


def test_where_the_libraries_are_missing_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("formflow.recording.several.postgresql", raising=False)
    monkeypatch.setitem(sys.modules, "formflow.recording.several.postgresql", None)
    with pytest.raises(Stop, match=r"pip install \"formflow\[postgresql\]\""):
        opened("postgresql://formflow@db.example/register", tmp_path / "register")
