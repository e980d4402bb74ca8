"""Putting papers where people collect them: written beside, flushed and swapped, so that each is whole or not there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
_FEW, _TOGETHER = 3, 8
"""From so many papers on they are written at the same time, and so many of them at once."""


def put(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all. Raises `TryLater` when somebody has the file open."""
    put_all([(target, content)])


def put_copy(target: Path, source: Path) -> str:
    """Put what stands in another file, however large; gives the fingerprint of what was written."""
    beside = beside_of(target)
    try:
        with source.open("rb") as opened:
            sha256 = _write(beside, iter(partial(opened.read, 1 << 20), b""))
        swap(target, beside)
    except (TryLater, OSError):
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return sha256


def put_all(papers: Sequence[tuple[Path, bytes]]) -> None:
    """Write each paper to its target, whole or not at all. Raises `TryLater` when somebody has one open.

    All are on the disk before the first takes its place, and the disk is waited for once: what is flushed at the same
    time is written together. What was put before one that is open stays.
    """
    waiting = [(beside_of(target), target) for target, _ in papers]
    try:
        flushed = (
            partial(_write, beside, (content,)) for (beside, _), (_, content) in zip(waiting, papers, strict=True)
        )
        _at_once(list(flushed))
        while waiting:
            beside, target = waiting[0]
            swap(target, beside)
            del waiting[0]
    finally:
        for beside, _ in waiting:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def beside_of(target: Path) -> Path:
    """Where a file is written that is to take the place of `target`."""
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def swap(target: Path, beside: Path) -> None:
    """Let a file that is whole take the place of `target`. Raises `TryLater` when somebody has that open."""
    _patiently(partial(beside.replace, target), f'"{target.name}"')


def _write(beside: Path, pieces: Iterable[bytes]) -> str:
    beside.parent.mkdir(parents=True, exist_ok=True)
    seen = hashlib.sha256()
    with beside.open("wb") as opened:
        for piece in pieces:
            opened.write(piece)
            seen.update(piece)
        opened.flush()
        os.fsync(opened.fileno())
    return seen.hexdigest()


def _at_once(acts: Sequence[Callable[[], object]]) -> None:
    """Do several things that wait for the disk at the same time; what the first of them raises that fails."""
    if len(acts) < _FEW:
        for act in acts:
            act()
        return
    with ThreadPoolExecutor(_TOGETHER, "formflow-writing") as threads:
        for done in [threads.submit(act) for act in acts]:
            done.result()


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
    return put_all_unless_edited([(target, content, last_written)])[0]


def put_all_unless_edited(papers: Iterable[tuple[Path, bytes, str | None]]) -> list[Path]:
    """Put papers, each as `put_unless_edited` does: target, content and what was last written there."""
    places: list[Path] = []
    new: list[tuple[Path, bytes]] = []
    for target, content, last_written in papers:
        there = fingerprint(target) if target.exists() else None
        same = there == hashlib.sha256(content).hexdigest()
        edited = there is not None and not same and there != last_written
        places.append(drawn_again(target) if edited else target)
        if not same:
            new.append((places[-1], content))
    put_all(new)
    return places


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
                _patiently(lies.unlink, _DROPPED)
    elif lies is None or not _moved(lies, target):
        put(target, kept())
    if not modes.close_to_others(target):  # it is still its sender's, and open to everybody: ours takes its place
        put(target, kept())


def _moved(lies: Path, target: Path) -> bool:
    try:
        _move(lies, target)
    except (TryLater, OSError):
        return False
    return True


def tidy_away(lies: Path, sha256: str) -> bool:
    """Take away a file whose content was kept and brought to its place; False where it holds something else.

    Raises `TryLater` or `OSError` where that may not be done.
    """
    if fingerprint(lies, _DROPPED) != sha256:
        return False
    _patiently(lies.unlink, _DROPPED)
    return True


def move_beside(lies: Path, target: Path) -> None:
    """Move a file to `target`, onto another disk if need be, whole or not at all. Raises as `tidy_away` does."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _move(lies, target)


def _holds(path: Path, sha256: str) -> bool:
    try:
        return path.is_file() and fingerprint(path, _DROPPED) == sha256
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
        try:
            shutil.copyfile(dropped, beside)
            with beside.open("rb+") as opened:
                os.fsync(opened.fileno())
            beside.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
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
