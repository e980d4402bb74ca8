"""Looking after one inbox: is it there, what has settled in it, and when is what could not be taken tried again."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from formflow.errors import FormflowError, TryLater
from formflow.inbox.held import held_open
from formflow.inbox.sentinel import Owner, host, marked, read_mark
from formflow.inbox.sweep import Look, look
from formflow.inbox.whole import looks_whole
from formflow.outbox.put import tidy_away
from formflow.pipeline import Pipeline
from formflow.places import Place
from formflow.recording.ledger import Ledger
from formflow.recording.sighting import IN_HAND, Sighting
from formflow.recording.signs import Inspected
from formflow.service.aside import put_aside, taken_again
from formflow.service.passing import letting_pass
from formflow.service.result import Result

log = logging.getLogger("formflow")

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
"""Seconds before the second try, doubled for each further one up to the longest. There is no last try."""
POISON = frozenset({"fault", "beyond-limits"})
"""What makes a file be set aside when it happens twice; everything else passes by itself or is mended by somebody."""
_TELL = 3600.0
"""Seconds after which it is told by name who has a file open."""
_UNTIDY = "This file was recorded, but may not be moved out of the inbox. It is not taken again."
_JUST_AFTER = 0.01
"""Seconds after a file has settled in which it is looked at: at the very instant it might be a hair too young."""
_AT_ONCE = 200
"""Files that are tidied away in one look."""


@dataclass(slots=True)
class Lookout:
    """Looks after one inbox."""

    place: Place
    pipeline: Pipeline
    clock: Callable[[], datetime]
    patient: bool = True
    """Whether there will be further looks, so that a young file that cannot be read may be waited for."""
    found: Inspected = field(init=False)
    """How the inbox was found last."""
    _owner: Owner = field(init=False)
    _held: dict[Path, float] = field(default_factory=dict, repr=False)
    """Since when files are open in another program."""
    _untidy: tuple[float, float] = (0.0, FIRST_PAUSE)
    """When to try next to take away what was recorded, and how long to pause after that."""
    _told: float = -1e9
    """When the register was last told how the inbox was found."""

    def __post_init__(self) -> None:
        """Read what the register knows of the inbox."""
        name, path = self.place.name, str(self.place.path)
        known = self.pipeline.register.signs.inboxes().get(name)
        self.found = known if known and known.path == path else Inspected(name, path)
        register = str(self.pipeline.folder.register)
        self._owner = Owner(self.place, hashlib.sha256(register.encode("utf-8", "replace")).hexdigest()[:16])
        self.ledger.enter(name, self.place.path)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the register."""
        return self.pipeline.register.ledger

    def look(self) -> Look | None:
        """One look, held against the ledger; None while the inbox cannot be looked at or another looks after it."""
        known, at = self.found.mark, self.clock()
        try:
            if known and not read_mark(self.place.path):
                marked(self.place, known)
            seen = look(self.place.path, self.place.depth)
            mark = marked(self.place, known)  # only now: a share that went away meanwhile looked empty
            self._owner.claim(at, patient=self.patient)
        except (TryLater, OSError) as fault:
            self._away(fault)
            return None
        if self.found.reason:
            log.warning('The inbox "%s" can be looked at again.', self.place.name)
        was, self.found = self.found, Inspected(
            self.place.name, str(self.place.path), mark, at.isoformat(timespec="seconds"), host()
        )  # fmt: skip
        self._tell(at_once=(was.mark, was.reason) != (mark, ""))
        for arrival, path in taken_again(self.pipeline.folder, seen):
            self.ledger.come_back(arrival, path)
        self.ledger.see(self.place.name, seen)
        self._tidy()
        return seen

    def due(self) -> list[Path]:
        """What has settled and is to be tried now, what changed first, first."""
        now = time.monotonic()
        return [path for path, row in self.ledger.in_hand(self.place.name) if self._is_due(path, row, now)]

    def settled(self) -> None:
        """Take it that everything there has settled: it last changed long ago, by the clock of the share."""
        for _, row in self.ledger.in_hand(self.place.name):
            row.since = -1e9

    def rest(self) -> float:
        """Seconds until there is something to look for: a young file that settles, one that is tried again, a poll."""
        now = time.monotonic()
        wait = self.place.poll_seconds
        for _, row in self.ledger.in_hand(self.place.name) if not self.found.reason else ():
            wait = min(wait, max(row.due - now, row.since + self.place.settle_seconds - now + _JUST_AFTER))
        return max(wait, 0.05)

    def note(self, result: Result) -> Result:
        """Write down what became of a file; gives the result, which is another one for a file that was set aside."""
        with suppress(TryLater):  # a long queue is no silence
            self._owner.claim(self.clock(), patient=True)
        row = self.ledger.of(result.path)
        if row is None:
            return result
        if result.entry is not None:
            if row.attempts or row.next_try:
                self.ledger.change(row, attempts=0, next_try="", reason="", says="", due=0.0)
            if row.state not in IN_HAND and not _lies(result.path):
                self.ledger.leave(result.path)
        elif result.reason in ("arriving", "not-a-file", "link"):  # it changed or went while we took it: look again
            row.since = time.monotonic()
        elif result.became == "left" and result.reason != "no-permission":
            self.ledger.change(row, state="left", reason=result.reason, says=result.says)
        elif result.became in ("waiting", "left", "fault"):
            return self._again(row, result)
        return result

    def release(self) -> None:
        """Look after it no more."""
        if not self.found.reason:
            self._owner.release()
        self._tell(at_once=True)

    def _is_due(self, path: Path, row: Sighting, now: float) -> bool:
        if row.due > now or now - row.since < self.place.settle_seconds:
            return False
        if holder := held_open(path):
            self._wait_for(path, row, holder.who, now)
            return False
        self._held.pop(path, None)
        young = self.patient and self._is_young(row, now)
        (self.pipeline.patience.young.add if young else self.pipeline.patience.young.discard)(path)
        if young and (not row.mark.size or not looks_whole(path)):
            self._put_off(row, "unfinished", "Only part of this file is there. It may still be on its way.", now)
            return False
        return True

    def _is_young(self, row: Sighting, now: float) -> bool:
        """By our own clock since it last changed, and by the clock of the machine that holds it."""
        patience = self.pipeline.folder.settings.patience_minutes * 60
        age = time.time() + self._owner.skew - row.mark.changed / 1e9
        return now - row.since < patience and age < patience

    def _wait_for(self, path: Path, row: Sighting, who: str, now: float) -> None:
        since = self._held.setdefault(path, now)
        whose = f" by {who}" if who and now - since >= _TELL else ""
        says = f"This file is open in another program{whose}. It is taken once it is closed there."
        self._put_off(row, "open-elsewhere", says, now)

    def _put_off(self, row: Sighting, reason: str, says: str, now: float) -> None:
        """It has not come yet, which is no failed try."""
        row.due = now + min(self.place.poll_seconds, max(self.place.settle_seconds, 0.2, (now - row.since) / 4))
        if (row.state, row.reason, row.says) != ("arriving", reason, says):
            self.ledger.change(row, state="arriving", reason=reason, says=says)

    def _again(self, row: Sighting, result: Result) -> Result:
        """Try it again later, each time after a longer pause; or set it aside."""
        again = result.reason == row.reason
        pause = min(FIRST_PAUSE * 2 ** min(row.attempts, 10), LONGEST_PAUSE)
        next_try = (self.clock() + timedelta(seconds=pause)).isoformat(timespec="seconds")
        state = "waiting" if row.state in IN_HAND else row.state
        self.ledger.change(
            row, state=state, attempts=row.attempts + 1, reason=result.reason, says=result.says, next_try=next_try,
            due=time.monotonic() + pause,
        )  # fmt: skip
        if not again or result.reason not in POISON or state != "waiting":
            return result
        try:
            arrival = put_aside(self.pipeline.folder, result.path, result.reason, self.clock())
        except (TryLater, OSError):
            return result  # it is tried again, and set aside when that can be done
        self.ledger.leave(result.path, state="set aside", arrival=arrival, next_try="")
        log.error('A file of the inbox "%s" was set aside as %s (%s).', self.place.name, arrival, result.reason)
        return Result(result.path, "set aside", says=f"set aside/{arrival}", reason=result.reason)

    def _tidy(self) -> None:
        """Take away what was recorded and could not be moved; where that fails, all of it is tried again later."""
        due, pause = self._untidy
        if time.monotonic() < due or not (lying := self.ledger.untidy(self.place.name, _AT_ONCE)):
            return
        register = self.pipeline.register
        unfiled = {entry.arrival for entry in register.unfiled()}
        for path, row in lying:
            if row.arrival in unfiled:
                continue
            try:
                sha256 = register.fingerprint(row.arrival)
                register.evidence.get(sha256)
                tidy_away(path, sha256)
            except (FormflowError, OSError):
                self._untidy = (time.monotonic() + pause, min(pause * 2, LONGEST_PAUSE))
                self.ledger.cannot_tidy(self.place.name, _UNTIDY)
                return
            self.ledger.leave(
                path, reason="", says=""
            )  # where it held something else, that is a new arrival, seen by the next look
        self._untidy = (0.0, FIRST_PAUSE)

    def _away(self, fault: TryLater | OSError) -> None:
        reason = fault.reason if isinstance(fault, TryLater) else "offline"
        says = str(fault)
        if not isinstance(fault, TryLater):
            says = "It cannot be looked at just now. If it is on a network drive, check that the drive is connected."
        if self.place.name not in says:
            says = f'Inbox "{self.place.name}": {says}'
        if self.found.reason != reason:
            log.warning("%s", says)
            was = self.found
            self.found = Inspected(was.name, was.path, was.mark, was.looked, was.by, reason, says)
            self._tell(at_once=True)

    def _tell(self, *, at_once: bool = False) -> None:
        """Write down how the inbox was found: when that changed, and once a minute."""
        if at_once or time.monotonic() - self._told >= 60:
            with letting_pass(lambda says: None):
                self.pipeline.register.signs.inspected(self.found)
                self._told = time.monotonic()


def _lies(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
