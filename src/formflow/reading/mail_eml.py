"""Taking apart an e-mail as mail programs and servers keep it (`.eml`)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import Message

from formflow.reading.letter import Letter, Part, Words, decoded, file_name
from formflow.reading.package import damaged, too_complex

_DEEPEST = 60
"""How deep parts may be nested; mail programs stop at five or six."""
_MOST_PARTS = 1_000
_FAULTS = (LookupError, ValueError, TypeError, AttributeError, AssertionError)
"""What the standard library lets out for headers that no mail program would write."""
_SHOWN = ("text/plain", "text/html")


def open_eml(content: bytes) -> Letter:
    """A message, taken apart. Raises `Returned` when there is none in it, or far more than a message holds."""
    try:
        message = email.message_from_bytes(content, policy=policy.default)
    except _FAULTS as fault:
        raise damaged() from fault
    if not message.keys() and not message.is_multipart():
        raise damaged()
    return _Taking().letter(message, 0)


@dataclass(slots=True)
class _Taking:
    """Taking one message apart; `parts` counts over the messages inside it too."""

    parts: int = 0

    def letter(self, message: Message, depth: int) -> Letter:
        met = _Met()
        words = tuple(self._through(message, depth, met))
        properties = {
            name: said for name, header in _PROPERTIES.items() if (said := _header(message, header)) is not None
        }
        return Letter(words, tuple(met.parts), tuple(met.letters), properties, tuple(dict.fromkeys(met.notes)))

    def _through(self, part: Message, depth: int, met: _Met) -> Iterator[Words]:
        """The words of a part in reading order; what else it holds is put into `met`."""
        self.parts += 1
        if depth > _DEEPEST or self.parts > _MOST_PARTS:
            raise too_complex()
        kind = part.get_content_type()
        inner = [child for child in _children(part) if isinstance(child, Message)]
        if kind in ("message/rfc822", "message/global") and inner:
            met.letters.append(self.letter(inner[0], depth + 1))
        elif kind in ("multipart/report", "multipart/encrypted"):
            met.notes.append("undelivered" if kind.endswith("report") else "encrypted")
        elif inner:
            spoken = [list(self._through(child, depth + 1, met)) for child in inner]
            yield from _best(spoken) if kind == "multipart/alternative" else (w for part in spoken for w in part)
        elif kind in _SHOWN and not _named(part) and part.get_content_disposition() != "attachment":
            yield _words(part, kind, met)
        else:
            met.parts.append(Part(file_name(_named(part), kind, "attachment"), kind, _payload(part)))


@dataclass(slots=True)
class _Met:
    parts: list[Part] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


_PROPERTIES = {"subject": "Subject", "sender": "From", "sent": "Date"}


def _children(part: Message) -> list[object]:
    payload = part.get_payload()
    return list(payload) if isinstance(payload, list) else []


def _best(spoken: list[list[Words]]) -> list[Words]:
    """Of several ways to say the same, the one that keeps tables and what is struck through."""
    said = [words for words in spoken if any(word.text.strip() for word in words)]
    rich = [words for words in said if any(word.kind == "html" for word in words)]
    return (rich or said or [[]])[-1]


def _words(part: Message, kind: str, met: _Met) -> Words:
    text, sound = decoded(_payload(part), str(_parameter(part, "charset")).strip("'\" ").lower())
    if not sound:
        met.notes.append("charset")
    if kind == "text/html":
        return Words("html", text)
    flowed = str(_parameter(part, "format")).lower() == "flowed"
    return Words("plain", _unflowed(text, str(_parameter(part, "delsp")).lower() == "yes") if flowed else text)


def _unflowed(text: str, delsp: bool) -> str:
    """Text without the breaks that only the sending program put in (RFC 3676)."""
    joined = re.sub(r"(?m)(?<!^--)( )\r?\n(?!>|-- \r?$)(?=[^\r\n])", "" if delsp else r"\1", text)
    return re.sub(r"(?m)^ (?=[ >]|From )", "", joined)


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return content if isinstance(content, bytes) else b""


def _named(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except _FAULTS:
        return ""


def _parameter(part: Message, name: str) -> object:
    try:
        return part.get_param(name) or ""
    except _FAULTS:
        return ""


def _header(message: Message, name: str) -> str | None:
    try:
        said = message.get(name)
    except _FAULTS:
        return None
    return None if said is None else re.sub(r"\s+", " ", str(said)).strip()[:1_000]
