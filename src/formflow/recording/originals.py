"""Where the untouched originals are: in a folder beside a register, or in the database that several machines share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert

from formflow.errors import NotVerified
from formflow.recording.shared import originals


class Originals(Protocol):
    """A store in which content is found by its SHA-256."""

    def put(self, content: bytes) -> str:
        """Keep `content` for good, and give its fingerprint. Keeping it again changes nothing."""
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

    def put(self, content: bytes) -> str:
        """Keep `content`, committed, and give its fingerprint. Keeping it again changes nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        query = insert(originals).values(sha256=sha256, content=content).on_conflict_do_nothing()
        with self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            new = connection.execute(query).rowcount
            connection.commit()
        if not new:
            self.get(sha256)
        return sha256

    def get(self, sha256: str) -> bytes:
        """What was kept under a fingerprint. Raises `NotVerified` when it is gone or is not what was kept."""
        with self.engine.connect() as connection:
            found = connection.scalar(select(originals.c.content).where(originals.c.sha256 == sha256))
        if found is None:
            raise NotVerified(f"The evidence store has lost the original {sha256[:12]}.")
        content = bytes(found)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise NotVerified(f"The original {sha256[:12]} in the evidence store has been changed.")
        return content

    def all(self) -> Iterator[str]:
        """The fingerprint of everything in the store."""
        with self.engine.connect() as connection:
            yield from connection.scalars(select(originals.c.sha256).order_by(originals.c.sha256))
