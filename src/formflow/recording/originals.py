"""Where the untouched originals are: in a folder beside a register, or in the database that several machines share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from sqlalchemy import Connection, Engine, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from formflow.errors import NotVerified
from formflow.recording.keyed.sealed import is_sealed, plain, seal
from formflow.recording.several.shared import originals


class Originals(Protocol):
    """A store in which content is found by its SHA-256."""

    @property
    def key(self) -> bytes:
        """What originals are encrypted with; empty where they are not."""
        ...

    def encrypted(self, key: bytes) -> Originals:
        """The same store, in which what is put from now on is encrypted."""
        ...

    def put(self, content: bytes) -> str:
        """Keep `content` for good, and give its fingerprint. Keeping it again changes nothing."""
        ...

    def stored(self, sha256: str) -> bytes:
        """What lies there, encrypted or not. Raises `NotVerified` when it is gone."""
        ...

    def is_encrypted(self, sha256: str) -> bool:
        """Whether an original lies there encrypted. Raises `NotVerified` when it is gone."""
        ...

    def encrypt(self, sha256: str) -> None:
        """Encrypt an original that lies there in plain; done again, it changes nothing."""
        ...

    def drop(self, sha256: str) -> None:
        """Take an original away for good."""
        ...

    def get(self, sha256: str) -> bytes:
        """What was kept under a fingerprint. Raises `NotVerified` when it is gone or is not what was kept."""
        ...

    def all(self) -> Iterator[str]:
        """The fingerprint of everything in the store."""
        ...


@dataclass(frozen=True, slots=True)
class OriginalsInDatabase:
    """The originals as rows of a PostgreSQL database."""

    engine: Engine = field(repr=False)
    key: bytes = field(default=b"", repr=False)

    def encrypted(self, key: bytes) -> OriginalsInDatabase:
        """The same store, in which what is put from now on is encrypted."""
        return replace(self, key=key)

    def put(self, content: bytes) -> str:
        """Keep `content`, committed, and give its fingerprint. Keeping it again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        row = {"sha256": sha256, "content": seal(self.key, sha256, content)}
        with self._writing() as connection:
            new = connection.execute(insert(originals).values(**row).on_conflict_do_nothing()).rowcount
        if not new:
            self.get(sha256)
        return sha256

    def get(self, sha256: str) -> bytes:
        """What was kept under a fingerprint. Raises `NotVerified` when it is gone or is not what was kept."""
        return plain(self.key, sha256, self.stored(sha256))

    def stored(self, sha256: str) -> bytes:
        """What lies there, encrypted or not. Raises `NotVerified` when it is gone."""
        with self.engine.connect() as connection:
            found = connection.scalar(select(originals.c.content).where(originals.c.sha256 == sha256))
        if found is None:
            raise NotVerified(f"The evidence store has lost the original {sha256[:12]}.")
        return bytes(found)

    def is_encrypted(self, sha256: str) -> bool:
        """Whether an original lies there encrypted. Raises `NotVerified` when it is gone."""
        return is_sealed(self.stored(sha256))

    def encrypt(self, sha256: str) -> None:
        """Encrypt an original that lies there in plain; done again, it changes nothing."""
        if not self.is_encrypted(sha256):
            content = seal(self.key, sha256, self.get(sha256))
            with self._rewriting() as connection:
                connection.execute(update(originals).where(originals.c.sha256 == sha256).values(content=content))

    def drop(self, sha256: str) -> None:
        """Take an original away for good."""
        with self._rewriting() as connection:
            connection.execute(delete(originals).where(originals.c.sha256 == sha256))

    def all(self) -> Iterator[str]:
        """The fingerprint of everything in the store."""
        with self.engine.connect() as connection:
            yield from connection.scalars(select(originals.c.sha256).order_by(originals.c.sha256))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            yield connection
            connection.commit()

    @contextmanager
    def _rewriting(self) -> Iterator[Connection]:
        """As `PostgresStore.rewriting`: the guard is off within this transaction alone."""
        with self._writing() as connection:
            connection.execute(text("ALTER TABLE originals DISABLE TRIGGER formflow_only_added"))
            yield connection
            connection.execute(text("ALTER TABLE originals ENABLE TRIGGER formflow_only_added"))
