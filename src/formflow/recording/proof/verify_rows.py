"""Checking the rows of a register: each is the one some line speaks of, and each that a line speaks of is there.

The rows of an erased case are not missed: the line "case erased" names them, each of them, and no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, inspect, select

from formflow.errors import NotVerified
from formflow.recording import acts
from formflow.recording.keyed.cipher import as_read
from formflow.recording.proof.audit import digest, row_key
from formflow.recording.proof.chain import Checked
from formflow.recording.tables import KEPT
from formflow.recording.tables import acts as acts_table


@dataclass(slots=True)
class Rows:
    """What was found of the rows."""

    problems: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    """The references of cases that were erased."""
    gone: list[tuple[int, int]] = field(default_factory=list)
    """From which line to which there was a case that is erased now."""

    def was_there(self, line: int) -> bool:
        """Whether a case that is erased now was there when a line was written."""
        return any(first < line < last for first, last in self.gone)


def check_rows(
    connection: Connection, lines: Sequence[Mapping[str, object]], checked: Checked, *, readable: bool
) -> Rows:
    """Hold every row against the lines.

    Of one that cannot be read, or whose line was made with a key that is not to be had, only that it is there.
    """
    rows = Rows()
    expected = _expected(connection, lines, rows)
    for table in KEPT:
        if not inspect(connection).has_table(table.name):
            continue  # a register that no newer formflow has written to yet
        for row in connection.execute(select(table)).mappings():
            key = row_key(table, {str(name): value for name, value in row.items()})
            wanted, line = expected.pop(key, ("", 0))
            with_key = checked.key_of(line)
            try:
                held = dict(next(as_read(connection, table, [row]))) if readable else None
            except NotVerified:
                held = {}
            if not line or (held is not None and with_key is not None and digest(held, with_key) != wanted):
                rows.problems.append(f"The row {key} was changed or added outside formflow.")
    rows.problems += [f"The row {key} was taken away." for key in expected]
    return rows


def _expected(connection: Connection, lines: Sequence[Mapping[str, object]], rows: Rows) -> dict[str, tuple[str, int]]:
    """The digest of every row and the line that speaks of it, without the rows of erased cases."""
    expected: dict[str, tuple[str, int]] = {}
    erasures = dict(_erasures(connection))
    for line in lines:
        number, digests = int(str(line["seq"])), json.loads(str(line["digests"]))
        expected |= {key: (wanted, number) for key, wanted in digests.items()}
        if line["what"] != acts.ERASED:
            continue
        for act in (erasures[key] for key in digests if key in erasures):
            taken = {key: expected.pop(key, ("", 0))[1] for key in map(str, act.told_list("rows"))}
            forms = [at for key, at in taken.items() if key.startswith("submissions/") and at]
            rows.erased.append(act.subject)
            rows.gone.append((min(forms, default=number), number))
    return expected


def _erasures(connection: Connection) -> Iterator[tuple[str, acts.Act]]:
    if inspect(connection).has_table(acts_table.name):
        query = select(acts_table).where(acts_table.c.what == acts.ERASED)
        for row in connection.execute(query).mappings():
            yield f"acts/{row['id']}", acts.act_of(row)
