"""Which failures are no reason to return a file yet: one that may still be arriving, and one that ended its reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formflow.errors import BeyondLimits, Returned, TryLater
from formflow.inbox.arrival import Arrival

UNFINISHED = frozenset({"damaged", "empty", "wrong-kind", "no-pages"})
"""Reasons that a file gives which is only half there."""


@dataclass(slots=True)
class Patience:
    """Holds back what is not to be returned at once."""

    young: set[Path] = field(default_factory=set, repr=False)
    """Files that came or changed so lately that they may be half-way through a copy."""

    def hold(self, arrival: Arrival, fault: Returned) -> None:
        """Raise `TryLater` for a dropped file that is to be tried again before it is returned."""
        if arrival.message:
            return
        if isinstance(fault, BeyondLimits):
            raise TryLater(
                "Reading this file took more time or memory than any form needs, or ended the program that reads. It "
                "is tried once more.",
                "beyond-limits",
            )
        if fault.reason in UNFINISHED and arrival.path in self.young:
            raise TryLater(
                "This file cannot be read yet. It came a short while ago and may still be on its way, so it is tried "
                "again before it is returned.",
                "unfinished",
            )
