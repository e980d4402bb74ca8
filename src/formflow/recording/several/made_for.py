"""The tables as a kind of database is to hold them."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, Text


def made_for(connection: Connection, tables: MetaData) -> MetaData:
    """On PostgreSQL words are sorted letter by letter, as SQLite does, whatever language the server speaks."""
    if connection.dialect.name != "postgresql":
        return tables
    copied = MetaData()
    for table in tables.sorted_tables:
        for column in table.to_metadata(copied).columns:
            if isinstance(column.type, Text):
                column.type = Text(collation="C")
    return copied
