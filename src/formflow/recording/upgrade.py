"""Bringing the tables of an older register up to date, step by step, on any kind of database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select, update

from formflow.recording.tables import SCHEMA, schema

STEPS = Path(__file__).with_name("migrations")


def bring_up(connection: Connection) -> None:
    """Go every step from what the register is to what this formflow wants, in the transaction of `connection`."""
    # Loaded here: most starts have nothing to bring up to date, and a quick question gets a quick answer.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = sorted(int(step.revision) for step in ScriptDirectory.from_config(config).walk_revisions())
    version = int(connection.scalar(select(schema.c.version)) or 0)
    # The register's own number is the one that counts; Alembic is told where to begin.
    command.stamp(config, _at_most(known, version), purge=True)
    command.upgrade(config, _at_most(known, SCHEMA))
    connection.execute(update(schema).values(version=SCHEMA))


def _at_most(known: list[int], version: int) -> str:
    """The newest step up to a version; the beginning when there is none."""
    return str(max((step for step in known if step <= version), default="base"))
