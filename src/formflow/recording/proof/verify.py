"""Checking the register against itself: every byte, every line, every original, and every decision made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import DatabaseError

from formflow.errors import NotVerified
from formflow.recording import acts, sqlite
from formflow.recording.erase import Plan
from formflow.recording.evidence import Evidence
from formflow.recording.keyed.cipher import Cipher, with_cipher
from formflow.recording.keyed.keys import Keys
from formflow.recording.originals import Originals
from formflow.recording.proof.anchors import Anchor, check_anchors
from formflow.recording.proof.chain import Checked, check_anchor, check_chain
from formflow.recording.proof.seal import check_seal
from formflow.recording.proof.verify_decisions import Again, check_decisions
from formflow.recording.proof.verify_rows import check_rows
from formflow.recording.several.shared import drops
from formflow.recording.store import open_store
from formflow.recording.tables import acts as acts_table
from formflow.recording.tables import arrivals, audit


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what does not agree; no problems means that all is as it was recorded."""

    lines: int
    forms: int
    decisions: int
    sealed: bool | None
    """Whether its file was sealed when it was closed last; None for a database, which has no file of its own."""
    problems: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    """What could not be checked, and why: nothing says that it is wrong."""
    keyed_from: int = 0
    """The line from which on the chain is made with a key; 0 where it is not."""
    anchors: int = 0
    erased: tuple[str, ...] = ()
    """The references of cases that were erased."""


def verify(
    folder: Path, again: Again, keys: Keys | None = None, anchors: Sequence[Anchor] = (), address: str = ""
) -> Report:
    """Check the register in `folder`, or at an address, and that it holds the lines that `anchors` tell of.

    Changes nothing. Raises `TryLater` when the database at the address is away, `Stop` when it refuses us.
    """
    if address:
        return _verify_shared(folder, again, keys, anchors, address)
    database = folder / sqlite.DATABASE
    if not database.exists():
        return Report(0, 0, 0, False, tuple(check_anchors(anchors, ())))
    sealed, problems = check_seal(database)
    if problems:
        return Report(0, 0, 0, sealed, tuple(problems))
    engine = sqlite.open_engine(database)
    evidence = Evidence(folder / "evidence")
    try:
        with engine.connect() as connection:
            looking = _Looking(folder, connection, evidence, set(evidence.all()), sealed)
            return looking.report(again, keys, anchors)
    except (DatabaseError, ValueError) as fault:
        return Report(0, 0, 0, sealed, (f"The register cannot be read ({type(fault).__name__}).",))
    finally:
        engine.dispose()


def _verify_shared(folder: Path, again: Again, keys: Keys | None, anchors: Sequence[Anchor], address: str) -> Report:
    store = open_store(folder, address, writing=False)
    try:
        kept = set() if store.alone else set(store.evidence.all())  # before the rest: others may be at work meanwhile
        with store.engine.connect() as connection:
            if not store.alone:
                kept -= set(connection.scalars(select(drops.c.sha256).where(drops.c.state != "done")))
            return _Looking(folder, connection, store.evidence, kept, None).report(again, keys, anchors)
    except (DatabaseError, ValueError) as fault:
        return Report(0, 0, 0, None, (f"The register cannot be read ({type(fault).__name__}).",))
    finally:
        store.close()


@dataclass(slots=True)
class _Looking:
    """One look at a register."""

    folder: Path
    connection: Connection
    evidence: Originals
    kept: set[str]
    """The fingerprint of everything in the evidence store."""
    sealed: bool | None
    """None for a database, which has no file to be sealed."""
    acts: bool = False
    """Whether the register has the table of acts yet."""
    encrypted: bool = False
    readable: bool = True
    """Whether what people said can be read: it is not encrypted, or the key is there."""

    def report(self, again: Again, keys: Keys | None, anchors: Sequence[Anchor]) -> Report:
        lines = self.connection.execute(select(audit).order_by(audit.c.seq)).mappings().all()
        lines_held = [{str(name): value for name, value in line.items()} for line in lines]
        checked = check_chain(lines_held, keys)
        problems = [*self._integrity(), *checked.problems, *self._anchor(lines_held)]
        self._unlock(checked, keys)
        rows = check_rows(self.connection, lines_held, checked, readable=self.readable)
        originals = set(self.connection.scalars(select(arrivals.c.sha256)))
        problems += [*check_anchors(anchors, lines_held), *rows.problems, *self._originals(originals)]
        unsure, made = checked.unsure, 0
        if self.readable:
            decided = check_decisions(self.connection, lines_held, rows, again)
            problems += decided.problems
            unsure, made = [*unsure, *decided.unsure], decided.made
        else:
            unsure.append("What is encrypted cannot be read without the key, so no decision was made again.")
        return Report(
            len(lines), len(originals), made, self.sealed, tuple(problems), tuple(unsure), checked.keyed_from,
            len(anchors), tuple(rows.erased),
        )  # fmt: skip

    def _unlock(self, checked: Checked, keys: Keys | None) -> None:
        self.acts = inspect(self.connection).has_table(acts_table.name)
        self.encrypted = self.acts and acts.last_act(self.connection, acts.ENCRYPTED) is not None
        self.readable = not self.encrypted or bool(checked.key)
        if self.encrypted and keys is not None and self.readable:
            self.evidence = self.evidence.encrypted(keys.evidence)
            self.connection = with_cipher(self.connection.engine, Cipher(keys.columns)).connect()

    def _anchor(self, lines: Sequence[Mapping[str, object]]) -> list[str]:
        kept = self.folder / sqlite.ANCHOR
        # A machine that never wrote to a shared register has no head of its own to hold against the chain.
        return [] if self.sealed is None and not kept.exists() else check_anchor(kept, lines)

    def _integrity(self) -> Iterator[str]:
        if self.sealed is None:
            return
        said = self.connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if said != ["ok"]:
            yield "The database file is damaged."

    def _originals(self, originals: set[str]) -> Iterator[str]:
        evidence, plain = self.evidence, 0
        for sha256 in sorted(originals):
            try:
                if self.readable:
                    evidence.get(sha256)
                plain += self.encrypted and not evidence.is_encrypted(sha256)
            except NotVerified as fault:
                yield str(fault)
        if plain:
            yield f"{plain} originals are not encrypted, though the register is. To finish it: formflow key encrypt"
        open_erasure = acts.unfinished(self.connection) if self.acts else None
        if open_erasure is not None:
            ref = open_erasure.subject
            yield f"The erasure of {ref} was begun and is not finished. To finish it: formflow erase {ref}"
            plan = Plan.kept(self.folder)
            originals = originals | set(plan.originals if plan else ())
        for name in sorted(self.kept - originals):
            yield f"The evidence store holds {name[:12]}, which the register does not know."
