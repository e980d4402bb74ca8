"""Putting papers where people collect them: written beside, flushed and swapped, so that each is whole or not there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from formflow import modes
from formflow.errors import TryLater

_UNFINISHED = re.compile(r"\..+\.\d+\.tmp")
"""The names under which `put` and `move_in` write beside: `.paper.docx.4711.tmp`."""
_HELD_ON_WINDOWS = {5, 32, 33}
_DROPPED = "A form in the inbox"
"""What a dropped file is called: its own name may be that of a child."""
_TRIES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between tries: antivirus and indexers hold a new file for moments; a person with Word for hours."""


def put(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all. Raises `TryLater` when somebody has the file open."""
    _put(target, (content,))


def put_copy(target: Path, source: Path) -> str:
    """The same with what stands in another file, however large; gives the fingerprint of what was written."""
    with source.open("rb") as opened:
        return _put(target, iter(partial(opened.read, 1 << 20), b""))


def _put(target: Path, pieces: Iterable[bytes]) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside, seen = beside_of(target), hashlib.sha256()
    with beside.open("wb") as opened:
        for piece in pieces:
            opened.write(piece)
            seen.update(piece)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        swap(target, beside)
    except TryLater:
        beside.unlink(missing_ok=True)
        raise
    return seen.hexdigest()


def beside_of(target: Path) -> Path:
    """Where a file is written that is to take the place of `target`."""
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def swap(target: Path, beside: Path) -> None:
    """Let a file that is whole take the place of `target`. Raises `TryLater` when somebody has that open."""
    _patiently(lambda: beside.replace(target), f'"{target.name}"')


def clear_unfinished(folder: Path, older_than: float = 0.0) -> None:
    """Take away what a write that was cut short left beside its target; only while nobody else writes there.

    Where others may, only what is older than so many seconds.
    """
    latest = time.time() - older_than
    for path in folder.rglob(".*.tmp"):
        if _UNFINISHED.fullmatch(path.name):
            with contextlib.suppress(OSError):
                if not older_than or path.stat().st_mtime < latest:
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
    since it was taken stays in the inbox: it is a new arrival. May be done again after any interruption.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    still_there = dropped is not None and dropped.is_file() and fingerprint(dropped, _DROPPED) == sha256
    if target.exists() and fingerprint(target) == sha256:
        if still_there and dropped is not None:
            _patiently(dropped.unlink, _DROPPED)
    elif still_there and dropped is not None:
        _move(dropped, target)
    else:
        put(target, kept())
    if not modes.close_to_others(target):  # it is still its sender's, and open to everybody: ours takes its place
        put(target, kept())


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


def fingerprint(path: Path, called: str = "") -> str:
    """SHA-256 of a file's content, in hexadecimal. Raises `TryLater` while it cannot be opened.

    `called` is what it is called then, for a file whose name may be that of a child.
    """
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except PermissionError as fault:
        called = called or f'"{path.name}"'
        raise TryLater(f"{called} is open in another program. Close it there; formflow tries again.") from fault


def _move(dropped: Path, target: Path) -> None:
    beside = beside_of(target)
    try:
        _patiently(lambda: dropped.replace(target), _DROPPED)
    except TryLater:
        raise
    except OSError:  # another disk: copy, flush, swap, and only then take the dropped file away
        shutil.copyfile(dropped, beside)
        with beside.open("rb+") as opened:
            os.fsync(opened.fileno())
        beside.replace(target)
        _patiently(dropped.unlink, _DROPPED)


def _patiently(act: Callable[[], object], called: str) -> None:
    """Do it, waiting a moment where Windows says that somebody holds the file."""
    for pause in (*_TRIES, None):
        try:
            act()
        except PermissionError as fault:
            if pause is None or getattr(fault, "winerror", None) not in _HELD_ON_WINDOWS:
                raise TryLater(
                    f"{called} cannot be changed now: it is open in another program, or this account may not write "
                    "there. Close it; formflow tries again. Nothing is lost."
                ) from fault
            time.sleep(pause)
        else:
            return
