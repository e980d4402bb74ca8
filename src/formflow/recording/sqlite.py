"""A register on one SQLite file, on this computer's own disk; one formflow at a time writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError

from formflow.errors import FormflowError, NotVerified, Stop, TryLater
from formflow.recording.evidence import Evidence
from formflow.recording.lock import WriterLock
from formflow.recording.originals import Originals
from formflow.recording.proof.audit import write_anchor
from formflow.recording.proof.seal import break_seal, refuse_changed, set_seal
from formflow.recording.tables import SCHEMA, metadata, schema
from formflow.recording.upgrade import bring_up
from formflow.recording.where import refuse_network_drive

DATABASE = "formflow.sqlite"
ANCHOR = "formflow.anchor"


class SqliteStore:
    """The database file, the evidence store and the head of the audit chain, in one folder."""

    alone = True
    """Nobody else writes while it is open for writing."""

    def __init__(self, engine: Engine, folder: Path, lock: WriterLock | None) -> None:
        self.engine = engine
        self.evidence: Originals = Evidence(folder / "evidence")
        self._folder = folder
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, *, writing: bool = True) -> SqliteStore:
        """The store in `folder`, made there when it is not and `writing`. Raises as `Register.open` says."""
        database = folder / DATABASE
        if not writing:
            refuse_changed(database)
            return cls(open_engine(database if database.exists() else None), folder, None)
        refuse_network_drive(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = WriterLock(folder / "formflow.lock")
        try:
            refuse_changed(database)
            break_seal(database)
            engine = open_engine(database)
            bring_up_to_date(engine)
        except FormflowError:
            lock.release()
            raise
        return cls(engine, folder, lock)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction. Raises `TryLater` when the register was opened for reading only."""
        if self._lock is None:
            raise TryLater("The register is open for reading only.")
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def rewriting(self) -> Iterator[Connection]:
        """One transaction in which rows may be changed and taken away; `compact` then clears what is left of them."""
        if self._lock is None:
            raise TryLater("The register is open for reading only.")
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            # Begun by hand: Python's own driver begins none before it drops a trigger.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
            for name, _ in guards:
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            yield connection
            for _, guard in guards:
                connection.exec_driver_sql(guard)
            connection.commit()

    def compact(self) -> None:
        """Leave nothing in the file or its log of what was taken away or changed."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """While a form's case is found, decided and recorded: here nobody else can come between."""
        yield

    @contextmanager
    def hold(self, what: str) -> Iterator[None]:
        """Be the only one that does this for a while: here nobody else is there."""
        yield

    def anchored(self, seq: int, hash_: str) -> None:
        """Keep the head of the audit chain in a file of its own."""
        write_anchor(self._folder / ANCHOR, seq, hash_)

    def close(self) -> None:
        """Bring everything into the main file and seal it."""
        whole = False
        if self._lock is not None:
            with self.engine.connect() as connection:
                whole = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0] == 0
        self.engine.dispose()
        if self._lock is not None:
            if whole:  # else somebody was reading: the rest comes into the main file later, and a seal would be wrong
                set_seal(self._folder / DATABASE)
            self._lock.release()
            self._lock = None


def open_engine(database: Path | None) -> Engine:
    """The database at a path, with its tables; with None an empty one in memory. Raises `Stop` for a newer one."""
    if database is not None and not database.exists():
        database.touch(mode=0o600)
    # Put together, not written as an address: a folder's name may hold ? or %.
    engine = create_engine(URL.create("sqlite", database=str(database) if database else None))
    event.listen(engine, "connect", _prepare)
    try:
        version = _version(engine)
    except OperationalError:
        raise  # locked, or no room on the disk: not the register's fault
    except DatabaseError as fault:
        raise NotVerified(
            f"The register ({database}) is damaged and cannot be read. Nothing was taken or changed; forms wait in the "
            "inbox. Put back the last backup of the whole register folder, or ask whoever looks after formflow."
        ) from fault
    if version > SCHEMA:
        raise Stop("This register was made by a newer formflow. Install that version, or a newer one, to use it.")
    return engine


def _version(engine: Engine) -> int:
    if not inspect(engine).has_table("schema"):
        metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(schema).values(version=SCHEMA))
    with engine.connect() as connection:
        return connection.scalar(select(schema.c.version)) or 0


def bring_up_to_date(engine: Engine) -> None:
    """Bring a register of an older formflow to what this one wants; what it holds stays as it is."""
    with engine.begin() as connection:
        if (connection.scalar(select(schema.c.version)) or 0) < SCHEMA:
            bring_up(connection)
        metadata.create_all(connection)


def _prepare(connection: Any, record: object) -> None:
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {setting}")
