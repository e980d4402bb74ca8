"""Drawing papers in processes of our own, so that every core has work while the register is written by one."""

from __future__ import annotations

import contextlib
import logging
import pickle
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from formflow.errors import FormflowError
from formflow.outbox.deliver import Drawing
from formflow.outbox.paper_desk import PaperDesk
from formflow.pipeline import paper_desk
from formflow.reading.held import Held
from formflow.rendering.render import Trouble
from formflow.settings import WorkingFolder

log = logging.getLogger("formflow")

MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of memory for one desk on Windows, where every process we start is held to some; it needs a tenth of that."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of drawing the papers of one form."""

    put: dict[str, str] | FormflowError | None = field(repr=False)
    """The papers that were put in their place, by name with their fingerprints; why they could not be; or None where
    the process that drew them ended by itself: they are to be drawn at home."""
    troubles: Sequence[Trouble] = ()
    """What was met with templates."""

    def taken_home(self, drawing: Drawing, home: PaperDesk) -> dict[str, str]:
        """The papers, drawn here if they must be. Raises what was met in drawing."""
        home.renderer.hear(self.troubles)
        if isinstance(self.put, FormflowError):
            raise self.put
        return drawing.done_at(home) if self.put is None else self.put


@dataclass(slots=True)
class Desks:
    """A few processes that draw papers; each is started when there is work for it."""

    root: Path
    count: int
    _idle: list[Held] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _threads: ThreadPoolExecutor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make ready to wait for so many at once."""
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="formflow-desk")

    def draw(self, drawing: Drawing) -> Future[Drawn]:
        """Draw papers and put them in their place."""
        return self._threads.submit(self._draw, drawing)

    def close(self) -> None:
        """Let those at work finish, and end them."""
        self._threads.shutdown()
        for desk in self._idle:
            desk.end()
        self._idle.clear()

    def _draw(self, drawing: Drawing) -> Drawn:
        with self._lock:
            desk = self._idle.pop() if self._idle else None
        try:
            desk = desk or Held.begin(serve, self.root, memory=MEMORY, name="formflow-desk", childless=False)
            desk.pipe.send(drawing)
            answer: Drawn = desk.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            if desk is not None:
                desk.end()
            log.warning("A process that draws papers ended by itself. The papers are drawn without it.")
            return Drawn(None)
        with self._lock:
            self._idle.append(desk)
        return answer


def serve(pipe: Connection, root: Path, memory: int) -> None:
    """Draw what comes until the other end closes. A fault of our own ends it: it is met again, and told, at home."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which lets the form in hand be finished
    log.addHandler(logging.NullHandler())  # the parent tells what there is to tell
    log.propagate = False
    with contextlib.suppress(EOFError, OSError):
        desk = paper_desk(WorkingFolder.open(root))
        try:
            while True:
                drawing: Drawing = pipe.recv()
                pipe.send(Drawn(_put(drawing, desk), desk.renderer.met))
        finally:
            desk.renderer.close()


def _put(drawing: Drawing, desk: PaperDesk) -> dict[str, str] | FormflowError | None:
    try:
        return drawing.done_at(desk)
    except FormflowError as fault:
        return fault
    except Exception:  # noqa: BLE001 - told where there is a log, when it is drawn again
        return None
