"""Taking a whole register from one kind of database to another: every row and every original, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, insert, inspect, select

from formflow.recording.originals import Originals
from formflow.recording.proof.audit import digest, head
from formflow.recording.tables import arrivals, metadata, schema

_AT_ONCE = 200
"""Rows that are held in memory while they are copied."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a register holds, in figures that two copies of it share."""

    seq: int
    hash: str
    """Number and hash of the last line of the audit chain."""
    rows: dict[str, tuple[int, str]]
    """For each table how many rows, and the sum of their digests."""


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """The tables of the register that are there; one that no newer formflow has written to lacks some."""
    there = set(inspect(connection).get_table_names())
    return tuple(table for table in metadata.sorted_tables if table is not schema and table.name in there)


def is_empty(connection: Connection) -> bool:
    """Whether nothing was recorded there."""
    return not any(connection.scalar(select(func.count()).select_from(table)) for table in tables_of(connection))


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table, within the two transactions."""
    there = set(tables_of(target))
    for table in tables_of(source):
        if table not in there:
            raise AssertionError(f"the target has no table {table.name}")
        found = source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
        for some in found.partitions(_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in some])


def originals_of(connection: Connection) -> Iterator[str]:
    """The fingerprint of every original the register knows, in order."""
    yield from connection.scalars(select(arrivals.c.sha256).distinct().order_by(arrivals.c.sha256)).all()


def copy_originals(connection: Connection, source: Originals, target: Originals) -> int:
    """Copy every original the register knows; gives how many. Raises `NotVerified` for one that is not what it was."""
    count = 0
    for sha256 in originals_of(connection):
        target.put(source.get(sha256))
        count += 1
    return count


def whole(connection: Connection) -> Whole:
    """What the register holds, to be compared with a copy of it."""
    rows: dict[str, tuple[int, str]] = {}
    for table in tables_of(connection):
        count, total = 0, 0
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings():
            count += 1
            total = (total + int(digest({str(name): value for name, value in row.items()}), 16)) % 2**256
        if count:
            rows[table.name] = (count, f"{total:064x}")
    return Whole(*head(connection), rows)
