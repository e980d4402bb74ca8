"""Taking files and folders away for good; one that somebody has open is told, and the rest is gone on with later."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from formflow.errors import TryLater


def take_away(path: Path) -> bool:
    """Take a file, or a folder with everything in it, away; says whether there was one.

    Raises `TryLater` when something in it is open: it may be done again, and goes on where it was.
    """
    if not path.exists() and not path.is_symlink():
        return False
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, onerror=_writable_first)
        else:
            _writable_first(os.unlink, str(path), None)
    except FileNotFoundError:
        return True
    except OSError as fault:
        raise TryLater(
            f'"{path.name}" cannot be taken away now: a file is open in another program, or this account may not write '
            "there. Close it and begin again; what is gone already stays so."
        ) from fault
    return True


def _writable_first(act: Callable[..., object], path: str, _: object) -> None:
    """Windows takes away no file that may only be read."""
    if not Path(path).is_symlink():
        Path(path).chmod(0o700)
    act(path)
