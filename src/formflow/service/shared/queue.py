"""The queue of jobs that several machines work on: rows of the register's own database, looked after by Procrastinate.

A job says what is to be done and the number of a row: never a name, nothing that was read on a form.
"""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from formflow.recording.several.address import conninfo, postgresql_url

READ, SETTLE, PAPERS, TRACKER, MINUTE = "read", "settle", "papers", "tracker", "every minute"
"""The names of the jobs."""
FIRST = {SETTLE: 4, PAPERS: 3, READ: 2, TRACKER: 0}
"""What goes first when a worker is free: what is begun is brought to its end before more is begun."""
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)_(\d+)")


@dataclass(frozen=True, slots=True)
class Queue:
    """Where jobs are put, within somebody's own transaction: either both are there, or neither."""

    app: App = field(default_factory=lambda: App(connector=SyncPsycopgConnector()), repr=False)

    def put(
        self, connection: Connection, job: str, *, drop: int = 0, tries: int = 0, lock: str = "", after: float = 0.0
    ) -> None:
        """Put a job in the queue.

        Of those with one `lock` one is done at a time, in their order. `settle` and `tracker` do all there is to do: of
        each one waits at most. `after` is how many seconds it waits at least, `tries` how often it was tried before.
        """
        once = job if job in (SETTLE, TRACKER) else None
        asked = self.app.configure_task(
            job, allow_unknown=True, lock=lock or once, queueing_lock=once, priority=FIRST[job],
            connection=connection.connection.driver_connection, schedule_in={"seconds": round(after, 3)},
        )  # fmt: skip
        keep = connection.begin_nested()  # that one waits already is no reason to lose the rest
        try:
            asked.defer(**({"drop": drop} if drop else {}), tries=tries)
        except AlreadyEnqueued:
            keep.rollback()
        else:
            keep.commit()


def an_app(address: str) -> App:
    """Procrastinate over the register's database, for a worker."""
    if sys.platform == "win32":  # the database's library cannot use the loop that Windows has by default
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    where = conninfo(postgresql_url(address))
    return App(connector=PsycopgConnector(conninfo=where, min_size=1, max_size=4, timeout=15))


def make_ready(connection: Connection) -> None:
    """Make the tables of the queue, or bring them up to date; one machine at a time, in the caller's transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('formflow queue'))"))
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"), key=_number)
    newest = steps[-1].name
    there = connection.scalar(text("SELECT to_regclass('procrastinate_jobs')::text"))
    if there is None:
        _all_of(connection, SchemaManager.get_schema())
        connection.execute(text("CREATE TABLE IF NOT EXISTS queue_version (step text NOT NULL)"))
        connection.execute(text("INSERT INTO queue_version VALUES (:step)"), {"step": newest})
        return
    known = str(connection.scalar(text("SELECT step FROM queue_version")))
    for step in (step for step in steps if _number(step) > _number(Path(known))):
        _all_of(connection, step.read_text(encoding="utf-8"))
    connection.execute(text("UPDATE queue_version SET step = :step WHERE step <> :step"), {"step": newest})


def _all_of(connection: Connection, statements: str) -> None:
    connection.connection.driver_connection.execute(statements)  # type: ignore[union-attr]  # psycopg's own: many at once


def _number(step: Path) -> tuple[int, ...]:
    found = _VERSION.match(step.name)
    return tuple(map(int, found.groups())) if found else (0,)
