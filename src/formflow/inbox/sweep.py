"""Looking through the inbox: which files have settled, which are still arriving, which are not ours to take."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path

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
_DEPTH = 8
"""How many sub-folders deep we look: deep enough for people, and an end for a folder that holds itself."""


@dataclass(frozen=True, slots=True)
class Mark:
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

    files: dict[Path, Mark] = field(repr=False)
    """Every file that might be a form."""
    left: tuple[Left, ...] = field(default=(), repr=False)
    """What formflow does not take: left where it is, and told."""
    ignored: int = 0
    """Lock files, temporary files and the furniture of desktops."""


def look(inbox: Path) -> Look:
    """Everything in the inbox and its sub-folders now. Raises `TryLater` when it cannot be listed.

    A folder that cannot be listed is a share that is away, never a folder that was emptied.
    """
    listing = _Listing()
    try:
        listing.folder(inbox, 0)
    except OSError as fault:
        raise TryLater(
            f"The inbox cannot be looked at just now ({fault.strerror or 'no answer'}). If it is on a network drive, "
            "check that the drive is connected. Nothing is lost; formflow looks again by itself."
        ) from fault
    files = dict(sorted(listing.files.items(), key=lambda pair: (pair[1].changed, pair[0].name)))
    return Look(files, tuple(listing.left), listing.ignored)


def settled(earlier: Look, now: Look) -> tuple[Path, ...]:
    """The files that are the same in both looks, oldest first."""
    return tuple(path for path, mark in now.files.items() if earlier.files.get(path) == mark)


@dataclass(slots=True)
class _Listing:
    """What was met so far in one look."""

    files: dict[Path, Mark] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    ignored: int = 0

    def folder(self, folder: Path, depth: int) -> None:
        """Everything in a folder and the folders in it."""
        with os.scandir(folder) as listing:
            for entry in listing:
                if _passes(entry.name.lower()):
                    self.ignored += 1
                else:
                    self._entry(entry, depth)

    def _entry(self, entry: os.DirEntry[str], depth: int) -> None:
        path, ending = Path(entry.path), Path(entry.name.lower()).suffix
        if entry.is_symlink():
            self._leave(path, "link")
        elif entry.is_dir(follow_symlinks=False):
            self._inner(path, ending, depth)
        elif not entry.is_file(follow_symlinks=False):
            self._leave(path, "not-a-file")
        elif ending not in FORMS:
            self._leave(path, "other-format", _OTHER.get(ending, _NO_FORM))
        else:
            self._file(path, entry)

    def _file(self, path: Path, entry: os.DirEntry[str]) -> None:
        try:
            seen = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return  # taken away since the folder was listed
        except OSError as fault:
            if fault.errno != errno.ENAMETOOLONG:
                raise
            self._leave(path, "name-too-long")
            return
        self.files[path] = Mark(seen.st_size, seen.st_mtime_ns)

    def _inner(self, path: Path, ending: str, depth: int) -> None:
        if ending in FORMS:
            self._leave(path, "not-a-file")
        elif depth >= _DEPTH:
            self._leave(path, "name-too-long")
        else:
            try:
                self.folder(path, depth + 1)
            except FileNotFoundError:
                return  # taken away since the folder above was listed
            except PermissionError:
                self._leave(path, "no-permission")

    def _leave(self, path: Path, reason: str, says: str = "") -> None:
        self.left.append(Left(path, reason, says or _LEFT[reason]))


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


def _passes(name: str) -> bool:
    """Whether a name belongs to an open document, a copy under way or a desktop, not to a form."""
    return name.startswith(("~", ".")) or name.endswith("~") or name in _FURNITURE or Path(name).suffix in _PASSING
