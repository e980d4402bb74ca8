"""Whether the counts balance: what was seen, by the ledger, against what became of it, by the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formflow.recording.ledger_counts import counted, recorded
from formflow.recording.reader import Reader
from formflow.recording.sighting import RECORDED, STATES

_WORDS = {"duplicate": "received again", "opened": "opened as messages", "left": "left where they are"}


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts from two sources that know nothing of each other, and where they differ."""

    seen: int
    """Files that were ever seen in an inbox: the rows of the ledger, whatever they say."""
    counts: Mapping[str, int]
    """What became of them: recorded ones from the intake log, the others from the ledger."""
    problems: tuple[str, ...]
    """What does not agree, in words."""

    @property
    def accounted(self) -> int:
        """The sum of what became of them."""
        return sum(self.counts.values())

    @property
    def says(self) -> str:
        """The counts as one line."""
        parts = [f"{number} {_WORDS.get(state, state)}" for state, number in self.counts.items() if number]
        return f"{self.seen} seen = {' + '.join(parts) or '0'}"


def balance(register: Reader) -> Balance:
    """The counts of a register. One without a ledger balances: nothing was seen yet."""
    engine = register.engine
    sightings = counted(engine)
    if sightings is None:
        return Balance(0, dict.fromkeys(STATES, 0), ())
    outcomes = recorded(engine)
    counts: dict[str, int] = {
        state: outcomes.get(state, 0) if state in RECORDED else sightings.get(state, 0) for state in STATES
    }
    made = Balance(sum(sightings.values()), counts, ())
    problems = [
        f"The ledger holds {told} files as {_WORDS.get(state, state)}, the intake log {counts[state]}."
        for state in STATES
        if state in RECORDED and (told := sightings.get(state, 0)) != counts[state]
    ]
    if made.seen != made.accounted:
        problems.insert(0, f"{made.seen} files were seen, and {made.accounted} are accounted for.")
    return Balance(made.seen, counts, tuple(problems))
