"""Taking one dropped file: its bytes and fingerprint, without following links or waiting on pipes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path

from formflow.errors import Returned, TryLater
from formflow.inbox.arrival import Arrival, arrival_id

LARGEST = 50 * 1024 * 1024
"""Bytes. No form among thousands of real ones comes near it; a larger file is not opened."""

_BUSY = {errno.EBUSY, errno.EAGAIN, errno.ETXTBSY, errno.ESTALE, errno.EIO}
_WINDOWS_SHARING = {32, 33}
_WINDOWS_AWAY = {53, 55, 59, 64, 67, 121}
"""A share that is away. Python makes "not found" of some of them, which a file on it is not."""


def take(path: Path, received: datetime) -> Arrival:
    """The file at `path` as an arrival: read, and read again to see that it is still the same.

    Raises `Returned` for what is no plain readable file (`link`, `not-a-file`, `no-permission`, `too-large`,
    `name-too-long`) and `TryLater` while another program holds it or it changes under our eyes.
    """
    try:
        before = _plain_file(path)
        content = _content(path)
        same = _content(path) == content  # a rewrite of the same size within one tick of the clock shows only here
        after = path.lstat()
    except OSError as fault:
        raise _explained(fault) from fault
    if (
        (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
        or len(content) != after.st_size
        or not same
    ):
        raise TryLater("The file is still being written. formflow looks again in a moment.", "arriving")
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(arrival_id(received, sha256), path, sha256, received, content)


def _plain_file(path: Path) -> os.stat_result:
    seen = path.lstat()
    if stat.S_ISLNK(seen.st_mode):
        raise Returned("link", "This is a link to a file, not the file itself. Please drop the file.")
    if not stat.S_ISREG(seen.st_mode):
        raise Returned("not-a-file", "This is a folder or a device, not a file. Please name the form itself.")
    if seen.st_size > LARGEST:
        raise Returned(
            "too-large",
            f"This file is {seen.st_size // 1_000_000} MB; a completed form is rarely more than 5. Please save it "
            "without pictures and recordings, send those separately, and drop the form again.",
        )
    return seen


def _content(path: Path) -> bytes:
    # O_NOFOLLOW and O_NONBLOCK: between the look and the opening somebody may put a link or a pipe in its place.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as opened:
        return opened.read(LARGEST + 1)


def _explained(fault: OSError) -> Returned | TryLater:
    if fault.errno in _BUSY or getattr(fault, "winerror", None) in _WINDOWS_SHARING:
        return TryLater("Another program has this file open. Close it there; formflow tries again by itself.")
    if getattr(fault, "winerror", None) in _WINDOWS_AWAY:
        return TryLater(
            "The drive that the file lies on is not to be reached just now. formflow tries again.", "offline"
        )
    match fault.errno:
        case errno.ENOENT:
            return Returned("not-a-file", "There is no file of this name. Please check the name and the folder.")
        case errno.ENAMETOOLONG:
            return Returned("name-too-long", "The name of this file is too long. Please give it a shorter one.")
        case errno.EACCES | errno.EPERM:
            return Returned(
                "no-permission",
                "formflow is not allowed to open this file. Ask for read permission on it, or copy it into the inbox.",
            )
        case errno.ELOOP:
            return Returned("link", "This is a link to a file, not the file itself. Please drop the file.")
        case _:
            return TryLater("The file cannot be opened just now. Nothing is lost; formflow tries again.")
