"""Many forms at once: read ahead on every core, settled one after another in their order, their papers drawn beside."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter

from formflow.errors import Returned
from formflow.inbox.arrival import Arrival
from formflow.inbox.take import take
from formflow.outbox.deliver import Drawing
from formflow.pipeline import Pipeline, Prepared, Preparing
from formflow.recording.entry import Entry
from formflow.service.desks import Desks, Drawn
from formflow.service.result import Result, guarded

_AHEAD = 4
"""Forms for each core that are read ahead, and that may be in hand to be drawn: a slow one holds up the others less."""


@dataclass(frozen=True, slots=True)
class Read:
    """A form that was read ahead, or why it goes back."""

    arrival: Arrival
    outcome: Prepared | Returned


@dataclass(frozen=True, slots=True)
class InHand:
    """A recorded form whose papers are being drawn."""

    path: Path = field(repr=False)
    arrival: Arrival
    drawing: Drawing
    begun: float
    papers: Future[Drawn]


@dataclass(slots=True)
class Line:
    """Takes forms as one after another would, on several cores; what is recorded, and in which order, is the same."""

    pipeline: Pipeline
    clock: Callable[[], datetime]
    cores: int
    _drawing: deque[InHand] = field(default_factory=deque, repr=False)

    def take(self, paths: Iterable[Path]) -> Iterator[Result]:
        """Take the files, and say of each what became of it. Each is finished before the last result is given."""
        preparing = Preparing(self.pipeline.room, self.pipeline.knowledge)
        desks = Desks(self.pipeline.folder.root, max(1, self.cores // 2))  # drawing is a third of it
        ahead: deque[tuple[Path, Future[Read]]] = deque()
        coming = iter(paths)
        with ThreadPoolExecutor(self.cores, thread_name_prefix="formflow-line") as readers:
            try:
                while True:
                    for path in islice(coming, _AHEAD * self.cores - len(ahead)):
                        ahead.append((path, readers.submit(_read, preparing, path, self.clock())))
                    if not ahead:
                        break
                    yield from self._finished(_AHEAD * self.cores)
                    yield from self._settled(*ahead.popleft(), desks)
                yield from self._finished(0)
            finally:
                readers.shutdown(cancel_futures=True)
                desks.close()

    def _settled(self, path: Path, reading: Future[Read], desks: Desks) -> Iterator[Result]:
        """Record one form, and begin with its papers; where it needs what is being drawn, that is finished first."""
        begun = perf_counter()
        read = reading.result() if reading.exception() is None else None
        if read is not None and any(one.arrival.sha256 == read.arrival.sha256 for one in self._drawing):
            yield from self._finished(0)  # a second copy is told from one that was cut short only then
        fresh: list[Arrival] = []
        result = guarded(path, partial(self._record, reading, fresh))
        if result.entry is None or not fresh:
            yield result
            return
        if any(one.drawing.record.ref == result.entry.case_ref for one in self._drawing):
            yield from self._finished(0)  # its papers replace those
        drawing = self.pipeline.delivery.drawing(result.entry)
        if drawing is not None:
            self._drawing.append(InHand(path, fresh[0], drawing, begun, desks.draw(drawing)))
        else:
            yield guarded(path, partial(self.pipeline.delivery.finish, result.entry, fresh[0].dropped, "", {}))

    def _record(self, reading: Future[Read], fresh: list[Arrival]) -> Entry:
        """Record a form; one whose papers are to be drawn goes into `fresh`, all others are brought to their end."""
        read = reading.result()
        if entry := self.pipeline.seen_before(read.arrival):
            return self.pipeline.delivery.deliver(entry, read.arrival.dropped, read.arrival.path.name)
        if isinstance(read.outcome, Prepared):
            try:
                entry = self.pipeline.settle(read.arrival, read.outcome)
            except Returned as fault:
                return self.pipeline.turn_back(read.arrival, fault)
            fresh.append(read.arrival)
            return entry
        return self.pipeline.turn_back(read.arrival, read.outcome)

    def _finished(self, most: int) -> Iterator[Result]:
        """Bring those to their end whose papers are drawn, and wait until at most so many are still being drawn."""
        while self._drawing and (len(self._drawing) > most or self._drawing[0].papers.done()):
            one = self._drawing.popleft()
            yield guarded(one.path, partial(self._finish, one), one.begun)

    def _finish(self, one: InHand) -> Entry:
        delivery = self.pipeline.delivery
        put = one.papers.result().taken_home(one.drawing, delivery.desk)
        return delivery.finish(one.drawing.entry, one.arrival.dropped, "", put)


def _read(preparing: Preparing, path: Path, received: datetime) -> Read:
    arrival = take(path, received)
    try:
        return Read(arrival, preparing.prepare(arrival.content, path.name, received.date()))
    except Returned as fault:
        return Read(arrival, fault)
