"""Taking what has settled in the inbox, one file at a time; no file stops the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from formflow.errors import Returned, Stop, TryLater, plainly
from formflow.inbox.arrival import MESSAGES, Arrival
from formflow.inbox.sweep import Look, look, settled
from formflow.inbox.take import take
from formflow.log_lines import FormLine
from formflow.outbox.put import clear_unfinished, fingerprint
from formflow.pipeline import Pipeline
from formflow.recording.entry import Entry
from formflow.service.message import Messages

log = logging.getLogger("formflow")

Became = Literal["taken", "returned", "duplicate", "opened", "enclosed", "waiting", "left", "fault"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file in one sweep."""

    path: Path = field(repr=False)
    became: Became
    entry: Entry | None = None
    says: str = field(default="", repr=False)


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
                yield self._guarded(path, partial(self.pipeline.delivery.deliver, entry, dropped))

    def sweep(self, paths: Iterable[Path]) -> Iterator[Result]:
        """Take the files one by one, and say of each what became of it, and of every form inside a message."""
        for path in paths:
            if path.suffix.lower() in MESSAGES:
                yield from self._opened(path, partial(take, path, self.clock()))
            else:
                yield self._guarded(path, partial(self._take, path))

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

        yield self._guarded(path, act)
        for entry in inside:
            _log(entry, 0.0)
            yield Result(path, entry.outcome, entry)

    def _kept(self, entry: Entry, path: Path) -> Arrival:
        """A message that was recorded and not gone through, from what was kept of it."""
        content = self.pipeline.register.evidence.get(entry.sha256)
        return Arrival(entry.arrival, path, entry.sha256, entry.received, content)

    def _guarded(self, path: Path, act: Callable[[], Entry]) -> Result:
        begun = time.perf_counter()
        try:
            entry = act()
        except TryLater as fault:
            return Result(path, "waiting", says=str(fault))
        except Returned as fault:  # the bytes themselves cannot be had: the file stays where it is
            return Result(path, "left", says=str(fault))
        except Stop:
            raise
        except Exception as fault:  # noqa: BLE001 - one form must never stop the others; the file stays in the inbox
            return Result(path, "fault", says=f"{plainly(fault)} The form is untouched in the inbox.")
        _log(entry, time.perf_counter() - begun)
        return Result(path, entry.outcome, entry)


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


def _log(entry: Entry, seconds: float) -> None:
    line = FormLine(
        entry.arrival, entry.outcome, entry.reason, entry.case_ref, entry.version, entry.questions,
        round(1000 * seconds),
    )  # fmt: skip
    log.info("%s", line)
