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


def note(register: Path, name: str, at: datetime) -> bool:
    """Note a backup by its file name; the next formflow that writes to the register brings it into the audit chain.

    Says whether it could be noted: the account that makes backups may have been given the right to read only.
    """
    folder = register / _FOLDER
    beside = folder / f".{name}.{os.getpid()}.tmp"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        beside.write_text(json.dumps({"file": name, "at": at.isoformat(timespec="seconds")}), encoding="utf-8")
        beside.replace(folder / f"{name}.json")
    except OSError:
        return False
    return True


def take_in(register: Path, act: Act) -> None:
    """Bring what was noted into the audit chain; cut short, it is done again and one may be told of twice."""
    for path in sorted((register / _FOLDER).glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        act(BACKUP, str(told["file"]), {"at": str(told["at"])})
        path.unlink()
