"""What is remembered between two drawings of the tracker, kept in the database for whichever machine draws next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from formflow.outbox.put import put
from formflow.recording.several.shared import desk_files


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """Those files, in the folder of this machine and in the database. Only for whoever holds the tracker."""

    engine: Engine = field(repr=False)
    folder: Path

    def fetch(self) -> None:
        """Have them here as the last machine left them; where none has drawn yet, ours are the ones."""
        kept = self._kept()
        if not kept:
            return
        here = dict(self._here())
        for name in set(here) - set(kept):
            (self.folder / name).unlink(missing_ok=True)
        for name, sha256 in kept.items():
            if here.get(name) != sha256:
                with self.engine.connect() as connection:
                    query = select(desk_files.c.content).where(desk_files.c.name == name)
                    put(self.folder / name, bytes(connection.scalar(query) or b""))

    def keep(self) -> None:
        """Keep them as they are here now."""
        kept, here = self._kept(), dict(self._here())
        with self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            for name, sha256 in here.items():
                if kept.get(name) != sha256:
                    row = {"content": (self.folder / name).read_bytes(), "sha256": sha256}
                    added = insert(desk_files).values(name=name, **row)
                    connection.execute(added.on_conflict_do_update(index_elements=[desk_files.c.name], set_=row))
            for name in set(kept) - set(here):
                connection.execute(delete(desk_files).where(desk_files.c.name == name))
            connection.commit()

    def _kept(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(select(desk_files.c.name, desk_files.c.sha256))}

    def _here(self) -> Iterator[tuple[str, str]]:
        for path in (*self.folder.glob("tracker*.json"), *self.folder.glob("Case tracker*.xlsx")):
            yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()
