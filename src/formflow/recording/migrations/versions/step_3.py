"""Where the steps begin: the tables of schema 3. Registers of schema 1 and 2 had some of them."""

from __future__ import annotations

from alembic import op

from formflow.recording.several.made_for import made_for
from formflow.recording.tables import metadata

revision = "3"
down_revision = None

TABLES = (
    "schema", "arrivals", "enclosures", "filings", "cases", "submissions", "decisions", "notes", "note_sources",
    "conflicts", "papers", "audit",
)  # fmt: skip


def upgrade() -> None:
    """Add what is not there."""
    tables = made_for(op.get_bind(), metadata)
    tables.create_all(op.get_bind(), tables=[tables.tables[name] for name in TABLES])
