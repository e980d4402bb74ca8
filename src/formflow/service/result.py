"""What became of a file in one sweep, and the one place where a form's faults stop."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from formflow.errors import Returned, Stop, TryLater, plainly
from formflow.log_lines import FormLine
from formflow.recording.entry import Entry

log = logging.getLogger("formflow")

Became = Literal["taken", "returned", "duplicate", "opened", "enclosed", "waiting", "left", "fault"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file in one sweep."""

    path: Path = field(repr=False)
    became: Became
    entry: Entry | None = None
    says: str = field(default="", repr=False)


def guarded(path: Path, act: Callable[[], Entry], begun: float | None = None) -> Result:
    """Do what is to be done with a file, and say what became of it; only `Stop` comes through.

    `begun` is when the work on it began, by `time.perf_counter`, where that was before now.
    """
    begun = time.perf_counter() if begun is None else begun
    try:
        entry = act()
    except TryLater as fault:
        return Result(path, "waiting", says=str(fault))
    except Returned as fault:  # the bytes themselves cannot be had: the file stays where it is
        return Result(path, "left", says=str(fault))
    except Stop:
        raise
    except Exception as fault:  # noqa: BLE001 - one form must never stop the others; the file stays in the inbox
        return Result(path, "fault", says=f"{plainly(fault)} The form is untouched in the inbox.")
    log_entry(entry, time.perf_counter() - begun)
    return Result(path, entry.outcome, entry)


def log_entry(entry: Entry, seconds: float) -> None:
    """One line for what became of a form; nothing in it tells of a person."""
    line = FormLine(
        entry.arrival, entry.outcome, entry.reason, entry.case_ref, entry.version, entry.questions,
        round(1000 * seconds),
    )  # fmt: skip
    log.info("%s", line)
