"""The last version of each edited template that was filled soundly, kept on this computer's own disk."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "templates last good"
"""In the folder of the register: where no one edits, and where a new start finds it."""


@dataclass(slots=True)
class LastGood:
    """One version for each template, by its name: `notification/panel-notice.docx`."""

    folder: Path
    _kept: dict[str, str] = field(default_factory=dict, repr=False)

    def of(self, name: str) -> bytes | None:
        """The version that was kept; None where there is none."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def keep(self, name: str, content: bytes, sha256: str) -> None:
        """Keep a version that was just filled soundly, whole or not at all; a disk that is full stops no paper."""
        if self._kept.get(name) == sha256:
            return
        there = self.of(name)
        if there is None or hashlib.sha256(there).hexdigest() != sha256:
            with contextlib.suppress(OSError):
                _put(self.folder / name, content)
        self._kept[name] = sha256


def _put(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
