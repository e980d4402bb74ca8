"""The commands for keeping: backups, how long a case is kept, and erasing one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from formflow.cli.groups import AsJson, Folder


def erase(
    ref: Annotated[str, typer.Argument(help="The case reference, like SIN-2026-001.", show_default=False)],
    folder: Folder = Path(),
    before_time: Annotated[
        str, typer.Option("--before-time", metavar="REASON", help="Why, where the case is to be kept longer.")
    ] = "",
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="NAME", help="A folder in outbox/returned to erase too.", show_default=False),
    ] = None,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask for the reference again.")] = False,
) -> None:
    """Erase everything that is held of a case; a trace without personal data stays in the audit chain."""
    from formflow.cli import erase as erase_desk

    erase_desk.erase(ref, folder, before_time, tuple(also or ()), sure=sure)


def retention(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """List closed cases and until when each is kept. Nothing is erased by itself."""
    from formflow.cli import erase as erase_desk

    erase_desk.retention(folder, as_json=as_json)


def backup(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write it.", show_default=False)],
    folder: Folder = Path(),
) -> None:
    """Write register, originals, papers and settings into one file; formflow may be running meanwhile."""
    from formflow.cli import keep

    keep.backup(target, folder)


def restore(
    backup_file: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup.", show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.", show_default=False)],
) -> None:
    """Put a backup back into a new working folder. Nothing is written over."""
    from formflow.cli import keep

    keep.restore(backup_file, folder)
