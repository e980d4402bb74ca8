"""One file that was seen in an inbox, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from formflow.inbox.sweep import Mark

State = Literal["arriving", "waiting", "taken", "returned", "duplicate", "opened", "set aside", "left", "gone"]
"""`arriving`: not settled yet. `waiting`: tried, and tried again later. `taken`, `returned`, `duplicate`, `opened` (a
message): recorded. `set aside`: not tried again until somebody says so. `left`: not ours to take. `gone`: taken away by
a person before it was recorded."""
STATES: tuple[State, ...] = get_args(State)
RECORDED: frozenset[str] = frozenset({"taken", "returned", "duplicate", "opened"})
IN_HAND: frozenset[str] = frozenset({"arriving", "waiting"})


@dataclass(slots=True)
class Sighting:
    """A row of the ledger, which changes as the file goes its way."""

    inbox: str
    path: str = field(repr=False)
    """Where it lies, seen from its inbox; empty once it lies there no more, as file names can hold names."""
    mark: Mark
    first_seen: str
    """ISO time."""
    state: State = "arriving"
    attempts: int = 0
    """How often it could not be taken since it last changed."""
    next_try: str = ""
    """ISO time; empty when nothing is to be tried."""
    reason: str = ""
    """A word for programs: why it waits, was set aside or is left."""
    says: str = field(default="", repr=False)
    """The same for a person; it may hold the name of the file."""
    arrival: str = ""
    """The id of the arrival it became, or the name of the folder it was set aside in."""
    id: int = 0
    """The number of its row; 0 while it is not written down."""
    since: float = 0.0
    """Since when it has looked so, by this program's own clock that only goes forward."""
    due: float = 0.0
    """When to try next, by the same clock."""

    def row(self) -> dict[str, object]:
        """What is written down."""
        return {
            "inbox": self.inbox,
            "path": self.path,
            "size": self.mark.size,
            "changed": self.mark.changed,
            "first_seen": self.first_seen,
            "state": self.state,
            "attempts": self.attempts,
            "next_try": self.next_try,
            "reason": self.reason,
            "says": self.says,
            "arrival": self.arrival,
        }
