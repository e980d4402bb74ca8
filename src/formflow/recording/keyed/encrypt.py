"""Encrypting a register that was begun in plain: its rows in one transaction, then its originals one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from formflow.errors import Stop
from formflow.recording import acts
from formflow.recording.keyed import opening
from formflow.recording.keyed.cipher import SEALED, Cipher
from formflow.recording.keyed.keys import Keys
from formflow.recording.register import Register
from formflow.recording.tables import KEPT
from formflow.settings import WorkingFolder


@dataclass(frozen=True, slots=True)
class Encrypted:
    """How much was encrypted."""

    rows: int
    originals: int


def encrypt(folder: WorkingFolder, keys: Keys, clock: Callable[[], datetime]) -> Encrypted:
    """Encrypt the register of a working folder; done again after an interruption, it goes on where it was.

    Raises `Stop` for another key than the register's, `TryLater` while another formflow is at work.
    """
    if folder.settings.register_address:
        raise Stop("A register on a database server cannot be encrypted afterwards yet; begin a new one with encrypt.")
    rows = 0
    with Register.open(folder.register, clock, keys=keys) as register:
        with register.rewriting() as recording:
            if not opening.is_encrypted(recording.connection):
                rows = _seal_all(recording.connection, Cipher(keys.columns))
                recording.line(acts.ENCRYPTED, keys.id, [acts.row_of(acts.ENCRYPTED, keys.id, {}, recording.at)])
        register.compact()
    with Register.open(folder.register, clock, keys=keys) as register:
        originals = [sha256 for sha256 in register.evidence.all() if not register.evidence.is_encrypted(sha256)]
        for sha256 in originals:
            register.evidence.encrypt(sha256)
    return Encrypted(rows, len(originals))


def _seal_all(connection: Connection, cipher: Cipher) -> int:
    count = 0
    for table in KEPT:
        if table.name not in SEALED:
            continue
        own = next(iter(table.primary_key.columns))
        for key in connection.scalars(select(own)).all():
            row = connection.execute(select(table).where(own == key)).mappings().one()
            connection.execute(
                update(table).where(own == key).values(**cipher.seal(table, {str(name): row[name] for name in row}))
            )
            count += 1
    return count
