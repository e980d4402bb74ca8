"""The address of a register that several machines share: read once, and never shown with its password."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from formflow.errors import Stop

POSTGRESQL = ("postgresql", "postgres")
"""How an address of a PostgreSQL database may begin."""
DRIVER = "postgresql+psycopg"


def postgresql_url(address: str) -> URL:
    """The address as SQLAlchemy takes it. Raises `Stop` when it cannot be read; its words hold no password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in POSTGRESQL or not url.database:
        raise Stop(
            'The setting "register" is not an address formflow can read. It has the form '
            "postgresql://account@server/database?sslmode=verify-full; letters like @ / : # in a password are written "
            "%40 %2F %3A %23."
        )
    return url.set(drivername=DRIVER)


def conninfo(url: URL) -> str:
    """The address as the database's own library takes it, with its password: never to be shown."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def shown(address: str) -> str:
    """An address for people: where the database is, without account and password."""
    if not address:
        return "the file in the register folder"
    url = postgresql_url(address)
    where = url.host or str(url.query.get("host", "")) or "this computer"
    return f'the PostgreSQL database "{url.database}" on {where}'
