"""The register: everything that was taken, decided and put out, one transaction a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Table, func, insert, select

from formflow.deciding.decision import Decision
from formflow.inbox.arrival import Arrival
from formflow.recording import acts, backups, notebook, shelf
from formflow.recording.entry import Entry
from formflow.recording.keyed import opening
from formflow.recording.keyed.cipher import to_write
from formflow.recording.keyed.keys import Keys, keys_of
from formflow.recording.ledger import Ledger, Recorded
from formflow.recording.note import Conflict, Note
from formflow.recording.proof.audit import add_line, canonical
from formflow.recording.reader import Reader
from formflow.recording.signs import Signs
from formflow.recording.store import Store, open_store
from formflow.recording.tables import arrivals, cases, decisions, enclosures, filings, papers, submissions
from formflow.settings import WorkingFolder
from formflow.validating.submission import Submission

Rows = list[tuple[Table, Mapping[str, object]]]


class Register(Reader):
    """The record. Open it with `Register.open`."""

    def __init__(self, store: Store, clock: Callable[[], datetime], keys: Keys | None = None) -> None:
        super().__init__(store)
        self._clock = clock
        self.ledger = Ledger(store, clock)
        self.signs = Signs(store)
        self._keys = keys

    @classmethod
    def of(cls, folder: WorkingFolder, clock: Callable[[], datetime], *, writing: bool = True) -> Register:
        """The register of a working folder, with its key. Raises as `open` does, and `Stop` for what the key lacks."""
        at, encrypt = folder.settings.register_address, folder.settings.security.encrypt
        return cls.open(folder.register, clock, writing=writing, address=at, keys=keys_of(folder), encrypt=encrypt)

    @classmethod
    def open(
        cls, folder: Path, clock: Callable[[], datetime], *, writing: bool = True, address: str = "",
        keys: Keys | None = None, encrypt: bool = False,
    ) -> Register:  # fmt: skip
        """The register at an address; without one that in `folder`, made there when it is not and `writing`.

        Raises `Stop` on a network drive, for a register of a newer formflow, or for a key that is not its own;
        `TryLater` when another one writes, `NotVerified` when it was changed since formflow last closed it, or cannot
        be read.
        """
        store = open_store(folder, address, writing=writing)
        try:
            opening.unlock(store, keys, writing=writing)
            register = cls(store, clock, keys)
            if writing:
                register.ledger.begin()
                opening.begin(store, register.act, keys, encrypt=encrypt)
                backups.take_in(folder, register.act)
        except BaseException:
            store.close()
            raise
        return register

    @property
    def store(self) -> Store:
        """What it stands on."""
        return self._store

    @property
    def alone(self) -> bool:
        """Whether nobody else writes to it meanwhile."""
        return self._store.alone

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold everybody else off while a form's case is found, decided and recorded."""
        with self._store.turn():
            yield

    @contextmanager
    def hold(self, what: str) -> Iterator[None]:
        """Be the only one, on any machine, that does this for a while."""
        with self._store.hold(what):
            yield

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
        with self._recording() as recording:
            connection = recording.connection
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
            recording.line("form taken", entry.arrival, rows)
            recording.seen = self.ledger.record(connection, arrival, entry)
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

    def filed(self, arrival_id: str, put: Mapping[str, str] | None = None, ref: str = "") -> None:
        """Note that the papers are out and the dropped file has left the inbox.

        `put` holds the papers of the case `ref` by name with the fingerprint of what was written.
        """
        rows: Rows = [(filings, {"arrival": arrival_id, "at": self._now()})]
        rows += self._paper_rows(ref, put or {})
        with self._recording() as recording:
            there = select(filings.c.arrival).where(filings.c.arrival == arrival_id)
            if recording.connection.scalar(there) is None:
                recording.line("form filed", arrival_id, rows)

    def drawn_by_day(self, ref: str, put: Mapping[str, str]) -> None:
        """Note papers of a case that the calendar alone made due, by name with their fingerprints."""
        if rows := self._paper_rows(ref, put):
            self._record("papers drawn by the calendar", ref, rows)

    def keep_words(self, words: Sequence[Note], in_conflict: Sequence[Conflict] = ()) -> None:
        """Keep what people typed, and what is in conflict, in one transaction; known conflicts are not kept twice."""
        with self._recording() as recording:
            connection, at = recording.connection, self._now()
            rows = [*notebook.note_rows(connection, words, at), *notebook.conflict_rows(connection, in_conflict, at)]
            if not rows:
                return
            refs = {note.ref for note in words} | {conflict.ref for conflict in in_conflict}
            recording.line("note kept", refs.pop() if len(refs) == 1 else "tracker", rows)

    def shared(self, ref: str, mode: str) -> None:
        """Note that a version of a case for sharing was made: one line of the audit chain, and nothing else."""
        self._record(f"version for sharing made: {mode}", ref, [])

    def may_be(self, arrival: Arrival, entry: Entry) -> bool:
        """Not where the file of the entry is known to lie elsewhere: then these are the same bytes a second time."""
        return self.ledger.may_be(arrival.path, entry.arrival)

    def act(self, what: str, subject: str, told: Mapping[str, object]) -> None:
        """Note what was done with the register itself, in a line of the audit chain of that name."""
        self._record(what, subject, [acts.row_of(what, subject, told, self._now())])

    def close(self) -> None:
        """Let go of it, whole and sealed."""
        self._store.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
        with self._recording() as recording:
            arrival_id = self._free_id(recording.connection, arrival.id)
            entry = shelf.new_entry(arrival_id, arrival, shown_name, outcome, more)
            recording.line(what, arrival_id, [(arrivals, shelf.row_of(entry)), *_enclosure(arrival_id, arrival)])
            recording.seen = self.ledger.record(recording.connection, arrival, entry)
        return entry

    def _paper_rows(self, ref: str, put: Mapping[str, str]) -> Rows:
        before = self.papers(ref) if put else {}
        at = self._now()
        return [
            (papers, {"case_ref": ref, "name": name, "sha256": sha256, "at": at})
            for name, sha256 in put.items()
            if before.get(name) != sha256
        ]

    def _record(self, what: str, subject: str, rows: Rows) -> None:
        with self._recording() as recording:
            recording.line(what, subject, rows)

    def compact(self) -> None:
        """Leave nothing in any file of the database of what was taken away or changed."""
        self._store.compact()

    @contextmanager
    def rewriting(self) -> Iterator[Recording]:
        """One transaction in which rows may be changed and taken away, and the line of the audit chain that says so."""
        with self._store.rewriting() as connection:
            recording = Recording(connection, self._now(), self._keys.chain if self._keys else b"")
            yield recording
        if recording.head is not None:
            self._store.anchored(*recording.head)

    @contextmanager
    def _recording(self) -> Iterator[Recording]:
        """One transaction; once it is whole, the new head of the audit chain is kept apart."""
        with self._store.writing() as connection:
            recording = Recording(connection, self._now(), self._keys.chain if self._keys else b"")
            yield recording
        if recording.seen is not None:
            self.ledger.became(recording.seen)
        if recording.head is not None:
            self._store.anchored(*recording.head)


class Recording:
    """What is recorded in one transaction."""

    def __init__(self, connection: Connection, at: str, key: bytes = b"") -> None:
        self.connection = connection
        self.head: tuple[int, str] | None = None
        """The head of the audit chain after the last line."""
        self.seen: Recorded | None = None
        """What became of the file in its inbox."""
        self.at, self._key = at, key

    def line(self, what: str, subject: str, rows: Rows) -> None:
        """Write rows, and the line of the audit chain that speaks of them."""
        written: Rows = []
        for table, row in rows:
            if "id" in table.c and "id" not in row:  # numbered here, so that the number stands in the digest
                row = {"id": acts.next_number(self.connection, table), **row}
            self.connection.execute(insert(table).values(**to_write(self.connection, table, row)))
            written.append((table, row))
        self.head = add_line(self.connection, self.at, what, subject, written, self._key)


def _enclosure(arrival_id: str, arrival: Arrival) -> Rows:
    return [(enclosures, {"arrival": arrival_id, "message": arrival.message})] if arrival.message else []
