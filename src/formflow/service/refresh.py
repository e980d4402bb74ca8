"""Drawing the case tracker anew: what people typed in it is read and kept first, then the book is built and swapped."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from formflow.errors import TryLater
from formflow.outbox.put import put
from formflow.pipeline import Pipeline, stage_plan
from formflow.recording.anchors import said
from formflow.rendering.status.state import Gathering
from formflow.rendering.workbook.carry import OwnSheet
from formflow.rendering.workbook.tracker_sheets import OFFICERS, Stamp, Waiting
from formflow.rendering.workbook.typed import TypedBook
from formflow.rendering.workbook.workbook import Content, check, draw
from formflow.service.counts import counts_of
from formflow.service.lines import desk_of, lines_of
from formflow.service.open_elsewhere import OpenMark, open_mark
from formflow.service.status import put_status
from formflow.service.take_back import TakeBack
from formflow.service.tracker_state import Aside, TrackerState

NAME = "Case tracker.xlsx"
PREVIOUS = "Case tracker (previous).xlsx"
"""In the register's folder: the workbook that was replaced last, as people left it."""
DRAWN = "Case tracker (as drawn).xlsx"
"""In the register's folder: the workbook as it was put, with people's own sheets."""
_TIMES = 3
"""How often a drawing is begun again because somebody saved the tracker meanwhile."""


def refresh(pipeline: Pipeline, made_at: datetime) -> Path:
    """Draw the tracker as of now and put it in the outbox; gives its path.

    Raises `TryLater` while somebody has it open: nothing is lost, the next refresh brings it up to date. When it has
    been open for long, a copy for reading is put beside it first.
    """
    drawing = Refresh(pipeline, made_at)
    try:
        target = drawing.run()
    except TryLater:
        put_status(pipeline, made_at, drawing.seen)  # the page is read in a browser and never in the way
        raise
    put_status(pipeline, made_at, drawing.seen)
    return target


