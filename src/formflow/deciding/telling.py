"""Who must be told what by when: the events of a case so far, each with its recipients from the edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from formflow.deciding.clock import Clock
from formflow.deciding.decision import Addressee, Deadline, Duty, Telling
from formflow.deciding.edition import Edition, Event
from formflow.deciding.facts import died, facts_of
from formflow.deciding.said import Said
from formflow.local import Address, Local

_LATE = ("overdue", "done_late")


@dataclass(frozen=True, slots=True)
class Desk:
    """What tellings are made with: the editions of the notification and of the review, the settings and the clock."""

    notification: Edition
    review: Edition
    local: Local
    clock: Clock

    def telling(
        self, key: str, edition: Edition, said: Said, due: date | None, but: tuple[str, ...] = ()
    ) -> Telling | None:
        """An event of an edition with everybody who is to be told, without `but`; None where it has no such event."""
        event = edition.events.get(key)
        if event is None:
            return None
        to = tuple(
            Addressee(recipient, name, said.since.told_on(key, recipient))
            for recipient in event.to
            if recipient not in but
            for name in self._names(edition, recipient)
        )
        return self._telling(key, edition, event, to, due) if to else None

    def _telling(self, key: str, edition: Edition, event: Event, to: tuple[Addressee, ...],
                 due: date | None) -> Telling:  # fmt: skip
        days = [one.told for one in to]
        done = max((day for day in days if day), default=None) if all(days) else None
        what, by = (edition.as_called(words, self.clock.on) for words in (event.what, event.by))
        state = self.clock.state(due, done)
        return Telling(key, event.title, event.who, to, what, due, by, state, event.source, event.confirmed, edition.id)

    def _names(self, edition: Edition, recipient: str) -> Sequence[str]:
        """The names the partnership gives a recipient (it may give several), else the one of the edition."""
        own = [address.name for address in addresses(self.local, recipient)]
        return own or [edition.recipient(recipient, self.clock.on)]


def addresses(local: Local, recipient: str) -> tuple[Address, ...]:
    """Every address that the settings hold for a recipient."""
    return tuple(address for address in local.recipients if address.recipient == recipient)


def tellings_of(said: Said, duty: Duty, deadlines: Sequence[Deadline], desk: Desk) -> tuple[Telling, ...]:
    """Everybody who must be told of what has happened in the case so far, in the order in which things happen."""
    due = {deadline.key: deadline.due for deadline in deadlines}
    made: list[Telling | None] = []
    for key, day, but in _of_the_incident(said, duty, due):
        made.append(desk.telling(key, desk.notification, said, day, but))
    for key, day in _of_the_review(said, duty, deadlines, due):
        made.append(desk.telling(key, desk.review, said, day) or desk.telling(key, desk.notification, said, day))
    made += _local_rule(said, duty, desk)
    return tuple(telling for telling in made if telling is not None)


def _of_the_incident(
    said: Said, duty: Duty, due: Mapping[str, date | None]
) -> Iterator[tuple[str, date | None, tuple[str, ...]]]:
    """The events that the incident itself makes: (event, due day, recipients that are not concerned)."""
    but = () if "other_authorities" in duty.recipients else ("other_authorities",)
    if duty.type in ("abuse_neglect_death", "abuse_neglect_harm"):
        yield "notifiable_incident", due.get("notify_panel"), ()
        yield "notifiable_incident_partners", due.get("tell_partners"), but
        yield "incident_before_2018", due.get("notify_ofsted"), ()
        yield "incident_before_2018_board", due.get("tell_board"), ()
    if duty.type == "other_authority":
        yield "other_authority_area", None, ()
    told = due.get("notify_secretary_of_state_and_ofsted") or due.get("notify_ofsted")
    if "secretary_of_state" in duty.recipients:
        looked_after = duty.type != "care_leaver_death" and facts_of(said).looked_after is True
        yield "looked_after_death" if looked_after else "care_leaver_death", told, ()
    if said.choice("notifier_agency") not in (None, "childrens_social_care"):
        yield "agency_referral", None, ()
    if died(said) is True and duty.type != "care_leaver_death":
        yield "child_death", None, ()
        yield "reportable_death", None, ()
        if any(said.choice(f"child_{n}_placement_type") == "childrens_home" for n in said.children()):
            yield "childrens_home_death", None, ()
    if said.truth("process_police") is True:
        yield "crime_suspected", None, ()


def _of_the_review(
    said: Said, duty: Duty, deadlines: Sequence[Deadline], due: Mapping[str, date | None]
) -> Iterator[tuple[str, date | None]]:
    """The events of the review and after it: (event, due day)."""
    since = said.since
    if duty.rapid_review == "yes":
        yield "rapid_review_complete", due.get("rapid_review")
    if since.harm_became_death:
        yield "harm_became_death", due.get("notify_panel_of_death")
    if since.found_not_notifiable is not None:
        yield "not_notifiable_after_all", None
    if since.review_agreed is not None:
        yield "local_review_agreed", None
    if since.national_view_changed is not None:
        yield "national_view_changed", None
    if "send_before_publication" in due:
        yield "before_publication", due["send_before_publication"]
    late = any(one.key == "local_review" and one.state in _LATE for one in deadlines)
    if late or (since.will_not_publish and since.review_agreed is not None):
        yield "review_late", due.get("local_review")
    if since.legacy is not None and since.legacy.commissioned is not None:
        yield "serious_case_review_agreed", None
    if "legacy_hand_over" in due:
        yield "legacy_unfinished", due["legacy_hand_over"]


def _local_rule(said: Said, duty: Duty, desk: Desk) -> Iterator[Telling]:
    """Some areas tell of serious harm to any looked-after child; the partnership's own settings say whom."""
    to = desk.local.tell_of_harm_to_looked_after
    looked_after = any(said.truth(f"child_{number}_looked_after") is True for number in said.children())
    if not to or not looked_after or "seriously_harmed" not in (said.chosen("nature") or ()) or duty.notify == "yes":
        return
    named = tuple(
        Addressee(recipient, desk.notification.recipient(recipient, desk.clock.on))
        for recipient in to
        if recipient in desk.notification.recipients
    )
    yield Telling(
        "local_rule", "Serious harm to a looked-after child", "local_authority", named, "What happened.", None,
        "as the local arrangements say", "not_started", "Local arrangements, further than the law", True,
    )  # fmt: skip
