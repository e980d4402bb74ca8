"""Schema 4 adds tables and changes none: every table of today that is not there yet is made."""

from __future__ import annotations

from alembic import op

from formflow.recording.several.made_for import made_for
from formflow.recording.tables import metadata

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Add what is not there."""
    made_for(op.get_bind(), metadata).create_all(op.get_bind())
