"""Looking things up in the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from formflow.inbox.arrival import Arrival
from formflow.recording import acts, messages, notebook, shelf
from formflow.recording.entry import Entry
from formflow.recording.keyed.cipher import as_read
from formflow.recording.originals import Originals
from formflow.recording.proof.audit import head
from formflow.recording.record import CaseRecord, each_record, records
from formflow.recording.store import Store
from formflow.recording.tables import arrivals, audit, cases, filings, papers, submissions


class Reader:
    """What the register holds, for whoever asks. Open it as a `Register`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._caught_up = self._last_line() if self._shared else 0

    @property
    def _shared(self) -> bool:
        return not self._store.alone

    @property
    def evidence(self) -> Originals:
        """The untouched originals."""
        return self._store.evidence

    @property
    def notebook(self) -> notebook.Notebook:
        """What people wrote in the tracker."""
        return notebook.Notebook(self._engine)

    @property
    def _engine(self) -> Engine:
        return self._store.engine

    @property
    def engine(self) -> Engine:
        """The database, for whoever counts."""
        return self._engine

    def known(self, sha256: str) -> Entry | None:
        """The form that was taken with exactly these bytes; None when there is none."""
        with self._engine.connect() as connection:
            query = select(arrivals).where(arrivals.c.sha256 == sha256, arrivals.c.outcome == "taken")
            return next(iter(_entries(connection, query)), None)

    def next_ref(self, short: str, year: int) -> str:
        """The next free case reference of a year: `SIN-2026-001`. Numbers are never used again."""
        with self._engine.connect() as connection:
            return acts.next_ref(connection, f"{short}-{year}-")

    def erased(self) -> frozenset[str]:
        """The references of cases that were erased, or are being."""
        with self._engine.connect() as connection:
            return acts.erased_refs(connection)

    def unfinished(self) -> acts.Act | None:
        """An erasure that was begun and not brought to its end; None where there is none."""
        with self._engine.connect() as connection:
            return acts.unfinished(connection)

    def acts_of(self, *whats: str) -> tuple[acts.Act, ...]:
        """What was done with the register itself, of these kinds, oldest first."""
        with self._engine.connect() as connection:
            return tuple(acts.acts_of(connection, *whats))

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection for reading."""
        with self._engine.connect() as connection:
            yield connection

    def head(self) -> tuple[int, str]:
        """Number and hash of the last line of the audit chain; 0 and zeros while there is none."""
        with self._engine.connect() as connection:
            return head(connection)

    def line_of(self, arrival: str) -> tuple[int, str]:
        """Number and hash of the line in which an arrival was recorded; 0 and "" for one of which none tells."""
        query = select(audit.c.seq, audit.c.hash).where(audit.c.subject == arrival, audit.c.what != "form filed")
        with self._engine.connect() as connection:
            row = connection.execute(query.order_by(audit.c.seq.desc()).limit(1)).first()
        return (int(row[0]), str(row[1])) if row else (0, "")

    def inside(self, message: str) -> tuple[Entry, ...]:
        """The entries of what came in a message, in the order they were recorded; `message` is its id."""
        with self._engine.connect() as connection:
            return messages.inside(connection, message)

    def came_in(self, arrival_id: str) -> str:
        """The id of the message an arrival came in; empty for a file that was dropped by itself."""
        with self._engine.connect() as connection:
            return messages.came_in(connection, arrival_id)

    def known_message(self, sha256: str) -> Entry | None:
        """What was taken from a message with exactly these bytes, if nothing in it was returned; None otherwise."""
        with self._engine.connect() as connection:
            return messages.known_message(connection, sha256)

    def unfiled(self) -> tuple[Entry, ...]:
        """What was recorded and not brought to its place: what an interruption left to finish."""
        query = select(arrivals).where(arrivals.c.id.not_in(select(filings.c.arrival))).order_by(arrivals.c.received)
        with self._engine.connect() as connection:
            return tuple(_entries(connection, query))

    def half_done(self, arrival: Arrival, *, message: bool = False) -> Entry | None:
        """What was recorded of this very arrival and not brought to its place; with `message`, as one to be opened."""
        query = select(arrivals).where(
            arrivals.c.sha256 == arrival.sha256, arrivals.c.id.not_in(select(filings.c.arrival))
        )
        with self._engine.connect() as connection:
            same = tuple(_entries(connection, query.order_by(arrivals.c.received)))
        mine = (e for e in same if (e.outcome == "opened") == message and self.may_be(arrival, e))
        return next((entry for entry in mine if self.came_in(entry.arrival) == arrival.message), None)

    def may_be(self, arrival: Arrival, entry: Entry) -> bool:
        """Whether the file of an arrival may be the one of an entry with the same bytes."""
        return arrival.sha256 == entry.sha256

    def fingerprint(self, arrival_id: str) -> str:
        """The fingerprint of what arrived; empty for an arrival that is not known."""
        with self._engine.connect() as connection:
            return str(connection.scalar(select(arrivals.c.sha256).where(arrivals.c.id == arrival_id)) or "")

    def entry(self, arrival_id: str) -> Entry | None:
        """What was recorded of an arrival."""
        with self._engine.connect() as connection:
            return next(iter(_entries(connection, select(arrivals).where(arrivals.c.id == arrival_id))), None)

    def entries(self) -> tuple[Entry, ...]:
        """The intake log, oldest first."""
        query = select(arrivals).order_by(arrivals.c.received, arrivals.c.id)
        with self._engine.connect() as connection:
            return tuple(_entries(connection, query))

    def intake(self) -> Iterator[Entry]:
        """The intake log, newest first, one line at a time however long it is."""
        query = select(arrivals).order_by(arrivals.c.received.desc(), arrivals.c.id.desc())
        with self._engine.connect() as connection:
            yield from _entries(connection.execution_options(yield_per=500), query)

    def each_case(self) -> Iterator[CaseRecord]:
        """Every case, in the order of the references, a few at a time however many there are."""
        with self._engine.connect() as connection:
            yield from each_record(connection)

    def refs(self) -> frozenset[str]:
        """The reference of every case."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(cases.c.ref)))

    def cases(self) -> tuple[CaseRecord, ...]:
        """Every case, in the order of the references."""
        with self._engine.connect() as connection:
            return records(connection)

    def _last_line(self) -> int:
        with self._engine.connect() as connection:
            return head(connection)[0]

    def news(self) -> Iterator[CaseRecord]:
        """The cases to which forms were taken since it was opened or this was asked last, as they stand now.

        For whoever holds in mind what the register says: it is only asked where others write too, else none is given.
        """
        if not self._shared:
            return
        lines = select(audit.c.seq, audit.c.subject).where(audit.c.seq > self._caught_up).order_by(audit.c.seq)
        with self._engine.connect() as connection:
            taken = connection.execute(lines.where(audit.c.what == "form taken")).all()
            for ref in {str(connection.scalar(_case_of(line[1]))): None for line in taken}:
                yield from records(connection, ref)
        self._caught_up = taken[-1][0] if taken else self._caught_up

    def case(self, ref: str) -> CaseRecord | None:
        """One case; None when there is none of this reference."""
        with self._engine.connect() as connection:
            return next(iter(records(connection, ref)), None)

    def notes(self, ref: str) -> Mapping[str, str]:
        """What people wrote about a case, by column; the newest of each."""
        return self.notebook.of([ref]).get(ref, {})

    def papers(self, ref: str) -> Mapping[str, str]:
        """The papers of a case by name, with the fingerprint of what was last written."""
        query = select(papers.c.name, papers.c.sha256).where(papers.c.case_ref == ref).order_by(papers.c.id)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


def _entries(connection: Connection, query: Select[Any]) -> Iterator[Entry]:
    return (shelf.entry_of(row) for row in as_read(connection, arrivals, connection.execute(query).mappings()))


def _case_of(arrival: str) -> Select[Any]:
    return select(submissions.c.case_ref).where(submissions.c.arrival == arrival)
