"""Checking the register against itself: every byte, every line, every original, and every decision made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, RowMapping, inspect, select
from sqlalchemy.exc import DatabaseError

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.history import History
from formflow.errors import NotVerified
from formflow.recording import shelf, sqlite
from formflow.recording.audit import check_anchor, check_chain, digest, row_key
from formflow.recording.evidence import Evidence
from formflow.recording.originals import Originals
from formflow.recording.seal import check_seal
from formflow.recording.shared import drops
from formflow.recording.store import open_store
from formflow.recording.tables import KEPT, arrivals, audit, decisions, submissions
from formflow.validating.submission import Submission

Again = Callable[[Case, date, Mapping[str, str], History], Decision]
"""Makes a decision again: for a case, on a day, with what the receipt names and the cases there were then."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what does not agree; no problems means that all is as it was recorded."""

    lines: int
    forms: int
    decisions: int
    sealed: bool | None
    """Whether its file was sealed when it was closed last; None for a database, which has no file of its own."""
    problems: tuple[str, ...]


def verify(folder: Path, again: Again, address: str = "") -> Report:
    """Check the register in `folder`, or the one at an address. Changes nothing.

    Raises `TryLater` when the database at the address is away, `Stop` when it refuses us.
    """
    if address:
        return _verify_shared(folder, again, address)
    database = folder / sqlite.DATABASE
    if not database.exists():
        return Report(0, 0, 0, False, ())
    sealed, problems = check_seal(database)
    if problems:
        return Report(0, 0, 0, sealed, tuple(problems))
    engine = sqlite.open_engine(database)
    evidence = Evidence(folder / "evidence")
    try:
        with engine.connect() as connection:
            damage = [*_integrity(connection)]
            lines = _lines(connection)
            anchor = check_anchor(folder / sqlite.ANCHOR, lines)
            return _check(connection, lines, [*damage, *anchor], evidence, set(evidence.all()), again, sealed)
    except (DatabaseError, ValueError) as fault:
        return Report(0, 0, 0, sealed, (f"The register cannot be read ({type(fault).__name__}).",))
    finally:
        engine.dispose()


def _verify_shared(folder: Path, again: Again, address: str) -> Report:
    store = open_store(folder, address, writing=False)
    try:
        kept = set() if store.alone else set(store.evidence.all())  # before the rest: others may be at work meanwhile
        with store.engine.connect() as connection:
            lines = _lines(connection)
            # A machine that never wrote has no head of its own to hold against the chain.
            anchor = folder / sqlite.ANCHOR
            problems = check_anchor(anchor, lines) if anchor.exists() else []
            if not store.alone:
                kept -= set(connection.scalars(select(drops.c.sha256).where(drops.c.state != "done")))
            return _check(connection, lines, problems, store.evidence, kept, again, None)
    except (DatabaseError, ValueError) as fault:
        return Report(0, 0, 0, None, (f"The register cannot be read ({type(fault).__name__}).",))
    finally:
        store.close()


def _lines(connection: Connection) -> Sequence[RowMapping]:
    return connection.execute(select(audit).order_by(audit.c.seq)).mappings().all()


def _check(
    connection: Connection,
    lines: Sequence[RowMapping],
    problems: list[str],
    evidence: Originals,
    kept: set[str],
    again: Again,
    sealed: bool | None,
) -> Report:
    """Hold everything against the lines; `problems` were found before, `kept` is what the evidence store holds."""
    problems = [*problems, *check_chain(lines), *_rows(connection, lines)]
    originals = set(connection.scalars(select(arrivals.c.sha256)))
    problems += _originals(evidence, kept, originals)
    order = {line["subject"]: line["seq"] for line in lines if line["what"] == "form taken"}
    made = connection.execute(select(decisions).order_by(decisions.c.case_ref, decisions.c.number)).mappings().all()
    made = sorted(made, key=lambda row: (order.get(row["arrival"], len(lines) + 1), row["number"]))
    problems += _decisions(connection, made, again)
    return Report(len(lines), len(originals), len(made), sealed, tuple(problems))


def _integrity(connection: Connection) -> Iterator[str]:
    said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if said != ["ok"]:
        yield "The database file is damaged."


def _rows(connection: Connection, lines: Sequence[RowMapping]) -> Iterator[str]:
    """Every row is the one some line speaks of, and every row a line speaks of is there."""
    expected: dict[str, str] = {}
    for line in lines:
        expected |= json.loads(line["digests"])
    for table in KEPT:
        if not inspect(connection).has_table(table.name):
            continue  # a register that no newer formflow has written to yet
        for row in connection.execute(select(table)).mappings():
            held = {str(name): value for name, value in row.items()}
            key = row_key(table, held)
            if expected.pop(key, None) != digest(held):
                yield f"The row {key} was changed or added outside formflow."
    for key in expected:
        yield f"The row {key} was taken away."


def _originals(evidence: Originals, kept: set[str], originals: set[str]) -> Iterator[str]:
    for sha256 in sorted(originals):
        try:
            evidence.get(sha256)
        except NotVerified as fault:
            yield str(fault)
    for name in sorted(kept - originals):
        yield f"The evidence store holds {name[:12]}, which the register does not know."


def _decisions(connection: Connection, made: Sequence[RowMapping], again: Again) -> Iterator[str]:
    """Each decision, made again in the order of recording from the forms there were then, is the one recorded."""
    query = select(submissions).order_by(submissions.c.case_ref, submissions.c.number)
    forms = {
        (row["case_ref"], row["number"]): (
            Submission.model_validate_json(row["content"]),
            date.fromisoformat(row["received"]),
        )
        for row in connection.execute(query).mappings()
    }
    prints = {row[0]: row[1] for row in connection.execute(select(arrivals.c.id, arrivals.c.sha256))}
    history = History()
    for row in made:
        ref, number, receipt = row["case_ref"], row["number"], json.loads(row["receipt"])
        which = f"The decision on {ref}, form {number},"
        recorded = shelf.decision_of(row["content"])
        then = [forms[ref, n] for n in range(1, number + 1) if (ref, n) in forms]
        case = Case(ref, tuple(form for form, _ in then), tuple(day for _, day in then))
        if receipt.get("form", prints.get(row["arrival"])) != prints.get(row["arrival"]):
            yield f"{which} names another form than the one that was taken."
        if receipt.get("history", "") not in ("", history.fingerprint(but=ref)):
            yield f"{which} rests on other earlier cases than the register holds."
        remade = again(case, recorded.on, receipt, history if "history" in receipt else History()) if then else None
        if remade != recorded:
            yield f"{which} comes out differently when it is made again{_where(recorded, remade)}."
        if then:
            history.learn(case)


def _where(recorded: Decision, remade: Decision | None) -> str:
    """Which parts of a decision differ, by name: nothing of what they say."""
    if remade is None:
        return ""
    parts = [part.name for part in fields(Decision) if getattr(recorded, part.name) != getattr(remade, part.name)]
    return f" ({', '.join(parts)})"
