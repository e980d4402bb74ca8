"""Which edition counts: the day the council knew for the notification, the day of the decision for the review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formflow.deciding.decision import Flag
from formflow.deciding.edition import Edition, Guidance
from formflow.deciding.flags import operating_day_flag
from formflow.deciding.review_deadlines import began
from formflow.deciding.said import Said
from formflow.local import Local


@dataclass(frozen=True, slots=True)
class Picked:
    """The edition for the notification and the one for the review, and the days that chose them."""

    notification: Edition | None
    review: Edition | None
    review_day: date
    why: dict[str, str]
    flags: tuple[Flag, ...]
    sure: bool
    """False while the day that chooses between the Board's rules and the partners' is only assumed."""

    @property
    def ids(self) -> dict[str, str]:
        """The editions by their first day; empty where none is held."""
        held = {"notification": self.notification, "review": self.review}
        return {key: edition.id if edition else "" for key, edition in held.items()}


def pick(said: Said, guidance: Guidance, local: Local, on: date) -> Picked:
    """The editions for a case on a day. Never chosen by the day of the incident: old abuse may surface years later."""
    aware, why_aware, flags = _aware(said, guidance, on)
    decided = said.since.decided or said.since.review_agreed
    review_day = decided or on
    why_review = "the day of the partners' decision" if decided else "the day itself: nothing is decided yet"
    old = said.since.legacy
    flags += tuple(operating_day_flag(local, review_day, legacy=old is not None and old.arrangements_began is None))
    return Picked(
        guidance.on(aware),
        guidance.review_on(review_day, began(local)),
        review_day,
        {"notification": f"{aware}, {why_aware}", "review": f"{review_day}, {why_review}"},
        flags,
        not any(flag.key == "operating_day_assumed" for flag in flags),
    )


def _aware(said: Said, guidance: Guidance, on: date) -> tuple[date, str, tuple[Flag, ...]]:
    """The day the council became aware; a month or range will do where one edition covers all of it."""
    if (day := said.day("la_aware_date")) is not None:
        return day, "the day the council became aware", ()
    span = said.span("la_aware_date")
    if span is None:
        return on, "the day itself: the day the council became aware is not certain", ()
    if guidance.on(span[0]) == guidance.on(span[1]):
        return span[1], "the end of the time in which the council became aware", ()
    says = "The council became aware in a time in which the guidance changed; the newer edition was taken. Please ask "
    return span[1], "the end of the time in which the council became aware", (
        Flag("edition_uncertain", says + "for the day."),
    )  # fmt: skip
