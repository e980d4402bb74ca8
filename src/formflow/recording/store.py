"""What a register stands on: a database with its evidence store, chosen by its address in the settings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from formflow.errors import Stop
from formflow.recording.evidence import Evidence
from formflow.recording.sqlite import SqliteStore


class Store(Protocol):
    """A database that holds the tables of the register, and the originals beside or in it."""

    engine: Engine
    evidence: Evidence
    alone: bool
    """Whether nobody else writes while it is open for writing."""

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

    def anchored(self, seq: int, hash_: str) -> None:
        """Keep the head of the audit chain apart from the database."""
        ...

    def close(self) -> None:
        """Let go of it, whole."""
        ...


def open_store(folder: Path, address: str = "", *, writing: bool = True) -> Store:
    """The store at an address; without one, the SQLite file in `folder`. Raises `Stop` for an address of no kind."""
    kind = address.partition(":")[0]
    if not kind:
        return SqliteStore.open(folder, writing=writing)
    raise Stop(f'The setting "register" begins with "{kind}:", which formflow does not know.')
