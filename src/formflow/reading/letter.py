"""A message taken apart, whatever program wrote it: its words, what it carries, and who says it sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PureWindowsPath
from typing import Literal

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a message carries beside its words."""

    name: str = field(repr=False)
    kind: str
    """Its media type as the message states it, in small letters: `application/pdf`."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a message's own words."""

    kind: Literal["plain", "html"]
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message."""

    words: tuple[Words, ...] = field(default=(), repr=False)
    parts: tuple[Part, ...] = ()
    letters: tuple[Letter, ...] = ()
    """Messages inside it."""
    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    """`subject`, `sender` and `sent`, as the message has them."""
    notes: tuple[str, ...] = ()


def file_name(raw: str, kind: str, guessed: str) -> str:
    """A safe name for an attachment: without folders, unseen letters or great length; `guessed` where there is none."""
    name = PureWindowsPath(_UNSEEN.sub("", raw).strip()).name.strip()
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[:_LONGEST_NAME]}.{ending}" if stem else f"{guessed}.{ending}"
    return name[:_LONGEST_NAME] or guessed + _ENDINGS.get(kind, "")


_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-word.document.macroenabled.12": ".docm",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.ms-outlook": ".msg",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
}


def decoded(content: bytes, stated: str) -> tuple[str, bool]:
    """Text in the alphabet a message states, else the likeliest; and whether it was the stated one."""
    for charset in (stated or "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(charset), charset == (stated or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("utf-8", "replace"), False
