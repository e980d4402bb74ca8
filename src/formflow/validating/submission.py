"""A form that was checked: its answers, and everything that must be asked about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    check: bool = False
    """Whether it only asks to hold what was read against the form; people see all of these as one question."""


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

    @property
    def questions(self) -> tuple[str, ...]:
        """What is to be asked, each as one thing: real questions first, then all that is only to be checked, as one."""
        return questions_in(self.queries)


def questions_in(queries: Iterable[Query]) -> tuple[str, ...]:
    """The questions among queries, for people: real ones first, then one list of what is only to be checked."""
    return tuple(says for says, _ in asked_in(queries))


def asked_in(queries: Iterable[Query]) -> tuple[tuple[str, str], ...]:
    """The same questions, each with the field it is about; empty for the form as a whole and for the list."""
    asked = [query for query in queries if query.level == "query"]
    found = [(query.message, query.field or "") for query in asked if not query.check]
    checks = [(query.message, query.field or "") for query in asked if query.check]
    return (*found, *(checks if len(checks) < 2 else [(_to_check(says for says, _ in checks), "")]))


def _to_check(messages: Iterable[str]) -> str:
    """One list of what is to be checked, part by part: `Section 3, The child: "Surname", "Date of birth"`."""
    parts: dict[str, list[str]] = {}
    for message in messages:
        part, _, title = message.partition(": read as")[0].partition(": ")
        parts.setdefault(part, []).append(title)
    listed = "; ".join(f"{part}: {', '.join(titles)}" for part, titles in parts.items())
    return f"Read by the words beside them; please check against the form: {listed}."
