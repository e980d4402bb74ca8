"""Looking through the inbox: which files have settled, which are still arriving, which are not ours to take."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from formflow.errors import TryLater

FORMS = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf", ".pdf", ".eml", ".msg"})
"""Kinds of file that are taken (and, if they cannot be read, returned with the reason)."""

_PASSING = frozenset({".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".lock", ".bak", ".swp"})
_FURNITURE = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "read me.txt", "readme.txt"})
_DEPTH = 8
"""How many sub-folders deep we look: deep enough for people, and an end for a folder that holds itself."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file looked like: if two looks agree, it has settled."""

    size: int
    changed: int
    """Time of last change, nanoseconds, by the clock of the machine that holds the file."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look through the inbox."""

    files: dict[Path, Mark] = field(repr=False)
    """Every file that might be a form."""
    left: tuple[Path, ...] = field(default=(), repr=False)
    """Files of kinds that formflow does not read: left where they are, and told."""
    ignored: int = 0
    """Lock files, temporary files and the furniture of desktops."""


def look(inbox: Path) -> Look:
    """Everything in the inbox and its sub-folders now. Raises `TryLater` when it cannot be listed.

    A folder that cannot be listed is a share that is away, never a folder that was emptied.
    """
    files: dict[Path, Mark] = {}
    left: list[Path] = []
    ignored = 0
    try:
        for entry in _entries(inbox, 0):
            name = entry.name.lower()
            if _passes(name):
                ignored += 1
            elif Path(name).suffix in FORMS:
                seen = entry.stat(follow_symlinks=False)
                files[Path(entry.path)] = Mark(seen.st_size, seen.st_mtime_ns)
            else:
                left.append(Path(entry.path))
    except OSError as fault:
        raise TryLater(
            f"The inbox cannot be looked at just now ({fault.strerror or 'no answer'}). If it is on a network drive, "
            "check that the drive is connected. Nothing is lost; formflow looks again by itself."
        ) from fault
    return Look(dict(sorted(files.items(), key=lambda pair: (pair[1].changed, pair[0].name))), tuple(left), ignored)


def settled(earlier: Look, now: Look) -> tuple[Path, ...]:
    """The files that are the same in both looks, oldest first."""
    return tuple(path for path, mark in now.files.items() if earlier.files.get(path) == mark)


def _entries(folder: Path, depth: int) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEPTH and not entry.name.startswith("."):
                    yield from _entries(Path(entry.path), depth + 1)
            elif entry.is_file(follow_symlinks=False):
                yield entry


def _passes(name: str) -> bool:
    """Whether a name belongs to an open document, a copy under way or a desktop, not to a form."""
    return name.startswith(("~", ".", "$")) or name in _FURNITURE or Path(name).suffix in _PASSING
