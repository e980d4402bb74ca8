"""Faults of the machine that pass by themselves: no room on the disk, a drive that is away, a database that is busy."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from formflow.errors import TryLater

_FULL = ("disk-full", "There is no room left on the disk. Nothing is lost; once there is room, it goes on by itself.")
_READ_ONLY = (
    "read-only",
    "A folder that formflow writes to is read-only, or this account may not write there. Give it write permission; "
    "formflow tries again by itself. Nothing is lost.",
)
_AWAY = ("offline", "A drive that formflow works on is not to be reached just now. Nothing is lost; it is tried again.")
_BUSY = ("busy", "Another program holds a file that formflow needs just now. Nothing is lost; it is tried again.")
_REGISTER = ("register-busy", "The register cannot be written to just now. Nothing is lost; formflow tries again.")

_BY_NUMBER = (
    dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL)
    | dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), _READ_ONLY)
    | dict.fromkeys((errno.ESTALE, errno.EIO, errno.ENETDOWN, errno.ENETUNREACH, errno.ETIMEDOUT), _AWAY)
    | dict.fromkeys((errno.EBUSY, errno.EAGAIN, errno.ETXTBSY, errno.EMFILE, errno.ENFILE, errno.ENOMEM), _BUSY)
)
_BY_WINDOWS = (
    dict.fromkeys((112, 39), _FULL)
    | dict.fromkeys((5, 19), _READ_ONLY)
    | dict.fromkeys((53, 55, 59, 64, 67, 121, 1231), _AWAY)
    | dict.fromkeys((32, 33, 170), _BUSY)
)


def why_passing(fault: BaseException) -> tuple[str, str] | None:
    """A word for programs and one for people, for a fault that passes by itself; None for any other."""
    if isinstance(fault, DBAPIError):
        said = str(fault.orig).lower()
        if "full" in said or "no space" in said:
            return _FULL
        if "readonly" in said or "read-only" in said:
            return _READ_ONLY
        return _REGISTER if isinstance(fault, OperationalError) or fault.connection_invalidated else None
    if isinstance(fault, PoolTimeout):
        return _REGISTER
    if isinstance(fault, OSError):
        windows = getattr(fault, "winerror", None)
        return _BY_WINDOWS.get(windows) if windows in _BY_WINDOWS else _BY_NUMBER.get(fault.errno or 0)
    return None


@contextmanager
def letting_pass(tell: Callable[[str], object]) -> Iterator[None]:
    """Go on after what passes by itself, once it is told in words for a person; every other fault is raised."""
    try:
        yield
    except TryLater as busy:
        tell(str(busy))
    except (OSError, SQLAlchemyError) as fault:
        passing = why_passing(fault)
        if passing is None:
            raise
        tell(passing[1])
