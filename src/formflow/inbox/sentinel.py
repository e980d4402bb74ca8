"""The marks of an inbox and of who looks after it: an empty mount point is known, and no two machines take one form."""

from __future__ import annotations

import json
import secrets
import socket
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from formflow.errors import TryLater
from formflow.places import Place

MARK = ".formflow-inbox"
"""Holds the id of the inbox, on its first line."""
OWNER = ".formflow-owner"
"""Holds which machine looks after it, and when it last said so."""
REFRESH = 60.0
"""Seconds between two signs of life in the owner's file."""
SILENT = 240.0
"""Seconds without a sign of life after which another machine may take over: several signs were missed."""
_WORDS = "This file belongs to formflow: it shows that this folder is an inbox and not an empty place. Leave it here.\n"


def host() -> str:
    """What this machine is called."""
    return socket.gethostname()


def read_mark(inbox: Path) -> str:
    """The id of the inbox in a folder; empty where there is none. Raises `OSError` when the folder cannot be read."""
    try:
        lines = (inbox / MARK).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return lines[0].strip()[:64] if lines else ""


def write_mark(inbox: Path, mark: str = "") -> str:
    """Mark a folder as an inbox, with a new id or this one; gives the id. Raises `OSError` where it may not write."""
    mark = mark or secrets.token_hex(8)
    (inbox / MARK).write_text(f"{mark}\n{_WORDS}", encoding="utf-8")
    return mark


def marked(place: Place, known: str) -> str:
    """The id of an inbox, which must be the `known` one; where none is known yet it is marked. For a good look only.

    Raises `TryLater` when the mark is gone (the share is away) or is another one (another share is in its place).
    """
    found = read_mark(place.path)
    if known and not found:
        raise TryLater(
            f'The inbox "{place.name}" cannot be seen: its folder is there, but not the file {MARK} in it, so the '
            "network drive is probably not connected. Nothing is lost; formflow looks again by itself. If it is the "
            "right folder: formflow init",
            "offline",
        )
    if known and found != known:
        raise TryLater(
            f'The folder of the inbox "{place.name}" is another one than before: another share seems to be connected '
            "under its name. Nothing is taken from it. Connect the right share, or give the inbox another name in "
            "formflow.toml.",
            "other-share",
        )
    if found:
        return found
    try:
        return write_mark(place.path)
    except OSError:  # it may only be read: then nothing tells it from an empty place
        return ""


@dataclass(slots=True)
class Owner:
    """Keeps the record of who looks after an inbox."""

    place: Place
    register: str
    """An id of our register: two formflows on one machine are told apart by it."""
    skew: float = 0.0
    """Seconds by which the clock of the share is ahead of ours."""
    _said: float = field(default=-1e9, repr=False)
    _other: tuple[str, float] = field(default=("", 0.0), repr=False)
    """What another machine's record said, and since when it has said so, by our own clock."""

    def claim(self, now: datetime, *, patient: bool) -> None:
        """Say that we look after the inbox. Raises `TryLater` while another machine does.

        Its record must change while we look, so that clocks that differ mislead nobody; without `patient` (there is
        no second look) the time that it says must do.
        """
        if time.monotonic() - self._said < REFRESH:
            return
        path = self.place.path / OWNER
        try:
            said = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            said = ""
        if said and not self._ours(said) and self._alive(said, now, patient=patient):
            raise TryLater(
                f'The inbox "{self.place.name}" is looked after by formflow on {_field(said, "host") or "another"}; '
                "this one only looks on. When that one stops, this one takes over within a few minutes.",
                "looked-after",
            )
        try:
            record = {"host": host(), "register": self.register, "at": now.isoformat(timespec="seconds")}
            path.write_text(json.dumps(record) + "\n", encoding="utf-8")
            self.skew = path.stat().st_mtime - time.time()
        except OSError:
            return  # it may only be read; whoever shares it must not be on another machine too
        self._said = time.monotonic()

    def release(self) -> None:
        """Say that we look after it no more."""
        path = self.place.path / OWNER
        try:
            if self._ours(path.read_text(encoding="utf-8", errors="replace")):
                path.unlink()
        except OSError:
            return

    def _ours(self, said: str) -> bool:
        return (_field(said, "host"), _field(said, "register")) == (host(), self.register)

    def _alive(self, said: str, now: datetime, *, patient: bool) -> bool:
        if not patient:
            try:
                return abs((now - datetime.fromisoformat(_field(said, "at"))).total_seconds()) < SILENT
            except (ValueError, TypeError):
                return False
        if self._other[0] != said:
            self._other = (said, time.monotonic())
        return time.monotonic() - self._other[1] < SILENT


def _field(said: str, name: str) -> str:
    try:
        return str(json.loads(said).get(name, ""))
    except (ValueError, AttributeError):
        return ""
