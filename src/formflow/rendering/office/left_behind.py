"""What a formflow that was killed left behind: its private folder, and on Linux the LibreOffice that works in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path

NAME = "formflow-office-"
"""Begins the private folder of each formflow; its process number follows."""


def clear_left_behind(temporary: Path) -> None:
    """Clear the folders in `temporary` whose formflow is no longer there. On Windows its LibreOffice ended with it."""
    for folder in temporary.glob(f"{NAME}*-*"):
        number = folder.name.removeprefix(NAME).split("-")[0]
        if number.isdecimal() and folder.is_dir() and not folder.is_symlink() and not _in_use(int(number), folder):
            if sys.platform == "linux":
                _end_in(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _in_use(number: int, folder: Path) -> bool:
    if number == os.getpid():
        return True
    if sys.platform == "win32":  # asking for the process would end it there; but a folder somebody works in stays put
        try:
            folder.rename(folder.with_name(f"{folder.name}x")).rename(folder)
        except OSError:
            return True
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _end_in(folder: Path) -> None:
    """End the LibreOffice whose settings lie in this folder of ours, and no other."""
    mark = (folder / "profile").as_uri().encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (process / "cmdline").read_bytes() and process.stat().st_uid == os.getuid():
                os.kill(int(process.name), signal.SIGKILL)
