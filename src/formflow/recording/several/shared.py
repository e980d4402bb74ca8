"""The tables that only a register on PostgreSQL has: the originals, and the work that several machines share.

Work is no record: its rows come and go, and no line of the audit chain speaks of them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Identity, LargeBinary, MetaData, Table, Text, text

shared = MetaData()

originals = Table(
    "originals",
    shared,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

drops = Table(
    "drops",
    shared,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("mark", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("prepared", Text, nullable=False, server_default=text("''")),
    Column("entry", Text, nullable=False, server_default=text("''")),
    Column("says", Text, nullable=False, server_default=text("''")),
)
"""A file on its way from the inbox to its case, in the order they were dropped.

`mark` tells it from every other file: the inbox, and a fingerprint of its name, content and time of change. `name` is
where it lies, seen from the working folder, and `prepared` what was read in it; both are emptied when it is done, since
both can hold a child's name. `entry` is the arrival it was recorded as.
"""

leases = Table(
    "leases",
    shared,
    Column("inbox", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)
"""Which machine looks through an inbox, and until when nobody else needs to."""

desk_files = Table(
    "desk_files",
    shared,
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
)
"""What is remembered between two drawings of the tracker, so that any machine may draw the next one."""
