"""Opening a message: each attached file that could be a form, and the words of the message itself."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from formflow.errors import Returned
from formflow.reading.document import Document
from formflow.reading.letter import Letter, Part, file_name
from formflow.reading.mail_body import asks, body
from formflow.reading.message import LEFT_ASIDE, Attachment, Message
from formflow.reading.package import MB, WORD_ENDINGS, sniff, too_complex, too_large

DEEPEST = 3
"""How many messages inside one another are opened, the outermost counted."""
MOST_FORMS = 50
LARGEST_WHOLE = 100 * MB
"""Bytes of everything attached, unpacked."""
_HEADER_LINE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:>?From [^\n]{1,200}\n)?[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n", re.DOTALL
)
_MOST_IN_ZIP = 200
_FORM_ENDINGS = WORD_ENDINGS | {".pdf", ".doc", ".odt", ".rtf"}
_FORM_KINDS = frozenset({"word", "pdf", "old-word", "odt", "rtf"})
_ENDING_OF: Mapping[str, str] = {
    "word": ".docx", "pdf": ".pdf", "old-word": ".doc", "odt": ".odt", "rtf": ".rtf", "mail": ".eml", "outlook": ".msg",
}  # fmt: skip
_NOTED_KINDS: Mapping[str, str] = {
    "text/calendar": "calendar", "application/ics": "calendar", "text/vcard": "contact", "text/x-vcard": "contact",
    "application/ms-tnef": "tnef", "application/vnd.ms-tnef": "tnef", "application/pkcs7-mime": "encrypted",
    "application/x-pkcs7-mime": "encrypted", "application/pgp-encrypted": "encrypted",
}  # fmt: skip
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)


def open_message(content: bytes, name: str) -> Message:
    """A message and what is attached to it.

    `name` ends in `.eml` or `.msg`. Raises `Returned` when it cannot be opened or holds more than a message does, and
    with reason `not-a-form` when no form is attached and none is typed in it.
    """
    opening = _Opening()
    letter = opening.take_apart(content)
    opening.through(letter, 1)
    blocks, notes = body(_typed(letter))
    kept = tuple(dict.fromkeys([*(["attachments"] if opening.forms else []), *opening.notes, *notes]))
    typed = asks(blocks)
    if not opening.forms and not typed:
        raise _no_form(kept)
    return Message(Document("mail", (), blocks, kept, letter.properties), tuple(opening.forms.values()), typed)


def read_mail(content: bytes, name: str) -> Document:
    """The words of a message as a document: the form that is typed in it, or the cover note of those attached."""
    return open_message(content, name).document


def is_message(content: bytes) -> bool:
    """Whether a file begins as messages do: as Outlook keeps them, or with header lines."""
    return sniff(content) == "outlook" or _HEADER_LINE.match(content) is not None


def _typed(letter: Letter) -> Letter:
    """The message whose words count: one that only passes on another has none of its own."""
    inner = letter.letters
    return letter if letter.words or len(inner) != 1 else _typed(inner[0])


@dataclass(slots=True)
class _Opening:
    """Opening one message and those inside it."""

    forms: dict[str, Attachment] = field(default_factory=dict)
    """By fingerprint: what is attached twice counts once."""
    notes: list[str] = field(default_factory=list)
    _bytes: int = 0

    def take_apart(self, content: bytes) -> Letter:
        """A message of either kind, by what is in it."""
        # Each brings its own libraries, and most messages are of one kind.
        if sniff(content) == "outlook":
            from formflow.reading.mail_outlook import open_outlook

            return open_outlook(content)
        from formflow.reading.mail_eml import open_eml

        return open_eml(content)

    def through(self, letter: Letter, depth: int) -> None:
        """Everything a message carries, and what the messages inside it carry."""
        self.notes += letter.notes
        for part in letter.parts:
            self._part(part, depth)
        for inner in letter.letters:
            self._message(inner, depth)

    def _message(self, inner: Letter, depth: int) -> None:
        if depth < DEEPEST:
            self.through(inner, depth + 1)
        else:
            self.notes.append("nested")

    def _part(self, part: Part, depth: int) -> None:
        self._bytes += len(part.content)
        if self._bytes > LARGEST_WHOLE:
            raise too_large()
        kind, ending = sniff(part.content), PurePosixPath(part.name).suffix.lower()
        if noted := _noted(part, ending):
            self.notes += noted
        elif ending == ".zip" or (not ending and kind == "other" and part.content.startswith(b"PK\x03\x04")):
            self._zip(part, depth)
        elif kind in _FORM_KINDS or (ending in _FORM_ENDINGS and kind not in ("mail", "outlook")):
            self._form(part, kind, ending)
        elif kind in ("mail", "outlook") or (ending == ".eml" and is_message(part.content)):
            self._inside(part, depth)
        else:
            self.notes.append({"workbook": "workbook", "locked": "encrypted"}.get(kind, "other-files"))

    def _form(self, part: Part, kind: str, ending: str) -> None:
        name = part.name if ending else part.name + _ENDING_OF.get(kind, "")
        found = Attachment.of(name, part.content)
        self.forms.setdefault(found.sha256, found)
        if len(self.forms) > MOST_FORMS:
            raise _too_many()

    def _inside(self, part: Part, depth: int) -> None:
        """A message that is attached as a file."""
        try:
            inner = self.take_apart(part.content)
        except Returned:
            self.notes.append("other-files")
            return
        self._message(inner, depth)

    def _zip(self, part: Part, depth: int) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(part.content)) as opened:
                if "[Content_Types].xml" in opened.namelist():  # a Word file under another name
                    self._form(part, "word", ".zip")
                    return
                held = list(_unzipped(opened, LARGEST_WHOLE - self._bytes))
        except _ZIP_FAULTS:
            self.notes.append("zip")
            return
        for inner in held:
            if inner.content.startswith(b"PK\x03\x04") and PurePosixPath(inner.name).suffix.lower() == ".zip":
                self.notes.append("zip")
            else:
                self._part(inner, depth)


def _unzipped(opened: zipfile.ZipFile, most: int) -> Iterator[Part]:
    """The files in a zip, counted while they are unpacked. Raises `ValueError` where it is more than forms need."""
    entries = [entry for entry in opened.infolist() if not entry.is_dir() and not _hidden(entry.filename)]
    if len(entries) > _MOST_IN_ZIP:
        raise ValueError("too many files")
    for entry in entries:
        with opened.open(entry) as stream:  # a locked one lets out a RuntimeError
            content = stream.read(most + 1)
        most -= len(content)
        if most < 0:
            raise ValueError("too large")
        yield Part(file_name(entry.filename, "", "attachment"), "", content)


def _hidden(name: str) -> bool:
    """Whether a name in a zip is the furniture of a desktop."""
    path = PurePosixPath(name.replace("\\", "/"))
    return "__MACOSX" in path.parts or path.name.startswith((".", "~$")) or path.name.lower() == "thumbs.db"


def _noted(part: Part, ending: str) -> tuple[str, ...] | None:
    """The notes about a part that is never a form, whatever is in it; None for one that must be looked into."""
    if part.kind in _SIGNATURES or part.kind == "application/pgp-keys" or ending in (".p7s", ".asc"):
        return ("signature",)
    if part.kind in _NOTED_KINDS:
        return (_NOTED_KINDS[part.kind],)
    if ending in (".ics", ".vcf", ".p7m") or part.name.lower() == "winmail.dat":
        return ({".ics": "calendar", ".vcf": "contact", ".p7m": "encrypted"}.get(ending, "tnef"),)
    if part.kind.startswith("image/") or ending in (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic"):
        return ("pictures",)
    if part.kind.startswith("message/") and part.kind not in ("message/rfc822", "message/global"):
        return ("undelivered",)
    return None


def _no_form(notes: tuple[str, ...]) -> Returned:
    """No form is in a message: what is in it instead, and what to do now."""
    found = " ".join(LEFT_ASIDE[note] for note in notes if note in LEFT_ASIDE and note not in _NOT_WORTH_SAYING)
    return Returned(
        "not-a-form",
        "This e-mail holds no form: no Word or PDF file is attached, and no questions with their answers are typed in "
        f"it. {found + ' ' if found else ''}Ask the sender for the form, or drop the form itself.",
    )


_NOT_WORTH_SAYING = frozenset({"signature", "disclaimer", "charset"})


def _too_many() -> Returned:
    fault = too_complex()
    return Returned(
        fault.reason,
        f"More than {MOST_FORMS} documents are attached to this e-mail. Save those that are forms, and drop them by "
        "themselves.",
    )
