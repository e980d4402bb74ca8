"""Opening a file: its kind by its content, then the reader for that kind."""

from __future__ import annotations

from pathlib import PurePath

from formflow.errors import Returned
from formflow.reading.document import Document
from formflow.reading.package import damaged, locked, misnamed, sniff

# The readers are loaded when a file of their kind comes: each brings a large library with it.


def read(content: bytes, name: str) -> Document:
    """What is written in a file, and where. Raises `Returned` with the contract's reason when it cannot be read.

    `name` is the file's name; only its ending counts.
    """
    ending = PurePath(name).suffix.lower()
    kind = sniff(content)
    if fault := misnamed(kind, ending):
        raise fault
    match kind:
        case "word":
            from formflow.reading.word import read_word

            return read_word(content)
        case "pdf":
            from formflow.reading.pdf import read_pdf

            return read_pdf(content)
        case "empty":
            raise Returned(
                "empty",
                "This file is empty: it may not have finished copying. Check the original and drop it again.",
            )
        case "locked":
            raise locked()
        case "old-word":
            raise Returned(
                "old-word-format",
                "This is a Word file of the old kind (.doc). Open it in Word, choose Save As, pick Word Document "
                "(.docx), and drop the new file.",
            )
        case "odt" | "rtf":
            raise Returned(
                "other-format",
                "This is not a Word or PDF file. Open it, choose Save As, pick Word Document (.docx), and drop the "
                "new file.",
            )
        case "mail" | "outlook":
            raise Returned(
                "other-format",
                "This is an e-mail. Save the form that is attached to it, and drop the form by itself.",
            )
        case "other":
            if ending in (".pdf", ".docx", ".docm", ".dotx", ".dotm"):
                raise _not_what_it_says(content, ending)
            raise Returned("other-format", "This is not a Word or PDF file. Please drop the form as .docx or .pdf.")


def _not_what_it_says(content: bytes, ending: str) -> Returned:
    if content[:4] in (b"PK\x03\x04", b"%PDF"):
        return damaged()
    return Returned(
        "wrong-kind",
        f"This file's name ends in {ending}, but it holds something else. Open the original in the program it was made "
        "with, save it as Word or PDF, and drop that.",
    )
