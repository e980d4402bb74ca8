"""Several processes as several machines: some are killed in the middle of their work, and nothing shows it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from formflow.pipeline import Pipeline
from formflow.recording.several.drops import Drops
from formflow.service.shared.sharing import run
from postgresql.desk import a_shared_folder, as_machine, drop, noon, troubles
from postgresql_server import a_database

AT_WORK = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from formflow.outbox import put
from formflow.pipeline import Pipeline
from formflow.recording import register
from formflow.service.shared.sharing import SharedWatch
from formflow.settings import WorkingFolder
from postgresql.desk import as_machine, noon

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

def at_second(where, name):
    first, done = getattr(where, name), []
    def act(*args, **more):
        if done:
            die()
        done.append(1)
        return first(*args, **more)
    setattr(where, name, act)

if __name__ == "__main__":
    moment = sys.argv[3]
    if moment == "recording": at_second(register.Recording, "line")
    if moment == "drawing": at_second(put, "swap")
    folder = as_machine(WorkingFolder.open(Path(sys.argv[1])), sys.argv[2])
    with Pipeline.open(folder, noon) as pipeline:
        watching = SharedWatch.of(pipeline, noon)
        watching.worker.heartbeat, watching.worker.dead_after, watching.worker.look_after = 0.5, 2.0, "* * * * * */1"
        watching.worker.jobs.tracker_after = 0.2
        watching.gatherers[0].lease_seconds = 2.0
        signal.signal(signal.SIGTERM, lambda *_: watching.end())
        print("ready", flush=True)
        watching.forever()
"""
FORMS = 4


def begin(folder: Path, machine: str, moment: str, script: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, str(script), str(folder), machine, moment, str(Path(__file__).parents[1])]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, stdout=quiet, stderr=quiet, env=os.environ | {"PYTHONWARNINGS": "ignore"})


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_of_three_machines_two_are_killed_at_work_and_nothing_is_lost_doubled_or_torn(tmp_path: Path) -> None:
    folder = a_shared_folder(tmp_path / "work", a_database())
    script = tmp_path / "at_work.py"
    script.write_text(AT_WORK, encoding="utf-8")
    drop(folder, FORMS)
    for machine, moment in (("one", "recording"), ("two", "drawing")):
        assert begin(folder.root, machine, moment, script).wait(120) == -signal.SIGKILL
    third = begin(folder.root, "three", "never", script)
    with Pipeline.open(as_machine(folder, "looking on"), noon) as pipeline:
        drops = Drops(pipeline.register.store.engine)
        until = time.monotonic() + 120
        while time.monotonic() < until and (len(pipeline.register.entries()) < FORMS or drops.waiting()):
            time.sleep(0.1)
        third.send_signal(signal.SIGTERM)
        assert third.wait(60) == 0
        run(pipeline, noon)
        entries = pipeline.register.entries()
        assert Counter(entry.outcome for entry in entries) == {"taken": FORMS}
        assert len({entry.sha256 for entry in entries}) == len({entry.case_ref for entry in entries}) == FORMS
        assert pipeline.register.unfiled() == ()
        for entry in entries:
            papers = (folder.outbox / "cases" / entry.case_ref).glob("[!.]*.*")  # what was half written goes in an hour
            names = [path.name.split("_")[1] for path in papers]
            assert {"form", "panel-notice", "rapid-review-report"} <= set(names)
            assert len(names) == len(set(names))
    assert troubles(folder, tmp_path / "looking on") == []
