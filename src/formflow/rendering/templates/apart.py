"""Templates that people have edited run in a child process with limits: one can end its child, never formflow."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from formflow.errors import Stop, TryLater
from formflow.reading.held import Held
from formflow.rendering.picture import Picture
from formflow.rendering.plain import Ready
from formflow.rendering.templates.child import SOUND, UNSOUND, Work, serve

SECONDS = 20.0
"""For one paper. The longest of those that come with formflow takes a hundredth of one."""
MEMORY = 512 * 1024 * 1024
"""Bytes that filling may add to what the child started with; on Windows, of memory in all."""
STARTING = 120.0
"""Seconds for a child to be ready, on a busy machine with a virus scanner."""
MOST_ANSWERED = 300_000_000
"""Bytes of a paper."""


class BeyondLimits(Stop):
    """A template that took more time or memory than a paper may take; it is not tried again until it is edited."""


@dataclass(slots=True)
class FillingRoom:
    """One warm child process that fills templates; a new one takes the place of one that is killed.

    For as many threads as like; they wait for one another. The child is started when the first template needs it.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    _child: _Child | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def asks_for(self, name: str, content: bytes) -> frozenset[str]:
        """The words a template asks for, at the top level. Raises `Stop` when it cannot be used."""
        return frozenset(json.loads(self._ask(name, ("look", name, content))))

    def fill(self, name: str, content: bytes, words: Ready, pictures: Sequence[Picture] = ()) -> bytes:
        """A paper from a template. Raises `Stop` as `fill` does, and `BeyondLimits`; `TryLater` without a child."""
        return self._ask(name, ("fill", name, content, dict(words), tuple(pictures)))

    def prove(self, name: str, content: bytes, words: Sequence[Ready]) -> list[dict[str, str]]:
        """What is wrong with a template, held against the words of cases, as `prove` finds it."""
        found: list[dict[str, str]] = json.loads(self._ask(name, ("prove", name, content, [dict(w) for w in words])))
        return found

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _ask(self, name: str, work: Work) -> bytes:
        with self._lock:
            if self._child is None or not self._child.process.is_alive():
                self._child = _started(self.memory)
            answer = self._child.ask(work, self.seconds)
            if answer is None:
                self._child.end()
                self._child = None
        if answer is None:
            raise BeyondLimits(
                f'The template "{name}" takes more time or memory than a paper may take ({self.seconds:.0f} seconds, '
                f"{self.memory // 1024**2} MB). Look for a loop in a loop or a very large number, and mend it in Word."
            )
        if answer[:1] == UNSOUND:
            raise Stop(answer[1:].decode("utf-8", "replace"))
        return answer[1:]


@dataclass(slots=True)
class _Child(Held):
    def ask(self, work: Work, seconds: float) -> bytes | None:
        """Its answer; None when there is none in time, or none that can be taken."""
        # Only bytes come back: what a template made of its child is never unpickled here.
        try:
            self.pipe.send(work)
            answer = self.pipe.recv_bytes(MOST_ANSWERED) if self.pipe.poll(seconds) else b""
        except (EOFError, OSError):
            return None
        return answer if answer[:1] in (SOUND, UNSOUND) else None


def _started(memory: int) -> _Child:
    """A child that is ready. Raises `TryLater` for none: that is our own trouble, not the template's."""
    child = _Child.begin(serve, memory=memory, name="formflow-filling")
    try:
        if child.pipe.poll(STARTING) and child.pipe.recv_bytes(1) == SOUND:
            return child
    except (EOFError, OSError):
        pass
    child.end()
    raise TryLater("The part of formflow that fills edited templates could not be started. It will be tried again.")
