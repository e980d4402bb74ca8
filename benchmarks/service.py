"""The watch at rest: what it costs to look at an inbox in which nothing happens.

    python benchmarks/service.py [FILES] [SECONDS]

FILES forms that were recorded lie in an inbox from which they may not be moved (10,000), beside as many that are left.
The share of one core is what the watch used of the processor in SECONDS (60) of waiting, at a poll of 10 seconds.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert

from formflow.cli.make import make_folder
from formflow.inbox.sweep import look
from formflow.pipeline import Pipeline
from formflow.recording.tables import sightings
from formflow.service.lookout import Lookout
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder


def main() -> None:
    """Print the figures."""
    files, seconds = (int(word) for word in (*sys.argv[1:], *("10000", "60")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as made:
        root = make_folder(Path(made) / "work")
        for number in range(files):
            (root / "inbox" / f"form number {number}.docx").write_bytes(b"form")
        with Pipeline.open(WorkingFolder.open(root), _now) as pipeline:
            _as_recorded(pipeline)
            print(f"idle, {files} done files: {_idle(pipeline, seconds):.2f} % of a core")


def _as_recorded(pipeline: Pipeline) -> None:
    """Let the ledger hold every file as one that was recorded and may not be moved."""
    place = pipeline.folder.inboxes[0]
    with pipeline.register.engine.begin() as connection:
        for path, mark in look(place.path).marks.items():
            connection.execute(
                insert(sightings).values(
                    inbox=place.name, path=Path(path).name, size=mark.size, changed=mark.changed, state="taken",
                    first_seen=_now().isoformat(), attempts=0, next_try="", reason="cannot-tidy", says="", arrival="x",
                )
            )  # fmt: skip


def _idle(pipeline: Pipeline, seconds: int) -> float:
    """The share of a core in hundredths, after the first look and the first tracker."""
    watching = Watch(pipeline, _now)
    thread = threading.Thread(target=watching.forever)
    thread.start()
    time.sleep(15)
    used, begun = time.process_time(), time.monotonic()
    time.sleep(seconds)
    share = (time.process_time() - used) / (time.monotonic() - begun)
    watching.end()
    thread.join()
    assert isinstance(watching._lookouts[0], Lookout)
    return share * 100


def _now() -> datetime:
    return datetime.now().astimezone()


if __name__ == "__main__":
    main()
