"""Until when a closed case is kept, on what the partnership has set; no regulation sets a period for rapid reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formflow.deciding.case import Case


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one case is kept."""

    since: date | None
    """The day it is counted from; None for a case that is not closed."""
    until: date | None
    """The last day of the period; None where it cannot be said."""
    hold: bool
    """Whether it must be kept whatever the period says."""

    def over(self, today: date) -> bool:
        """Whether the period is over and nothing else holds the case."""
        return self.until is not None and self.until < today and not self.hold


def kept(case: Case, *, closed: bool, years: int | None, hold: bool) -> Kept:
    """How long a case is kept.

    The years are counted from the day it was closed, or from its last form if that came later, so that nothing that
    came afterwards is kept for less than the whole period.
    """
    if not closed or case.closing is None:
        return Kept(None, None, hold)
    since = max((case.closing.day, *case.received))
    return Kept(since, _after(since, years) if years else None, hold)


def _after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
