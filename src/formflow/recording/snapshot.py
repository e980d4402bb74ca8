"""A copy of the register as it stands at one moment, taken while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import NotVerified
from formflow.recording.sqlite import DATABASE


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copied database, the head of its audit chain, and the originals it knows."""

    database: Path
    anchor: str
    """What the anchor file of the copy must hold."""
    originals: tuple[str, ...]
    """The fingerprints of every original, in order."""


def snapshot(register: Path, target: Path) -> Snapshot:
    """Copy the database of the register folder to `target`; writers may go on meanwhile.

    Raises `NotVerified` when there is no register, or it cannot be read.
    """
    database = register / DATABASE
    if not database.exists():
        raise NotVerified(f"There is no register in {register}, so there is nothing to back up yet.")
    try:
        with (
            closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=30)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            line = copy.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
            originals = tuple(row[0] for row in copy.execute("SELECT DISTINCT sha256 FROM arrivals ORDER BY sha256"))
    except sqlite3.DatabaseError as fault:
        raise NotVerified(
            f"The register ({database}) cannot be read ({type(fault).__name__}), so no backup was made. The last "
            "backup is untouched. To see what does not agree: formflow verify"
        ) from fault
    return Snapshot(target, f"{line[0]} {line[1]}\n" if line else "", originals)
