"""A message that was dropped: its own words, and each attached file that could be a form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from formflow.reading.document import Document


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came in a message and could be a form."""

    name: str = field(repr=False)
    """Its own name, without any folder; names may hold a child's name."""
    content: bytes = field(repr=False)
    sha256: str

    @staticmethod
    def of(name: str, content: bytes) -> Attachment:
        """An attachment with its fingerprint."""
        return Attachment(name, content, hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Message:
    """A message, opened: a cover note when something is attached, else perhaps the form itself."""

    document: Document
    """What is written in it, with its notes; `subject`, `sender` and `sent` among its properties are no answers."""
    attachments: tuple[Attachment, ...] = ()
    """In the order of the message, each content once; those of messages inside it and of zip files too."""
    typed: bool = False
    """Whether a form may be typed in its own words."""

    @property
    def left_aside(self) -> tuple[str, ...]:
        """Sentences about what is in it and is no form; nothing is said of signatures and disclaimers."""
        return tuple(LEFT_ASIDE[note] for note in self.document.notes if note in LEFT_ASIDE and note not in _FURNITURE)


_FURNITURE = frozenset({"signature", "disclaimer"})
LEFT_ASIDE = {
    "pictures": "A picture is attached; formflow does not look for answers in pictures.",
    "calendar": "A calendar entry is attached; it was left aside.",
    "contact": "A contact card is attached; it was left aside.",
    "workbook": "An Excel workbook is attached; formflow reads forms as Word or PDF only.",
    "other-files": "A file is attached that is no form (text, a web page, a recording or a program).",
    "tnef": "The message holds a winmail.dat, which hides what was attached: ask the sender to send it once more as "
    "HTML or plain text.",
    "encrypted": "The message is encrypted: open it in Outlook, save the form, and drop the form.",
    "zip": "A zip file is attached that was not opened (locked, damaged, too large, or a zip inside a zip): unpack it "
    "and drop the forms.",
    "nested": "There are messages inside messages inside messages; the innermost were not opened. Save the form that "
    "is in them, and drop it.",
    "linked": "A file is only linked to, not attached: fetch it and drop the form.",
    "undelivered": "This is a report that a message could not be delivered or was read.",
    "signature": "The sender's signature was left aside.",
    "disclaimer": "The notice at the foot of the message was left aside.",
    "charset": "Some letters of the message were written in another way than it says; look at names with accents.",
}
"""What was found in a message and is no form, by the word that `notes` holds: the sentence for the person."""
