"""A form that was checked: its answers, and everything that must be asked about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from formflow.extracting.dictionary import Level
from formflow.extracting.form import Answer, Certainty, Kind

TakenKind = Literal["notification", "agency-return", "decision-record", "case-update", "legacy-review"]


class Query(BaseModel):
    """Something to ask or say about a form: a blocker returns it, a query goes on the query sheet, a note is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: Level
    field: str | None
    """The field it is about; None for the form as a whole."""
    message: Annotated[str, Field(repr=False)]
    """For the person, place first: `Section 2, "Date you became aware": this is not a date we can read. …`"""


class Submission(BaseModel):
    """A checked form: the noun that validating hands on. Answers not on the form are absent, which means blank."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    layout: str
    layout_certainty: Certainty
    answers: Annotated[Mapping[str, Answer], Field(repr=False)]
    queries: tuple[Query, ...] = ()
    notes: tuple[str, ...] = ()

    def asking(self, more: tuple[Query, ...]) -> Submission:
        """The same submission with more to ask about it."""
        return self.model_copy(update={"queries": (*self.queries, *more)}) if more else self

    @property
    def blockers(self) -> tuple[Query, ...]:
        """What stops this form from being taken; empty when it can be."""
        return tuple(q for q in self.queries if q.level == "blocker")
