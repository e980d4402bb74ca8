"""Taking what has settled in the inbox, one file at a time; no file stops the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from formflow.errors import Returned, TryLater
from formflow.inbox.arrival import MESSAGES, Arrival
from formflow.inbox.sweep import Look, look, settled
from formflow.inbox.take import take
from formflow.outbox.put import clear_unfinished, fingerprint
from formflow.pipeline import Pipeline
from formflow.recording.entry import Entry
from formflow.service.line import Line
from formflow.service.message import Messages
from formflow.service.result import Result, guarded, log_entry

_MANY = 6
"""From so many forms on, the processes that work on several at once are worth starting."""


@dataclass(slots=True)
class Sweeper:
    """Takes files from the inbox into the pipeline, and finishes what an interruption left half done."""

    pipeline: Pipeline
    clock: Callable[[], datetime]

    def resume(self) -> Iterator[Result]:
        """Finish forms that were recorded but whose papers or move were cut short, then messages not gone through."""
        clear_unfinished(self.pipeline.folder.outbox)
        unfiled = self.pipeline.register.unfiled()
        lying = _by_fingerprint(look(self.pipeline.folder.inbox).files) if unfiled else {}
        for entry in sorted(unfiled, key=lambda entry: entry.outcome == "opened"):
            inside = self.pipeline.register.came_in(entry.arrival)
            dropped = None if inside else lying.pop(entry.sha256, None)
            path = dropped or Path(entry.shown_name)
            if entry.outcome == "opened":
                yield from self._opened(path, partial(self._kept, entry, path))
            else:
                yield guarded(path, partial(self.pipeline.delivery.deliver, entry, dropped))

    def sweep(self, paths: Iterable[Path]) -> Iterator[Result]:
        """Take the files one by one, and say of each what became of it, and of every form inside a message."""
        for messages, some in groupby(paths, lambda path: path.suffix.lower() in MESSAGES):
            if messages:
                for path in some:
                    yield from self._opened(path, partial(take, path, self.clock()))
            else:
                yield from self._forms(tuple(some))

    def _forms(self, paths: Sequence[Path]) -> Iterator[Result]:
        cores = self.pipeline.folder.cores
        if cores > 1 and len(paths) >= _MANY:
            yield from Line(self.pipeline, self.clock, cores).take(paths)
            return
        for path in paths:
            yield guarded(path, partial(self._take, path))

    def _take(self, path: Path) -> Entry:
        arrival = take(path, self.clock())
        try:
            return self.pipeline.process(arrival)
        except Returned as fault:
            return self.pipeline.turn_back(arrival, fault)

    def _opened(self, path: Path, find: Callable[[], Arrival]) -> Iterator[Result]:
        """Take a message: first what became of it, then of each thing in it."""
        inside: list[Entry] = []

        def act() -> Entry:
            arrival = find()
            try:
                return Messages(self.pipeline).take(arrival, inside)
            except Returned as fault:
                return self.pipeline.turn_back(arrival, fault)

        yield guarded(path, act)
        for entry in inside:
            log_entry(entry, 0.0)
            yield Result(path, entry.outcome, entry)

    def _kept(self, entry: Entry, path: Path) -> Arrival:
        """A message that was recorded and not gone through, from what was kept of it."""
        content = self.pipeline.register.evidence.get(entry.sha256)
        return Arrival(entry.arrival, path, entry.sha256, entry.received, content)


def wait_until_settled(inbox: Path, seconds: float) -> tuple[tuple[Path, ...], tuple[Path, ...], Look]:
    """Everything in the inbox now that has settled, what is still arriving, and the look itself.

    A file that last changed longer ago than `seconds` has settled; younger ones are looked at again after as long.
    """
    first = look(inbox)
    latest = time.time_ns() - round(seconds * 1e9)
    if all(mark.changed <= latest for mark in first.files.values()):
        return tuple(first.files), (), first
    time.sleep(seconds)
    second = look(inbox)
    ready = settled(first, second)
    return ready, tuple(path for path in second.files if path not in set(ready)), second


def _by_fingerprint(paths: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in paths:
        try:
            found.setdefault(fingerprint(path), path)
        except (TryLater, OSError):
            continue
    return found
