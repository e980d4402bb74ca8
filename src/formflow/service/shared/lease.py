"""Which of several machines looks through an inbox: one at a time, and another one soon after it is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine, delete, func, or_
from sqlalchemy.dialects.postgresql import insert

from formflow.recording.several.shared import leases

SECONDS = 60.0
"""How long a machine that says nothing more is still taken to be looking."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to look through an inbox, for a while; the clock that counts is the database's."""

    engine: Engine = field(repr=False)
    inbox: str
    holder: str
    """This machine and process."""
    seconds: float = SECONDS

    def held(self) -> bool:
        """Claim it, or go on holding it; false while another one holds it."""
        until = func.now() + timedelta(seconds=self.seconds)
        claim = insert(leases).values(inbox=self.inbox, holder=self.holder, until=until)
        claim = claim.on_conflict_do_update(
            index_elements=[leases.c.inbox],
            set_={"holder": self.holder, "until": until},
            where=or_(leases.c.holder == self.holder, leases.c.until < func.now()),
        )
        with self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            got = connection.scalar(claim.returning(leases.c.holder))
            connection.commit()
        return str(got) == self.holder

    def give_up(self) -> None:
        """Let the next one have it at once."""
        mine = delete(leases).where(leases.c.inbox == self.inbox, leases.c.holder == self.holder)
        with self.engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
            connection.execute(mine)
            connection.commit()
