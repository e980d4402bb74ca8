"""The jobs that several machines share: each may be begun again at any moment, by any of them, and is done once."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, text

from formflow.errors import FormflowError, Returned, Stop, TryLater, plainly
from formflow.inbox.arrival import MESSAGES, Arrival
from formflow.outbox.put import clear_unfinished
from formflow.pipeline import Pipeline, Prepared, Preparing
from formflow.recording.entry import Entry
from formflow.recording.several.drops import Drop, Drops
from formflow.recording.shelf import submission_json
from formflow.service.message import Messages
from formflow.service.result import log_entry
from formflow.service.shared.desk_files import DeskFiles
from formflow.service.shared.queue import PAPERS, READ, SETTLE, TRACKER, Queue
from formflow.service.tracker.refresh import refresh
from formflow.validating.submission import Submission

log = logging.getLogger("formflow")

_LONGEST = 300.0
"""Seconds between two tries of something that stays busy."""
_UNFINISHED = 3600.0
"""Seconds after which a file that was being written beside its place is one of a machine that died."""
_WITHOUT_A_JOB = """
SELECT id FROM drops WHERE state = :state AND NOT EXISTS (
  SELECT 1 FROM procrastinate_jobs
  WHERE task_name = :job AND status IN ('todo', 'doing') AND args->>'drop' = drops.id::text
) ORDER BY id
"""


@dataclass(slots=True)
class Jobs:
    """What a worker does."""

    pipeline: Pipeline
    clock: Callable[[], datetime]
    drops: Drops
    queue: Queue = field(default_factory=Queue)
    tracker_after: float = 2.0
    """Seconds a drawing of the tracker waits for more to come."""
    stopped_by: Stop | None = None
    """What is wrong with our own set-up, once a job has met it: no more work is to be begun."""
    tell_taken: Callable[[str], object] = lambda _: None
    """Told the case of each form whose papers are out."""
    _day: date | None = None

    @staticmethod
    def of(pipeline: Pipeline, clock: Callable[[], datetime]) -> Jobs:
        """The jobs over a pipeline whose register several machines share."""
        for place in pipeline.folder.inboxes:
            pipeline.register.ledger.name(place.name, place.path)
        return Jobs(pipeline, clock, Drops(pipeline.register.store.engine, pipeline.register.evidence.key))

    @property
    def _inboxes(self) -> dict[str, Path]:
        return {place.name: place.path for place in self.pipeline.folder.inboxes}

    def read(self, number: int, tries: int) -> None:
        """Read and check a form: anywhere, for as many at once as there are workers."""
        with self._again(READ, number, tries):
            drop = self.drops.get(number)
            if drop is None or drop.state != "new":
                return
            then = self._then(SETTLE)
            try:
                prepared = self._prepared(drop)
            except (TryLater, Stop):
                raise
            except Exception as fault:  # noqa: BLE001 - one form must never stop the others; it stays in the inbox
                self._fault(number, fault)
                return
            self.drops.read(number, prepared, then)

    def settle(self, tries: int) -> None:
        """Record what was read, in the order the files were dropped; a file that is still being read holds up the rest.

        One worker at a time does this: which case a form joins depends on the forms before it.
        """
        with self._again(SETTLE, 0, tries), self.pipeline.register.hold("settle"):
            while (drop := self.drops.first_open()) and drop.state == "read":
                try:
                    entry = self._recorded(drop)
                except (TryLater, Stop):
                    raise
                except Exception as fault:  # noqa: BLE001 - the same
                    self._fault(drop.id, fault)
                    continue
                of = entry.case_ref or entry.arrival
                self.drops.recorded(drop.id, entry.arrival, self._then(PAPERS, drop.id, lock=f"case {of}"))

    def papers(self, number: int, tries: int) -> None:
        """Draw the papers of a recorded form, and move it out of the inbox; for one case one worker at a time."""
        begun = time.perf_counter()
        with self._again(PAPERS, number, tries):
            drop = self.drops.get(number)
            entry = self.pipeline.register.entry(drop.entry) if drop and drop.state == "recorded" else None
            if drop is None or entry is None:
                return
            path = drop.arrival(self._inboxes, b"").path
            self.pipeline.delivery.deliver(entry, path, path.name)
            self.drops.done(number, self._then(TRACKER, after=self.tracker_after))
            log_entry(entry, time.perf_counter() - begun)
            if entry.outcome == "taken":
                self.tell_taken(entry.case_ref)

    def tracker(self, tries: int) -> None:
        """Draw the tracker and the status page; one worker at a time, whichever it is."""
        with self._again(TRACKER, 0, tries):
            self.draw_tracker()

    def draw_tracker(self) -> Path:
        """Draw them now; gives where the tracker is. Raises `TryLater` while somebody has it open."""
        with self.pipeline.register.hold("tracker"):
            self.pipeline.catch_up()
            files = DeskFiles(self.pipeline.register.store.engine, self.pipeline.folder.register)
            files.fetch()
            try:
                return refresh(self.pipeline, self.clock())
            finally:
                files.keep()

    def look_after(self) -> None:
        """Put every job in the queue that should be there and is not, and draw the tracker of a new day."""
        with self._committing() as connection, connection.begin():
            for state, job in (("new", READ), ("recorded", PAPERS)):
                for number in connection.scalars(text(_WITHOUT_A_JOB), {"state": state, "job": job}).all():
                    self.queue.put(connection, job, drop=int(number))
            if (first := self.drops.first_open()) and first.state == "read":
                self.queue.put(connection, SETTLE)
            if self._day != self.clock().date():
                self.queue.put(connection, TRACKER)
                clear_unfinished(self.pipeline.folder.outbox, _UNFINISHED)
        self._day = self.clock().date()

    def _prepared(self, drop: Drop) -> str:
        """What is read in a file, or why it goes back; nothing for a message, and for bytes that are known."""
        register = self.pipeline.register
        if drop.suffix in MESSAGES or register.known(drop.sha256):
            return ""
        preparing = Preparing(self.pipeline.room, self.pipeline.knowledge)
        try:
            found = preparing.prepare(register.evidence.get(drop.sha256), Path(drop.name).name, drop.received.date())
        except Returned as fault:
            return json.dumps({"reason": fault.reason, "says": fault.says, "problems": fault.problems})
        return json.dumps({"layout": found.layout, "submission": submission_json(found.submission)})

    def _recorded(self, drop: Drop) -> Entry:
        """The entry of a file: one that was recorded before an interruption, or a new one."""
        register = self.pipeline.register
        arrival = drop.arrival(self._inboxes, register.evidence.get(drop.sha256))
        try:
            if drop.suffix in MESSAGES:
                return Messages(self.pipeline).take(arrival, [])
            half_done = register.half_done(arrival)
            # The same bytes, dropped twice at once: what the other one was recorded as is not this one's.
            if half_done is not None and not self.drops.claimed(half_done.arrival, drop.id):
                return half_done
            return self.pipeline.known_already(arrival) or self.pipeline.settle(arrival, self._read_in(drop, arrival))
        except Returned as fault:
            return self.pipeline.refuse(arrival, fault)

    def _read_in(self, drop: Drop, arrival: Arrival) -> Prepared:
        """What was read. Raises `Returned` where that is what came of it."""
        if not drop.prepared:
            preparing = Preparing(self.pipeline.room, self.pipeline.knowledge)
            return preparing.prepare(arrival.content, arrival.path.name, drop.received.date())
        held = json.loads(drop.prepared)
        if "reason" in held:
            raise Returned(held["reason"], held["says"], tuple(held["problems"]))
        return Prepared(held["layout"], Submission.model_validate_json(held["submission"]))

    def _fault(self, number: int, fault: Exception) -> None:
        says = f"{plainly(fault)} The form is untouched in the inbox."
        log.error("%s", says)
        self.drops.fault(number, says, self._then(SETTLE))

    def _then(self, job: str, drop: int = 0, lock: str = "", after: float = 0.0) -> Callable[[Connection], None]:
        return partial(self.queue.put, job=job, drop=drop, lock=lock, after=after)

    def _again(self, job: str, number: int, tries: int) -> _Again:
        return _Again(self, job, number, tries)

    def _committing(self) -> Connection:
        engine = self.pipeline.register.store.engine
        return engine.connect().execution_options(isolation_level="READ COMMITTED")


@dataclass(frozen=True, slots=True)
class _Again:
    """Puts a job in the queue once more when it met something busy, or something formflow did not expect."""

    jobs: Jobs
    job: str
    number: int
    tries: int

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> bool:
        if fault is None or not isinstance(fault, Exception):
            return False
        says = str(fault) if isinstance(fault, FormflowError) else plainly(fault)
        if not isinstance(fault, TryLater) or self.job != TRACKER or not self.tries:
            log.warning("%s", says)
        if isinstance(fault, Stop):
            self.jobs.stopped_by = fault
        after = min(_LONGEST, 2.0 ** min(self.tries, 9))
        with self.jobs._committing() as connection, connection.begin():
            self.jobs.queue.put(connection, self.job, drop=self.number, after=after, tries=self.tries + 1)
        return True
