"""Passwords of protected forms, kept in the keyring of the system: never in a file, on a command line or in a log."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from formflow.errors import Stop

SERVICE = "formflow"
"""Under this name formflow's passwords stand in the keyring."""
MOST = 20
"""Passwords that may be kept: each is tried on a protected form, and one try takes a fifth of a second."""
LONGEST = 255
"""Letters of a password; Word itself takes no longer one."""
_INDEX = "names of form passwords"
"""No keyring lists what it holds, so the names stand in an entry of their own."""
_NAME = re.compile(r"[\w][\w .&'-]{0,39}")
_ANSWERS = 20.0
"""Seconds a keyring may take: a locked one may ask somebody who is not there."""
_PERSON = 300.0
"""The same where somebody sits at the keyboard and may be asked to unlock it."""


T = TypeVar("T")


class Away(Exception):
    """The keyring cannot be used; `str` says why, in a sentence for a person."""


@dataclass(slots=True)
class Passwords:
    """The kept passwords, read from the keyring when the first protected form comes and held for the run."""

    held: tuple[str, ...] = field(default=(), repr=False)
    trouble: str = field(default="", init=False)
    """Why the keyring could not be read; empty when it could, or was not needed yet."""
    _read: bool = field(default=False, init=False)
    _silent: bool = field(default=False, init=False)

    def kept(self, *, anew: bool = False) -> tuple[str, ...]:
        """Every kept password. None are had from a keyring that is not there or is locked: `trouble` says so.

        With `anew` the keyring is read once more, for somebody may have added one since.
        """
        if (self._read and not anew) or self._silent:
            return self.held
        self._read = True
        try:
            self.held, self.trouble = _every(), ""
        except Away as why:
            self.trouble = str(why)
            self._silent = isinstance(why, _Silent)
        return self.held

    def advice(self, *, tried: bool) -> str:
        """What the office can do about a form that stayed closed."""
        if self.trouble and not tried and not _is_none(self.trouble):
            return "For the office: the keyring of this computer could not be read; formflow check says why."
        if tried:
            return (
                "None of the passwords that are kept here opens it. For the office: keep the right one with formflow "
                "password add, and drop the form again."
            )
        return (
            "For the office: formflow can keep the passwords of agencies in the keyring of this computer (formflow "
            "password add), and then opens such forms by itself."
        )


class _Silent(Away):
    """The keyring does not answer: it is not asked again in this run."""


def names() -> tuple[str, ...]:
    """The names of the kept passwords, in order. Raises `Away`."""
    return tuple(sorted(_asked(_names, _PERSON), key=str.casefold))


def add(name: str, password: str) -> None:
    """Keep a password under a name; one that is there under that name is replaced. Raises `Stop` and `Away`."""
    refuse_name(name)
    if not 0 < len(password) <= LONGEST:
        raise Stop(f"A password has 1 to {LONGEST} letters. Nothing was kept.")

    def act(ring: _Ring) -> None:
        there = _names(ring)
        if name not in there and len(there) >= MOST:
            raise Stop(f"{MOST} passwords are kept already. Remove one first: formflow password remove NAME")
        ring.put(_entry(name), password)
        if name not in there:
            ring.put(_INDEX, json.dumps([*there, name]))

    _asked(act, _PERSON)


def remove(name: str) -> None:
    """Forget the password of this name. Raises `Stop` when there is none, and `Away`."""

    def act(ring: _Ring) -> None:
        there = _names(ring)
        if name not in there:
            raise Stop(f'No password is kept under the name "{name}". To see the names: formflow password list')
        ring.put(_INDEX, json.dumps([one for one in there if one != name]))
        if ring.get(_entry(name)) is not None:
            ring.drop(_entry(name))

    _asked(act, _PERSON)


def refuse_name(name: str) -> None:
    """Raise `Stop` for a name that cannot be one."""
    if not _NAME.fullmatch(name):
        raise Stop(
            "A name has at most 40 letters, figures, spaces, points or hyphens; it says whose password it is, for "
            "instance police. It must not be the password itself, nor name a child."
        )


def state() -> str:
    """How the keyring is, for `formflow check`. Never a fault: forms without a password do not need it."""
    try:
        count = len(_asked(_names, _ANSWERS))
    except Away as why:
        return f"{why} Forms with a password go back to their sender; all others are taken."
    return f"{count} kept" if count else "none kept; formflow password add keeps one"


class _Ring:
    """The keyring of the system, as far as it is ours."""

    def __init__(self) -> None:
        import keyring  # it looks through everything that is installed, so only when it is needed

        self._ring = keyring

    def get(self, entry: str) -> str | None:
        return self._ring.get_password(SERVICE, entry)

    def put(self, entry: str, words: str) -> None:
        self._ring.set_password(SERVICE, entry, words)

    def drop(self, entry: str) -> None:
        self._ring.delete_password(SERVICE, entry)


def _every() -> tuple[str, ...]:
    def act(ring: _Ring) -> Sequence[str | None]:
        return [ring.get(_entry(name)) for name in _names(ring)]

    return tuple(dict.fromkeys(password for password in _asked(act, _ANSWERS) if password))


def _names(ring: _Ring) -> list[str]:
    try:
        listed = json.loads(ring.get(_INDEX) or "[]")
    except ValueError:
        listed = []
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []


def _entry(name: str) -> str:
    return f"form password: {name}"


def _asked(act: Callable[[_Ring], T], seconds: float) -> T:
    """What comes of asking the keyring, within a time: it may wait for somebody who is not there. Raises `Away`."""
    answers: list[T] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(act(_Ring()))
        except Exception as fault:  # noqa: BLE001 - the keyring of every system lets out faults of its own
            faults.append(fault)

    asking = threading.Thread(target=ask, name="formflow-keyring", daemon=True)
    asking.start()
    asking.join(seconds)
    if answers:
        return answers[0]
    if not faults:
        raise _Silent("The keyring of this computer does not answer; it may be locked and waiting for its password.")
    if isinstance(faults[0], Stop):
        raise faults[0]
    raise _away(faults[0])


_NONE = "There is no keyring on this computer for this account"


def _is_none(trouble: str) -> bool:
    return trouble.startswith(_NONE)


def _away(fault: Exception) -> Away:
    """Why the keyring cannot be used, without its words."""
    match type(fault).__name__:
        case "NoKeyringError":
            return Away(f"{_NONE}, so no passwords can be kept here: docs/how-to/forms-with-a-password.md.")
        case "KeyringLocked" | "InitError":
            return Away("The keyring of this computer is locked. Unlock it by signing in as the account formflow has.")
        case kind:
            return Away(f"The keyring of this computer cannot be used ({kind}).")
