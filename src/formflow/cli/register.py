"""Moving the register: to a database that several machines share, or back to a file."""

from __future__ import annotations

from pathlib import Path

from formflow.cli import show
from formflow.cli.care import problems_of
from formflow.errors import NotVerified
from formflow.recording.several.address import postgresql_url, shown
from formflow.recording.several.move import move as move_register
from formflow.settings import WorkingFolder

FILE = "file"
"""What people type for the file in the register folder."""


def move(folder: Path, target: str, source: str | None) -> None:
    """Copy the register, look whether the copy is whole, and say which line of the settings to change.

    `source` is where it is now, if not where the settings say. Raises as `formflow.recording.several.move.move` says.
    """
    working = WorkingFolder.open(folder)
    old = working.settings.register_address if source is None else _address(source)
    new = _address(target)
    moved = move_register(working.register, old, new)
    if problems := problems_of(working, new):
        raise NotVerified(f"The copy in {shown(new)} does not agree with itself. " + " ".join(problems))
    show.title(f"The register is copied to {shown(new)}")
    counted = [(table, str(count)) for table, (count, _) in moved.rows.items()]
    show.table(("What", "Rows"), [*counted, ("Last line of the audit chain", f"{moved.seq}, {moved.hash[:12]}")])
    show.out.print(f"It was gone through like formflow verify does. {_capital(shown(old))} is untouched.")
    if new:
        show.last(f'Now write in formflow.toml, before the first [section]: register = "{_without_password(new)}"')
    else:
        show.last('Now take the line that begins with register = out of formflow.toml (not "register_folder").')


def _address(words: str) -> str:
    return "" if words == FILE else words


def _without_password(address: str) -> str:
    """The address with stars for its password: a terminal is no place for one."""
    return postgresql_url(address).set(drivername="postgresql").render_as_string(hide_password=True)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
