"""Forms that were saved in the format of another program: read through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from formflow.errors import Returned
from formflow.reading.document import Document
from formflow.reading.office import Program
from formflow.reading.package import LARGEST_FILE, WORD_ENDINGS

CONVERTED = "converted"
"""The note of a form that was read through a conversion: each answer is as certain as the converter."""

_SECONDS = 90.0
_BEGINNINGS = {b"\xd0\xcf\x11\xe0": "old", b"{\\rt": "rtf", b"PK\x03\x04": "zip"}
_FILTERS = {
    ("old", ".doc"): "MS Word 97",
    ("old", ".dot"): "MS Word 97",
    ("rtf", ".doc"): "Rich Text Format",
    ("rtf", ".rtf"): "Rich Text Format",
    ("zip", ".odt"): "writer8",
}
"""By how a file begins and ends. A filter is always named: by itself LibreOffice takes any file for a page of text."""
_NEWER = {("zip", ending): "MS Word 2007 XML" for ending in WORD_ENDINGS}
_PRINTED = 'writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"}}'
"""What is filled in is drawn as words of the page, not as fields."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)


def read_converted(content: bytes, name: str, refused: Returned, read: Callable[[bytes, str], Document]) -> Document:
    """The document that `refused` could not be read in, converted to Word and read with `read`.

    Raises `refused` itself where it is not about an old format, or LibreOffice is not there or cannot open the file.
    """
    if refused.reason not in ("old-word-format", "other-format"):
        raise refused
    converted = as_word(content, PurePath(name).suffix.lower())
    if converted is None:
        raise refused
    document = read(converted, "converted.docx")
    return replace(document, notes=(CONVERTED, *document.notes))


def as_word(content: bytes, ending: str) -> bytes | None:
    """A `.doc`, `.odt` or `.rtf` as `.docx`; None when it cannot be converted here."""
    return _converted(content, ending, _FILTERS, "docx", "MS Word 2007 XML")


def as_pdf(content: bytes, ending: str) -> bytes | None:
    """A Word file of any kind, `.odt` or `.rtf` laid out as PDF; None when it cannot be here."""
    return _converted(content, ending, _FILTERS | _NEWER, "pdf", _PRINTED)


def _converted(
    content: bytes, ending: str, filters: Mapping[tuple[str, str], str], into: str, how: str
) -> bytes | None:
    filter_name = filters.get((_BEGINNINGS.get(content[:4], ""), ending))
    program = libreoffice() if filter_name else None
    if program is None or filter_name is None:
        return None
    with tempfile.TemporaryDirectory(prefix="formflow-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        source = folder / f"form{ending}"
        source.write_bytes(content)
        _run(program, folder, source, (filter_name, f"{into}:{how}"))
        target = folder / "out" / f"form.{into}"
        if not target.is_file() or not 0 < target.stat().st_size <= LARGEST_FILE:
            return None
        return target.read_bytes()


def libreoffice() -> str | None:
    """Where LibreOffice is on this computer; None when it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    folders = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")]
    places = [Path(folder) / "LibreOffice" / "program" / "soffice.com" for folder in folders if folder]
    return next((str(place) for place in (*places, *map(Path, _PLACES)) if place.is_file()), None)


def _run(program: str, folder: Path, source: Path, filters: tuple[str, str]) -> None:
    """Start LibreOffice and wait until it is done or out of time; what came of it lies in the folder."""
    words = ("--nodefault", f"--infilter={filters[0]}", "--convert-to", filters[1], "--outdir", str(folder / "out"))
    started = Program.start(program, folder, (*words, str(source)), _SECONDS)
    try:
        started.wait(_SECONDS)
    finally:
        started.end()
