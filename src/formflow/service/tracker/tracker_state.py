"""What is remembered between two drawings of the tracker: in the register's folder, swapped in whole."""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2s
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from formflow.errors import NotVerified, TryLater
from formflow.outbox.put import fingerprint, put, put_copy, swap
from formflow.recording.keyed.sealed import seal, unseal
from formflow.rendering.workbook.tracker_sheets import Layout, Stamp

_NAME = "tracker.json"


class Aside(BaseModel):
    """A file beside the tracker, and what people are told of it for as long as it lies there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    says: str
    sha256: str = ""


class Held(BaseModel):
    """The file, read and checked."""

    model_config = ConfigDict(extra="ignore")

    secret: str = ""
    """Signs the drawings of this register, so that one of another is not taken for it."""
    drawing: int = 0
    """The last number given to a drawing."""
    put: int = 0
    """The number of the drawing that was last put in its place."""
    sha256: str = ""
    """Of that drawing's file."""
    layouts: dict[str, Layout] = {}
    plain: dict[str, dict[str, tuple[str, ...]]] = {}
    """What the newest drawings hold on the sheets that are no tables, by their number."""
    asides: tuple[Aside, ...] = ()
    waiting_since: datetime | None = None
    pending: Aside | None = None
    pending_at: datetime | None = None
    to_go: tuple[Aside, ...] = ()
    """Earlier copies for reading that somebody had open when they were to go."""


@dataclass(slots=True)
class TrackerState:
    """The memory of the tracker. Where it is lost, everything still works; old copies are then not known for such."""

    folder: Path
    held: Held = field(default_factory=Held)
    key: bytes = field(default=b"", repr=False)
    """What lies in the folder is encrypted with it, where the register is."""

    @staticmethod
    def of(folder: Path, key: bytes = b"") -> TrackerState:
        """What is remembered in a folder."""
        state = TrackerState(folder, key=key)
        try:
            state.held = Held.model_validate_json(state.kept(_NAME) or b"")
        except (ValidationError, ValueError):
            state.held = Held()
        state.held.secret = state.held.secret or secrets.token_hex(16)
        return state

    def save(self) -> None:
        """Keep it."""
        whole = json.dumps(self.held.model_dump(mode="json"), ensure_ascii=False, indent=1)
        self.keep(_NAME, whole.encode("utf-8", "surrogatepass"))

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file in the folder, encrypted where the register is."""
        put(self.folder / name, seal(self.key, name, content))

    def kept(self, name: str) -> bytes | None:
        """A file of the folder; None where it is not there, or cannot be read or opened."""
        try:
            return unseal(self.key, name, (self.folder / name).read_bytes())
        except (OSError, NotVerified):
            return None

    def keep_file(self, name: str, made: Path) -> None:
        """Keep a file that is whole under this name in the folder, encrypted where the register is; `made` is gone."""
        if self.key:
            self.keep(name, made.read_bytes())
            made.unlink()
        else:
            swap(self.folder / name, made)

    def whole(self, name: str) -> Path | bytes | None:
        """A file of the folder to be read: its place, or its content where that is encrypted; None as `kept` says."""
        return self.kept(name) if self.key else self.folder / name

    def fingerprint(self, name: str) -> str:
        """The SHA-256 of a file's content; empty where it is not there, or cannot be read or opened."""
        if self.key:
            content = self.kept(name)
            return hashlib.sha256(content).hexdigest() if content is not None else ""
        with suppress(OSError, TryLater):
            return fingerprint(self.folder / name)
        return ""

    def copy_out(self, name: str, target: Path) -> str:
        """Put the content of a file in another place, whole or not at all; gives its fingerprint."""
        if not self.key:
            return put_copy(target, self.folder / name)
        content = self.kept(name)
        if content is None:
            raise TryLater("What was just drawn cannot be read back from the register's folder. It is tried again.")
        put(target, content)
        return hashlib.sha256(content).hexdigest()

    def next_stamp(self, note: int) -> Stamp:
        """The stamp of a new drawing, which shows the notes up to `note`."""
        self.held.drawing += 1
        return Stamp(self.held.drawing, note, self._sign(self.held.drawing, note))

    def ours(self, stamp: Stamp | None) -> bool:
        """Whether a stamp is of this register."""
        return stamp is not None and secrets.compare_digest(stamp.sign, self._sign(stamp.drawing, stamp.note))

    def remember(self, stamp: Stamp, plain: dict[str, tuple[str, ...]]) -> None:
        """Keep what a drawing holds on its plain sheets; of earlier ones only that which lies in its place."""
        kept = {number: words for number, words in self.held.plain.items() if number == str(self.held.put)}
        self.held.plain = {**kept, str(stamp.drawing): plain}

    def _sign(self, drawing: int, note: int) -> str:
        return blake2s(f"{self.held.secret}:{drawing}:{note}".encode(), digest_size=6).hexdigest()
