"""Which backups were made, so that an erased case can be looked for in them: noted at once, also while others write."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from formflow.recording.acts import BACKUP

_FOLDER = "backups made"
"""In the folder of the register: one small file for each that no line of the audit chain tells of yet."""

Act = Callable[[str, str, Mapping[str, object]], None]


def note(register: Path, name: str, at: datetime) -> None:
    """Note a backup by its file name; the next formflow that writes to the register brings it into the audit chain."""
    folder = register / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    beside = folder / f".{name}.{os.getpid()}.tmp"
    beside.write_text(json.dumps({"file": name, "at": at.isoformat(timespec="seconds")}), encoding="utf-8")
    beside.replace(folder / f"{name}.json")


def take_in(register: Path, act: Act) -> None:
    """Bring what was noted into the audit chain; cut short, it is done again and one may be told of twice."""
    for path in sorted((register / _FOLDER).glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        act(BACKUP, str(told["file"]), {"at": str(told["at"])})
        path.unlink()
