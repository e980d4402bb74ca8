"""What must be done by when after an incident: telling, the local milestones, the rapid review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from formflow.deciding.clock import Clock
from formflow.deciding.decision import Deadline, Duty
from formflow.deciding.edition import Edition
from formflow.deciding.said import Said
from formflow.local import Local

_STARTS = {
    "notified": "counted from the notification to the Panel",
    "aware": "counted from when the council knew",
    "received": "counted from when the form reached the business unit",
}
_SETTING = " (a setting of this partnership)"


@dataclass(frozen=True, slots=True)
class Starts:
    """Where the clocks of a case begin; None while the day is not certain."""

    aware: date | None
    notified: date | None
    received: date | None
    rapid_review: str
    """`notified`, `aware` or `received`: where the partnership lets its rapid review begin."""

    @property
    def review_begins(self) -> date | None:
        """The day the rapid review is counted from."""
        days = {"notified": self.notified, "aware": self.aware, "received": self.received}
        return days[self.rapid_review]


def starts_of(said: Said, received: date | None, rapid_review: str) -> Starts:
    """The days a case's clocks begin. Day 0 is the day itself, whether or not it is a working day."""
    notified = said.day("national_date")
    arrived = said.day("date_received") or received
    return Starts(said.day("la_aware_date"), notified, arrived, rapid_review)


def deadlines_of(said: Said, duty: Duty, edition: Edition, clock: Clock, starts: Starts) -> Iterator[Deadline]:
    """The deadlines that follow from the duty, under the edition in force when the council became aware."""
    if duty.type in ("none", "other_authority") or (duty.type == "cannot_tell" and duty.notify == "no"):
        return
    if edition.route == "ofsted":
        yield clock.limit(edition, "notify_ofsted", starts.aware, starts.notified)
        told = said.since.told_on("incident_before_2018_board", "local_safeguarding_children_board")
        yield clock.limit(edition, "tell_board", starts.aware, told)
        return
    elsewhere = duty.type in ("looked_after_death", "care_leaver_death")
    if not elsewhere:
        yield clock.limit(edition, "notify_panel", starts.aware, starts.notified)
        yield _tell_partners(said, edition, clock, starts)
    if elsewhere or "secretary_of_state" in duty.recipients:
        key = "notify_secretary_of_state_and_ofsted"
        told = said.since.told_on("looked_after_death", "secretary_of_state") if elsewhere else None
        yield clock.limit(edition, key, starts.aware, told or (starts.notified if elsewhere else None))
    if said.since.harm_became_death:
        yield _told_again(said, edition, clock)


def _tell_partners(said: Said, edition: Edition, clock: Clock, starts: Starts) -> Deadline:
    done = said.since.told_on("notifiable_incident_partners", "safeguarding_partners")
    rule = edition.limits["tell_partners"].rule
    if done is None:
        rule += "; no question on the form asks whether it was done"
    return clock.limit(edition, "tell_partners", starts.aware, done, rule=rule)


def _told_again(said: Said, edition: Edition, clock: Clock) -> Deadline:
    """Harm that became death: the Panel is told of the death as well; the first notification stays."""
    return clock.limit(
        edition, "notify_panel_of_death", said.since.death_known, said.since.death_notified, of="notify_panel",
        title="Tell the Panel that the child has died", rule="5 working days after the council knew of the death",
    )  # fmt: skip


def rapid_review_of(
    said: Said, duty: Duty, edition: Edition, clock: Clock, starts: Starts, local: Local
) -> Iterator[Deadline]:
    """The rapid review's deadline, the earlier one some areas would count, and the local steps on the way."""
    if duty.rapid_review == "no" or edition.route == "ofsted":
        return
    since_sent = said.since.rapid_review_sent
    days, who = edition.limits["rapid_review"].working_days, "safeguarding_partners"
    rule = f"{days} working days, {_STARTS[starts.rapid_review]}{_SETTING}"
    begins = starts.review_begins
    yield clock.limit(edition, "rapid_review", begins, since_sent, rule=rule, who=who)
    if starts.rapid_review != "aware":
        yield clock.limit(
            edition,
            "rapid_review_early_warning",
            starts.aware,
            since_sent,
            of="rapid_review",
            title="Early warning: rapid review, counted from when the council knew",
            rule=f"{days} working days, {_STARTS['aware']}; some partnerships count so",
            who=who,
        )
    if duty.rapid_review == "yes":
        for step in local.milestones:
            yield clock.local(
                step.key, step.title, step.working_days, begins, said.since.reached_on(step.key), step.who
            )
