"""The case so far: the fold of its submissions in order, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from formflow.extracting.form import Answer
from formflow.validating.submission import Submission


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its reference and every submission so far; the newest form of a kind speaks for it."""

    ref: str
    """`SIN-2026-001`; empty for a form that is only being looked at."""
    submissions: tuple[Submission, ...] = field(repr=False)
    received: tuple[date, ...] = ()
    """The day each submission arrived, in the same order."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers that hold now: those of the newest notification; a later form replaces an earlier one whole."""
        for submission in reversed(self.submissions):
            if submission.kind == "notification":
                return submission.answers
        return {}

    @property
    def version(self) -> int:
        """How many notifications the case has had; 1 for the first."""
        return sum(1 for s in self.submissions if s.kind == "notification")
