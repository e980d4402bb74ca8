"""Looking through the inbox: which files have settled, which are still arriving, which are not ours to take."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from formflow.errors import TryLater

FORMS = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf", ".pdf", ".eml", ".msg"})
"""Kinds of file that are taken (and, if they cannot be read, returned with the reason)."""

_PASSING = frozenset({".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".lock", ".bak", ".swp"})
_FURNITURE = frozenset(
    {
        "__macosx",
        "$recycle.bin",
        "system volume information",
        "@eadir",
        "thumbs.db",
        "desktop.ini",
        "ehthumbs.db",
        "read me.txt",
        "readme.txt",
    }
)
DEPTH = 8
"""How many sub-folders deep we look: deep enough for people, and an end for a folder that holds itself."""


class Mark(NamedTuple):
    """What a file looked like: if two looks agree, it has settled."""

    size: int
    changed: int
    """Time of last change, nanoseconds, by the clock of the machine that holds the file."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something in the inbox that is not taken: it stays where it is, and people are told why."""

    path: Path = field(repr=False)
    reason: str
    """A word of the command-line contract: `other-format`, `link`, `not-a-file`, `no-permission`, `name-too-long`."""
    says: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look through the inbox."""

    marks: dict[str, Mark] = field(repr=False)
    """Every file that might be a form, by its full path."""
    left: tuple[Left, ...] = field(default=(), repr=False)
    """What formflow does not take: left where it is, and told."""
    ignored: int = 0
    """Lock files, temporary files and the furniture of desktops."""

    @property
    def files(self) -> dict[Path, Mark]:
        """Every file that might be a form, the one that changed longest ago first."""
        found = ((Path(path), mark) for path, mark in self.marks.items())
        return dict(sorted(found, key=lambda pair: (pair[1].changed, pair[0].name)))


def look(inbox: Path, depth: int = DEPTH) -> Look:
    """Everything in the inbox and its sub-folders now. Raises `TryLater` when it cannot be listed.

    `depth` is how many sub-folders deep. A folder that cannot be listed is a share that is away, never a folder that
    was emptied.
    """
    listing = _Listing(depth)
    try:
        listing.folder(inbox, 0)
    except OSError as fault:
        raise TryLater(
            f"The inbox cannot be looked at just now ({fault.strerror or 'no answer'}). If it is on a network drive, "
            "check that the drive is connected. Nothing is lost; formflow looks again by itself.",
            "offline",
        ) from fault
    return Look(listing.marks, tuple(listing.left), listing.ignored)


def settled(earlier: Look, now: Look) -> tuple[Path, ...]:
    """The files that are the same in both looks, oldest first."""
    return tuple(path for path, mark in now.files.items() if earlier.marks.get(str(path)) == mark)


@dataclass(slots=True)
class _Listing:
    """What was met so far in one look."""

    deepest: int
    marks: dict[str, Mark] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    ignored: int = 0

    def folder(self, folder: Path | str, depth: int) -> None:
        """Everything in a folder and the folders in it."""
        with os.scandir(folder) as listing:
            for entry in listing:
                name = entry.name.lower()
                ending = _ending(name)
                if _passes(name, ending):
                    self.ignored += 1
                else:
                    self._entry(entry, ending, depth)

    def _entry(self, entry: os.DirEntry[str], ending: str, depth: int) -> None:
        # No Path is made for a form: thousands may lie there for years, and are looked at every few seconds.
        if entry.is_file(follow_symlinks=False):
            if ending in FORMS:
                self._file(entry)
            else:
                self._leave(entry.path, "other-format", _OTHER.get(ending, _NO_FORM))
        elif entry.is_symlink():
            self._leave(entry.path, "link")
        elif entry.is_dir(follow_symlinks=False):
            self._inner(entry.path, ending, depth)
        else:
            self._leave(entry.path, "not-a-file")

    def _file(self, entry: os.DirEntry[str]) -> None:
        try:
            seen = entry.stat(follow_symlinks=False)
        except OSError as fault:
            if _is_gone(fault):
                return  # taken away since the folder was listed
            if fault.errno != errno.ENAMETOOLONG:
                raise
            self._leave(entry.path, "name-too-long")
            return
        self.marks[entry.path] = Mark(seen.st_size, seen.st_mtime_ns)

    def _inner(self, path: str, ending: str, depth: int) -> None:
        if ending in FORMS:
            self._leave(path, "not-a-file")
        elif depth >= self.deepest:
            self._leave(path, "name-too-long")
        else:
            try:
                self.folder(path, depth + 1)
            except PermissionError:
                self._leave(path, "no-permission")
            except OSError as fault:
                if not _is_gone(fault):  # else taken away since the folder above was listed
                    raise

    def _leave(self, path: str, reason: str, says: str = "") -> None:
        self.left.append(Left(Path(path), reason, says or _LEFT[reason]))


_LEFT = {
    "link": "This is a link to another place, not a form. It was not opened. Drop the file itself.",
    "not-a-file": "This is a folder or a device under the name of a form, not a file. It was not opened. If there are "
    "forms in it, drop those.",
    "no-permission": "formflow may not look into this folder. Ask for read permission on it, or move the forms out.",
    "name-too-long": "The names of the folders here are too long, or too many folders are inside one another. Move the "
    "forms up, nearer to the inbox.",
}
_NO_FORM = "This kind of file is no form that formflow reads. If it is one, save it as Word (.docx) or PDF."
_OTHER = (
    dict.fromkeys(
        (".xlsx", ".xls", ".xlsm", ".csv", ".ods"), "This is a workbook; formflow reads forms as Word or PDF."
    )
    | dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".heic"),
        "This is a picture; formflow reads no answers from pictures. Scan the form as a PDF, or type it into the form.",
    )
    | {".zip": "This is a zip file. Unpack it and drop the forms that are in it."}
    | {"": "The name of this file has no ending. If it is a form, give it the ending .docx or .pdf."}
)


def _is_gone(fault: OSError) -> bool:
    """Whether a file was taken away. Windows says "not found" also of a share that is away, but with other numbers."""
    return isinstance(fault, FileNotFoundError) and getattr(fault, "winerror", None) in (None, 2, 3)


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return dot + ending if stem and ending else ""


def _passes(name: str, ending: str) -> bool:
    """Whether a name belongs to an open document, a copy under way or a desktop, not to a form."""
    return name.startswith(("~", ".")) or name.endswith("~") or name in _FURNITURE or ending in _PASSING
