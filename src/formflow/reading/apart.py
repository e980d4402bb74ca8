"""Opening untrusted files in a child process with limits: a hostile file can end its reader, never formflow."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from formflow.errors import Returned, TryLater
from formflow.reading.document import Document
from formflow.reading.package import damaged

SECONDS = 60.0
"""For one file. The slowest sound form among thousands took 26."""
STARTING = 120.0
"""Seconds for the child to be ready, on a busy machine with a virus scanner."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that reading may add to what the child started with. Windows knows no such limit for a process
without a job object; there the limits on size, parts and pages and the clock stand guard."""
_SPENT = 384 * 1024 * 1024
"""Bytes that a child may have grown by and still take the next file, which must not suffer for the one before."""


@dataclass(slots=True)
class ReadingRoom:
    """A warm child process that reads one file at a time; a new one takes its place when it is killed or spent.

    For one thread at a time. The child is started when the first file comes.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    _child: BaseProcess | None = field(default=None, repr=False)
    _pipe: Connection | None = field(default=None, repr=False)

    def read(self, content: bytes, name: str) -> Document:
        """What is written in a file.

        Raises `Returned`, also for a file that met the limits (`too-complex`); `TryLater` when no child can be started.
        """
        pipe = self._open()
        try:
            pipe.send((content, name))
            answer = pipe.recv() if pipe.poll(self.seconds) else None
        except (EOFError, OSError):
            answer = None
        if answer is None:
            self.close()
            raise _beyond_limits()
        result, spent = answer
        if spent:
            self.close()
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
        """The way to a child that is ready."""
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self.close()
        # "spawn" on every system: a forked child would share the register's open files.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(
            target=_serve, args=(theirs, self.seconds, self.memory), name="formflow-reading", daemon=True
        )
        child.start()
        theirs.close()
        self._child, self._pipe = child, ours
        try:
            ready = ours.poll(STARTING) and ours.recv()
        except (EOFError, OSError):
            ready = False
        if not ready:  # our own trouble, never the form's: it must not be returned for it
            self.close()
            raise TryLater("The part of formflow that opens files could not be started. The form will be tried again.")
        return ours


def _beyond_limits() -> Returned:
    return Returned(
        "too-complex",
        "This file could not be read within the time and memory that a form needs, so it was set aside. Please save "
        "the form alone as a new file, or copy the answers into the blank form.",
    )


def _serve(pipe: Connection, seconds: float, memory: int) -> None:
    """The child: read what is sent until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which lets the form in hand be finished
    from formflow.reading.read import read  # here, so that the parent never loads what opens untrusted files

    start = _address_space()
    _limit_memory(start + memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(True)
        while True:
            content, name = pipe.recv()
            _limit_work(seconds)
            try:
                result: Document | Returned = read(content, name)
            except Returned as fault:
                result = fault
            except MemoryError:
                return  # this reader is spent; the parent says so of the file and starts another
            except Exception:  # noqa: BLE001 - the door of the child: broken files let out every kind of fault
                result = damaged()
            del content
            pipe.send((result, _address_space() > start + min(_SPENT, memory // 2)))


def _address_space() -> int:
    """Bytes of address space this process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    import resource

    return pages * resource.getpagesize()


def _limit_memory(most: int) -> None:
    if sys.platform == "linux":  # elsewhere address space is no measure of memory
        import resource

        with contextlib.suppress(OSError, ValueError):  # a lower limit is already set from outside
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_work(seconds: float) -> None:
    """Let the system end this process by itself, should its parent be gone when a file takes for ever."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds) + 2
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
