"""A recognised form and every answer on it, each with its place, its raw text and how it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as detail
from typing import Literal

State = Literal["answered", "blank", "not_known", "not_applicable", "conflict", "unreadable"]
Kind = Literal[
    "notification",
    "agency-return",
    "decision-record",
    "case-update",
    "legacy-review",
    "not-a-form",
    "unreadable",
]
Certainty = Literal["recognised", "related", "unknown"]
Precision = Literal["day", "month", "year", "range", "approximate"]
Value = str | int | tuple[str, ...]
"""Dates are ISO text (`2024-03-12`, `2024-03`, `2024-03-10/2024-03-12`), times `HH:MM`, yes/no `yes` or `no`,
choices option ids."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on a form; only an `answered` one has a value, and blank is never "no"."""

    field: str
    state: State
    value: Value | None = detail(default=None, repr=False)
    precision: Precision | None = None
    """For dates only."""
    raw: str = detail(default="", repr=False)
    """What stands on the form, letter for letter."""
    place: str = ""
    how: str = ""
    """How it was found: `tag`, `label`, `position`, `given` (handed in as data)."""
    confidence: float = 1.0
    because: str = detail(default="", repr=False)
    """For an answer that is open: why, in words a sender understands (`both Yes and No are ticked`)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Anything on the form that looks like a question with an answer, before it is matched to a field."""

    label: str
    name: str | None
    raw: str = detail(repr=False)
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question in words that nothing declares, and the field it is most like: for a person to say."""

    field: str
    asked_as: str
    """The words of the form."""
    place: str


@dataclass(frozen=True, slots=True)
class Form:
    """A file taken for a form: which one it is, and its answers by field id in the order of the dictionary."""

    kind: Kind
    layout: str
    """The layout's name, e.g. `formflow-sin-1`; empty when none fits."""
    layout_certainty: Certainty
    answers: Mapping[str, Answer]
    found: tuple[Found, ...] = detail(default=(), repr=False)
    notes: tuple[str, ...] = ()
    reason: str = ""
    """For `not-a-form` and `unreadable`: the contract's word for why."""
    says: str = ""
    """For `not-a-form` and `unreadable`: the sentence for the person."""
    layout_says: str = ""
    """For a related layout: what it is related to, and how, in words for a person."""
    suggestions: tuple[Suggestion, ...] = ()
