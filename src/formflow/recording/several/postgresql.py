"""A register on PostgreSQL: one database for several machines, which write to it one after another."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, insert, inspect, select, text
from sqlalchemy.pool import NullPool

from formflow.errors import FormflowError, Stop, TryLater
from formflow.recording.originals import Originals, OriginalsInDatabase
from formflow.recording.proof.audit import write_anchor
from formflow.recording.several.address import postgresql_url
from formflow.recording.several.faults import tell_faults
from formflow.recording.several.made_for import made_for
from formflow.recording.several.shared import originals, shared
from formflow.recording.sqlite import ANCHOR
from formflow.recording.tables import KEPT, SCHEMA, audit, metadata, schema
from formflow.recording.upgrade import bring_up
from formflow.recording.where import refuse_network_drive

_OLDEST = 140000
"""PostgreSQL 14: older ones are no longer looked after by their makers."""
_SESSION = {
    "lock_timeout": "60s",
    "statement_timeout": "0",
    # The server lets go of the locks of a machine that is gone after about a minute.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_GUARDED = (*KEPT, audit, originals)
_ONLY_ADDED = """
CREATE OR REPLACE FUNCTION formflow_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of the register are only ever added'; END $$
"""


class PostgresStore:
    """The tables and the originals in one database; the head of the audit chain also in this machine's own folder."""

    alone = False
    """Others may write meanwhile."""

    def __init__(self, engine: Engine, folder: Path, *, writing: bool) -> None:
        self.engine = engine
        self.evidence: Originals = OriginalsInDatabase(engine)
        self._folder = folder
        self._writing = writing
        # Locks are held by connections of their own: one from a pool might be handed on with its lock.
        self._lone = create_engine(engine.url, poolclass=NullPool, connect_args=_asked(), isolation_level="AUTOCOMMIT")
        tell_faults(self._lone)
        self._held = threading.local()

    @classmethod
    def open(cls, folder: Path, address: str, *, writing: bool = True) -> PostgresStore:
        """The store at an address, its tables made there when they are not and `writing`.

        `folder` is this machine's own, for what it keeps apart from the database. Raises `Stop` when the address is
        wrong, the server refuses us, is too old, or the register is of a newer formflow; `TryLater` when it is away.
        """
        if writing:
            refuse_network_drive(folder)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = open_engine(address)
        try:
            if writing:
                with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
                    _bring_up(connection)
                    connection.commit()
            refuse_newer(engine)
        except FormflowError:
            engine.dispose()
            raise
        return cls(engine, folder, writing=writing)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; whoever else wants to write waits until it is whole. Raises `TryLater` for reading only."""
        if not self._writing:
            raise TryLater("The register is open for reading only.")
        # Not REPEATABLE READ: what is read after the lock must be what the last one wrote.
        with (
            self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection,
            connection.begin(),
        ):
            connection.execute(select(func.pg_advisory_xact_lock(_key("writing"))))
            yield connection

    @contextmanager
    def rewriting(self) -> Iterator[Connection]:
        """One transaction in which rows may be changed and taken away; `compact` then clears what is left of them.

        For everybody else the guards stay: they are off within this transaction alone.
        """
        with self.writing() as connection:
            for table in _GUARDED:
                connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER formflow_only_added"))
            yield connection
            for table in _GUARDED:
                connection.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER formflow_only_added"))

    def compact(self) -> None:
        """Leave nothing in the tables of what was taken away or changed.

        The server's own log of changes and its backups hold it for as long as they are kept.
        """
        with self._lone.connect() as connection:
            for table in _GUARDED:
                connection.execute(text(f"VACUUM (FULL) {table.name}"))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold everybody else off while a form's case is found, decided and recorded."""
        with self.hold("turn"):
            yield

    @contextmanager
    def hold(self, what: str) -> Iterator[None]:
        """Be the only one, on any machine, that does this for a while. Raises `TryLater` when it takes too long.

        The database lets go when the connection ends, also when this machine is switched off. Whoever holds it already
        goes straight on.
        """
        mine: set[str] = self._held.__dict__.setdefault("names", set())
        if what in mine:
            yield
            return
        with self._lone.connect() as connection:
            connection.execute(select(func.pg_advisory_lock(_key(what))))
            mine.add(what)
            try:
                yield
            finally:
                mine.discard(what)

    def anchored(self, seq: int, hash_: str) -> None:
        """Keep the head of the audit chain, as this machine wrote it last, in a file of its own."""
        write_anchor(self._folder / ANCHOR, seq, hash_)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
        self._lone.dispose()


def open_engine(address: str) -> Engine:
    """The database at an address; whatever is read in one transaction is of one moment."""
    engine = create_engine(
        postgresql_url(address),
        pool_pre_ping=True,
        pool_size=4,
        connect_args=_asked(),
        isolation_level="REPEATABLE READ",
    )
    tell_faults(engine)
    return engine


def has_register(engine: Engine) -> bool:
    """Whether there is a register in the database."""
    with engine.connect() as connection:
        return inspect(connection).has_table(schema.name)


def refuse_newer(engine: Engine) -> None:
    """Raise `Stop` for a register of a newer formflow."""
    if not has_register(engine):
        return
    with engine.connect() as connection:
        if (connection.scalar(select(schema.c.version)) or 0) > SCHEMA:
            raise Stop("This register was made by a newer formflow. Install that version, or a newer one, to use it.")


def _bring_up(connection: Connection) -> None:
    """The tables as this formflow wants them; one machine at a time looks after them."""
    connection.execute(select(func.pg_advisory_xact_lock(_key("tables"))))
    number = connection.connection.driver_connection.info.server_version  # type: ignore[union-attr]  # psycopg's own
    if number < _OLDEST:
        raise Stop("The PostgreSQL server is older than version 14. Use a newer one.")
    if inspect(connection).has_table(schema.name):
        if (connection.scalar(select(schema.c.version)) or 0) < SCHEMA:
            bring_up(connection)
    else:
        made_for(connection, metadata).create_all(connection)
        connection.execute(insert(schema).values(version=SCHEMA))
    made_for(connection, metadata).create_all(connection)
    made_for(connection, shared).create_all(connection)
    _refuse_changes(connection)


def _refuse_changes(connection: Connection) -> None:
    """Triggers that turn a mistake of ours into a fault at once; they stop the program, not an administrator."""
    query = text("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'formflow_only_added'")
    guarded = {str(name).rpartition(".")[2] for name in connection.scalars(query)}
    if missing := [table.name for table in _GUARDED if table.name not in guarded]:
        connection.execute(text(_ONLY_ADDED))
        for name in missing:
            connection.execute(
                text(
                    f"CREATE TRIGGER formflow_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION formflow_only_added()"
                )
            )


def _asked() -> dict[str, object]:
    options = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    return {"connect_timeout": 10, "application_name": "formflow", "options": options}


def _key(what: str) -> int:
    """The number of a lock: of formflow's own, and the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"formflow {what}".encode()).digest()[:8], signed=True)
