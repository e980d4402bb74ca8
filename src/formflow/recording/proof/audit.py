"""The audit chain: one line for each thing that was recorded, each bound to the one before by its hash.

A line holds the digest of every row written with it, so a row that was changed, added or taken away later is found.
The head of the chain is also kept in a file of its own, so that cutting off the last lines is found. Together this is
tamper-evident, not tamper-proof: whoever can rewrite database and files can rewrite all of it. With a key that is kept
apart, nobody can who has not the key too; without one the lines that papers carry tell (see `anchors`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Table, desc, insert, select

from formflow.recording.tables import audit

START = "0" * 64


def canonical(thing: object) -> str:
    """The one way a thing is written for hashing: sorted keys, no spaces."""
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(row: Mapping[str, object], key: bytes = b"") -> str:
    """The SHA-256 of a row's content; with a key its HMAC, so that nobody can try out what a row may have said."""
    return _hash(canonical(dict(row)), key)


def row_key(table: Table, row: Mapping[str, object]) -> str:
    """The name of a row in a line: its table and primary key."""
    return f"{table.name}/{row[next(iter(table.primary_key.columns)).name]}"


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last line; 0 and zeros while there is none."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(desc(audit.c.seq)).limit(1)).first()
    return (int(last[0]), str(last[1])) if last else (0, START)


def add_line(
    connection: Connection,
    at: str,
    what: str,
    subject: str,
    rows: Sequence[tuple[Table, Mapping[str, object]]],
    key: bytes = b"",
) -> tuple[int, str]:
    """Write a line for `rows`, which were written in the same transaction; gives the new head."""
    seq, prev = head(connection)
    digests = canonical({row_key(table, row): digest(row, key) for table, row in rows})
    line = {"seq": seq + 1, "at": at, "what": what, "subject": subject, "digests": digests, "prev": prev}
    hash_ = line_hash(line, key)
    connection.execute(insert(audit).values(**line, hash=hash_))
    return seq + 1, hash_


def line_hash(line: Mapping[str, object], key: bytes = b"") -> str:
    """The hash of a line, which binds it to the one before; with a key its HMAC."""
    held = {key: line[key] for key in ("seq", "at", "what", "subject", "digests", "prev")}
    return _hash(canonical(held), key)


def _hash(text: str, key: bytes) -> str:
    content = text.encode("utf-8", "surrogatepass")
    return hmac.digest(key, content, "sha256").hex() if key else hashlib.sha256(content).hexdigest()


def write_anchor(path: Path, seq: int, hash_: str) -> None:
    """Keep the head of the chain in its own file, swapped in whole."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")  # several may write to a shared register from one machine
    beside.write_text(f"{seq} {hash_}\n", encoding="ascii")
    beside.replace(path)
