"""The child process that opens untrusted files: it reads what it is sent until the other end closes."""

from __future__ import annotations

import contextlib
import importlib
import signal
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Literal

from formflow.errors import Returned
from formflow.reading.carry import packed
from formflow.reading.limits import address_space, limit_memory, limit_work
from formflow.reading.package import MB, damaged, too_complex
from formflow.reading.picture import Pictures

Work = Literal["read", "open", "draw"]
"""What is asked: read a document, open a message, or draw the pages of a PDF."""

MOST_ANSWERED = 300 * MB
"""Bytes of an answer: a message of the largest size with everything in it comes through."""
_SPENT = 384 * 1024 * 1024
"""Bytes that a child may have grown by and still take the next file, which must not suffer for the one before."""
_READERS = ("formflow.reading.word", "formflow.reading.pdf")
_IDLE = 0.02
"""Seconds without a file after which a child uses its time to load a reader."""


def serve(pipe: Connection, seconds: float, memory: int) -> None:
    """Say that we are ready, then answer each file with what was read in it and whether a new child should follow."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which lets the form in hand be finished
    start = address_space()
    limit_memory(start + memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(True)
        _load_readers(pipe)
        while True:
            work, content, name, passwords = pipe.recv()
            limit_work(seconds)
            result = _done(work, content, name, passwords)
            if result is None:
                return  # this reader is out of memory; the parent says so of the file and starts another
            del content, passwords
            answer = packed(result)
            del result
            if len(answer) > MOST_ANSWERED:
                answer = packed(too_complex())
            pipe.send(address_space() > start + min(_SPENT, memory // 2))
            pipe.send_bytes(answer)


def _done(work: Work, content: bytes, name: str, passwords: Sequence[str]) -> object:
    """What a file holds, or why it cannot be read; None when memory ran out."""
    try:
        return _doings()[work](_open(content, passwords), name)
    except Returned as fault:
        return fault
    except MemoryError:
        return None
    except Exception:  # noqa: BLE001 - the door of the child: broken files let out every kind of fault
        return damaged()


def _doings() -> Mapping[Work, Callable[[bytes, str], object]]:
    # Here, so that the parent never loads what opens untrusted files.
    from formflow.reading.mail import open_message
    from formflow.reading.read import read

    return {"read": read, "open": open_message, "draw": _draw}


def _open(content: bytes, passwords: Sequence[str]) -> bytes:
    if not passwords:
        return content
    from formflow.reading.unlock import unlocked

    return unlocked(content, passwords)


def _draw(content: bytes, name: str) -> Pictures:
    del name
    from formflow.reading.draw import draw_pdf

    return draw_pdf(content)


def _load_readers(pipe: Connection) -> None:
    """Load what reading needs while nobody waits."""
    for reader in _READERS:
        if pipe.poll(_IDLE):
            return
        importlib.import_module(reader)
