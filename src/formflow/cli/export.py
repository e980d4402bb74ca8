"""The commands that write lists of cases for the trackers of other bodies."""

from __future__ import annotations

from pathlib import Path

import typer

from formflow.cli.groups import Folder

exports = typer.Typer(
    help="Lists of cases for the trackers of other bodies.", no_args_is_help=True, rich_markup_mode=None
)


@exports.callback()
def begin() -> None:
    """Lists of cases for the trackers of other bodies."""


@exports.command("nhs")
def export_nhs(folder: Folder = Path()) -> None:
    """Write every case with the fields of the NHS Safeguarding Case Review Tracker. Records nothing."""
    from formflow.cli import show
    from formflow.cli.work import now
    from formflow.service.export_nhs import export
    from formflow.settings import WorkingFolder

    made = export(WorkingFolder.open(folder), now())
    show.title(f"{made.cases} case{'' if made.cases == 1 else 's'} written for the NHS case review tracker")
    for path in made.paths:
        show.out.print(f"  {path}", soft_wrap=True)
    show.last('Fill in what is blank, and read it before you pass it on: "About" says what each column holds.')
