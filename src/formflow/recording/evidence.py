"""The untouched originals of every form, named by their fingerprint; encrypted where the partnership has a key."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from formflow.errors import NotVerified
from formflow.recording.keyed.sealed import is_sealed, plain, seal


@dataclass(frozen=True, slots=True)
class Evidence:
    """A store in which content is found by its SHA-256."""

    folder: Path
    key: bytes = field(default=b"", repr=False)
    """Originals are encrypted with it; empty where they are not."""

    def encrypted(self, key: bytes) -> Evidence:
        """The same store, in which what is put from now on is encrypted."""
        return replace(self, key=key)

    def put(self, content: bytes) -> str:
        """Keep `content`, flushed to disk, and give its fingerprint. Keeping it again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self._path(sha256).exists():
            self.get(sha256)
        else:
            self._write(sha256, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        """What was kept under a fingerprint. Raises `NotVerified` when it is gone or is not what was kept."""
        return plain(self.key, sha256, self.stored(sha256))

    def stored(self, sha256: str) -> bytes:
        """The file as it lies there, encrypted or not. Raises `NotVerified` when it is gone."""
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as fault:
            raise NotVerified(f"The evidence store has lost the original {sha256[:12]}.") from fault

    def is_encrypted(self, sha256: str) -> bool:
        """Whether an original lies there encrypted. Raises `NotVerified` when it is gone."""
        return is_sealed(self.stored(sha256))

    def all(self) -> Iterator[str]:
        """The name of every file in the store."""
        if self.folder.is_dir():
            yield from (path.name for path in self.folder.glob("*/*") if not path.name.startswith("."))

    def encrypt(self, sha256: str) -> None:
        """Encrypt an original that lies there in plain; done again, it changes nothing."""
        if not self.is_encrypted(sha256):
            self._write(sha256, self.get(sha256))

    def drop(self, sha256: str) -> None:
        """Take an original away for good."""
        path = self._path(sha256)
        if path.exists():
            path.chmod(0o600)  # Windows takes away no file that may only be read
            path.unlink()

    def _write(self, sha256: str, content: bytes) -> None:
        content = seal(self.key, sha256, content)
        target = self._path(sha256)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = target.with_name(f".{sha256}.{os.getpid()}.tmp")
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        if os.name == "nt" and target.exists():
            target.chmod(0o600)  # nor is one replaced there
        beside.chmod(0o400)
        beside.replace(target)
        _flush_folder(target.parent)

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
