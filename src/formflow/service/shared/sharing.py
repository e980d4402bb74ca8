"""Taking forms with several machines: one looks through the inbox, all of them work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from formflow.errors import TryLater
from formflow.inbox.sweep import Left, look
from formflow.pipeline import Pipeline
from formflow.recording.several.drops import FINISHED
from formflow.service.copies_beside import CopiesBeside
from formflow.service.result import Result
from formflow.service.run import Run
from formflow.service.shared.gather import Gatherer
from formflow.service.shared.jobs import Jobs
from formflow.service.shared.worker import Worker
from formflow.service.waking import Waking

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
    gatherers: tuple[Gatherer, ...]
    looks: bool = True
    """Whether it looks through the inboxes too."""
    _woken: threading.Event = field(default_factory=threading.Event)

    @staticmethod
    def of(pipeline: Pipeline, clock: Callable[[], datetime], *, looks: bool = True) -> SharedWatch:
        """One over a pipeline whose register several machines share."""
        worker = a_worker(pipeline, clock)
        return SharedWatch(pipeline, clock, worker, _gatherers(pipeline, clock, worker), looks)

    def forever(self) -> None:
        """Go on until told to end; the job in hand is finished first."""
        self.worker.make_ready()
        copies = CopiesBeside.begin(self.pipeline)
        if copies is not None:
            self.worker.jobs.tell_taken = copies.tell
        waking = Waking(self._woken)
        looking: list[threading.Thread] = []
        if self.looks:
            self.worker.jobs.drops.let_go()
            for gatherer in self.gatherers:
                waking.listen(gatherer.place)
                given = (self.worker.stop, self._woken)
                looking.append(threading.Thread(target=gatherer.forever, args=given, name="formflow-inbox"))
                looking[-1].start()
        try:
            self.worker.forever()
        finally:
            self.end()
            waking.end()
            for thread in looking:
                thread.join()
            if copies is not None:
                copies.end()

    def end(self) -> None:
        """Ask it to end once the job in hand is finished."""
        self.worker.end()
        self._woken.set()


def _gatherers(pipeline: Pipeline, clock: Callable[[], datetime], worker: Worker) -> tuple[Gatherer, ...]:
    return tuple(Gatherer(pipeline, clock, worker.jobs.drops, inbox=place) for place in pipeline.folder.inboxes)


@dataclass(frozen=True, slots=True)
class _Found:
    """What lies in one inbox, once it has had the time to settle."""

    gatherer: Gatherer
    ready: tuple[Path, ...] = field(default=(), repr=False)
    arriving: tuple[Path, ...] = field(default=(), repr=False)
    left: tuple[Left, ...] = field(default=(), repr=False)
    away: str = ""
    """Why it cannot be looked at; empty where it can."""

    @staticmethod
    def once_settled(gatherer: Gatherer) -> _Found:
        """Look, and again where something changed lately."""
        place = gatherer.place
        try:
            first = look(place.path, place.depth)
            latest = time.time_ns() - round(place.settle_seconds * 1e9)
            if all(mark.changed <= latest for mark in first.marks.values()):
                return _Found(gatherer, tuple(first.files), (), first.left)
            time.sleep(place.settle_seconds)
            second = look(place.path, place.depth)
        except TryLater as away:
            return _Found(gatherer, away=str(away))
        ready = tuple(path for path, mark in second.files.items() if first.files.get(path) == mark)
        return _Found(gatherer, ready, tuple(path for path in second.files if path not in ready), second.left)


def run(pipeline: Pipeline, clock: Callable[[], datetime]) -> Run:
    """Take everything that is in the inbox now, with whatever other machines are at work, and draw the tracker."""
    worker = a_worker(pipeline, clock)
    worker.make_ready()
    jobs = worker.jobs
    jobs.drops.let_go()
    found = [_Found.once_settled(gatherer) for gatherer in _gatherers(pipeline, clock, worker)]
    begun = time.monotonic()
    laid = {path: number for one in found for path, number in one.gatherer.lay(one.ready).items()}
    while True:
        worker.until_idle()
        states = jobs.drops.states(list(laid.values()))
        # What is open in another program stays `recorded`, and is tried again by the next worker.
        others = any(state in ("new", "read") for state, _, _ in states.values())
        if not others or time.monotonic() - begun > _LONGEST:
            break
        time.sleep(_GLANCE)
    results = [_result(pipeline, path, *states[number]) for path, number in laid.items()]
    results += [Result(path, "waiting", says="It is still being copied.") for one in found for path in one.arriving]
    tracker, says = _tracker(jobs)
    left = tuple(each for one in found for each in one.left)
    away = tuple(one.away for one in found if one.away)
    return Run(tuple(results), left, away, tracker, says, time.monotonic() - begun)


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
