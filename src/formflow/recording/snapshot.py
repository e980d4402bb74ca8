"""A copy of the register as it stands at one moment, taken while it is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import NotVerified
from formflow.recording.evidence import Evidence
from formflow.recording.originals import Originals
from formflow.recording.proof.audit import head
from formflow.recording.several.moving import copy_rows, originals_of
from formflow.recording.sqlite import DATABASE, open_engine
from formflow.recording.store import open_store


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copied database, the head of its audit chain, and the originals it knows."""

    database: Path
    anchor: str
    """What the anchor file of the copy must hold."""
    originals: tuple[str, ...]
    """The fingerprints of every original, in order."""
    evidence: Originals
    """Where the originals are."""


@contextmanager
def snapshot(register: Path, target: Path, address: str = "") -> Iterator[Snapshot]:
    """Copy the register in a folder, or the one at an address, to the SQLite file `target`; writers may go on.

    Raises `NotVerified` when there is no register, or it cannot be read.
    """
    if address:
        with _from_database(register, target, address) as taken:
            yield taken
    else:
        yield _from_file(register, target)


@contextmanager
def _from_database(register: Path, target: Path, address: str) -> Iterator[Snapshot]:
    store = open_store(register, address, writing=False)
    copy = open_engine(target)
    try:
        with store.engine.connect() as source, copy.begin() as written:  # one transaction sees one moment
            copy_rows(source, written)
            seq, hash_ = head(source)
            originals = tuple(originals_of(source))
        with copy.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        copy.dispose()
        if not seq:
            raise NotVerified("Nothing was recorded yet, so there is nothing to back up.")
        yield Snapshot(target, f"{seq} {hash_}\n", originals, store.evidence)
    finally:
        copy.dispose()
        store.close()


def _from_file(register: Path, target: Path) -> Snapshot:
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
    return Snapshot(target, f"{line[0]} {line[1]}\n" if line else "", originals, Evidence(register / "evidence"))
