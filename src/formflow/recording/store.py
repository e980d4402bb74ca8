"""What a register stands on: a database with its evidence store, chosen by its address in the settings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from formflow.errors import Stop
from formflow.recording.originals import Originals
from formflow.recording.several.address import POSTGRESQL
from formflow.recording.sqlite import SqliteStore, open_engine

NOT_INSTALLED = (
    'A register on PostgreSQL needs more than is installed here. Install it with: pip install "formflow[postgresql]"'
)


class Store(Protocol):
    """A database that holds the tables of the register, and the originals beside or in it."""

    engine: Engine
    """The database."""
    evidence: Originals
    """The originals."""

    @property
    def alone(self) -> bool:
        """Whether nobody else writes while it is open for writing."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction; lines of the audit chain are written one after another, whoever writes."""
        ...

    def rewriting(self) -> AbstractContextManager[Connection]:
        """One transaction in which rows may be changed and taken away; `compact` then clears what is left of them."""
        ...

    def compact(self) -> None:
        """Leave nothing in any file of the database of what was taken away or changed."""
        ...

    def turn(self) -> AbstractContextManager[None]:
        """Hold everybody else off while a form's case is found, decided and recorded."""
        ...

    def hold(self, what: str) -> AbstractContextManager[None]:
        """Be the only one, on any machine, that does this for a while."""
        ...

    def anchored(self, seq: int, hash_: str) -> None:
        """Keep the head of the audit chain apart from the database."""
        ...

    def close(self) -> None:
        """Let go of it, whole."""
        ...


def open_store(folder: Path, address: str = "", *, writing: bool = True) -> Store:
    """The store at an address; without one, the SQLite file in `folder`.

    Raises `Stop` for an address of no kind, or when what that kind needs is not installed.
    """
    kind = address.partition(":")[0]
    if not kind:
        return SqliteStore.open(folder, writing=writing)
    if kind in POSTGRESQL:
        return _postgresql(folder, address, writing=writing)
    raise Stop(f'The setting "register" begins with "{kind}:", which formflow does not know.')


def _postgresql(folder: Path, address: str, *, writing: bool) -> Store:
    try:
        from formflow.recording.several import (
            postgresql,
        )  # only here: most registers are a file, and need none of its libraries
    except ImportError as missing:
        raise Stop(NOT_INSTALLED) from missing
    store = postgresql.PostgresStore.open(folder, address, writing=writing)
    if not writing and not postgresql.has_register(store.engine):
        store.close()
        return SqliteStore(open_engine(None), folder, None)  # nothing was recorded there yet
    return store
