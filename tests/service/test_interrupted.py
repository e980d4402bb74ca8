"""Killed at any moment and started again, each form is recorded exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from formflow.deciding.decide import decide
from formflow.recording.proof.verify import verify
from formflow.service.balance import balance
from formflow.service.run import run
from makers import NOON, a_form, a_pipeline, a_working_folder, lying_in, the_rules
from service.soak import soak

DYING = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from makers import NOON, a_pipeline
from formflow.outbox import deliver, paper_desk, put
from formflow.recording import register, evidence, ledger, sqlite
from formflow.service.run import run

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    where = sys.argv[2]
    if where == "before evidence": evidence.Evidence.put = die
    if where == "before commit": register.Recording.line = die
    if where == "before the anchor": sqlite.write_anchor = die
    if where == "before the papers": paper_desk.PaperDesk.put_papers = die
    if where == "between two papers":
        first = put._patiently
        def once(*args, **more):
            put._patiently = die
            return first(*args, **more)
        put._patiently = once
    if where == "before the drafts": paper_desk.PaperDesk._put_drafts = die
    if where == "before the move": deliver.move_in = die
    if where == "before filing": register.Register.filed = die
    if where == "before the ledger": ledger.Ledger.record = die
    if where == "before the sighting is written": ledger.Ledger.flush = die
    if where == "before the name is forgotten": ledger.Ledger.leave = die
    with a_pipeline(Path(sys.argv[1])) as pipeline:
        run(pipeline, lambda: NOON)
"""

MOMENTS = ["before evidence", "before commit", "before the anchor", "before the papers", "between two papers",
           "before the drafts", "before the move", "before filing", "before the ledger",
           "before the sighting is written", "before the name is forgotten"]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_form_whose_taking_was_killed_is_taken_exactly_once_in_the_end(tmp_path: Path, moment: str) -> None:
    folder = a_working_folder(tmp_path / "work")
    (folder.inbox / "one.docx").write_bytes(a_form())
    other = a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
    (folder.inbox / "two.docx").write_bytes(other)
    script = tmp_path / "dying.py"
    script.write_text(DYING, encoding="utf-8")
    words = [sys.executable, str(script), str(folder.root), moment, str(Path(__file__).parents[1])]
    killed = subprocess.run(words, capture_output=True, check=False, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    assert killed.returncode == -signal.SIGKILL
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
    with a_pipeline(folder.root) as pipeline:
        entries = pipeline.register.entries()
        assert sorted(entry.outcome for entry in entries) == ["taken", "taken"]
        assert pipeline.register.unfiled() == ()
        counted = balance(pipeline.register)
        assert (counted.problems, counted.seen) == ((), 2)
    assert lying_in(folder.inbox) == {"READ ME.txt"}
    for ref in ("SIN-2026-001", "SIN-2026-002"):
        names = [path.name.split("_")[1] for path in (folder.outbox / "cases" / ref).glob("*.*")]
        assert {"form", "panel-notice", "rapid-review-report", "return-form-other"} <= set(names)
        assert len(names) == len(set(names))
    rules = the_rules()
    assert not verify(
        folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    ).problems


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_at_random_instants_it_loses_doubles_and_tears_nothing(tmp_path: Path) -> None:
    assert soak(tmp_path, kills=6, seed=20261124) == ()
