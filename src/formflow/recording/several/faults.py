"""Which fault of a PostgreSQL server is which of ours: away or busy is tried again, a wrong set-up stops."""

from __future__ import annotations

import psycopg
from psycopg import errors
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from formflow.errors import FormflowError, Stop, TryLater

_BUSY = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.TooManyConnections,
    errors.DiskFull,
    errors.OutOfMemory,
)
_REFUSED = (
    ("password authentication failed", "the account or its password is wrong"),
    ("no password supplied", "the server asks for a password and none is set"),
    ("no pg_hba.conf entry", "the server does not let this account in from this computer"),
    ("role", "there is no such account"),
    ("database", "there is no such database, or this account may not connect to it"),
    ("certificate", "the server's certificate cannot be verified"),
    ("ssl", "no encrypted connection can be made as the address asks"),
)
"""What a server or its library says when the set-up is wrong, and what it means."""


def tell_faults(engine: Engine) -> None:
    """Have every fault of this database that might happen said in our words."""
    event.listen(engine, "handle_error", _told)


def _told(context: ExceptionContext) -> None:
    fault = context.original_exception
    if context.is_pre_ping:
        return  # a connection that went stale is only made anew
    if isinstance(fault, psycopg.Error) and (ours := ours_for(fault)):
        raise ours from None  # its own words can name the account and the server


def ours_for(fault: psycopg.Error) -> FormflowError | None:
    """The error of ours for one of the database; None for a fault in formflow itself."""
    if isinstance(fault, errors.InsufficientPrivilege):
        return Stop(
            "The database account of formflow may not do what it must. Whoever looks after the database gives it all "
            "rights on its own database: docs/how-to/several-machines.md."
        )
    if isinstance(fault, _BUSY):
        return TryLater(
            "The database of the register is busy or short of room just now. Nothing is lost; formflow tries again."
        )
    if isinstance(fault, errors.ReadOnlySqlTransaction):
        return TryLater(
            "The database of the register takes no changes just now. Nothing is lost; formflow tries again."
        )
    if isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError):
        return _away(str(fault).casefold())
    return None


def _away(words: str) -> FormflowError:
    """A server that cannot be reached, or that refuses us."""
    for sign, why in _REFUSED:
        if sign in words and (sign not in ("role", "database") or "does not exist" in words):
            return Stop(
                f'The database of the register refuses formflow: {why}. Mend the setting "register" in formflow.toml, '
                "or ask whoever looks after the database. Nothing was taken or changed; forms wait in the inbox."
            )
    return TryLater(
        "The database of the register cannot be reached just now. Nothing is lost; forms wait in the inbox and "
        "formflow tries again. If it lasts, check the network, and that the server runs."
    )
