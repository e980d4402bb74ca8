"""Opening a file: its kind by its content, then the reader for that kind."""

from __future__ import annotations

from pathlib import PurePath

from formflow.errors import Returned
from formflow.inbox.arrival import MESSAGES
from formflow.reading.document import Document
from formflow.reading.own_form import answers_alone
from formflow.reading.package import LARGEST_FILE, WORD_ENDINGS, FileKind, locked, sniff, too_large

_CALLED: dict[FileKind, str] = {
    "word": "a Word file",
    "pdf": "a PDF",
    "workbook": "an Excel workbook",
    "web": "a web page",
    "text": "plain text",
    "mail": "an e-mail",
    "outlook": "an e-mail of Outlook",
}

# The readers are loaded when a file of their kind comes: each brings a large library with it.


def read(content: bytes, name: str, *, whole: bool = True) -> Document:
    """What is written in a file, and where. Raises `Returned` with the contract's reason when it cannot be read.

    `name` is the file's name; only its ending counts. Unless the `whole` is wanted, a form of our own comes with its
    controls alone.
    """
    if len(content) > LARGEST_FILE:
        raise too_large()
    ending = PurePath(name).suffix.lower()
    kind = sniff(content)
    match kind:
        case "word" if ending in WORD_ENDINGS:
            from formflow.reading.word import read_word

            document = read_word(content)
            return document if whole else answers_alone(document)
        case "pdf" if ending == ".pdf":
            from formflow.reading.pdf import read_pdf

            return read_pdf(content, whole=whole)
        case _ if ending in MESSAGES and kind not in ("empty", "locked"):
            from formflow.reading.mail import is_message, read_mail

            if not is_message(content):
                raise _cannot(kind, ending)
            return read_mail(content, name)
        case "locked":
            raise locked()
        case _:
            raise _cannot(kind, ending)


def _cannot(kind: FileKind, ending: str) -> Returned:
    """Why a file of this kind, with a name of this ending, is not read, and what to do instead."""
    match kind:
        case "empty":
            return Returned(
                "empty",
                "This file is empty: it may not have finished copying. Check the original and drop it again.",
            )
        case "word" | "pdf" | "mail" | "outlook":
            return _misnamed(kind, ending)
        case "rtf" | "odt":
            return Returned("other-format", "This form was saved in another program's format. " + _SAVE_AS_WORD)
        case "old-word":
            return _old_word()
        case _ if ending == ".doc":
            return _old_word()
        case _ if ending in WORD_ENDINGS | MESSAGES or ending == ".pdf":
            return _pretends(kind, ending)
        case _:
            return Returned("other-format", "This is not a Word or PDF file. Please drop the form as .docx or .pdf.")


_SAVE_AS_WORD = "Open it in Word, choose Save As, pick Word Document (.docx), and drop the new file."


def _old_word() -> Returned:
    return Returned("old-word-format", "This is a Word file of the old kind (.doc). " + _SAVE_AS_WORD)


_RIGHT: dict[FileKind, str] = {"word": ".docx", "pdf": ".pdf", "mail": ".eml", "outlook": ".msg"}


def _misnamed(kind: FileKind, ending: str) -> Returned:
    right = _RIGHT[kind]
    called = f"its name ends in {ending}" if ending else f"its name does not end in {right}"
    return Returned(
        "wrong-kind",
        f"This is {_CALLED[kind]}, although {called}. Check that it is the right file, rename it so that it ends in "
        f"{right}, and drop it again.",
    )


def _pretends(kind: FileKind, ending: str) -> Returned:
    """For something else under the name of a form: a document of another kind, or nothing a form could be."""
    if kind == "other" or (kind == "text" and ending == ".pdf"):
        return Returned(
            "not-a-form",
            f"This file's name ends in {ending}, but there is no document in it that formflow can read. Find the form "
            "itself and drop that; if you do not know where this file came from, ask your IT support about it.",
        )
    return Returned(
        "wrong-kind",
        f"This file's name ends in {ending}, but it holds something else: {_CALLED[kind]}. If the form is in it, open "
        "it in Word, save it as Word Document (.docx), and drop that.",
    )
