"""What the register holds of an arrival: what became of it, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal["taken", "returned", "duplicate", "opened", "enclosed"]
"""`opened`: a message, of which each attached form has an entry of its own; `enclosed`: a paper that came with a form
and is none itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the intake log."""

    arrival: str
    """The arrival's id."""
    sha256: str
    received: datetime
    shown_name: str
    """The file's name with every name of a person on the form cut to an initial."""
    outcome: Outcome
    reason: str = ""
    """The contract's word for why a form was returned; empty when it was taken."""
    case_ref: str = ""
    version: int = 0
    questions: int = 0
    """How many questions the form left open."""
    problems: tuple[str, ...] = field(default=(), repr=False)
    """For a returned form: everything that is to be mended."""
