"""Taking apart a message as Outlook saves it (`.msg`)."""

from __future__ import annotations

import struct

from olefile import OleFileIO
from oxmsg.domain import constants as c
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from formflow.reading.letter import Letter, Part, Words, decoded, file_name
from formflow.reading.package import damaged, too_complex
from formflow.reading.rtf import html_or_text

_HEADER, _HEADER_INSIDE, _HEADER_ATTACHED = 32, 24, 8
"""Bytes before the properties of a message, of a message inside one, and of an attachment."""
_INSIDE, _OLE, _LINKED = 5, 6, (2, 3, 4, 7)
"""Ways to attach: a message, an object of another program, only the address of a file."""
_RTF, _SHORT_NAME = 0x1009, 0x3704
_DEEPEST = 20
_FAULTS = (OSError, LookupError, ValueError, TypeError, AttributeError, AssertionError, struct.error)
"""What the libraries let out for a broken file."""


def open_outlook(content: bytes) -> Letter:
    """A message, taken apart. Raises `Returned` when the file is broken."""
    try:
        with OleFileIO(content) as opened:
            return _letter(Storage.from_ole(opened), _HEADER, 0)
    except _FAULTS as fault:
        raise damaged() from fault


def _letter(storage: Storage, header: int, depth: int) -> Letter:
    if depth > _DEEPEST:
        raise too_complex()
    said = Properties(storage, header)
    words, notes = _words(said)
    parts: list[Part] = []
    letters: list[Letter] = []
    for held in storage.iter_attachment_storages():
        about = Properties(held, _HEADER_ATTACHED)
        method = about.int_prop_value(c.PID_ATTACH_METHOD) or 1
        inside = [s for s in held.storages if s.name.startswith("__substg1.0_3701")]
        if method == _INSIDE and inside:
            letters.append(_letter(inside[0], _HEADER_INSIDE, depth + 1))
        elif method in _LINKED:
            notes.append("linked")
        elif method == _OLE:
            notes.append("other-files")
        else:
            parts.append(_part(about))
    if "smime" in _text(said, c.PID_MESSAGE_CLASS).lower():
        notes.append("encrypted")
    return Letter(words, tuple(parts), tuple(letters), _properties(said), tuple(dict.fromkeys(notes)))


def _part(about: Properties) -> Part:
    kind = _text(about, c.PID_ATTACH_MIME_TAG).lower() or "application/octet-stream"
    name = _text(about, c.PID_ATTACH_LONG_FILENAME) or _text(about, _SHORT_NAME)
    return Part(file_name(name, kind, "attachment"), kind, about.binary_prop_value(c.PID_ATTACH_DATA_BINARY) or b"")


def _words(said: Properties) -> tuple[tuple[Words, ...], list[str]]:
    """What is written in it: as HTML where Outlook kept that, also wrapped in RTF, else as plain text."""
    plain = _text(said, c.PID_BODY)
    html, notes = _html(said)
    if not html and (packed := said.binary_prop_value(_RTF)):
        kind, text = html_or_text(packed)
        if kind == "html":
            html = text
        else:
            plain = plain or text
    if html.strip():
        return (Words("html", html),), notes
    return ((Words("plain", plain),) if plain.strip() else ()), notes


def _html(said: Properties) -> tuple[str, list[str]]:
    if content := said.binary_prop_value(c.PID_HTML):
        text, sound = decoded(content, said.body_encoding)
        return text, [] if sound else ["charset"]
    return _text(said, c.PID_BODY_HTML), []


def _properties(said: Properties) -> dict[str, str]:
    sent = said.date_prop_value(c.PID_CLIENT_SUBMIT_TIME)
    found = {
        "subject": _text(said, c.PID_SUBJECT),
        "sender": _text(said, c.PID_SENDER_NAME),
        "sent": sent.isoformat() if sent else "",
    }
    return {name: text[:1_000] for name, text in found.items() if text}


def _text(said: Properties, number: int) -> str:
    return (said.str_prop_value(number) or "").strip("\x00")
