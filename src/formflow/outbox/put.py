"""Putting papers where people collect them: written beside, flushed and swapped, so that each is whole or not there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from formflow.errors import TryLater

_UNFINISHED = re.compile(r"\..+\.\d+\.tmp")
"""The names under which `put` and `move_in` write beside: `.paper.docx.4711.tmp`."""
_HELD_ON_WINDOWS = {5, 32, 33}
_TRIES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between tries: antivirus and indexers hold a new file for moments; a person with Word for hours."""


def put(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all. Raises `TryLater` when somebody has the file open."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        _patiently(lambda: beside.replace(target), target)
    except (TryLater, OSError):
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def clear_unfinished(folder: Path) -> None:
    """Take away what a write that was cut short left beside its target; only while nobody else writes there."""
    for path in folder.rglob(".*.tmp"):
        if _UNFINISHED.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()


def put_unless_edited(target: Path, content: bytes, last_written: str | None) -> Path:
    """Put a paper, but never over a person's work; gives the path that now holds `content`.

    `last_written` is the fingerprint of what formflow last put there. Where the file differs from it, somebody has
    edited it: it stays, and the new drawing goes beside it under a name that says so.
    """
    if target.exists():
        there = fingerprint(target)
        if there == hashlib.sha256(content).hexdigest():
            return target
        if there != last_written:
            target = drawn_again(target)
    put(target, content)
    return target


def drawn_again(paper: Path) -> Path:
    """The name of a new drawing that goes beside a paper somebody edited."""
    return paper.with_name(f"{paper.stem} (drawn again){paper.suffix}")


def move_in(dropped: Path | None, target: Path, sha256: str, kept: Callable[[], bytes]) -> None:
    """Move a dropped file to `target`; where it is gone or was changed since, write the kept copy instead.

    `sha256` is the fingerprint of what was taken, `kept` fetches it from the evidence store. A file that was changed
    since it was taken stays in the inbox: it is a new arrival. One that may not be moved stays too, and its kept copy
    is written: its papers need not wait for an inbox that is read-only. May be done again after any interruption.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lies = dropped if dropped is not None and _holds(dropped, sha256) else None
    if target.exists() and fingerprint(target) == sha256:
        if lies is not None:
            with contextlib.suppress(TryLater, OSError):
                _patiently(lies.unlink, lies)
        return
    if lies is not None:
        with contextlib.suppress(TryLater, OSError):
            _move(lies, target)
            return
    put(target, kept())


def tidy_away(lies: Path, sha256: str) -> bool:
    """Take away a file whose content was kept and brought to its place; False where it holds something else.

    Raises `TryLater` or `OSError` where that may not be done.
    """
    if fingerprint(lies) != sha256:
        return False
    _patiently(lies.unlink, lies)
    return True


def move_beside(lies: Path, target: Path) -> None:
    """Move a file to `target`, onto another disk if need be, whole or not at all. Raises as `tidy_away` does."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _move(lies, target)


def _holds(path: Path, sha256: str) -> bool:
    try:
        return path.is_file() and fingerprint(path) == sha256
    except (TryLater, OSError):  # the share is away: what was kept is used
        return False


def set_aside(folder: Path, names: Iterable[str]) -> None:
    """Move the named papers into "earlier versions", edited or not; one that is open stays where it is for now.

    What was drawn again beside a paper and the PDF copies of both go with it.
    """
    for name in names:
        for paper in (folder / name, drawn_again(folder / name)):
            for path in (paper, paper.with_suffix(".pdf")):
                if path.is_file():
                    earlier = folder / "earlier versions" / path.name
                    earlier.parent.mkdir(exist_ok=True)
                    with contextlib.suppress(PermissionError):
                        path.replace(earlier)


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal. Raises `TryLater` while it cannot be opened."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except PermissionError as fault:
        raise TryLater(f'"{path.name}" is open in another program. Close it there; formflow tries again.') from fault


def _move(dropped: Path, target: Path) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        _patiently(lambda: dropped.replace(target), dropped)
    except TryLater:
        raise
    except OSError:  # another disk: copy, flush, swap, and only then take the dropped file away
        try:
            shutil.copyfile(dropped, beside)
            with beside.open("rb+") as opened:
                os.fsync(opened.fileno())
            beside.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        _patiently(dropped.unlink, dropped)


def _patiently(act: Callable[[], object], path: Path) -> None:
    """Do it, waiting a moment where Windows says that somebody holds the file."""
    for pause in (*_TRIES, None):
        try:
            act()
        except PermissionError as fault:
            if pause is None or getattr(fault, "winerror", None) not in _HELD_ON_WINDOWS:
                raise TryLater(
                    f'"{path.name}" cannot be changed now: it is open in another program, or this account may not '
                    "write there. Close it; formflow tries again. Nothing is lost."
                ) from fault
            time.sleep(pause)
        else:
            return
