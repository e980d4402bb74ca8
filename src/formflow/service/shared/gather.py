"""Gathering: what has settled in the inbox goes into the database that several machines share, whole and once."""

from __future__ import annotations

import logging
import os
import platform
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from formflow.errors import FormflowError, Returned, TryLater, plainly
from formflow.inbox.sentinel import host
from formflow.inbox.sweep import Look, Mark, look
from formflow.inbox.take import take
from formflow.inbox.whole import looks_whole
from formflow.pipeline import Pipeline
from formflow.places import Place
from formflow.recording.several.drops import Drops
from formflow.recording.signs import Inspected, Watching
from formflow.service.shared.lease import Lease
from formflow.service.shared.queue import READ, Queue

log = logging.getLogger("formflow")

_SIGNS = 30.0
"""Seconds between two signs of life."""
_UNFINISHED_SECONDS = 60.0
"""How long a file that is empty or has no end is waited for."""


def this_process() -> str:
    """A name for this process on this machine."""
    return f"{platform.node()} {os.getpid()}"


@dataclass(slots=True)
class Gatherer:
    """Looks through one inbox of a working folder, as long as no other machine does."""

    pipeline: Pipeline
    clock: Callable[[], datetime]
    drops: Drops
    queue: Queue = field(default_factory=Queue)
    holder: str = field(default_factory=this_process)
    lease_seconds: float = 60.0
    inbox: Place | None = None
    """Which one; left out: the first."""
    _told: float = -1e9
    _since: dict[Path, tuple[Mark, float]] = field(default_factory=dict, repr=False)
    """For each file in the inbox how it looked, and since when it has looked so."""
    _laid: dict[Path, Mark] = field(default_factory=dict, repr=False)
    """Files that were taken in, or that cannot be: not opened again while they look the same."""
    _said: str = ""

    @property
    def lease(self) -> Lease:
        """The right to look through this inbox."""
        return Lease(self.pipeline.register.store.engine, self.place.name, self.holder, self.lease_seconds)

    @property
    def place(self) -> Place:
        """The inbox it looks through."""
        return self.inbox or self.pipeline.folder.inboxes[0]

    def forever(self, stop: threading.Event, woken: threading.Event) -> None:
        """Look until `stop` is set, at once when woken. A fault is said and never ends it."""
        while not stop.is_set():
            try:
                self.once()
                self._said = ""
            except FormflowError as busy:
                self._say(str(busy))
            except Exception as fault:  # noqa: BLE001 - whatever it met, the inbox must be looked at again
                self._say(plainly(fault))
            woken.wait(self._pause())
            woken.clear()
        try:
            self.lease.give_up()
        except FormflowError as away:
            self._say(str(away))

    def once(self) -> int:
        """One look, if it is ours to look; gives how many files were taken in."""
        if not self.lease.held():
            self._since.clear()
            return 0
        seen = look(self.place.path, self.place.depth)
        self._sign()
        return len(self.lay(self._settled(seen)))

    def _sign(self) -> None:
        """Signs of life in the register, twice a minute: of this machine, and of the inbox."""
        if time.monotonic() - self._told < _SIGNS:
            return
        at, signs = self.clock().isoformat(timespec="seconds"), self.pipeline.register.signs
        signs.alive(Watching(host(), at))
        signs.inspected(Inspected(self.place.name, str(self.place.path), "", at, host()))
        self._told = time.monotonic()

    def lay(self, paths: Iterable[Path]) -> dict[Path, int]:
        """Take these files in, with their bytes; gives the number of each that was new."""
        found: dict[Path, int] = {}
        for path in paths:
            try:
                if (number := self._lay(path)) is not None:
                    found[path] = number
            except Returned:
                continue  # the bytes themselves cannot be had: the file stays where it is
            except FileNotFoundError:
                continue  # taken away since it was listed
            except TryLater as busy:
                log.info("%s", busy)
                self._laid.pop(path, None)
        return found

    def _lay(self, path: Path) -> int | None:
        before = path.lstat()
        self._laid[path] = Mark(before.st_size, before.st_mtime_ns)
        arrival = take(path, self.clock())
        name = f"{self.place.name}/{path.relative_to(self.place.path).as_posix()}"

        def still_there() -> bool:
            try:
                now = path.lstat()
            except OSError:
                return False
            return (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)

        return self.drops.lay(
            name, arrival, before.st_mtime_ns, still_there,
            lambda connection, number: self.queue.put(connection, READ, drop=number),
        )  # fmt: skip

    def _settled(self, seen: Look) -> list[Path]:
        now = time.monotonic()
        for path, mark in seen.files.items():
            if path not in self._since or self._since[path][0] != mark:
                self._since[path] = (mark, now)
        self._since = {path: at for path, at in self._since.items() if path in seen.files}
        self._laid = {path: mark for path, mark in self._laid.items() if seen.files.get(path) == mark}
        wait = self.place.settle_seconds
        ready = {
            path
            for path, (mark, since) in self._since.items()
            if path not in self._laid
            and now - since >= wait
            and (now - since >= _UNFINISHED_SECONDS or (mark.size and looks_whole(path)))
        }
        return [path for path in seen.files if path in ready]  # oldest first

    def _pause(self) -> float:
        young = any(path not in self._laid for path in self._since)
        longest = min(self.place.poll_seconds, self.lease_seconds / 3)
        return min(longest, self.place.settle_seconds / 2 + 0.05) if young else longest

    def _say(self, says: str) -> None:
        """Say what is wrong once, not at every look."""
        if says != self._said:
            log.warning("%s", says)
            self._said = says
