"""One formflow at a time writes to a register; the system itself lets go when a program dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from formflow import modes
from formflow.errors import TryLater


class WriterLock:
    """Held while a register is open for writing."""

    def __init__(self, path: Path) -> None:
        """Take the lock, or raise `TryLater` when another formflow holds it."""
        modes.close_to_others(path.parent)  # made by hand, or by an older formflow
        self._opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._opened)
        except OSError as fault:
            os.close(self._opened)
            raise TryLater(
                "Another formflow is at work in this folder (perhaps `formflow watch`). Use that one, or stop it "
                "first. Nothing was changed."
            ) from fault

    def release(self) -> None:
        """Let go."""
        os.close(self._opened)


def _lock(opened: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
