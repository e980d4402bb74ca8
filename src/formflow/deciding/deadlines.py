"""What must be done by when, with every counted day shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from formflow.deciding.decision import Deadline, DeadlineState, Duty
from formflow.deciding.edition import Edition
from formflow.deciding.said import Said
from formflow.deciding.working_days import WorkingDays

_STARTS = {"notified": "counted from the notification to the Panel", "aware": "counted from when the council knew"}
_SETTING = " (a setting of this partnership)"


@dataclass(frozen=True, slots=True)
class Clock:
    """What deadlines are worked out with."""

    edition: Edition
    days: WorkingDays
    rapid_review_starts: str
    due_soon: int
    on: date

    def limit(
        self, key: str, start: date | None, done: date | None, *, of: str = "", title: str = "", rule: str = ""
    ) -> Deadline:
        """A deadline under a limit of the edition; its due day is open while the start is."""
        limit = self.edition.limits[of or key]
        try:
            counted = self.days.counted(start, limit.working_days) if start else ()
        except ValueError:
            counted = ()
        due = counted[-1] if counted else None
        return Deadline(
            key,
            title or limit.title,
            start,
            due,
            limit.working_days,
            self.state(due, done),
            rule or limit.rule,
            limit.source,
            counted,
            done,
            limit.confirmed,
        )

    def state(self, due: date | None, done: date | None) -> DeadlineState:
        """How a deadline stands on the day; one without a due day has not started."""
        if done is not None:
            return "done_late" if due is not None and done > due else "done"
        if due is None:
            return "not_started"
        if due < self.on:
            return "overdue"
        return "due_soon" if self.days.between(self.on, due) <= self.due_soon else "to_come"


def deadlines_of(said: Said, duty: Duty, clock: Clock) -> Iterator[Deadline]:
    """The deadlines that follow from the duty. Day 0 is the day the council became aware."""
    aware, notified = said.day("la_aware_date"), said.day("national_date")
    elsewhere = duty.type in ("looked_after_death", "care_leaver_death")
    if duty.type in ("none", "other_authority"):
        return
    if not elsewhere:
        yield clock.limit("notify_panel", aware, notified)
        told = f"{clock.edition.limits['tell_partners'].rule}; no question on the form asks whether it was done"
        yield clock.limit("tell_partners", aware, None, rule=told)
    if elsewhere or "secretary_of_state" in duty.recipients:
        yield clock.limit("notify_secretary_of_state_and_ofsted", aware, notified if elsewhere else None)
    if duty.rapid_review != "no":
        yield from _rapid_review(aware, notified, clock)


def _rapid_review(aware: date | None, notified: date | None, clock: Clock) -> Iterator[Deadline]:
    days = clock.edition.limits["rapid_review"].working_days
    begins = notified if clock.rapid_review_starts == "notified" else aware
    rule = f"{days} working days, {_STARTS[clock.rapid_review_starts]}{_SETTING}"
    yield clock.limit("rapid_review", begins, None, rule=rule)
    if clock.rapid_review_starts == "notified":
        yield clock.limit(
            "rapid_review_early_warning",
            aware,
            None,
            of="rapid_review",
            title="Early warning: rapid review, counted from when the council knew",
            rule=f"{days} working days, {_STARTS['aware']}; some partnerships count so",
        )
