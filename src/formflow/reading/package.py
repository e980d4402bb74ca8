"""What kind of file this is, by its content and not its name; and opening a Word package within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from formflow.errors import Returned

FileKind = Literal["word", "pdf", "old-word", "locked", "odt", "rtf", "mail", "outlook", "empty", "other"]

MOST_PARTS = 2_000
LARGEST_PART = 50 * 1024 * 1024
LARGEST_WHOLE = 200 * 1024 * 1024
"""Bytes, counted while inflating: a directory may lie. No sound file among thousands comes near these."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_ENDINGS = {".docx", ".docm", ".dotx", ".dotm"}
_MAIL_STARTS = (b"from:", b"received:", b"mime-version:", b"return-path:", b"to:", b"subject:", b"date:", b"x-")


def sniff(content: bytes) -> FileKind:
    """The kind of a file by its first bytes and, for containers, by what they hold."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not content.strip(b"\x00 \t\r\n"):
        return "empty"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip(content)
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.lower().startswith(_MAIL_STARTS):
        return "mail"
    return "other"


def _ole(content: bytes) -> FileKind:
    # Stream names stand in the directory as UTF-16; looking for them is enough to tell the three apart.
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "locked"
    if "WordDocument".encode("utf-16-le") in content:
        return "old-word"
    return "outlook" if "__substg1.0_".encode("utf-16-le") in content else "other"


def _zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "mimetype" in names and b"opendocument.text" in package.read("mimetype")[:100]:
                return "odt"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return "word"  # cut short or damaged: the Word reader says so in its own words
    return "word" if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names) else "other"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file, inflated within limits."""

    parts: Mapping[str, bytes]
    """By their name in the zip, without a leading slash; only XML parts and relationships are inflated."""
    names: frozenset[str]
    damaged: frozenset[str]
    """Parts that could not be inflated; the document may be sound without them."""


def open_package(content: bytes) -> Package:
    """The XML parts of a Word file. Raises `Returned`: `damaged`, `too-complex` or `password`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _inflate(package)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as fault:
        raise damaged() from fault


def damaged() -> Returned:
    """The file is cut short or broken."""
    return Returned(
        "damaged",
        "This file is damaged or was not copied completely, so it cannot be opened. Open the original, save it again, "
        "and drop the new copy.",
    )


def _inflate(package: zipfile.ZipFile) -> Package:
    entries = package.infolist()
    if len(entries) > MOST_PARTS:
        raise _too_complex()
    parts: dict[str, bytes] = {}
    broken: set[str] = set()
    budget = LARGEST_WHOLE
    for entry in entries:
        name = entry.filename.replace("\\", "/").lstrip("/")
        if entry.flag_bits & 0x1:
            raise locked()
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            with package.open(entry) as stream:
                inflated = stream.read(min(LARGEST_PART, budget) + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
            broken.add(name)
            continue
        if len(inflated) > min(LARGEST_PART, budget):
            raise _too_complex()
        budget -= len(inflated)
        parts[name] = inflated
    return Package(parts, frozenset(e.filename.replace("\\", "/").lstrip("/") for e in entries), frozenset(broken))


def locked() -> Returned:
    """The file is protected with a password."""
    return Returned(
        "password",
        "This file is protected with a password, so formflow cannot open it. Open it, remove the password (File, Info, "
        "Protect Document) and drop it again, or give the password to the business unit by telephone.",
    )


def _too_complex() -> Returned:
    return Returned(
        "too-complex",
        "This file holds far more than a form ever does, so it was not opened. Please save the form alone as a new "
        "file and drop that.",
    )


def misnamed(kind: FileKind, ending: str) -> Returned | None:
    """The reason to return a file whose content is not what its name says; None when they agree."""
    is_now = {"word": "a Word file", "pdf": "a PDF", "rtf": "a rich-text file", "odt": "an OpenDocument file"}
    right = {"word": ".docx", "pdf": ".pdf", "rtf": ".rtf", "odt": ".odt"}
    if (kind == "word" and ending not in _WORD_ENDINGS) or (kind == "pdf" and ending != ".pdf"):
        return Returned(
            "wrong-kind",
            f"This is {is_now[kind]}, although its name ends in {ending or 'nothing'}. Rename it so that it ends in "
            f"{right[kind]}, check that it is the right file, and drop it again.",
        )
    return None
