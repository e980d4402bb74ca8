"""What a partnership lays over the guidance: its own steps, and whom it tells where."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Milestone(BaseModel):
    """A step of the rapid review that the partnership sets itself, counted from where its rapid review starts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]
    title: Annotated[str, Field(min_length=1)]
    working_days: Annotated[int, Field(ge=1, le=60)]
    who: str = "Business unit"


_MILESTONES = (
    Milestone(key="scoping_request", title="Ask the agencies for their information", working_days=1),
    Milestone(key="agency_returns", title="Agency returns are in", working_days=7, who="Agencies"),
    Milestone(key="rapid_review_meeting", title="Rapid review meeting", working_days=10, who="Review group"),
    Milestone(key="partner_sign_off", title="The partners sign off", working_days=13, who="Safeguarding partners"),
)


class Address(BaseModel):
    """To whom papers for a recipient go; a recipient may have several (two health boards, two forces)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipient: Annotated[str, Field(min_length=1)]
    """A recipient of the guidance: `panel`, `ofsted`, `safeguarding_partners`."""
    name: Annotated[str, Field(min_length=1)]
    address: str = ""
    email: str = ""


class Local(BaseModel):
    """What the partnership lays over the guidance: it adds to it and never changes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    arrangements_began: date | None = None
    """The day the safeguarding partners' own arrangements began to operate; before it the local safeguarding children
    board and the rules of 2015 counted for reviews. Left out: the last day the law allowed, marked as not confirmed."""
    milestones: tuple[Milestone, ...] = _MILESTONES
    monitor_every_days: Annotated[int, Field(ge=1, le=366)] = 28
    """How often the time taken and the quality of a local review are looked at; the law says "regular intervals"."""
    rapid_review_aims: Literal[4, 5] = 4
    """4: the aims of the guidance; 5: with context, inequality and protected characteristics, as some areas have it."""
    tell_of_harm_to_looked_after: tuple[str, ...] = ()
    """Who is told of serious harm to a looked-after child even without abuse: some areas go further than the law."""
    recipients: tuple[Address, ...] = ()
