from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.inbox.take import take
from formflow.recording import upgrade
from formflow.recording.note import Note
from formflow.recording.proof.verify import verify
from formflow.recording.register import Register
from formflow.recording.sqlite import bring_up_to_date, open_engine
from makers import NOON, TODAY, a_submission, the_rules

SCHEMA_3 = Path(__file__).with_name("schema-3.sql")


def an_old_register(folder: Path, version: int = 3) -> Path:
    """A register as an older formflow left it: its tables, and rows in every one of them that a form fills."""
    made, rules = folder / "made", the_rules()
    (folder / "dropped.docx").write_bytes(b"form")
    with Register.open(made, lambda: NOON) as register:
        form = a_submission()
        decision = decide(Case("SIN-2026-001", (form,), (TODAY,)), rules, TODAY)
        arrival = take(folder / "dropped.docx", NOON)
        entry = register.take(arrival, "J A.docx", "SIN-2026-001", form, decision, rules.receipt())
        register.filed(entry.arrival, {"paper.docx": "0" * 64}, "SIN-2026-001")
        register.keep_words([Note("SIN-2026-001", "Notes", "ring the school")])
    old = folder / "register"
    made.replace(old)
    database = old / "formflow.sqlite"
    database.replace(folder / "new.sqlite")
    (old / "formflow.seal").unlink()
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.executescript(SCHEMA_3.read_text(encoding="utf-8"))
        opened.execute("ATTACH ? AS new", (str(folder / "new.sqlite"),))
        for (table,) in opened.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table != "schema":
                opened.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")  # noqa: S608 - our own names
        opened.execute("UPDATE schema SET version = ?", (version,))
    return old


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as opened:
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: opened.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names
            for table in tables
            if table not in ("schema", "alembic_version")
        }


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_register_of_an_older_formflow_is_brought_up_without_loss(tmp_path: Path, version: int) -> None:
    old = an_old_register(tmp_path, version)
    before = rows(old / "formflow.sqlite")
    with Register.open(old, lambda: NOON) as register:
        assert [record.ref for record in register.cases()] == ["SIN-2026-001"]
        assert register.notes("SIN-2026-001") == {"Notes": "ring the school"}
    after = rows(old / "formflow.sqlite")
    assert {table: after[table] for table in before} == before
    new = {table for table in set(after) - set(before) if after[table]}
    assert new <= {"sightings"}, "what was recorded was seen, and the ledger says so; nothing else is added"
    rules = the_rules()
    assert not verify(old, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)).problems


def test_the_step_to_schema_4_is_gone_once_and_changes_nothing_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "SCHEMA", 4)
    old = an_old_register(tmp_path)
    before = rows(old / "formflow.sqlite")
    engine = open_engine(old / "formflow.sqlite")
    for _ in range(2):
        with engine.begin() as connection:
            upgrade.bring_up(connection)
    engine.dispose()
    after = rows(old / "formflow.sqlite")
    assert {table: after[table] for table in before} == before
    with closing(sqlite3.connect(old / "formflow.sqlite")) as opened:
        assert opened.execute("SELECT version FROM schema").fetchall() == [(4,)]
        assert opened.execute("SELECT version_num FROM alembic_version").fetchall() == [("4",)]


def test_a_register_that_is_up_to_date_needs_no_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Register.open(tmp_path / "register", lambda: NOON).close()
    monkeypatch.setattr("formflow.recording.sqlite.bring_up", lambda _: pytest.fail("nothing was to be brought up"))
    engine = open_engine(tmp_path / "register" / "formflow.sqlite")
    bring_up_to_date(engine)
    engine.dispose()
