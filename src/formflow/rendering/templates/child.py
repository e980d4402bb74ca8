"""The child process in which edited templates run: it does what it is sent until the other end closes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Literal, TypeAlias

from formflow.errors import Stop
from formflow.reading.limits import address_space, limit_memory
from formflow.rendering.picture import Picture
from formflow.rendering.plain import Ready
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.compiled import Compiled
from formflow.rendering.templates.fill import fill
from formflow.rendering.templates.prove import prove

Look: TypeAlias = tuple[Literal["look"], str, bytes]
Fill: TypeAlias = tuple[Literal["fill"], str, bytes, dict[str, object], tuple[Picture, ...]]
Prove: TypeAlias = tuple[Literal["prove"], str, bytes, Sequence[dict[str, object]]]
Work: TypeAlias = Look | Fill | Prove

SOUND, UNSOUND, SPENT = b"+", b"-", b"!"
"""How an answer begins: with what was asked for, with why there is none, or that memory ran out."""

_MOST_MADE = 64
_MADE: dict[tuple[str, str], Compiled] = {}
"""Templates made ready, by name and fingerprint."""


def serve(pipe: Connection, memory: int) -> None:
    """Say that we are ready, then answer each piece of work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which lets the form in hand be finished
    limit_memory(address_space() + memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(SOUND)
        while True:
            answer = _answer(pipe.recv())
            pipe.send_bytes(answer)
            if answer == SPENT:
                return


def _answer(work: Work) -> bytes:
    try:
        return SOUND + _done(work)
    except Stop as fault:
        return UNSOUND + str(fault).encode()
    except MemoryError:
        return SPENT
    except Exception as fault:  # noqa: BLE001 - the door of the child: templates of people let out every kind of fault
        return UNSOUND + f'The template "{work[1]}" cannot be used ({type(fault).__name__}). Mend it in Word.'.encode()


def _done(work: Work) -> bytes:
    match work:
        case ("look", name, content):
            return json.dumps(sorted(_compiled(name, content).asks_for)).encode()
        case ("fill", name, content, words, pictures):
            return fill(_compiled(name, content), Ready(words), pictures)
        case ("prove", name, content, words):
            return json.dumps([found.as_dict() for found in prove(name, content, [Ready(w) for w in words])]).encode()


def _compiled(name: str, content: bytes) -> Compiled:
    key = (name, hashlib.sha256(content).hexdigest())
    if key not in _MADE:
        if len(_MADE) >= _MOST_MADE:
            _MADE.clear()
        _MADE[key] = compile_template(name, content)
    return _MADE[key]
