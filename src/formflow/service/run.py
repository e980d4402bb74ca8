"""One pass over the inboxes: everything that is there now, then the tracker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from formflow.errors import TryLater
from formflow.inbox.sweep import Left, Look
from formflow.pipeline import Pipeline
from formflow.service.copies import Copies, Made
from formflow.service.daily import daily
from formflow.service.lookout import Lookout
from formflow.service.result import Result
from formflow.service.sweep import Sweeper
from formflow.service.tracker.refresh import refresh

_PAUSES = (0.5, 1.5)
"""Seconds between tries for a tracker that is open."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one pass did."""

    results: tuple[Result, ...]
    left: tuple[Left, ...] = field(default=(), repr=False)
    """What formflow does not take, and why; it is where it was."""
    away: tuple[str, ...] = ()
    """Of each inbox that could not be looked at: why."""
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
    lookouts = tuple(Lookout(place, pipeline, clock, patient=False) for place in pipeline.folder.inboxes)
    results = [_noted(lookouts, pipeline, result) for result in sweeper.resume()]
    seen = settle(lookouts)
    away = tuple(lookout.found.says for lookout in lookouts if lookout.place.name not in seen)
    if not seen:
        raise TryLater(" ".join(away), "offline")
    ready = [path for lookout in lookouts if lookout.place.name in seen for path in lookout.due()]
    begin(len(ready))
    begun = time.perf_counter()
    for result in _tried(sweeper, lookouts, ready):
        results.append(result)
        step(result)
    results.extend(_not_tried(lookouts, {result.path for result in results}))
    pipeline.register.ledger.flush()
    daily(pipeline, clock())
    tracker, says = _refreshed(pipeline, clock)
    for lookout in lookouts:
        lookout.release()
    left = tuple(one for look in seen.values() for one in look.left)
    return Run(tuple(results), left, away, tracker, says, time.perf_counter() - begun)


def settle(lookouts: Sequence[Lookout]) -> dict[str, Look]:
    """Look through every inbox, and again where something changed lately; gives the last look of each by its name.

    An inbox that cannot be looked at is not among them. A file that last changed longer ago than it takes to settle has
    settled; younger ones are looked at again after as long.
    """
    seen = {lookout.place.name: look for lookout in lookouts if (look := lookout.look()) is not None}
    for lookout in lookouts:
        name, seconds = lookout.place.name, lookout.place.settle_seconds
        latest = time.time_ns() - round(seconds * 1e9)
        if name in seen and all(mark.changed <= latest for mark in seen[name].marks.values()):
            lookout.settled()
        elif name in seen:
            time.sleep(seconds)
            if again := lookout.look():
                seen[name] = again
            else:
                del seen[name]
    return seen


def _tried(sweeper: Sweeper, lookouts: Sequence[Lookout], ready: Sequence[Path]) -> Iterator[Result]:
    """Each file, and once more what ended its reader: a pass has no later to put that off to."""
    once_more: list[Path] = []
    for result in sweeper.sweep(ready):
        noted = _noted(lookouts, sweeper.pipeline, result)
        if noted.reason == "beyond-limits" and noted.became == "waiting":
            once_more.append(noted.path)
        else:
            yield noted
    for result in sweeper.sweep(once_more):
        yield _noted(lookouts, sweeper.pipeline, result)


def _noted(lookouts: Sequence[Lookout], pipeline: Pipeline, result: Result) -> Result:
    row = pipeline.register.ledger.of(result.path)
    lookout = next((one for one in lookouts if row and one.place.name == row.inbox), None)
    return lookout.note(result) if lookout else result


def _not_tried(lookouts: Sequence[Lookout], tried: Set[Path]) -> Iterator[Result]:
    """What is still arriving, or open in another program."""
    for lookout in lookouts:
        for path, row in lookout.ledger.in_hand(lookout.place.name) if not lookout.found.reason else ():
            if path not in tried:
                yield Result(path, "waiting", says=row.says or "It is still being copied.", reason=row.reason)


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
