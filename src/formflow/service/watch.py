"""Watching the inbox until told to stop: the poll is the truth, file events only wake it early."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from formflow.errors import TryLater
from formflow.inbox.sweep import Look, Mark, look
from formflow.inbox.whole import looks_whole
from formflow.pipeline import Pipeline
from formflow.service.copies_beside import CopiesBeside
from formflow.service.refresh import refresh
from formflow.service.result import Result
from formflow.service.sweep import Sweeper

log = logging.getLogger("formflow")

_UNFINISHED_SECONDS = 60.0
"""How long a file that is empty or has no end is waited for: a copy over a network begins empty, and may pause."""
_TRACKER_SHARE = 20
"""The tracker is drawn at most so often that drawing takes a twentieth of the time, however large it grows."""


@dataclass(slots=True)
class Watch:
    """Takes forms as they settle, for ever."""

    pipeline: Pipeline
    clock: Callable[[], datetime]
    stop: threading.Event = field(default_factory=threading.Event)
    _woken: threading.Event = field(default_factory=threading.Event)
    _since: dict[Path, tuple[Mark, float]] = field(default_factory=dict, repr=False)
    """For each file in the inbox: how it looked, and since when it has looked so (our own clock, not the share's)."""
    _given_up: dict[Path, Mark] = field(default_factory=dict, repr=False)
    """Files that met a fault in formflow itself: not tried again until they change or formflow is started anew."""
    _stale: bool = True
    _drawn: tuple[float, float, date | None] = (0.0, 0.0, None)
    """When the tracker was last drawn, how long that took, and for which day."""
    _copies: CopiesBeside | None = field(default=None, repr=False)

    def forever(self) -> None:
        """Sweep until `stop` is set; the form in hand is finished first."""
        observer = self._wake_on_events()
        try:
            for result in Sweeper(self.pipeline, self.clock).resume():
                self._note(result)
            self._copies = CopiesBeside.begin(self.pipeline)
            while not self.stop.is_set():
                self.once()
                self._woken.wait(self._pause())
                self._woken.clear()
        finally:
            if observer is not None:
                observer.stop()
                observer.join()
            if self._copies is not None:
                self._copies.end()
            self._redraw(due=True)

    def end(self) -> None:
        """Ask the watch to stop once the form in hand is finished."""
        self.stop.set()
        self._woken.set()

    def once(self) -> None:
        """One look: take what has settled, then draw the tracker if it is due."""
        try:
            seen = look(self.pipeline.folder.inbox)
        except TryLater as away:
            log.warning("%s", away)
            return
        for result in Sweeper(self.pipeline, self.clock).sweep(self._settled(seen)):
            self._note(result)
            if self.stop.is_set():
                return
        self._redraw()

    def _settled(self, seen: Look) -> list[Path]:
        now = time.monotonic()
        for path, mark in seen.files.items():
            if path not in self._since or self._since[path][0] != mark:
                self._since[path] = (mark, now)
        self._since = {path: at for path, at in self._since.items() if path in seen.files}
        wait = self.pipeline.folder.settings.settle_seconds
        return [
            path
            for path, (mark, since) in self._since.items()
            if now - since >= wait
            and self._given_up.get(path) != mark
            and (now - since >= _UNFINISHED_SECONDS or (mark.size and looks_whole(path)))
        ]

    def _note(self, result: Result) -> None:
        if result.became == "fault" and result.path in self._since:
            self._given_up[result.path] = self._since[result.path][0]
        self._stale = self._stale or result.entry is not None
        if self._copies is not None and result.entry is not None and result.entry.outcome == "taken":
            self._copies.tell(result.entry.case_ref)
        if result.became == "fault":
            log.error("%s", result.says)

    def _pause(self) -> float:
        """How long to rest: until a young file may have settled, else a whole poll."""
        settings = self.pipeline.folder.settings
        young = any(path not in self._given_up for path in self._since)
        return min(settings.poll_seconds, settings.settle_seconds / 2 + 0.05) if young else settings.poll_seconds

    def _redraw(self, *, due: bool = False) -> None:
        at, took, day = self._drawn
        today = self.clock().date()
        due = due or time.monotonic() - at >= took * _TRACKER_SHARE
        if not due or not (self._stale or day != today):
            return
        begun = time.monotonic()
        try:
            refresh(self.pipeline, self.clock())
        except TryLater as busy:
            log.warning("%s", busy)
            self._drawn = (begun, 1.0, day)
        else:
            self._stale = False
            self._drawn = (time.monotonic(), time.monotonic() - begun, today)

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
            log.warning("File events are not to be had here; the inbox is looked at by the clock alone.")
            return None
        return observer
