"""A file that somebody dropped, settled and unchanged since we looked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

MESSAGES = frozenset({".eml", ".msg"})
"""Endings of messages, which may bring several forms."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One dropped file and its bytes, as they were when it had settled."""

    id: str
    """Day, time and the first letters of the fingerprint: `20261124-101500-3fa9c1d2`; safe as a folder name."""
    path: Path = field(repr=False)
    """Where it lies in the inbox; file names may hold a child's name, so it is never shown in a `repr` or a log."""
    sha256: str
    received: datetime
    """When it was taken, local time with its zone."""
    content: bytes = field(repr=False)
    message: str = ""
    """The id of the message it came attached to; empty for a file that was dropped by itself."""

    @property
    def suffix(self) -> str:
        """The ending of the file's name, in small letters, with its dot."""
        return self.path.suffix.lower()

    @property
    def dropped(self) -> Path | None:
        """Where the file lies in the inbox; None for one that came inside a message."""
        return None if self.message else self.path

    def attached(self, message: str, name: str, content: bytes, sha256: str) -> Arrival:
        """A file that came in this message as an arrival of its own; `message` is the id of the message."""
        return Arrival(arrival_id(self.received, sha256), Path(name), sha256, self.received, content, message)


def arrival_id(received: datetime, sha256: str) -> str:
    """The id of an arrival, by when it was taken and its fingerprint."""
    return f"{received:%Y%m%d-%H%M%S}-{sha256[:8]}"
