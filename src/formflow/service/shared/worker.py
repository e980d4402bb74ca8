"""A worker: takes jobs from the queue that several machines share, one at a time, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from dataclasses import dataclass, field

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from psycopg import OperationalError

from formflow.errors import TryLater
from formflow.service.shared.jobs import Jobs
from formflow.service.shared.queue import MINUTE, PAPERS, READ, SETTLE, TRACKER, an_app, make_ready

log = logging.getLogger("formflow")

_PAUSE = 10.0
"""Seconds until a database that is away is asked again."""
_AWAY = (
    "The database of the register cannot be reached just now. Nothing is lost; formflow asks again every few seconds."
)


@dataclass(slots=True)
class Worker:
    """Works on jobs. When it dies in the middle of one, another worker begins that job again."""

    jobs: Jobs
    address: str = field(repr=False)
    heartbeat: float = 10.0
    """Seconds between two signs of life."""
    dead_after: float = 60.0
    """Seconds without a sign of life after which another worker begins its job again."""
    look_after: str = "* * * * *"
    """When it is looked for such jobs, as cron writes it; a sixth word is of seconds."""
    pause: float = _PAUSE
    stop: threading.Event = field(default_factory=threading.Event)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, repr=False)
    _work: asyncio.Task[None] | None = field(default=None, repr=False)
    _said: str = ""

    def make_ready(self) -> None:
        """Have the tables of the queue there. Raises `TryLater` while the database is away."""
        engine = self.jobs.pipeline.register.store.engine
        with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            make_ready(connection)
            connection.commit()

    def forever(self) -> None:
        """Work until told to end; the job in hand is finished. Raises `Stop` when a job finds our set-up wrong."""
        self.make_ready()
        while not self.stop.is_set():
            try:
                self.jobs.look_after()
                asyncio.run(self._run(wait=True))
                self._said = ""
            except (TryLater, ConnectorException, OperationalError):
                self._say_away()
            if self.jobs.stopped_by is not None:
                raise self.jobs.stopped_by
            if not self.stop.is_set():
                self.stop.wait(self.pause)

    def until_idle(self) -> None:
        """Work until nothing is left that can be done now."""
        self.make_ready()
        self.jobs.look_after()
        try:
            asyncio.run(self._run(wait=False))
        except (ConnectorException, OperationalError) as fault:
            raise TryLater(_AWAY) from fault
        if self.jobs.stopped_by is not None:
            raise self.jobs.stopped_by

    def end(self) -> None:
        """Ask it to end once the job in hand is finished; from any thread, or on a signal."""
        self.stop.set()
        loop, work = self._loop, self._work
        if loop is not None and work is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(work.cancel)

    async def _run(self, *, wait: bool) -> None:
        app = an_app(self.address)
        self._name_jobs(app)
        async with app.open_async():
            self._loop = asyncio.get_running_loop()
            self._work = asyncio.create_task(
                app.run_worker_async(
                    wait=wait, concurrency=1, install_signal_handlers=False, delete_jobs="successful",
                    update_heartbeat_interval=self.heartbeat, stalled_worker_timeout=self.dead_after,
                )
            )  # fmt: skip
            if self.stop.is_set():
                self._work.cancel()
            try:
                await self._work
            except asyncio.CancelledError:
                if not self.stop.is_set():
                    raise
            finally:
                self._loop = self._work = None

    def _name_jobs(self, app: App) -> None:
        jobs = self.jobs

        @app.task(name=READ)
        def read(drop: int, tries: int) -> None:
            jobs.read(drop, tries)
            self._look_at_stop()

        @app.task(name=SETTLE)
        def settle(tries: int) -> None:
            jobs.settle(tries)
            self._look_at_stop()

        @app.task(name=PAPERS)
        def papers(drop: int, tries: int) -> None:
            jobs.papers(drop, tries)
            self._look_at_stop()

        @app.task(name=TRACKER)
        def tracker(tries: int) -> None:
            jobs.tracker(tries)
            self._look_at_stop()

        @app.periodic(cron=self.look_after)
        @app.task(name=MINUTE, queueing_lock=MINUTE, priority=5)
        async def every_minute(timestamp: int) -> None:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self.dead_after):
                # Ended, and put in the queue anew: put back as it is, it might meet one that waits for the same.
                await app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=True)
            await asyncio.to_thread(jobs.look_after)

    def _say_away(self) -> None:
        """Say it once, not at every try."""
        if self._said != _AWAY:
            log.warning("%s", _AWAY)
            self._said = _AWAY

    def _look_at_stop(self) -> None:
        if self.jobs.stopped_by is not None:
            self.end()
