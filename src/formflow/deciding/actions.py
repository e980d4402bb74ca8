"""What was promised after a review: every action of a case, from all its forms, with how it stands now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from dataclasses import field as detail
from datetime import date
from typing import Literal

from formflow.deciding.told import Answers, day, filled_rows, text

Status = Literal["", "not_started", "under_way", "complete", "not_pursued"]
_SOURCES = {"agency-return": "R", "decision-record": "D", "case-update": "A", "legacy-review": "L"}
_STATUSES: tuple[Status, ...] = ("not_started", "under_way", "complete", "not_pursued")


@dataclass(frozen=True, slots=True)
class Action:
    """One action, as the newest form that speaks of it leaves it."""

    ref: str
    """As the form gives it, else made of the kind of form, its number in the case and the row: `D2.1`."""
    form: int
    """The form that brought it, counted from 1."""
    text: str = detail(repr=False)
    recommendation: str = detail(default="", repr=False)
    theme: str = detail(default="", repr=False)
    owner: str = detail(default="", repr=False)
    agency: str = ""
    group: str = ""
    """The group that watches over it."""
    start: date | None = None
    due: date | None = None
    revised: date | None = None
    revised_reason: str = detail(default="", repr=False)
    measure: str = detail(default="", repr=False)
    """How it will be known that it worked."""
    status: Status = ""
    evidence: str = detail(default="", repr=False)
    impact: str = detail(default="", repr=False)
    closed: date | None = None
    told: int = 0
    """The newest form that speaks of it."""

    @property
    def discharged(self) -> bool:
        """Whether nothing is left to do: complete, or given up with a reason."""
        return self.status == "complete" or (self.status == "not_pursued" and bool(self.evidence))

    @property
    def due_now(self) -> date | None:
        """The day that counts: the revised one where there is one."""
        return self.revised or self.due

    @property
    def not_smart(self) -> tuple[str, ...]:
        """Which parts of a SMART action are missing: `owner`, `due`, `measure`."""
        parts = {"owner": self.owner, "due": self.due_now, "measure": self.measure}
        return tuple(name for name, value in parts.items() if not value)


def actions_of(forms: Iterable[tuple[int, str, Answers]]) -> tuple[Action, ...]:
    """Every action of a case from its forms in order: (number, kind, answers).

    A row that gives the reference of an action, or repeats its words, changes what it says and leaves the rest; an
    action that a later form does not mention stays as it is: nothing that was promised is dropped by silence.
    """
    found: dict[str, Action] = {}
    for number, kind, answers in forms:
        if kind in _SOURCES:
            for row in filled_rows(answers, "action"):
                action = _row(answers, row, number, f"{_SOURCES[kind]}{number}.{row}")
                ref = action.ref if text(answers, f"action_{row}_ref") else _said_before(action, found.values())
                found[ref] = _upon(found[ref], action) if ref in found else action
    return tuple(found.values())


def _said_before(action: Action, found: Iterable[Action]) -> str:
    """The reference of the action of an earlier form that says the same in the same words; else its own."""
    words = _plain(action.text)
    same = (one.ref for one in found if one.form != action.form and words and _plain(one.text) == words)
    return next(same, action.ref)


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()


def _row(answers: Answers, row: int, form: int, made: str) -> Action:
    def say(part: str) -> str:
        return text(answers, f"action_{row}_{part}")

    def when(part: str) -> date | None:
        return day(answers, f"action_{row}_{part}")

    status = say("status")
    return Action(
        say("ref").upper() or made,
        form,
        say("text"),
        say("recommendation"),
        say("theme"),
        say("owner"),
        say("agency"),
        say("group"),
        when("start"),
        when("due"),
        when("revised"),
        say("revised_reason"),
        say("measure"),
        next((known for known in _STATUSES if known == status), ""),
        say("evidence"),
        say("impact"),
        when("closed"),
        form,
    )


def _upon(before: Action, said: Action) -> Action:
    """An action with everything a later row says; what that row leaves blank stays."""
    parts = (
        "text", "recommendation", "theme", "owner", "agency", "group", "start", "due", "revised", "revised_reason",
        "measure", "status", "evidence", "impact", "closed",
    )  # fmt: skip
    new = {part: getattr(said, part) for part in parts if getattr(said, part)}
    return replace(before, **new, told=said.form)
