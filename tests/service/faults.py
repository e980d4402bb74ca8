"""A layer of faults under the file system: chosen calls fail for chosen places, as often as a test likes."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from formflow.recording.register import Recording
from formflow.service.watch import Watch

CALLS = ("scandir", "stat", "open", "replace", "unlink", "fsync")
"""Of `os`; a file that is opened in Python's own way counts as `write` where it is opened for writing."""


def os_fault(name: str) -> OSError:
    """`ENOSPC`, `EACCES` … or `WinError 32`, as Python makes it on Windows."""
    if not name.startswith("WinError"):
        return OSError(getattr(errno, name), os.strerror(getattr(errno, name)))
    number = int(name.split()[1])
    kind = {5: errno.EACCES, 32: errno.EACCES, 53: errno.ENOENT, 64: errno.ENOENT}[number]
    fault = OSError(kind, os.strerror(kind))
    fault.winerror = number  # type: ignore[attr-defined,unused-ignore]  # it exists on Windows only
    return fault


@dataclass(slots=True)
class Faults:
    """Which calls fail."""

    call: str
    place: str
    """Fails where this is part of a path that the call names."""
    fault: str
    times: int = 1_000_000
    met: int = 0
    _where: dict[int, str] = field(default_factory=dict)

    def check(self, call: str, paths: tuple[object, ...]) -> None:
        """Raise the fault if it is this call, and this place."""
        hit = call == self.call and any(self.place in _text(path) for path in paths)
        if hit and self.met < self.times:
            self.met += 1
            raise os_fault(self.fault)


@contextmanager
def failing(call: str, place: str, fault: str, times: int = 1_000_000) -> Iterator[Faults]:
    """Let a call fail for paths that hold `place`: a call of `os`, `write`, or `commit` to the register."""
    faults = Faults(call, place, fault, times)
    with pytest.MonkeyPatch.context() as patched:
        for name in CALLS:
            patched.setattr(os, name, _wrapped(faults, name, getattr(os, name)))
        whole = io.open

        def opened(file: object, mode: str = "r", *args: object, **more: object) -> object:
            if set(mode) & set("wax+"):
                faults.check("write", (file,))
            return whole(file, mode, *args, **more)  # type: ignore[call-overload]  # handed on as it came

        patched.setattr(io, "open", opened)
        if call == "commit":
            patched.setattr(Recording, "line", _full)
        yield faults


def again_at_once(watching: Watch) -> None:
    """Let what waits be due now: no test waits by the clock."""
    for lookout in watching._lookouts:
        lookout._untidy = (0.0, 5.0)
        for _, row in lookout.ledger.in_hand(lookout.place.name):
            row.due = 0.0
    if watching._unfinished is not None:
        watching._unfinished = (0.0, 5.0)
    watching._drawn = (0.0, 0.0, watching._drawn[2])


def _full(self: Recording, *_: object) -> None:
    raise OperationalError("INSERT", {}, Exception("database or disk is full"))


def _wrapped(faults: Faults, name: str, whole: Callable[..., object]) -> Callable[..., object]:
    def wrapped(*args: object, **more: object) -> object:
        paths = args
        if name == "fsync":
            paths = (_of_descriptor(args[0]),)
        faults.check(name, paths)
        return whole(*args, **more)

    return wrapped


def _of_descriptor(opened: object) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{opened}")  # noqa: PTH115 - it is no path of ours
    except OSError:
        return ""


def _text(path: object) -> str:
    if isinstance(path, bytes):
        return path.decode("utf-8", "replace")
    return str(path) if isinstance(path, (str, Path)) else ""
