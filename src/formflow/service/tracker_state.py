"""What is remembered between two drawings of the tracker: in the register's folder, swapped in whole."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2s
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from formflow.outbox.put import put
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

    @staticmethod
    def of(folder: Path) -> TrackerState:
        """What is remembered in a folder."""
        try:
            held = Held.model_validate_json((folder / _NAME).read_bytes())
        except (OSError, ValidationError, ValueError):
            held = Held()
        held.secret = held.secret or secrets.token_hex(16)
        return TrackerState(folder, held)

    def save(self) -> None:
        """Keep it."""
        whole = json.dumps(self.held.model_dump(mode="json"), ensure_ascii=False, indent=1)
        put(self.folder / _NAME, whole.encode("utf-8", "surrogatepass"))

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
