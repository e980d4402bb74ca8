"""Drawing the case tracker anew: what people typed in it is read and kept first, then the book is built and swapped."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from formflow.errors import TryLater
from formflow.outbox.put import beside_of, fingerprint, put_copy
from formflow.pipeline import Pipeline, stage_plan
from formflow.recording.proof.anchors import said
from formflow.rendering.status.state import Gathering
from formflow.rendering.workbook.carry import OwnSheet
from formflow.rendering.workbook.tracker_sheets import OFFICERS, Stamp, Waiting
from formflow.rendering.workbook.typed import TypedBook
from formflow.rendering.workbook.workbook import Content, check, draw
from formflow.service.tracker.counts import counts_of
from formflow.service.tracker.lines import desk_of, lines_of
from formflow.service.tracker.open_elsewhere import OpenMark, open_mark
from formflow.service.tracker.status import put_status
from formflow.service.tracker.take_back import TakeBack
from formflow.service.tracker.tracker_state import Aside, TrackerState

NAME = "Case tracker.xlsx"
PREVIOUS = "Case tracker (previous).xlsx"
"""In the register's folder: the workbook as people left it last."""
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
        self._room = pipeline.folder.outbox if self._state.key else self._state.folder
        """Where workbooks are made that are in no place yet: not in the register's folder where that is encrypted."""
        self._own: tuple[OwnSheet, ...] = ()
        self.seen: Gathering | None = None
        """What the status page shows, gathered by the last drawing; None while there was none."""

    def run(self) -> Path:
        """Take back what people wrote, draw, check and swap."""
        settings = self._folder.settings.tracker
        self._clear_unfinished()
        for _ in range(_TIMES):
            if mark := open_mark(self._target, self._made_at, settings.lock_stale_after_hours):
                raise self._wait(mark)
            before = self._take_back()
            self._clear_pending()
            stamp = self._state.next_stamp(self._pipeline.register.notebook.last())
            made = self._draw(stamp)
            try:
                with closing(TypedBook(made, {})) as book:
                    self._state.remember(stamp, dict(book.plain()))
                self._state.save()
                if self._there() != before:
                    continue  # somebody saved it while this was drawn: what they wrote is taken back first
                self._swap(made, stamp)
                return self._target
            finally:
                _take_away(made)
        raise TryLater(
            f"Somebody is saving the {self._target.stem.lower()} just now. It is brought up to date next time."
        )

    def _clear_unfinished(self) -> None:
        """Take away what a drawing that was cut short left beside; only one may write, so it is nobody's."""
        for folder in (self._folder.outbox, self._state.folder):
            for path in folder.glob(".*racker*.tmp"):
                _take_away(path)

    def _there(self) -> str | None:
        """The fingerprint of the tracker that lies there; None where none does."""
        try:
            return fingerprint(self._target)
        except FileNotFoundError:
            return None
        except TryLater:
            raise self._wait(OpenMark(self._target)) from None

    def _take_back(self) -> str | None:
        """Read what people wrote, unless the file is the very one that was put there; gives its fingerprint.

        It is read from a copy: people may save theirs meanwhile, and on Windows nobody is kept from it.
        """
        there = self._there()
        back = TakeBack(self._pipeline, self._state, self._made_at, DRAWN)
        if there is None or there == self._state.held.sha256:
            if there is None or not self._own:
                self._own = back.own_of_drawn()
            return there
        left = beside_of(self._room / PREVIOUS)
        try:
            there = put_copy(left, self._target)
            self._own = back.take(left)
            if back.not_whole:
                self._set_aside(left, there, back.not_whole)
            if not self._is_drawn(there):
                self._state.keep_file(PREVIOUS, left)
        except FileNotFoundError:
            return self._take_back()  # taken away just now
        except PermissionError:
            raise self._wait(OpenMark(self._target)) from None
        finally:
            _take_away(left)
        return there

    def _is_drawn(self, sha256: str) -> bool:
        """Whether a workbook is the last drawing as it was: it was put, and formflow ended before it noted that."""
        return self._state.fingerprint(DRAWN) == sha256

    def _set_aside(self, left: Path, sha256: str, why: str) -> None:
        """Keep the workbook as people left it beside the tracker, and say so there."""
        held = self._state.held
        if any(one.sha256 == sha256 and (self._folder.outbox / one.name).exists() for one in held.asides):
            return
        name = f"Case tracker (as left {self._made_at:%Y-%m-%d %H%M}).xlsx"
        says = f'{why} The workbook as it was left is kept beside this one as "{name}".'
        held.asides = (
            *(one for one in held.asides if one.name != name),
            Aside(name=name, says=says, sha256=sha256),
        )
        self._state.save()  # first: a file beside is told of also when formflow is ended just now
        put_copy(self._folder.outbox / name, left)

    def _draw(self, stamp: Stamp, waiting: Waiting | None = None) -> Path:
        """The workbook, checked, in a file beside the last one; what the status page shows is gathered on the way."""
        seen = Gathering(desk_of(self._pipeline, self._made_at), self._made_at)
        made = beside_of(self._room / DRAWN)
        with made.open("wb") as out:
            draw(self._content(seen, stamp, waiting), out, self._room)
            out.flush()
            os.fsync(out.fileno())
        check(made)
        self.seen = seen
        return made

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

    def _swap(self, made: Path, stamp: Stamp) -> None:
        self._state.keep_file(DRAWN, made)
        try:
            sha256 = self._state.copy_out(DRAWN, self._target)
        except TryLater:
            raise self._wait(OpenMark(self._target)) from None
        held = self._state.held
        held.put, held.sha256 = stamp.drawing, sha256
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
        held = self._state.held
        made = self._draw(self._state.next_stamp(self._pipeline.register.notebook.last()), waiting)
        try:
            name = f"Case tracker (pending {self._made_at:%Y-%m-%d %H%M}).xlsx"
            held.pending = Aside(name=name, says="", sha256=fingerprint(made))
            held.pending_at = self._made_at
            self._state.save()  # first: it goes in the end also when formflow is ended just now
            with suppress(TryLater):  # the copy for reading is open too: what is there stays
                put_copy(self._folder.outbox / name, made)
        finally:
            _take_away(made)

    def _clear_pending(self) -> None:
        """Take the copies for reading away; one that somebody changed stays, one that is open goes later."""
        held = self._state.held
        copies = (*held.to_go, *((held.pending,) if held.pending else ()))
        held.pending = held.pending_at = None
        held.to_go = tuple(one for one in copies if not self._cleared(one))

    def _cleared(self, copy: Aside) -> bool:
        path = self._folder.outbox / copy.name
        try:
            if fingerprint(path) == copy.sha256:
                path.unlink()
                return True
        except FileNotFoundError:
            return True
        except (OSError, TryLater):
            return False
        says = f'Somebody changed "{copy.name}", a copy for reading. It is kept, and not read.'
        self._state.held.asides = (*self._state.held.asides, Aside(name=copy.name, says=says))
        return True


def _take_away(path: Path) -> None:
    """Delete a file of our own; one that an antivirus program holds just now goes at the next drawing."""
    with suppress(OSError):
        path.unlink()
