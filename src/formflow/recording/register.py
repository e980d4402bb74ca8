"""The register: everything that was taken, decided and put out, on one local SQLite file, one transaction a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, Table, func, insert, select

from formflow.deciding.decision import Decision
from formflow.errors import FormflowError, TryLater
from formflow.inbox.arrival import Arrival
from formflow.recording import messages, notebook, shelf
from formflow.recording.audit import add_line, canonical, write_anchor
from formflow.recording.entry import Entry
from formflow.recording.evidence import Evidence
from formflow.recording.lock import WriterLock
from formflow.recording.note import Conflict, Note
from formflow.recording.record import CaseRecord, each_record, records
from formflow.recording.seal import break_seal, refuse_changed, set_seal
from formflow.recording.tables import arrivals, cases, decisions, enclosures, filings, papers, submissions
from formflow.recording.where import refuse_network_drive
from formflow.validating.submission import Submission

Rows = list[tuple[Table, Mapping[str, object]]]


class Register:
    """The record. Open it with `Register.open`; only one may write at a time, others may read meanwhile."""

    def __init__(self, engine: Engine, folder: Path, clock: Callable[[], datetime], lock: WriterLock | None) -> None:
        self.evidence = Evidence(folder / "evidence")
        self.notebook = notebook.Notebook(engine)
        self._engine = engine
        self._folder = folder
        self._clock = clock
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, clock: Callable[[], datetime], *, writing: bool = True) -> Register:
        """The register in `folder`, made there when it is not and `writing`.

        Raises `Stop` on a network drive or for a register of a newer formflow, `TryLater` when another one writes,
        `NotVerified` when it was changed since formflow last closed it, or cannot be read.
        """
        database = folder / shelf.DATABASE
        if not writing:
            refuse_changed(database)
            return cls(shelf.open_engine(database if database.exists() else None), folder, clock, None)
        refuse_network_drive(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = WriterLock(folder / "formflow.lock")
        try:
            refuse_changed(database)
            break_seal(database)
            engine = shelf.open_engine(database)
            shelf.bring_up_to_date(engine)
        except FormflowError:
            lock.release()
            raise
        return cls(engine, folder, clock, lock)

    def known(self, sha256: str) -> Entry | None:
        """The form that was taken with exactly these bytes; None when there is none."""
        with self._engine.connect() as connection:
            query = select(arrivals).where(arrivals.c.sha256 == sha256, arrivals.c.outcome == "taken")
            row = connection.execute(query).mappings().first()
        return shelf.entry_of(row) if row else None

    def next_ref(self, short: str, year: int) -> str:
        """The next free case reference of a year: `SIN-2026-001`. Numbers are never used again."""
        start = f"{short}-{year}-"
        with self._engine.connect() as connection:
            refs = connection.scalars(select(cases.c.ref).where(cases.c.ref.startswith(start, autoescape=True)))
            last = max((int(ref.removeprefix(start)) for ref in refs), default=0)
        return f"{start}{last + 1:03d}"

    def take(
        self,
        arrival: Arrival,
        shown_name: str,
        ref: str,
        submission: Submission,
        decision: Decision,
        receipt: Mapping[str, str],
    ) -> Entry:
        """Record a form that joins or opens the case `ref`, in one transaction; the same bytes are taken only once."""
        if before := self.known(arrival.sha256):
            return before
        self.evidence.put(arrival.content)
        with self._engine.begin() as connection:
            number = 1 + int(connection.scalar(select(func.count()).where(submissions.c.case_ref == ref)) or 0)
            questions = len(submission.questions)
            entry = Entry(
                self._free_id(connection, arrival.id), arrival.sha256, arrival.received, shown_name, "taken",
                "", ref, number, questions,
            )  # fmt: skip
            day = arrival.received.date().isoformat()
            held = {"arrival": entry.arrival, "case_ref": ref, "number": number}
            content = shelf.submission_json(submission)
            made = {"content": shelf.decision_json(decision), "receipt": canonical(dict(receipt))}
            rows: Rows = [
                (arrivals, shelf.row_of(entry)),
                (submissions, {**held, "received": day, "content": content}),
                (decisions, {**held, **made}),
            ]
            if number == 1:
                rows.append((cases, {"ref": ref, "opened": day}))
            rows += _enclosure(entry.arrival, arrival)
            anchor = self._write(connection, "form taken", entry.arrival, rows)
        write_anchor(self._anchor, *anchor)
        return entry

    def turn_back(self, arrival: Arrival, shown_name: str, reason: str, says: Sequence[str]) -> Entry:
        """Record a form that goes back to its sender with everything that is to be mended."""
        return self._keep(arrival, "form returned", shown_name, "returned", reason=reason, problems=tuple(says))

    def pass_over(self, arrival: Arrival, shown_name: str, of: Entry) -> Entry:
        """Record a second copy of a form that was taken."""
        return self._keep(
            arrival, "form received again", shown_name, "duplicate", case_ref=of.case_ref, version=of.version
        )

    def open_message(self, arrival: Arrival, shown_name: str, says: Sequence[str] = ()) -> Entry:
        """Record a message before what is attached to it, so that an interruption is gone on from there.

        `says` tells of what was left aside in it.
        """
        return self._keep(arrival, "message opened", shown_name, "opened", problems=tuple(says))

    def enclose(self, arrival: Arrival, shown_name: str, reason: str, ref: str) -> Entry:
        """Record a paper that came in a message with a form of the case `ref`, and is no form itself."""
        return self._keep(arrival, "paper kept", shown_name, "enclosed", reason=reason, case_ref=ref)

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

    def filed(self, arrival_id: str, put: Mapping[str, str] | None = None, ref: str = "") -> None:
        """Note that the papers are out and the dropped file has left the inbox.

        `put` holds the papers of the case `ref` by name with the fingerprint of what was written.
        """
        with self._engine.connect() as connection:
            if connection.scalar(select(filings.c.arrival).where(filings.c.arrival == arrival_id)):
                return
        rows: Rows = [(filings, {"arrival": arrival_id, "at": self._now()})]
        before = self.papers(ref) if put else {}
        for name, sha256 in (put or {}).items():
            if before.get(name) != sha256:
                rows.append((papers, {"case_ref": ref, "name": name, "sha256": sha256, "at": self._now()}))
        self._record("form filed", arrival_id, rows)

    def unfiled(self) -> tuple[Entry, ...]:
        """What was recorded and not brought to its place: what an interruption left to finish."""
        query = select(arrivals).where(arrivals.c.id.not_in(select(filings.c.arrival))).order_by(arrivals.c.received)
        with self._engine.connect() as connection:
            return tuple(shelf.entry_of(row) for row in connection.execute(query).mappings())

    def half_done(self, arrival: Arrival, *, message: bool = False) -> Entry | None:
        """What was recorded of this very arrival and not brought to its place; with `message`, as one to be opened."""
        same = (e for e in self.unfiled() if e.sha256 == arrival.sha256 and (e.outcome == "opened") == message)
        return next((entry for entry in same if self.came_in(entry.arrival) == arrival.message), None)

    def entries(self) -> tuple[Entry, ...]:
        """The intake log, oldest first."""
        query = select(arrivals).order_by(arrivals.c.received, arrivals.c.id)
        with self._engine.connect() as connection:
            return tuple(shelf.entry_of(row) for row in connection.execute(query).mappings())

    def intake(self) -> Iterator[Entry]:
        """The intake log, newest first, one line at a time however long it is."""
        query = select(arrivals).order_by(arrivals.c.received.desc(), arrivals.c.id.desc())
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=500).execute(query).mappings():
                yield shelf.entry_of(row)

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

    def case(self, ref: str) -> CaseRecord | None:
        """One case; None when there is none of this reference."""
        with self._engine.connect() as connection:
            return next(iter(records(connection, ref)), None)

    def notes(self, ref: str) -> Mapping[str, str]:
        """What people wrote about a case, by column; the newest of each."""
        return self.notebook.of([ref]).get(ref, {})

    def keep_words(self, words: Sequence[Note], in_conflict: Sequence[Conflict] = ()) -> None:
        """Keep what people typed, and what is in conflict, in one transaction; known conflicts are not kept twice."""
        with self._engine.begin() as connection:
            at = self._now()
            rows = [*notebook.note_rows(connection, words, at), *notebook.conflict_rows(connection, in_conflict, at)]
            if not rows:
                return
            refs = {note.ref for note in words} | {conflict.ref for conflict in in_conflict}
            subject = refs.pop() if len(refs) == 1 else "tracker"
            anchor = self._write(connection, "note kept", subject, rows)
        write_anchor(self._anchor, *anchor)

    def shared(self, ref: str, mode: str) -> None:
        """Note that a version of a case for sharing was made: one line of the audit chain, and nothing else."""
        self._record(f"version for sharing made: {mode}", ref, [])

    def papers(self, ref: str) -> Mapping[str, str]:
        """The papers of a case by name, with the fingerprint of what was last written."""
        query = select(papers.c.name, papers.c.sha256).where(papers.c.case_ref == ref).order_by(papers.c.id)
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def close(self) -> None:
        """Bring everything into the main file and seal it."""
        whole = False
        if self._lock is not None:
            with self._engine.connect() as connection:
                whole = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0] == 0
        self._engine.dispose()
        if self._lock is not None:
            if whole:  # else somebody was reading: the rest comes into the main file later, and a seal would be wrong
                set_seal(self._folder / shelf.DATABASE)
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _anchor(self) -> Path:
        return self._folder / "formflow.anchor"

    def _now(self) -> str:
        return self._clock().isoformat()

    def _free_id(self, connection: Connection, wanted: str) -> str:
        """The arrival's id, with a number where two copies came in the same second."""
        taken = set(connection.scalars(select(arrivals.c.id).where(arrivals.c.id.startswith(wanted, autoescape=True))))
        return next(
            name for n in range(1, len(taken) + 2) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken
        )

    def _keep(self, arrival: Arrival, what: str, shown_name: str, outcome: str, **more: object) -> Entry:
        self.evidence.put(arrival.content)
        with self._engine.begin() as connection:
            arrival_id = self._free_id(connection, arrival.id)
            entry = shelf.new_entry(arrival_id, arrival, shown_name, outcome, more)
            rows: Rows = [(arrivals, shelf.row_of(entry)), *_enclosure(arrival_id, arrival)]
            anchor = self._write(connection, what, arrival_id, rows)
        write_anchor(self._anchor, *anchor)
        return entry

    def _record(self, what: str, subject: str, rows: Rows) -> None:
        with self._engine.begin() as connection:
            anchor = self._write(connection, what, subject, rows)
        write_anchor(self._anchor, *anchor)

    def _write(self, connection: Connection, what: str, subject: str, rows: Rows) -> tuple[int, str]:
        if self._lock is None:
            raise TryLater("The register is open for reading only.")
        written: Rows = []
        for table, row in rows:
            if "id" in table.c and "id" not in row:  # numbered here, so that the number stands in the digest
                row = {"id": 1 + int(connection.scalar(select(func.max(table.c.id))) or 0), **row}
            connection.execute(insert(table).values(**row))
            written.append((table, row))
        return add_line(connection, self._now(), what, subject, written)


def _enclosure(arrival_id: str, arrival: Arrival) -> Rows:
    return [(enclosures, {"arrival": arrival_id, "message": arrival.message})] if arrival.message else []
