"""Working: taking what is in the inbox, once or for ever."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from formflow import log_lines
from formflow.cli import show
from formflow.cli.show import shown
from formflow.errors import Stop
from formflow.pipeline import Pipeline
from formflow.recording.store import NOT_INSTALLED
from formflow.service.copies import Made
from formflow.service.result import Result
from formflow.service.run import Run, make_copies
from formflow.service.run import run as take_all
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder


class Watching(Protocol):
    """Something that goes on until it is told to end."""

    def forever(self) -> None:
        """Go on."""
        ...

    def end(self) -> None:
        """Ask it to end once the form in hand is finished."""
        ...


_MANY = 4
"""From so many forms on, a bar shows how far it is."""


def run(folder: Path) -> int:
    """One pass over the inboxes; gives the exit code: 0, 1 after an unexpected fault, 4 when something is in use.

    The tracker may be open in another program, or an inbox away.
    """
    working = WorkingFolder.open(folder)
    log_lines.choose(working.settings.log, each_form=working.settings.log == "json")
    with Pipeline.open(working, now) as pipeline:
        _refuse_half_erased(pipeline)
        done = _sharing().run(pipeline, now) if working.settings.register_address else run_with_bar(pipeline)
        tell_run(done, pipeline.folder.outbox)
        tell_copies(copies_with_bar(pipeline))
    if done.count("fault"):
        return 1
    return 4 if done.tracker is None or done.away else 0


def watch(folder: Path) -> None:
    """Take forms as they arrive, until told to stop."""
    working = WorkingFolder.open(folder)
    log_lines.choose(working.settings.log, each_form=True)
    with Pipeline.open(working, now) as pipeline:
        _refuse_half_erased(pipeline)
        shared = bool(working.settings.register_address)
        watching = _sharing().SharedWatch.of(pipeline, now) if shared else Watch(pipeline, now)
        _forever(watching, f"Watching {', '.join(str(place.path) for place in pipeline.folder.inboxes)}", pipeline)
    show.out.print("Stopped. The form in hand was finished.")


def worker(folder: Path) -> None:
    """Take part in the work of several machines, until told to stop. Raises `Stop` where there is nothing to share."""
    working = WorkingFolder.open(folder)
    if not working.settings.register_address:
        raise Stop(
            "A worker shares the work of several machines, and that needs a register on PostgreSQL: "
            "docs/how-to/several-machines.md. On one machine use formflow watch."
        )
    log_lines.choose(working.settings.log, each_form=True)
    with Pipeline.open(working, now) as pipeline:
        _refuse_half_erased(pipeline)
        watching = _sharing().SharedWatch.of(pipeline, now, looks=False)
        _forever(watching, "Working on what arrives", pipeline)
    show.out.print("Stopped. The form in hand was finished.")


def _forever(watching: Watching, title: str, pipeline: Pipeline) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: watching.end())
    show.title(title)
    show.out.print(f"What is made appears in {pipeline.folder.outbox}. To stop: Ctrl+C")
    watching.forever()


def _sharing() -> ModuleType:
    """What several machines need, which is not installed everywhere. Raises `Stop` where it is not."""
    try:
        from formflow.service.shared import sharing
    except ImportError as missing:
        raise Stop(NOT_INSTALLED) from missing
    return sharing


def _refuse_half_erased(pipeline: Pipeline) -> None:
    """Raise `Stop` while a case is being erased: no form may join it meanwhile, and be erased with it unseen."""
    if begun := pipeline.register.unfinished():
        raise Stop(
            f"The erasure of {begun.subject} was begun and is not finished. Finish it first: formflow erase "
            f"{begun.subject}. Nothing was taken; forms wait in the inbox."
        )


def run_with_bar(pipeline: Pipeline) -> Run:
    """One pass, with a progress bar when there are more than a few forms and somebody is looking."""
    columns = (TextColumn("Taking forms"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=show.out, transient=True, disable=not sys.stdout.isatty()) as progress:
        bar = progress.add_task("", visible=False)

        def begin(count: int) -> None:
            progress.update(bar, total=count, visible=count >= _MANY)

        return take_all(pipeline, now, begin, lambda _: progress.advance(bar))


def copies_with_bar(pipeline: Pipeline) -> Made | None:
    """The PDF copies that are missing, with a progress bar when there are more than a few and somebody is looking."""
    columns = (TextColumn("Making PDF copies"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=show.out, transient=True, disable=not sys.stdout.isatty()) as progress:
        bar = progress.add_task("", visible=False)
        return make_copies(
            pipeline, lambda done, of: progress.update(bar, total=of, completed=done, visible=of >= _MANY)
        )


def tell_copies(made: Made | None) -> None:
    """How many copies were made, and why others were not."""
    if made is not None and made.count:
        show.out.print(f"{made.count} PDF {'copy' if made.count == 1 else 'copies'} made beside the Word papers.")
    if made is not None and made.says:
        show.out.print(made.says)


def tell_run(done: Run, outbox: Path) -> None:
    """What became of each file, and where to look."""
    show.title("formflow has gone through the inbox")
    rows = [_row(result) for result in done.results]
    rows += [(shown(left.path.name), "left where it is", left.says) for left in done.left]
    show.table(("File", "What became of it", "Where"), rows)
    if not rows:
        show.out.print("There was nothing to take.")
    counts = ", ".join(
        f"{done.count(key)} {word}"
        for key, word in (("taken", "taken"), ("returned", "returned"), ("duplicate", "received again"),
                          ("opened", "opened as messages"), ("enclosed", "kept with their form"),
                          ("left", "left"), ("waiting", "waiting"), ("set aside", "set aside"),
                          ("fault", "stopped by a fault"))
        if done.count(key)
    )  # fmt: skip
    pace = f", {len(done.results) / done.seconds:.1f} forms a second" if len(done.results) >= _MANY else ""
    if counts:
        show.last(f"{counts} in {done.seconds:.1f} seconds{pace}.")
    show.out.print(f"Look in {outbox}" + (f", first at {done.tracker.name}." if done.tracker else "."), soft_wrap=True)
    for says in done.away:
        show.out.print(says, soft_wrap=True)
    if done.tracker_says:
        show.out.print(done.tracker_says)


def _row(result: Result) -> tuple[str, str, str]:
    entry = result.entry
    if entry is None:
        words = {"waiting": "waiting", "left": "left where it is", "set aside": "set aside"}
        return shown(result.path.name), words.get(result.became, "not taken"), result.says
    match entry.outcome:
        case "taken":
            asked = f", {entry.questions} question{'s' * (entry.questions > 1)} to ask" if entry.questions else ""
            number = f" as form {entry.version} of the case" if entry.version > 1 else ""
            return shown(entry.shown_name), f"taken{number}{asked}", f"cases/{entry.case_ref}"
        case "returned":
            mend = entry.problems[0] if len(entry.problems) == 1 else f"{len(entry.problems)} things to mend"
            return shown(result.path.name), f"returned: {mend}", f"returned/{entry.arrival}"
        case "duplicate":
            return shown(entry.shown_name), "received again; no second case", f"cases/{entry.case_ref}"
        case "opened":
            return shown(result.path.name), " ".join(("opened: what is attached follows.", *entry.problems)), ""
        case "enclosed":
            return shown(entry.shown_name), "no form: kept with the form it came with", f"cases/{entry.case_ref}"


def now() -> datetime:
    """The time by this computer's clock, with its zone."""
    return datetime.now().astimezone()
