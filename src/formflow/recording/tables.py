"""The tables of the register. Those of the record are only ever added to, and the audit chain covers every row."""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, Integer, MetaData, Table, Text, event

SCHEMA = 4
"""Raised whenever the tables change; a register of a newer formflow is refused."""

metadata = MetaData()

schema = Table("schema", metadata, Column("version", Integer, primary_key=True))

arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("received", Text, nullable=False),
    Column("shown_name", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("case_ref", Text, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("problems", Text, nullable=False),
)

enclosures = Table(
    "enclosures",
    metadata,
    Column("arrival", Text, primary_key=True),
    Column("message", Text, nullable=False, index=True),
)
"""Which arrivals came in which message (itself an arrival)."""

filings = Table("filings", metadata, Column("arrival", Text, primary_key=True), Column("at", Text, nullable=False))

cases = Table("cases", metadata, Column("ref", Text, primary_key=True), Column("opened", Text, nullable=False))

submissions = Table(
    "submissions",
    metadata,
    Column("arrival", Text, primary_key=True),
    Column("case_ref", Text, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("received", Text, nullable=False),
    Column("content", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("arrival", Text, primary_key=True),
    Column("case_ref", Text, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("receipt", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_ref", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("at", Text, nullable=False),
)

note_sources = Table(
    "note_sources",
    metadata,
    Column("note", Integer, primary_key=True),
    Column("author", Text, nullable=False),
    Column("saved", Text, nullable=False),
    Column("drawing", Integer, nullable=False),
)
"""Of a note read out of the tracker: who had saved the workbook last, when, and which drawing of it that was."""

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_ref", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stands", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("saved", Text, nullable=False),
    Column("drawing", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
"""Words of people in the tracker that could not be taken as a note without guessing."""

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_ref", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Text, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("what", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("told", Text, nullable=False),
)
"""What was done with the register itself: keyed, encrypted, backed up, a case erased."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("digests", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inbox", Text, nullable=False),
    Column("path", Text, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("arrival", Text, nullable=False, index=True),
)
"""Every file that was ever seen in an inbox, and how it stands: work in hand, not record, so rows change."""

inboxes = Table(
    "inboxes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("looked", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("says", Text, nullable=False),
)
"""When each inbox was last looked through, by which machine, and why it cannot be now; rows change."""

watches = Table(
    "watches",
    metadata,
    Column("host", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("ended", Text, nullable=False),
)
"""The last sign of life of the watch of each machine; rows change."""

KEPT = (arrivals, enclosures, filings, cases, submissions, decisions, notes, note_sources, conflicts, papers, acts)
"""Every table whose rows the audit chain covers."""

# These stop the program, not an administrator: they turn a mistake of ours into a fault at once.
for _table in (*KEPT, audit):
    for _verb in ("UPDATE", "DELETE"):
        event.listen(
            _table,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
                f"CREATE TRIGGER no_{_verb.lower()}_{_table.name} BEFORE {_verb} ON {_table.name} "
                "BEGIN SELECT RAISE(ABORT, 'rows of the register are only ever added'); END"
            ).execute_if(dialect="sqlite"),
        )
