"""Passwords of protected forms: keeping them in the keyring of the system, listing their names, forgetting them."""

from __future__ import annotations

import getpass
import sys
import warnings

from formflow.cli import show
from formflow.errors import Stop
from formflow.reading import passwords


def add(name: str) -> None:
    """Ask for a password twice, without showing it, and keep it. Raises `Stop` when it cannot be kept."""
    passwords.refuse_name(name)
    first = _asked(f"The password of {name}: ")
    if first != _asked("The same once more: "):
        raise Stop("The two were not the same. Nothing was kept; please start again.")
    try:
        passwords.add(name, first)
    except passwords.Away as why:
        raise Stop(str(why)) from None
    show.last(f'The password is kept under the name "{name}". A form with it is opened when it is dropped.')


def listed() -> None:
    """Say under which names passwords are kept. Raises `Stop` when the keyring cannot be used."""
    try:
        names = passwords.names()
    except passwords.Away as why:
        raise Stop(str(why)) from None
    show.title("Passwords of forms that are kept in the keyring of this account")
    for name in names:
        show.out.print(f"  {name}", markup=False)
    if not names:
        show.last("None yet. To keep one: formflow password add NAME")


def remove(name: str) -> None:
    """Forget a password. Raises `Stop` when there is none of this name, or the keyring cannot be used."""
    try:
        passwords.remove(name)
    except passwords.Away as why:
        raise Stop(str(why)) from None
    show.last(f'The password of "{name}" is forgotten.')


def _asked(words: str) -> str:
    """What a person types at the terminal; never what comes from a file or another program."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            if sys.platform == "win32" and not sys.stdin.isatty():
                raise EOFError
            return getpass.getpass(words)
    except (getpass.GetPassWarning, EOFError, OSError):
        raise Stop(
            "A password is typed at a keyboard, so that it stands in no file and no list of commands. Start formflow "
            "password add in a terminal of its own."
        ) from None
