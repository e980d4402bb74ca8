"""Taking forms with several machines: one looks through the inbox, all of them work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from formflow.errors import TryLater
from formflow.pipeline import Pipeline
from formflow.recording.drops import FINISHED
from formflow.service.copies_beside import CopiesBeside
from formflow.service.gather import Gatherer
from formflow.service.jobs import Jobs
from formflow.service.result import Result
from formflow.service.run import Run
from formflow.service.sweep import wait_until_settled
from formflow.service.worker import Worker

_LONGEST = 600.0
"""Seconds that a single pass waits for what other machines have in hand."""
_GLANCE = 0.2


def a_worker(pipeline: Pipeline, clock: Callable[[], datetime]) -> Worker:
    """A worker over a pipeline whose register several machines share."""
    return Worker(Jobs.of(pipeline, clock), pipeline.folder.settings.register_address)


@dataclass(slots=True)
class SharedWatch:
    """Works, and looks through the inbox while no other machine does."""

    pipeline: Pipeline
    clock: Callable[[], datetime]
    worker: Worker
    gatherer: Gatherer
    looks: bool = True
    """Whether it looks through the inbox too."""
    _woken: threading.Event = field(default_factory=threading.Event)

    @staticmethod
    def of(pipeline: Pipeline, clock: Callable[[], datetime], *, looks: bool = True) -> SharedWatch:
        """One over a pipeline whose register several machines share."""
        worker = a_worker(pipeline, clock)
        return SharedWatch(pipeline, clock, worker, Gatherer(pipeline, clock, worker.jobs.drops), looks)

    def forever(self) -> None:
        """Go on until told to end; the job in hand is finished first."""
        self.worker.make_ready()
        copies = CopiesBeside.begin(self.pipeline)
        if copies is not None:
            self.worker.jobs.tell_taken = copies.tell
        looking, observer = None, None
        if self.looks:
            self.worker.jobs.drops.let_go()
            observer = self._wake_on_events()
            looking = threading.Thread(
                target=self.gatherer.forever, args=(self.worker.stop, self._woken), name="formflow-inbox"
            )
            looking.start()
        try:
            self.worker.forever()
        finally:
            self.end()
            if observer is not None:
                observer.stop()
                observer.join()
            if looking is not None:
                looking.join()
            if copies is not None:
                copies.end()

    def end(self) -> None:
        """Ask it to end once the job in hand is finished."""
        self.worker.end()
        self._woken.set()

    def _wake_on_events(self) -> BaseObserver | None:
        woken = self._woken

        class Wake(FileSystemEventHandler):
            """Any event is only a reason to look."""

            def on_any_event(self, event: FileSystemEvent) -> None:
                if event.event_type in ("created", "modified", "moved", "closed"):
                    woken.set()

        observer = Observer()
        try:
            observer.schedule(Wake(), str(self.pipeline.folder.inbox), recursive=True)
            observer.start()
        except OSError:
            return None  # the inbox is looked at by the clock alone
        return observer


def run(pipeline: Pipeline, clock: Callable[[], datetime]) -> Run:
    """Take everything that is in the inbox now, with whatever other machines are at work, and draw the tracker."""
    worker = a_worker(pipeline, clock)
    worker.make_ready()
    jobs = worker.jobs
    jobs.drops.let_go()
    ready, arriving, seen = wait_until_settled(pipeline.folder.inbox, pipeline.folder.settings.settle_seconds)
    begun = time.monotonic()
    laid = Gatherer(pipeline, clock, jobs.drops).lay(ready)
    while True:
        worker.until_idle()
        states = jobs.drops.states(list(laid.values()))
        # What is open in another program stays `recorded`, and is tried again by the next worker.
        others = any(state in ("new", "read") for state, _, _ in states.values())
        if not others or time.monotonic() - begun > _LONGEST:
            break
        time.sleep(_GLANCE)
    results = [_result(pipeline, path, *states[number]) for path, number in laid.items()]
    results += [Result(path, "waiting", says="It is still being copied.") for path in arriving]
    tracker, says = _tracker(jobs)
    return Run(tuple(results), seen.left, tracker, says, time.monotonic() - begun)


def _result(pipeline: Pipeline, path: Path, state: str, entry: str, says: str) -> Result:
    recorded = pipeline.register.entry(entry) if entry else None
    if recorded is not None and state in FINISHED:
        return Result(path, recorded.outcome, recorded)
    if state == "fault":
        return Result(path, "fault", says=says)
    return Result(path, "waiting", says=says or "Another program or another machine has it in hand.")


def _tracker(jobs: Jobs) -> tuple[Path | None, str]:
    try:
        return jobs.draw_tracker(), ""
    except TryLater as busy:
        return None, str(busy)
