"""Moving a register to another place: a file to a database that several machines share, or back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select

from formflow.errors import NotVerified, Stop, TryLater
from formflow.recording.lock import WriterLock
from formflow.recording.proof.seal import refuse_changed
from formflow.recording.several.moving import Whole, copy_originals, copy_rows, is_empty, whole
from formflow.recording.several.shared import drops
from formflow.recording.sqlite import DATABASE, SqliteStore, open_engine
from formflow.recording.store import Store, open_store


def move(folder: Path, source: str, target: str) -> Whole:
    """Copy the register at one address to another, which must be empty; gives what both hold now.

    An empty address is the file in `folder`. The source is only read, and stays as it is. Raises `Stop` when both are
    one or the target holds something, `TryLater` while forms are on their way, `NotVerified` when the copy is another.
    """
    if source == target:
        raise Stop("The register is there already: it would be moved to where it is.")
    with _source(folder, source) as old, old.engine.connect() as reading:
        _refuse_forms_on_their_way(reading)
        before = whole(reading)
        if not before.seq:
            raise Stop("Nothing was recorded yet, so there is nothing to move. Change the settings, and start.")
        new = open_store(folder, target)
        try:
            with new.writing() as written:
                if not is_empty(written):
                    raise Stop("The register it would be moved to holds something already. Choose an empty one.")
                copy_originals(reading, old.evidence, new.evidence)
                copy_rows(reading, written)
            new.anchored(before.seq, before.hash)
            with new.engine.connect() as read_back:
                if whole(read_back) != before:
                    raise NotVerified(
                        "The copy of the register is not what the register is. Go on using the old one, and pass this "
                        "on to whoever looks after formflow."
                    )
        finally:
            new.close()
    return before


@contextmanager
def _source(folder: Path, address: str) -> Iterator[Store]:
    """The register to be moved, with nobody writing to it meanwhile."""
    if address:
        store = open_store(folder, address)
        try:
            with store.hold("settle"), store.turn():
                yield store
        finally:
            store.close()
        return
    database = folder / DATABASE
    if not database.exists():
        raise Stop(f"There is no register in {folder}, so there is nothing to move.")
    lock = WriterLock(folder / "formflow.lock")
    try:
        refuse_changed(database)
        engine = open_engine(database)
        try:
            yield SqliteStore(engine, folder, None)
        finally:
            engine.dispose()
    finally:
        lock.release()


def _refuse_forms_on_their_way(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    count = connection.scalar(select(func.count()).select_from(drops).where(drops.c.state != "done"))
    if count:
        raise TryLater(
            f"{count} {'form is' if count == 1 else 'forms are'} on the way from the inbox. Let formflow finish (or "
            "see in its log why it cannot), stop it on every machine, and move the register then."
        )
