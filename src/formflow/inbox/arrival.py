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

    @property
    def suffix(self) -> str:
        """The ending of the file's name, in small letters, with its dot."""
        return self.path.suffix.lower()
