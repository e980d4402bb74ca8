"""The clock deadlines are worked out with: the calendar, the day, and how a limit of the guidance is counted."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from formflow.deciding.decision import Deadline, DeadlineState, Skipped
from formflow.deciding.edition import Edition, Limit
from formflow.deciding.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Clock:
    """What deadlines are worked out with."""

    days: WorkingDays
    due_soon: int
    on: date

    def limit(
        self, edition: Edition, key: str, start: date | None, done: date | None, *, of: str = "", title: str = "",
        rule: str = "", who: str = "local_authority",
    ) -> Deadline:  # fmt: skip
        """A deadline under a limit of an edition; its due day is open while the start is."""
        limit = edition.limits[of or key]
        due, counted = self.due(limit, start)
        return Deadline(
            key,
            title or limit.title,
            start,
            due,
            limit.working_days or limit.working_days_before,
            self.state(due, done),
            rule or limit.rule,
            limit.source,
            counted,
            done,
            limit.confirmed,
            limit.months,
            who,
            self.skipped(start, due) if counted else (),
            edition.id,
        )

    def due(self, limit: Limit, start: date | None) -> tuple[date | None, tuple[date, ...]]:
        """The day a limit falls due and the working days that were counted to it; None where it cannot be counted."""
        if start is None:
            return None, ()
        try:
            if limit.months is not None:
                return months_after(start, limit.months), ()
            if limit.working_days_before is not None:
                counted = self.days.counted_back(start, limit.working_days_before)
            else:
                counted = self.days.counted(start, limit.working_days or 0)
        except ValueError:
            return None, ()
        return counted[-1], counted

    def local(self, key: str, title: str, days: int, start: date | None, done: date | None, who: str) -> Deadline:
        """A step that the partnership sets itself, in working days."""
        try:
            counted = self.days.counted(start, days) if start else ()
        except ValueError:
            counted = ()
        due = counted[-1] if counted else None
        number = "1 working day" if days == 1 else f"{days} working days"
        rule = f"{number} from where the rapid review starts (a setting of this partnership)"
        state, skipped = self.state(due, done), self.skipped(start, due)
        return Deadline(
            key, title, start, due, days, state, rule, "Local arrangements", counted, done, True, None, who, skipped
        )

    def skipped(self, start: date | None, due: date | None) -> tuple[Skipped, ...]:
        """The bank holidays that were counted over, by name."""
        if start is None or due is None:
            return ()
        first, last = min(start, due), max(start, due)
        found = ((day, name) for day, name in self.days.named.items() if first < day < last and day.weekday() < 5)
        return tuple(Skipped(day, name) for day, name in sorted(found))

    def state(self, due: date | None, done: date | None) -> DeadlineState:
        """How a deadline stands on the day; one without a due day has not started."""
        if done is not None:
            return "done_late" if due is not None and done > due else "done"
        if due is None:
            return "not_started"
        if due < self.on:
            return "overdue"
        return "due_soon" if self.days.between(self.on, due) <= self.due_soon else "to_come"


def months_after(start: date, months: int) -> date:
    """The same day so many calendar months later; the month's last day where it has no such day (31 August + 6)."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def every(start: date, days: int, last: tuple[date, ...]) -> date:
    """The next day of something that recurs: so many days after its start, or after it was last done."""
    return max((start, *last)) + timedelta(days=days)
