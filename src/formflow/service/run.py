"""One pass over the inbox: everything that is there now, then the tracker."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from formflow.errors import TryLater
from formflow.inbox.sweep import Left
from formflow.pipeline import Pipeline
from formflow.service.copies import Copies, Made
from formflow.service.refresh import refresh
from formflow.service.result import Result
from formflow.service.sweep import Sweeper, wait_until_settled

_PAUSES = (0.5, 1.5)
"""Seconds between tries for a tracker that is open."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one pass did."""

    results: tuple[Result, ...]
    left: tuple[Left, ...] = field(default=(), repr=False)
    """What formflow does not take, and why; it is where it was."""
    tracker: Path | None = None
    tracker_says: str = ""
    """Why the tracker could not be brought up to date; empty when it was."""
    seconds: float = 0.0
    """What the work took, without waiting for files to settle."""

    def count(self, became: str) -> int:
        """How many files became so."""
        return sum(1 for result in self.results if result.became == became)


def make_copies(pipeline: Pipeline, step: Callable[[int, int], object] = lambda done, of: None) -> Made | None:
    """Make the PDF copies that papers lack, in every case; None where the settings ask for none.

    For after a pass, when the Word papers and the tracker are out. `step` is told how many are done, of how many.
    """
    if not pipeline.folder.settings.papers.pdf:
        return None
    copies = Copies.of(pipeline.folder.outbox / "cases", pipeline.register.papers)
    try:
        return copies.make(copies.refs(), step)
    finally:
        if copies.office is not None:
            copies.office.close()
            copies.office.rest()


def run(
    pipeline: Pipeline,
    clock: Callable[[], datetime],
    begin: Callable[[int], object] = lambda _: None,
    step: Callable[[Result], object] = lambda _: None,
) -> Run:
    """Take everything that is in the inbox now, write all papers, refresh the tracker.

    `begin` is told how many files there are, `step` each result as it comes.
    """
    sweeper = Sweeper(pipeline, clock)
    results = list(sweeper.resume())
    ready, arriving, seen = wait_until_settled(pipeline.folder.inbox, pipeline.folder.settings.settle_seconds)
    begin(len(ready))
    begun = time.perf_counter()
    for result in sweeper.sweep(ready):
        results.append(result)
        step(result)
    results.extend(Result(path, "waiting", says="It is still being copied.") for path in arriving)
    tracker, says = _refreshed(pipeline, clock)
    return Run(tuple(results), seen.left, tracker, says, time.perf_counter() - begun)


def _refreshed(pipeline: Pipeline, clock: Callable[[], datetime]) -> tuple[Path | None, str]:
    """The tracker, tried for again a moment later: somebody may just be closing it. Else why it could not be drawn."""
    for pause in (*_PAUSES, None):
        try:
            return refresh(pipeline, clock()), ""
        except TryLater as busy:
            if pause is None:
                return None, str(busy)
            time.sleep(pause)
    raise AssertionError("the last pause is none")
