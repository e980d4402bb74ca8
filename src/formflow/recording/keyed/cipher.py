"""The seam at which what people said is encrypted and read back: rows go in plain and come out plain.

The hashes of the audit chain are over the plain rows, so that encrypting a register changes no line of its chain.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, RowMapping, Table

from formflow.errors import NotVerified
from formflow.recording.tables import arrivals, conflicts, decisions, note_sources, notes, submissions

SEALED: Mapping[str, tuple[str, ...]] = {
    arrivals.name: ("shown_name", "problems"),
    submissions.name: ("content",),
    decisions.name: ("content",),
    notes.name: ("name", "text", "before"),
    note_sources.name: ("author",),
    conflicts.name: ("name", "text", "stands", "why", "author"),
}
"""The columns that hold what people said, or who they are."""
BEGINS = "enc1:"
_NONCE = 12
_OPTION = "formflow_cipher"


class Cipher:
    """Encrypts the columns of a row with AES-GCM, bound to the row and column, so that none can stand elsewhere."""

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def seal(self, table: Table, row: Mapping[str, object]) -> dict[str, object]:
        """The row as it is written."""
        written = dict(row)
        for column in SEALED.get(table.name, ()):
            nonce = os.urandom(_NONCE)
            text = str(row[column]).encode("utf-8", "surrogatepass")
            held = nonce + self._key.encrypt(nonce, text, _bound(table, row, column))
            written[column] = BEGINS + base64.b64encode(held).decode("ascii")
        return written

    def open(self, table: Table, row: Mapping[str, object]) -> dict[str, object]:
        """The row in plain. Raises `NotVerified` for one that was changed, moved, or made with another key."""
        plain = dict(row)
        for column in SEALED.get(table.name, ()):
            try:
                text = str(row[column])
                held = base64.b64decode(text.removeprefix(BEGINS).encode("ascii"), validate=True)
                found = self._key.decrypt(held[:_NONCE], held[_NONCE:], _bound(table, row, column))
                if not text.startswith(BEGINS):
                    raise ValueError
            except (InvalidTag, ValueError) as fault:
                raise NotVerified(
                    f"A row of the register ({table.name}/{_key_of(table, row)}) cannot be opened with this key: it "
                    "was changed outside formflow, or made with another key. To see what disagrees: formflow verify"
                ) from fault
            plain[column] = found.decode("utf-8", "surrogatepass")
        return plain


def with_cipher(engine: Engine, cipher: Cipher) -> Engine:
    """The same database, read and written through a cipher."""
    return engine.execution_options(**{_OPTION: cipher})


def to_write(connection: Connection, table: Table, row: Mapping[str, object]) -> dict[str, object]:
    """A row as it goes into the table."""
    cipher = connection.get_execution_options().get(_OPTION)
    return cipher.seal(table, row) if isinstance(cipher, Cipher) else dict(row)


def as_read(connection: Connection, table: Table, rows: Iterable[RowMapping]) -> Iterator[Mapping[str, object]]:
    """Whole rows of a table, in plain."""
    cipher = connection.get_execution_options().get(_OPTION)
    for row in rows:
        plain = cast("Mapping[str, object]", row)  # SQLAlchemy's own type has wider keys
        yield cipher.open(table, plain) if isinstance(cipher, Cipher) else plain


def _bound(table: Table, row: Mapping[str, object], column: str) -> bytes:
    return f"{table.name}/{_key_of(table, row)}/{column}".encode()


def _key_of(table: Table, row: Mapping[str, object]) -> object:
    return row[next(iter(table.primary_key.columns)).name]
