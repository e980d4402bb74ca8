"""Opening untrusted files in a child process with limits: a hostile file can end its reader, never formflow."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

from formflow.errors import Returned
from formflow.reading.document import Document
from formflow.reading.package import damaged

SECONDS = 60.0
"""For one file. The slowest sound form among thousands took 26."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that reading may add. On Windows only the time limit stands guard (see docs/decisions)."""


@dataclass(slots=True)
class ReadingRoom:
    """A warm child process that reads one file at a time; a new one takes its place when it is killed."""

    seconds: float = SECONDS
    _child: BaseProcess | None = field(default=None, repr=False)
    _pipe: Connection | None = field(default=None, repr=False)

    def read(self, content: bytes, name: str) -> Document:
        """What is written in a file. Raises `Returned`, also for a file that met the limits (`too-complex`)."""
        pipe = self._open()
        try:
            pipe.send((content, name))
            answered = pipe.poll(self.seconds)
            result = pipe.recv() if answered else None
        except (EOFError, OSError):
            result = None
        if result is None:
            self.close()
            raise Returned(
                "too-complex",
                "This file could not be read within the limits of time and memory that a form needs, so it was set "
                "aside. Please save the form alone as a new file, or copy the answers into the blank form.",
            )
        if isinstance(result, Returned):
            raise result
        assert isinstance(result, Document)  # noqa: S101 - the child sends nothing else
        return result

    def close(self) -> None:
        """End the child."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None

    def __enter__(self) -> ReadingRoom:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> Connection:
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self.close()
        # "spawn" on every system: a forked child would share the register's open files.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(target=_serve, args=(theirs,), name="formflow-reading", daemon=True)
        child.start()
        theirs.close()
        self._child, self._pipe = child, ours
        return ours


def _serve(pipe: Connection) -> None:
    """The child: read what is sent until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which lets the form in hand be finished
    from formflow.reading.read import read

    _limit_memory()
    with contextlib.suppress(EOFError, OSError):
        while True:
            content, name = pipe.recv()
            try:
                result: Document | Returned = read(content, name)
            except Returned as fault:
                result = fault
            except MemoryError:
                return  # this reader is spent; the parent says so of the file and starts another
            except Exception:  # noqa: BLE001 - the door of the child: broken files let out every kind of fault
                result = damaged()
            pipe.send(result)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 4 * used, MEMORY + 4 * used))
