"""What the ledger and the intake log count, each for itself."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, func, inspect, select

from formflow.recording.ledger import sighting_of
from formflow.recording.sighting import Sighting
from formflow.recording.tables import arrivals, enclosures, sightings


def counted(engine: Engine) -> Mapping[str, int] | None:
    """How many sightings there are of each state; None in a register that has no ledger yet."""
    if not inspect(engine).has_table(sightings.name):
        return None
    with engine.connect() as connection:
        rows = connection.execute(select(sightings.c.state, func.count()).group_by(sightings.c.state)).all()
        return {str(state): int(number) for state, number in rows}


def recorded(engine: Engine) -> Mapping[str, int]:
    """How many arrivals there are of each outcome, without those that came inside a message."""
    inside = select(enclosures.c.arrival)
    query = select(arrivals.c.outcome, func.count()).where(arrivals.c.id.not_in(inside)).group_by(arrivals.c.outcome)
    with engine.connect() as connection:
        return {str(outcome): int(number) for outcome, number in connection.execute(query).all()}


def open_sightings(engine: Engine) -> tuple[Sighting, ...]:
    """What is not settled: what waits, is left, was set aside, or could not be tidied away; oldest first."""
    if not inspect(engine).has_table(sightings.name):
        return ()
    unsettled = sightings.c.state.in_(("arriving", "waiting", "left", "set aside")) | (sightings.c.reason != "")
    with engine.connect() as connection:
        query = select(sightings).where(unsettled).order_by(sightings.c.first_seen, sightings.c.id)
        return tuple(sighting_of(row) for row in connection.execute(query).mappings())
