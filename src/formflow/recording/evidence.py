"""The untouched originals of every form, named by their fingerprint."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import NotVerified


@dataclass(frozen=True, slots=True)
class Evidence:
    """A store in which content is found by its SHA-256."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep `content`, flushed to disk, and give its fingerprint. Keeping it again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._path(sha256)
        if target.exists():
            self.get(sha256)
            return sha256
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = target.with_name(f".{sha256}.{os.getpid()}.tmp")
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.chmod(0o400)
        beside.replace(target)
        _flush_folder(target.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """What was kept under a fingerprint. Raises `NotVerified` when it is gone or is not what was kept."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError as fault:
            raise NotVerified(f"The evidence store has lost the original {sha256[:12]}.") from fault
        if hashlib.sha256(content).hexdigest() != sha256:
            raise NotVerified(f"The original {sha256[:12]} in the evidence store has been changed.")
        return content

    def all(self) -> Iterator[str]:
        """The name of every file in the store."""
        if self.folder.is_dir():
            yield from (path.name for path in self.folder.glob("*/*") if not path.name.startswith("."))

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
