"""A child process that is held to its memory: how one is started and ended, for whatever it is to do."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Self

from formflow.reading.limits import Job
from formflow.starting import begin_apart


@dataclass(slots=True)
class Held:
    """One child process and the way to it."""

    process: BaseProcess
    pipe: Connection
    job: Job

    @classmethod
    def begin(cls, serve: Callable[..., None], *given: object, memory: int, name: str, childless: bool = True) -> Self:
        """A child that is getting ready: it runs `serve` with its end of the pipe, what is given and the memory.

        One that is not `childless` may start processes itself; it must end when its pipe does.
        """
        # "spawn" on every system: a forked child would share the register's open files.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=begin_apart, args=(serve, theirs, *given, memory), name=name, daemon=childless)
        process.start()
        theirs.close()
        return cls(process, ours, Job(process.sentinel, memory))

    def end(self) -> None:
        """End it now."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()
        self.job.close()
