"""What became of one file, and the guard that keeps one form from stopping the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from formflow.errors import NotVerified, Returned, Stop, TryLater, plainly
from formflow.log_lines import FormLine
from formflow.recording.entry import Entry
from formflow.service.passing import why_passing

log = logging.getLogger("formflow")

Became = Literal["taken", "returned", "duplicate", "opened", "enclosed", "waiting", "left", "fault", "set aside"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file in one sweep."""

    path: Path = field(repr=False)
    became: Became
    entry: Entry | None = None
    says: str = field(default="", repr=False)
    reason: str = ""
    """A word for programs, where it was not taken: `busy`, `arriving`, `unfinished`, `beyond-limits`, `disk-full` …"""


def guarded(path: Path, act: Callable[[], Entry], begun: float | None = None) -> Result:
    """Do what brings a file to its entry; what goes wrong becomes a result. Raises `Stop` alone.

    `begun` is when the work on it began, by `time.perf_counter`, where that was before now.
    """
    begun = time.perf_counter() if begun is None else begun
    try:
        entry = act()
    except TryLater as fault:
        return Result(path, "waiting", says=str(fault), reason=fault.reason)
    except Returned as fault:  # the bytes themselves cannot be had: the file stays where it is
        return Result(path, "left", says=str(fault), reason=fault.reason)
    except NotVerified as fault:  # the register's trouble, never the form's
        return Result(path, "waiting", says=str(fault), reason="not-verified")
    except Stop:
        raise
    except Exception as fault:  # noqa: BLE001 - one form must never stop the others; the file stays in the inbox
        if passing := why_passing(fault):
            return Result(path, "waiting", says=passing[1], reason=passing[0])
        return Result(path, "fault", says=f"{plainly(fault)} The form is untouched in the inbox.", reason="fault")
    log_entry(entry, time.perf_counter() - begun)
    return Result(path, entry.outcome, entry)


def log_entry(entry: Entry, seconds: float) -> None:
    """One line a form, without any name."""
    line = FormLine(
        entry.arrival, entry.outcome, entry.reason, entry.case_ref, entry.version, entry.questions,
        round(1000 * seconds),
    )  # fmt: skip
    log.info("%s", line)
