"""The formflow command: what an office types, and the one place where faults become words and exit codes."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from formflow import __version__
from formflow.cli.export import exports
from formflow.cli.groups import AsJson, Folder, guidance, keys, layouts, registers, secrets, services, templates
from formflow.cli.keeping import backup, erase, restore, retention
from formflow.errors import FormflowError, plainly
from formflow.starting import begin

# Each command loads what it needs when it is called: a quick question gets a quick answer.


app = typer.Typer(
    name="formflow",
    help="Reads completed safeguarding forms from a folder, works out what must be done by when, and writes the papers "
    "and the case tracker. To see it working: formflow demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_GROUPS = {
    "key": keys,
    "layout": layouts,
    "export": exports,
    "guidance": guidance,
    "password": secrets,
    "service": services,
    "register": registers,
    "templates": templates,
}
for _name, _group in _GROUPS.items():
    app.add_typer(_group, name=_name)


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Say which version of formflow this is, and end.")] = False,
) -> None:
    """Reads completed safeguarding forms, works out what must be done by when, and writes the papers."""
    if version:
        sys.stdout.write(f"formflow {__version__}\n")
        raise typer.Exit


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="The folder to make.", show_default=False)]) -> None:
    """Make a working folder with its inbox, outbox, templates, settings and blank forms."""
    from formflow.cli import make

    make.init(folder)


@app.command()
def run(folder: Folder = Path()) -> None:
    """Take everything that is in the inbox now, write all papers and the tracker, and end."""
    from formflow.cli import work

    raise typer.Exit(work.run(folder))


@app.command()
def watch(folder: Folder = Path()) -> None:
    """Take forms as they arrive, until told to stop (Ctrl+C)."""
    from formflow.cli import work

    work.watch(folder)


@app.command()
def worker(folder: Folder = Path()) -> None:
    """Take part in the work of several machines on one register (PostgreSQL), until told to stop (Ctrl+C)."""
    from formflow.cli import work

    work.worker(folder)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="One or more forms.", show_default=False)],
    as_json: AsJson = False,
    folder: Folder = Path(),
    page: Annotated[
        Path | None,
        typer.Option(
            "--html",
            "-o",
            metavar="PAGE.html",
            help="Also write a page with the answers beside pictures of the form. It holds personal data.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read and check forms, and show what was found. Records nothing."""
    from formflow.cli import ask

    raise typer.Exit(ask.read(files, as_json=as_json, page=page, layouts=folder / "layouts"))


@app.command()
def decide(
    file: Annotated[Path, typer.Argument(help="A form, or a .json file of answers.", show_default=False)],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day.", show_default="today")
    ] = None,
    history: Annotated[
        Path | None, typer.Option("--history", help="A working folder whose cases count.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a form against the guidance in force on a day: duty, findings, deadlines, routes. Records nothing."""
    from formflow.cli import ask

    raise typer.Exit(ask.decide(file, on.date() if on else None, history, as_json=as_json))


@app.command()
def explain(
    ref: Annotated[str, typer.Argument(help="The case reference, like SIN-2026-001.", show_default=False)],
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Show how a case's findings were reached, step by step, with sources."""
    from formflow.cli import ask

    ask.explain(ref, folder, as_json=as_json)


@app.command()
def cases(
    folder: Folder = Path(),
    everything: Annotated[bool, typer.Option("--all", help="Closed cases too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the open cases, their stage and next deadlines."""
    from formflow.cli import ask

    ask.cases(folder, everything=everything, as_json=as_json)


@app.command()
def share(
    ref: Annotated[str, typer.Argument(help="The case reference, like SIN-2026-001.", show_default=False)],
    mode: Annotated[
        Literal["pseudonym", "initials"], typer.Option("--mode", help="What stands in place of names.")
    ] = "pseudonym",
    folder: Folder = Path(),
) -> None:
    """Write a version of a case's report and chronology without names, with a check of what is left and a key."""
    from formflow.cli import share as share_desk

    share_desk.share(ref, mode, folder)


@app.command()
def papers(
    ref: Annotated[str, typer.Argument(help="The case reference, like SIN-2026-001.", show_default=False)],
    folder: Folder = Path(),
    pdf: Annotated[bool, typer.Option("--pdf", help="Make their PDF copies now.")] = False,
) -> None:
    """List the current papers of a case, and make their PDF copies."""
    from formflow.cli import papers as papers_desk

    papers_desk.papers(ref, folder, pdf=pdf)


@app.command()
def status(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """Show how everything stands: what was seen and what became of it, what waits and why, whether formflow runs."""
    from formflow.cli import standing

    raise typer.Exit(standing.status(folder, as_json=as_json))


@app.command()
def retry(
    arrival: Annotated[str, typer.Argument(help="The name it was set aside under, or: all.", show_default=False)],
    folder: Folder = Path(),
) -> None:
    """Try again a file that was set aside: put it back into the inbox."""
    from formflow.cli import standing

    standing.retry(arrival, folder)


@app.command()
def check(folder: Folder = Path()) -> None:
    """Settings, folders, layouts, guidance, templates: say whether everything is fit to start."""
    from formflow.cli import care

    care.check(folder)


@app.command()
def verify(
    folder: Folder = Path(),
    anchor: Annotated[
        list[str] | None,
        typer.Option("--anchor", help='A line as a paper tells it: "123 4f3a 9b2c".', show_default=False),
    ] = None,
) -> None:
    """Check the audit chain, the evidence store, and that every decision can be worked out again."""
    from formflow.cli import care

    care.verify(folder, anchor or [])


@app.command()
def blank(
    folder: Folder = Path(),
    pdf: Annotated[bool, typer.Option("--pdf", help="Write the PDF forms as well.")] = False,
) -> None:
    """Write the partnership's blank forms, one for each step of the process, into "blank forms"."""
    from formflow.cli import make

    make.blank(folder, pdf=pdf)


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where to make it.", show_default="a new temporary folder")
    ] = None,
) -> None:
    """Make a throw-away working folder, drop sample forms in it, take them, and say where to look."""
    from formflow.cli import make

    make.demo(folder)


for _command in (backup, restore, retention, erase):
    app.command()(_command)


def main() -> None:
    """Run the command; a fault becomes one plain paragraph on standard error and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a file name in an old encoding must not stop the answer
    begin()
    try:
        app()
    except FormflowError as fault:
        _end(str(fault), fault.exit_code)
    except KeyboardInterrupt:
        _end("Stopped. Nothing is lost: a form in hand is finished when formflow is started again.", 1)
    except Exception as fault:  # noqa: BLE001 - the last door: a traceback might print a child's name
        _end(f"{plainly(fault)} Nothing that was recorded is lost.", 1)


def _end(says: str, code: int) -> None:
    sys.stderr.write(f"formflow: {says}\n")
    sys.exit(code)
