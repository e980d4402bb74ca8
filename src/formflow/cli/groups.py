"""The commands that come in groups: layouts, guidance, running as a service, the register, templates, passwords."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option("--folder", help="The working folder.", show_default="the current folder")]
AsJson = Annotated[bool, typer.Option("--json", help="Print data for another program instead of a table.")]

layouts = typer.Typer(help="Bring a form of your own.", no_args_is_help=True, rich_markup_mode=None)

guidance = typer.Typer(
    help="The editions of the guidance, and what a new one would change.", no_args_is_help=True, rich_markup_mode=None
)

services = typer.Typer(help="Run by itself.", no_args_is_help=True, rich_markup_mode=None)

registers = typer.Typer(help="Where the register is.", no_args_is_help=True, rich_markup_mode=None)

templates = typer.Typer(
    help="The Word templates: are they in order, and which words may they ask for.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

secrets = typer.Typer(
    help="Passwords of protected forms, kept in the keyring of this account.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

keys = typer.Typer(
    help="The key that is kept apart from the register: it proves the record, and encrypts it if you wish.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Whose = Annotated[str, typer.Argument(metavar="NAME", help="Whose it is: police, health …", show_default=False)]


@secrets.command("add")
def password_add(name: _Whose) -> None:
    """Keep a password; it is asked for twice and not shown."""
    from formflow.cli import password

    password.add(name)


@secrets.command("list")
def password_list() -> None:
    """Say under which names passwords are kept; never a password."""
    from formflow.cli import password

    password.listed()


@secrets.command("remove")
def password_remove(name: _Whose) -> None:
    """Forget a password."""
    from formflow.cli import password

    password.remove(name)


@keys.command("make")
def key_make(
    file: Annotated[
        Path | None,
        typer.Option("--file", help="The file, outside the working folder.", show_default=False),
    ] = None,
    in_keyring: Annotated[bool, typer.Option("--keyring", help="Keep it in the system's keyring.")] = False,
    folder: Folder = Path(),
) -> None:
    """Make a key, and say what to write in the settings and what losing it means."""
    from formflow.cli import keys as keys_desk

    keys_desk.make(file, folder, in_keyring=in_keyring)


@keys.command("encrypt")
def key_encrypt(folder: Folder = Path()) -> None:
    """Encrypt the originals and what people said in a register that was begun without."""
    from formflow.cli import keys as keys_desk

    keys_desk.encrypt(folder)


@guidance.command("compare")
def compare_guidance(
    old: Annotated[str, typer.Argument(help="The edition there is: 2023, or its first day.", show_default=False)],
    new: Annotated[str, typer.Argument(help="The new one: 2026, its first day, or a file.", show_default=False)],
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Hold every case against two editions and list what would come out differently. Records nothing."""
    from formflow.cli import guidance as guidance_desk

    guidance_desk.compare(old, new, folder, as_json=as_json)


@guidance.command("show")
def show_guidance(
    edition: Annotated[str | None, typer.Argument(help="2023, or its first day.", show_default="a list")] = None,
) -> None:
    """Show the editions, or one of them in full with what is still to be confirmed."""
    from formflow.cli import guidance as guidance_desk

    guidance_desk.show_edition(edition)


@services.command("install")
def service_install(
    folder: Folder = Path(),
    to: Annotated[Path, typer.Option("--to", help="Where the unit goes.")] = Path("/etc/systemd/system"),
    user: Annotated[str, typer.Option("--user", help="The account it runs under.", show_default="this account")] = "",
    windows: Annotated[bool, typer.Option("--windows", help="Print the commands for a Windows server.")] = False,
) -> None:
    """Write a systemd unit, or print the commands for a Windows server, so that formflow runs by itself."""
    from formflow.cli import service

    service.install(folder, to, user, windows=windows)


@layouts.command("learn")
def layout_learn(
    form: Annotated[Path, typer.Argument(help="A blank form, Word or PDF.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Where to write the layout.", show_default=False)
    ] = None,
    folder: Folder = Path(),
) -> None:
    """Draft the layout of a form from a blank one, for a person to finish."""
    from formflow.cli import layout

    raise typer.Exit(layout.learn(form, out, folder))


@layouts.command("check")
def layout_check(
    file: Annotated[Path, typer.Argument(metavar="LAYOUT", help="The layout.", show_default=False)],
    forms: Annotated[list[Path], typer.Argument(help="Filled-in forms.", show_default=False)],
) -> None:
    """Prove a layout against filled-in forms: what it finds on them, and what it never finds."""
    from formflow.cli import layout

    raise typer.Exit(layout.check(file, forms))


@registers.command("move")
def register_move(
    to: Annotated[str, typer.Option("--to", help="An address, or the word file.", show_default=False)],
    source: Annotated[
        str | None, typer.Option("--from", help="Where it is now, the same.", show_default="as the settings say")
    ] = None,
    folder: Folder = Path(),
) -> None:
    """Copy the register to an empty PostgreSQL database or back to a file, whole and checked; the old one stays."""
    from formflow.cli import register

    register.move(folder, to, source)


@templates.command("check")
def templates_check(folder: Folder = Path()) -> None:
    """Try every template with invented cases at the edges: words, tags, and that the papers open."""
    from formflow.cli import templates as templates_desk

    templates_desk.check(folder)


@templates.command("words")
def templates_words(
    event: Annotated[
        str | None, typer.Argument(help="The event: notification, correction …", show_default="all of them")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List every word that templates may ask for, with what it is and a sample."""
    from formflow.cli import templates as templates_desk

    templates_desk.words(event, as_json=as_json)
