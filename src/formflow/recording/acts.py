"""What was done with the register itself: keyed, encrypted, backed up, a case erased; and numbers that are used up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Integer, RowMapping, Table, cast, func, inspect, select

from formflow.recording.proof.audit import canonical
from formflow.recording.tables import acts, cases

KEYED, ENCRYPTED, BACKUP = "chain keyed", "register encrypted", "backup made"
BEGUN, ERASED, FINISHED = "erasure begun", "case erased", "erasure finished"
USED = "numbers used"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, with the line of the audit chain that has the same name."""

    what: str
    subject: str
    at: str
    told: Mapping[str, object] = field(default_factory=dict)

    def told_list(self, name: str) -> Sequence[object]:
        """One of the lists it tells of; empty where it does not."""
        found = self.told.get(name, ())
        return found if isinstance(found, list) else ()


def row_of(what: str, subject: str, told: Mapping[str, object], at: str) -> tuple[Table, Mapping[str, object]]:
    """An act as its row; the register numbers it."""
    return acts, {"what": what, "subject": subject, "at": at, "told": canonical(dict(told))}


def acts_of(connection: Connection, *whats: str) -> Iterator[Act]:
    """What was done of these kinds, oldest first."""
    query = select(acts).where(acts.c.what.in_(whats)).order_by(acts.c.id)
    for row in connection.execute(query).mappings():
        yield act_of(row)


def act_of(row: RowMapping) -> Act:
    """A row as its act."""
    return Act(row["what"], row["subject"], row["at"], json.loads(row["told"]))


def last_act(connection: Connection, what: str) -> Act | None:
    """The newest of its kind; None where it was never done."""
    return next(iter(reversed(list(acts_of(connection, what)))), None)


def erased_refs(connection: Connection) -> frozenset[str]:
    """The references of cases that were erased, or are being: none is ever given again."""
    return frozenset(connection.scalars(select(acts.c.subject).where(acts.c.what.in_((BEGUN, ERASED)))))


def unfinished(connection: Connection) -> Act | None:
    """An erasure that was begun and not brought to its end; None where there is none."""
    if not inspect(connection).has_table(acts.name):
        return None  # a register that no newer formflow has written to yet
    done = {act.subject for act in acts_of(connection, FINISHED)}
    return next((act for act in acts_of(connection, BEGUN) if act.subject not in done), None)


def next_ref(connection: Connection, start: str) -> str:
    """The next free reference that begins so: `SIN-2026-` gives `SIN-2026-001`. Numbers are never used again."""
    number = cast(func.substr(cases.c.ref, len(start) + 1), Integer)  # counted by the database: there may be thousands
    there = connection.scalar(select(func.max(number)).where(cases.c.ref >= start, cases.c.ref < f"{start[:-1]}."))
    gone = (int(ref.removeprefix(start)) for ref in erased_refs(connection) if ref.startswith(start))
    return f"{start}{max((there or 0, *gone)) + 1:03d}"


def next_number(connection: Connection, table: Table) -> int:
    """The next free number of a table; those of erased rows stay used."""
    used = connection.scalars(select(acts.c.told).where(acts.c.what == USED, acts.c.subject == table.name)).all()
    there = int(connection.scalar(select(func.max(table.c.id))) or 0)
    return 1 + max((there, *(int(json.loads(told)["last"]) for told in used)))
