"""Killing formflow at random instants, over and over, and looking whether anything was lost, doubled or torn.

    python tests/service/soak.py [KILLS] [SEED] [LONGEST]

Each round drops invented forms in the inbox, starts the watch, kills it (and the child that reads for it) at a random
instant, and starts again. At the end everything is brought to rest and held against what was dropped.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from openpyxl import load_workbook

from formflow.deciding.decide import decide
from formflow.recording.ledger_counts import open_sightings
from formflow.recording.proof.verify import verify
from formflow.service.balance import balance
from formflow.service.run import run
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pipeline, a_working_folder, lying_in, the_rules

WATCHED = """
import sys
from datetime import datetime
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from makers import NOON, a_pipeline
from formflow.service.watch import Watch
if __name__ == "__main__":
    with a_pipeline(Path(sys.argv[1])) as pipeline:
        print("ready", flush=True)
        Watch(pipeline, lambda: NOON).forever()
"""
LONGEST = 2.5
"""Seconds after which a watch is killed at the latest: a few forms and a tracker; more on a busy machine."""
AT_ONCE = 3
"""Forms that are dropped for each round."""


def soak(root: Path, kills: int, seed: int, longest: float = LONGEST) -> tuple[str, ...]:
    """What is wrong after so many kills: nothing, if all is as it must be. The same seed drops the same forms."""
    chance = random.Random(seed)  # noqa: S311 - instants and invented names, no secrets
    folder = a_working_folder(root / "work")
    script = root / "watched.py"
    script.write_text(WATCHED, encoding="utf-8")
    dropped: set[str] = set()
    for number in range(kills):
        waiting = [path for path in folder.inbox.iterdir() if path.suffix == ".docx"]
        for form in range(AT_ONCE - len(waiting)):
            dropped.add(_drop(folder.inbox / f"form {number}-{form}.docx", f"{number}.{form}"))
        _watch_and_kill(folder.root, script, chance.uniform(0.0, longest))
    for _ in range(2):  # the second finishes what the first may have found busy
        with a_pipeline(folder.root) as pipeline:
            run(pipeline, lambda: NOON)
    return (*_not_once(folder, dropped), *_unbalanced(folder, dropped), *_torn(folder), *_not_verified(folder))


def _drop(target: Path, child: str) -> str:
    """A form of its own child, put there whole; gives its fingerprint."""
    content = a_form(child_1_forename=f"Invented {child}", child_1_surname=f"Person {child}", child_1_dob="2015-01-01")
    beside = target.with_suffix(".tmp")
    beside.write_bytes(content)
    beside.replace(target)
    return hashlib.sha256(content).hexdigest()


def _watch_and_kill(root: Path, script: Path, seconds: float) -> None:
    words = [sys.executable, str(script), str(root), str(Path(__file__).parents[1])]
    quiet = subprocess.DEVNULL
    settings = os.environ | {"PYTHONWARNINGS": "ignore"}
    watched = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=quiet, start_new_session=True, env=settings)
    assert watched.stdout is not None
    watched.stdout.readline()
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(watched.pid, signal.SIGKILL)
    watched.wait()
    watched.stdout.close()


def _not_once(folder: WorkingFolder, dropped: set[str]) -> list[str]:
    """Forms that were not recorded exactly once, or not brought to their end."""
    with a_pipeline(folder.root) as pipeline:
        entries, unfiled = pipeline.register.entries(), pipeline.register.unfiled()
        cases = pipeline.register.cases()
    count = Counter(entry.sha256 for entry in entries if entry.outcome == "taken")
    problems = [f"{sha[:12]} was dropped and taken {count[sha]} times" for sha in sorted(dropped) if count[sha] != 1]
    problems += [f"{sha[:12]} was taken and never dropped" for sha in sorted(set(count) - dropped)]
    problems += [f"{entry.arrival} was not brought to its end" for entry in unfiled]
    if len(cases) != len(dropped):
        problems.append(f"{len(dropped)} forms made {len(cases)} cases")
    left = lying_in(folder.inbox) - {"READ ME.txt"}
    return problems + [f"{name} still lies in the inbox" for name in sorted(left)]


def _unbalanced(folder: WorkingFolder, dropped: set[str]) -> list[str]:
    """What was seen that is not accounted for, or was forgotten."""
    with a_pipeline(folder.root) as pipeline:
        made = balance(pipeline.register)
        waits = [row.state for row in open_sightings(pipeline.register.engine)]
    problems = [*made.problems, *(f"something is {state} still" for state in waits)]
    if made.seen != len(dropped) or made.counts["taken"] != len(dropped):
        problems.append(f"{len(dropped)} were dropped: {made.says}")
    return problems


def _torn(folder: WorkingFolder) -> list[str]:
    """Papers and trackers that are not whole, and traces of an unfinished write."""
    problems = []
    for path in sorted(folder.outbox.rglob("*")):
        if path.name.endswith(".tmp"):
            problems.append(f"{path.name} was left behind")
        elif path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                if package.testzip() is not None:
                    problems.append(f"{path.name} is torn")
    tracker = load_workbook(io.BytesIO((folder.outbox / "Case tracker.xlsx").read_bytes()))
    rows = tracker["Open cases"].max_row - 1
    cases = sum(1 for path in (folder.outbox / "cases").iterdir() if path.is_dir())
    return problems + ([] if rows == cases else [f"the tracker shows {rows} of {cases} cases"])


def _not_verified(folder: WorkingFolder) -> list[str]:
    rules = the_rules()
    found = verify(folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history))
    return list(found.problems)


if __name__ == "__main__":
    wanted, chosen = (int(word) for word in (*sys.argv[1:3], *("500", "1")[len(sys.argv[1:3]) :]))
    patience = float(sys.argv[3]) if len(sys.argv) > 3 else LONGEST
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="formflow-soak-") as place:
        wrong = soak(Path(place), wanted, chosen, patience)
    sys.stdout.write(f"{wanted} kills, seed {chosen}, {time.monotonic() - begun:.0f} s: ")
    sys.stdout.write("nothing was lost, doubled or torn\n" if not wrong else "\n" + "\n".join(wrong) + "\n")
    sys.exit(bool(wrong))
