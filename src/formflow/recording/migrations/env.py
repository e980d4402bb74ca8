"""Where Alembic is handed the connection of the register that is brought up to date."""

from __future__ import annotations

from alembic import context

from formflow.recording.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