class Refresh:
    """One drawing of the tracker."""

    def __init__(self, pipeline: Pipeline, made_at: datetime) -> None:
        self._pipeline, self._made_at = pipeline, made_at
        self._folder = pipeline.folder
        self._target = pipeline.folder.outbox / NAME
        self._state = TrackerState.of(pipeline.folder.register, pipeline.register.evidence.key)
        self._own: tuple[OwnSheet, ...] = ()
        self.seen: Gathering | None = None
        """What the status page shows, gathered by the last drawing; None while there was none."""

    def run(self) -> Path:
        """Take back what people wrote, draw, check and swap."""
        settings = self._folder.settings.tracker
        for _ in range(_TIMES):
            if mark := open_mark(self._target, self._made_at, settings.lock_stale_after_hours):
                raise self._wait(mark)
            before = self._there()
            self._take_back(before)
            self._clear_pending()
            stamp = self._state.next_stamp(self._pipeline.register.notebook.last())
            written = self._draw(stamp)
            self._state.remember(stamp, dict(TypedBook(written, {}).plain()))
            self._state.save()
            if self._there() != before:
                continue  # somebody saved it while this was drawn: what they wrote is taken back first
            self._swap(written, before, stamp)
            return self._target
        raise TryLater(
            f"Somebody is saving the {self._target.stem.lower()} just now. It is brought up to date next time."
        )

    def _there(self) -> bytes | None:
        try:
            return self._target.read_bytes()
        except FileNotFoundError:
            return None
        except PermissionError:
            raise self._wait(OpenMark(self._target)) from None

    def _take_back(self, content: bytes | None) -> None:
        """Read what people wrote, unless the file is the very one that was put there."""
        state, sha256 = self._state.held, hashlib.sha256(content or b"").hexdigest()
        back = TakeBack(self._pipeline, self._state, self._made_at, DRAWN)
        if content is None:
            self._own = back.own_of_drawn()
        elif sha256 != state.sha256:
            self._own = back.take(content)
            if back.not_whole:
                self._set_aside(content, back.not_whole)
        elif not self._own:
            self._own = back.own_of_drawn()

    def _set_aside(self, content: bytes, why: str) -> None:
        """Keep the workbook as people left it beside the tracker, and say so there."""
        name = f"Case tracker (as left {self._made_at:%Y-%m-%d %H%M}).xlsx"
        put(self._folder.outbox / name, content)
        says = f'{why} The workbook as it was left is kept beside this one as "{name}".'
        self._state.held.asides = (
            *(one for one in self._state.held.asides if one.name != name),
            Aside(name=name, says=says),
        )

    def _draw(self, stamp: Stamp, waiting: Waiting | None = None) -> bytes:
        """The workbook, checked; what the status page shows is gathered on the way."""
        seen = Gathering(desk_of(self._pipeline, self._made_at), self._made_at)
        written = draw(self._content(seen, stamp, waiting), self._state.folder)
        check(written)
        self.seen = seen
        return written

    def _content(self, seen: Gathering, stamp: Stamp, waiting: Waiting | None) -> Content:
        pipeline = self._pipeline
        held = self._state.held
        held.asides = tuple(one for one in held.asides if (self._folder.outbox / one.name).exists())
        book = pipeline.register.notebook.of([""]).get("", {})
        return Content(
            seen.cases(lines_of(pipeline, self._made_at)),
            seen.entries(pipeline.register.intake()),
            seen.desk,
            self._made_at,
            tuple(stage_plan(self._folder).titles.values()),
            tuple(counts_of(pipeline.rules, self._folder.settings)),
            held.layouts,
            tuple(filter(None, book.get(OFFICERS, "").split("\n"))),
            pipeline.register.notebook.conflicts(),
            self._own,
            (*(one.says for one in held.asides), *(str(one) for one in pipeline.delivery.renderer.troubles())),
            stamp,
            waiting,
            said(pipeline.register.head()),
        )

    def _swap(self, written: bytes, before: bytes | None, stamp: Stamp) -> None:
        if before is not None:
            self._state.keep(PREVIOUS, before)
        self._state.keep(DRAWN, written)
        try:
            put(self._target, written)
        except TryLater:
            raise self._wait(OpenMark(self._target)) from None
        held = self._state.held
        held.put, held.sha256 = stamp.drawing, hashlib.sha256(written).hexdigest()
        held.waiting_since = None
        self._state.save()

    def _wait(self, mark: OpenMark) -> TryLater:
        """Note since when the tracker is open; after a while put a copy for reading beside it."""
        held = self._state.held
        held.waiting_since = held.waiting_since or self._made_at
        patience = timedelta(minutes=self._folder.settings.tracker.pending_after_minutes)
        stem = self._target.stem.lower()
        says = f"The {stem} is open in another program, so it could not be brought up to date. Close it and it is."
        if self._made_at - held.waiting_since >= patience:
            if held.pending is None or held.pending_at is None or self._made_at - held.pending_at >= patience:
                self._put_pending(Waiting(held.waiting_since, mark.who))
            if held.pending is not None:
                says += f' Meanwhile "{held.pending.name}" beside it shows how things stand.'
        if mark.path != self._target:
            says += f' (If nobody has it open, delete "{mark.path.name}" beside it.)'
        self._state.save()
        return TryLater(says)

    def _put_pending(self, waiting: Waiting) -> None:
        self._clear_pending()
        name = f"Case tracker (pending {self._made_at:%Y-%m-%d %H%M}).xlsx"
        written = self._draw(self._state.next_stamp(self._pipeline.register.notebook.last()), waiting)
        with suppress(TryLater):  # the copy for reading is open too: what is there stays
            put(self._folder.outbox / name, written)
            sha256 = hashlib.sha256(written).hexdigest()
            self._state.held.pending = Aside(name=name, says="", sha256=sha256)
            self._state.held.pending_at = self._made_at

    def _clear_pending(self) -> None:
        """Take the copy for reading away, unless somebody changed it or has it open."""
        held = self._state.held
        if held.pending is None:
            return
        path = self._folder.outbox / held.pending.name
        with suppress(OSError):
            if hashlib.sha256(path.read_bytes()).hexdigest() == held.pending.sha256:
                path.unlink()
            else:
                says = f'Somebody changed "{held.pending.name}", a copy for reading. It is kept, and not read.'
                held.asides = (*held.asides, Aside(name=held.pending.name, says=says))
        held.pending = held.pending_at = None
