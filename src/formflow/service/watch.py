"""Watching the inboxes until told to stop: the poll is the truth, file events only wake it early."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from formflow.inbox.sentinel import host
from formflow.pipeline import Pipeline
from formflow.recording.signs import Watching
from formflow.service.copies_beside import CopiesBeside
from formflow.service.daily import daily
from formflow.service.lookout import FIRST_PAUSE, LONGEST_PAUSE, Lookout
from formflow.service.passing import letting_pass
from formflow.service.result import Result
from formflow.service.sweep import Sweeper
from formflow.service.tracker.refresh import refresh
from formflow.service.waking import Waking

log = logging.getLogger("formflow")

_HEARTBEAT = 30.0
"""Seconds between two signs of life of the watch."""
_TRACKER_SHARE = 20
"""The tracker is drawn at most so often that drawing takes a twentieth of the time, however large it grows."""


@dataclass(slots=True)
class Watch:
    """Takes forms as they settle, for ever."""

    pipeline: Pipeline
    clock: Callable[[], datetime]
    stop: threading.Event = field(default_factory=threading.Event)
    _woken: threading.Event = field(default_factory=threading.Event)
    _lookouts: tuple[Lookout, ...] = field(init=False, repr=False)
    _next_look: dict[str, float] = field(default_factory=dict, repr=False)
    _unfinished: tuple[float, float] | None = (0.0, FIRST_PAUSE)
    """When to try again to bring what was recorded to its place, and the pause after that; None: nothing waits."""
    _beat: float = -1e9
    _trouble: str = ""
    _stale: bool = True
    _drawn: tuple[float, float, date | None] = (0.0, 0.0, None)
    """When the tracker was last drawn, how long that took, and for which day."""
    _day: tuple[date | None, float] = (None, 0.0)
    """The day that was gone through, and when it is gone through again in case something was open."""
    _copies: CopiesBeside | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """One lookout for each inbox."""
        self._lookouts = tuple(Lookout(place, self.pipeline, self.clock) for place in self.pipeline.folder.inboxes)

    def forever(self) -> None:
        """Sweep until `stop` is set; the form in hand is finished first."""
        waking = Waking(self._woken)
        try:
            self._sign()
            self._note_all(Sweeper(self.pipeline, self.clock).resume())
            self._copies = CopiesBeside.begin(self.pipeline)
            everywhere = True
            while not self.stop.is_set():
                with letting_pass(self._tell_once):
                    self.once(everywhere=everywhere)
                    self._trouble = ""
                for lookout in self._lookouts:
                    (waking.forget if lookout.found.reason else waking.listen)(lookout.place)
                everywhere = self._woken.wait(self._pause())
                self._woken.clear()
        finally:
            waking.end()
            if self._copies is not None:
                self._copies.end()
            self._redraw(due=True)
            for lookout in self._lookouts:
                lookout.release()
            self._sign(ended=True)

    def end(self) -> None:
        """Ask the watch to stop once the form in hand is finished."""
        self.stop.set()
        self._woken.set()

    def once(self, *, everywhere: bool = True) -> None:
        """One look: take what has settled, then draw the tracker if it is due.

        Without `everywhere` only in those inboxes whose turn it is.
        """
        self._sign()
        for lookout in self._lookouts:
            if everywhere or time.monotonic() >= self._next_look.get(lookout.place.name, 0.0):
                if lookout.look() is not None:
                    self._note_all(Sweeper(self.pipeline, self.clock).sweep(lookout.due()), lookout)
                self._next_look[lookout.place.name] = time.monotonic() + lookout.rest()
            if self.stop.is_set():
                return
        self._finish()
        self.pipeline.register.ledger.flush()
        self._by_day()
        self._redraw()

    def _note_all(self, results: Iterable[Result], lookout: Lookout | None = None) -> None:
        for result in results:
            self._note(result, lookout)
            if self.stop.is_set():
                return

    def _note(self, result: Result, lookout: Lookout | None) -> None:
        if lookout is None:
            ledger = self.pipeline.register.ledger
            row = ledger.of(result.path)
            lookout = next((one for one in self._lookouts if row and one.place.name == row.inbox), None)
        self._sign()  # a long queue is no silence
        if lookout is not None:
            result = lookout.note(result)
        if result.became in ("waiting", "fault") and self._unfinished is None:
            self._unfinished = (time.monotonic() + FIRST_PAUSE, FIRST_PAUSE * 2)
        self._stale = self._stale or result.entry is not None
        if self._copies is not None and result.entry is not None and result.entry.outcome == "taken":
            self._copies.tell(result.entry.case_ref)
        if result.became == "fault":
            log.error("%s", result.says)

    def _finish(self) -> None:
        """Bring to its place what was recorded while something was busy, after a longer pause each time."""
        if self._unfinished is None or time.monotonic() < self._unfinished[0]:
            return
        if self.pipeline.register.unfiled():
            self._note_all(Sweeper(self.pipeline, self.clock).finish())
        if self.pipeline.register.unfiled():
            _, pause = self._unfinished
            self._unfinished = (time.monotonic() + pause, min(pause * 2, LONGEST_PAUSE))
        else:
            self._unfinished = None

    def _tell_once(self, says: str) -> None:
        """What keeps the watch from its work is logged when it begins, not at every look."""
        if says != self._trouble:
            log.error("%s", says)
            self._trouble = says

    def _by_day(self) -> None:
        """Draw what the calendar makes due, when the day changes; what was open then, ten minutes later."""
        day = self.clock().date()
        if self._day[0] == day and time.monotonic() < self._day[1]:
            return
        self._day = (day, time.monotonic() + LONGEST_PAUSE)
        if daily(self.pipeline, self.clock(), self.stop.is_set):
            self._stale = True

    def _pause(self) -> float:
        """How long to rest: until some inbox, or the next sign of life, is due."""
        due = min(self._next_look.values(), default=0.0)
        return max(0.05, min(due - time.monotonic(), _HEARTBEAT))

    def _sign(self, *, ended: bool = False) -> None:
        """A sign of life in the register."""
        if not ended and time.monotonic() - self._beat < _HEARTBEAT:
            return
        at = self.clock().isoformat(timespec="seconds")
        with letting_pass(lambda says: None):
            self.pipeline.register.signs.alive(Watching(host(), at, at if ended else ""))
            self._beat = time.monotonic()

    def _redraw(self, *, due: bool = False) -> None:
        at, took, day = self._drawn
        today = self.clock().date()
        due = due or time.monotonic() - at >= took * _TRACKER_SHARE
        if not due or not (self._stale or day != today):
            return
        begun, self._drawn = time.monotonic(), (time.monotonic(), 1.0, day)
        with letting_pass(lambda says: log.warning("%s", says)):
            refresh(self.pipeline, self.clock())
            self._stale = False
            self._drawn = (time.monotonic(), time.monotonic() - begun, today)
