"""What kind of file this is, by its content and not its name; and opening a Word package within limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from formflow.errors import Returned

FileKind = Literal[
    "word", "pdf", "old-word", "locked", "odt", "rtf", "mail", "outlook", "workbook", "web", "text", "empty", "other"
]

MB = 1_000_000
LARGEST_FILE = 50 * MB
MOST_PARTS = 2_000
LARGEST_PART = 50 * MB
LARGEST_WHOLE = 200 * MB
"""Bytes, counted while inflating: a directory may lie. No sound file among thousands comes near these."""

WORD_ENDINGS = frozenset({".docx", ".docm", ".dotx", ".dotm"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_STARTS = (b"from:", b"received:", b"mime-version:", b"return-path:", b"to:", b"subject:", b"date:", b"x-")
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)
"""What `zipfile` lets out when an archive is broken."""


def sniff(content: bytes) -> FileKind:
    """The kind of a file by its first bytes and, for containers, by what they hold."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00").lower()
    if not content.strip(b"\x00 \t\r\n"):
        return "empty"
    if content.startswith(_OLE):
        return _ole(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    # A mail gateway may put words before an archive or a PDF and after it; what follows them is sound.
    if content.startswith(b"PK\x03\x04") or zipfile.is_zipfile(io.BytesIO(content)):
        return _zip(content)
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if b"\n%PDF-" in content[:65_536] and b"%%EOF" in content[-65_536:]:
        return "pdf"
    if start.startswith(_MAIL_STARTS):
        return "mail"
    return _plain(content, start)


def _plain(content: bytes, start: bytes) -> FileKind:
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "web"
    try:
        content[:4096].decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.start < min(len(content), 4096) - 4:
            return "other"
    return "other" if b"\x00" in content[:4096] else "text"


def _ole(content: bytes) -> FileKind:
    names = _streams(content)
    return next((kind for name, kind in _STREAMS if name in names), "other")


_STREAMS: tuple[tuple[str, FileKind], ...] = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "old-word"),
    ("__properties_version1.0", "outlook"),
    ("__substg1.0_", "outlook"),
    ("Workbook", "workbook"),
    ("Book", "workbook"),
)


def _streams(content: bytes) -> frozenset[str]:
    """The outermost streams of a compound file: a message may hold a Word file, and a Word file a message."""
    from olefile import OleFileIO  # only old Word files and Outlook messages need it

    try:
        with OleFileIO(content) as opened:
            return frozenset(path[0] for path in opened.listdir() if len(path) == 1)
    except (OSError, LookupError, ValueError, TypeError, AttributeError, struct.error):
        # Cut short: names stand in its directory as UTF-16, and tell what it was.
        return frozenset(name for name, _ in _STREAMS if name.encode("utf-16-le") in content)


def _zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.lower() for name in package.namelist()}
            if "mimetype" in names and b"opendocument.text" in package.read("mimetype")[:100]:
                return "odt"
    except _FAULTS:
        return "word"  # cut short or damaged: the Word reader says so in its own words
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    return "word" if "[content_types].xml" in names or any(name.startswith("word/") for name in names) else "other"


class Parts(Mapping[str, bytes]):
    """The XML parts of a Word file, each inflated when it is first asked for, within limits that hold for all."""

    def __init__(self, archive: zipfile.ZipFile, entries: Mapping[str, Sequence[zipfile.ZipInfo]]) -> None:
        self._archive, self._entries = archive, dict(entries)
        self._held: dict[str, bytes] = {}
        self._left = LARGEST_WHOLE
        self.damaged: set[str] = set()
        """Parts that were asked for and could not be inflated; the document may be sound without them."""

    def __getitem__(self, name: str) -> bytes:
        """A part; `KeyError` when it is not there or broken, `Returned` when it meets a limit or is two."""
        if (held := self._held.get(name)) is not None:
            return held
        inflated = [self._inflated(entry) for entry in self._entries[name]]
        sound = [part for part in inflated if part is not None]
        if len(sound) < len(inflated):
            self.damaged.add(name)
        if not sound:
            del self._entries[name]
            raise KeyError(name)
        if any(part != sound[0] for part in sound):
            raise _two_in_one()
        self._held[name] = sound[0]
        return sound[0]

    def holds(self, name: str) -> bool:
        """Whether there is such a part, sound or not."""
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes | None:
        inflated = _read(self._archive, entry, min(LARGEST_PART, self._left))
        self._left -= len(inflated or b"")
        return inflated


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file, opened."""

    parts: Parts
    """By their name in the zip, in small letters and without a leading slash; only XML parts and relationships."""
    names: frozenset[str]
    """Of every part, in small letters."""


def open_package(content: bytes) -> Package:
    """The XML parts of a Word file. Raises `Returned` when there is no sound Word file in it."""
    try:
        return _opened(zipfile.ZipFile(io.BytesIO(content)))
    except _FAULTS as fault:
        raise damaged() from fault


def _opened(archive: zipfile.ZipFile) -> Package:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise too_large()
    if len(entries) > MOST_PARTS:
        raise too_complex()
    wanted: dict[str, list[zipfile.ZipInfo]] = {}
    for entry in entries:
        name = _name(entry)
        if name.endswith((".xml", ".rels")):
            wanted.setdefault(name, []).append(entry)
    if "[content_types].xml" not in wanted:
        raise damaged()
    parts = Parts(archive, wanted)
    for name, same in wanted.items():
        if len(same) > 1 or name == "word/document.xml":
            parts.get(name)
    return Package(parts, frozenset(entry.filename.lower() for entry in entries))


def _name(entry: zipfile.ZipInfo) -> str:
    """A part's name as the format compares them: without regard to capitals or a leading slash."""
    return entry.filename.replace("\\", "/").lstrip("/").lower()


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """A part, inflated; None when it is broken."""
    if entry.flag_bits & 0x1:
        raise locked()
    entry.file_size = most + 2  # what the directory says may be a lie; the stream ends where it ends
    try:
        with package.open(entry) as stream:
            inflated = stream.read(most + 1)
    except _FAULTS:
        return None
    if len(inflated) > most:
        raise too_large()
    return inflated


def damaged() -> Returned:
    """The file is cut short or broken."""
    return Returned(
        "damaged",
        "This file is damaged or was not copied completely, so it cannot be opened. Open the original, save it again, "
        "and drop the new copy.",
    )


def locked() -> Returned:
    """The file is protected with a password."""
    return Returned(
        "password",
        "This file is protected with a password, so formflow cannot open it. Open it, remove the password (File, Info, "
        "Protect Document) and drop it again, or give the password to the business unit by telephone.",
    )


def too_large() -> Returned:
    """The file, or what it unpacks to, is far bigger than any form."""
    return Returned(
        "too-large",
        "This file is far bigger than a form ever is (50 MB, or 200 MB unpacked), so it was not opened. Take out "
        "pictures and attachments, save the form alone as a new file, and drop that.",
    )


def too_complex() -> Returned:
    """The file holds more pieces than any form."""
    return Returned(
        "too-complex",
        "This file holds far more than a form ever does, so it was not opened. Please save the form alone as a new "
        "file and drop that.",
    )


def _two_in_one() -> Returned:
    return Returned(
        "ambiguous",
        "This file holds two different versions of the same page, so it cannot be told which one counts. Open the "
        "original in Word, save it as a new file, and drop that.",
    )
