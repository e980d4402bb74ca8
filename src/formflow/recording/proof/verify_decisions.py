"""Making every decision again, in the order of recording, from the forms and the earlier cases there were then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from sqlalchemy import Connection, select

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.history import History
from formflow.errors import NotVerified
from formflow.recording import shelf
from formflow.recording.keyed.cipher import as_read
from formflow.recording.proof.verify_rows import Rows
from formflow.recording.tables import arrivals, decisions, submissions
from formflow.validating.submission import Submission

Again = Callable[[Case, date, Mapping[str, str], History], Decision]
"""Makes a decision again: for a case, on a day, with what the receipt names and the cases there were then."""
Forms = Mapping[tuple[str, int], tuple[Submission, date]]


@dataclass(slots=True)
class Decided:
    """What came of it."""

    made: int = 0
    problems: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def check_decisions(connection: Connection, lines: Sequence[Mapping[str, object]], rows: Rows, again: Again) -> Decided:
    """Each decision made again is the one recorded.

    One that was made while a case was there that is erased now may have rested on it: where it comes out differently
    without that case, nothing can be said but that its row is unchanged.
    """
    decided = Decided()
    order = {str(line["subject"]): int(str(line["seq"])) for line in lines if line["what"] == "form taken"}
    try:
        made, forms = _made(connection, order, len(lines) + 1), _forms(connection)
        prints = {row[0]: row[1] for row in connection.execute(select(arrivals.c.id, arrivals.c.sha256))}
        decided.made = len(made)
        _Again(decided, forms, prints, rows, order).all(made, again)
    except NotVerified as fault:
        decided.problems.append(str(fault))
    return decided


def _made(connection: Connection, order: Mapping[str, int], last: int) -> list[Mapping[str, object]]:
    query = select(decisions).order_by(decisions.c.case_ref, decisions.c.number)
    made = as_read(connection, decisions, connection.execute(query).mappings())
    return sorted(made, key=lambda row: (order.get(str(row["arrival"]), last), int(str(row["number"]))))


def _forms(connection: Connection) -> Forms:
    query = select(submissions).order_by(submissions.c.case_ref, submissions.c.number)
    return {
        (str(row["case_ref"]), int(str(row["number"]))): (
            Submission.model_validate_json(str(row["content"])),
            date.fromisoformat(str(row["received"])),
        )
        for row in as_read(connection, submissions, connection.execute(query).mappings())
    }


@dataclass(slots=True)
class _Again:
    decided: Decided
    forms: Forms
    prints: Mapping[str, str]
    rows: Rows
    order: Mapping[str, int]
    history: History = field(default_factory=History)
    rested: int = 0
    """How many decisions rested on a case that is erased now."""

    def all(self, made: Sequence[Mapping[str, object]], again: Again) -> None:
        for row in made:
            self.decided.problems.extend(self._one(row, again))
        if self.rested:
            self.decided.unsure.append(
                f"{self.rested} {'decision was' if self.rested == 1 else 'decisions were'} made while there was a case "
                "that is erased now, and cannot be made again without it; what was recorded of them is unchanged."
            )

    def _one(self, row: Mapping[str, object], again: Again) -> Iterator[str]:
        ref, number, arrival = str(row["case_ref"]), int(str(row["number"])), str(row["arrival"])
        receipt = json.loads(str(row["receipt"]))
        which = f"The decision on {ref}, form {number},"
        recorded = shelf.decision_of(str(row["content"]))
        then = [self.forms[ref, n] for n in range(1, number + 1) if (ref, n) in self.forms]
        case = Case(ref, tuple(form for form, _ in then), tuple(day for _, day in then))
        if receipt.get("form", self.prints.get(arrival)) != self.prints.get(arrival):
            yield f"{which} names another form than the one that was taken."
        other = receipt.get("history", "") not in ("", self.history.fingerprint(but=ref))
        excused = other and self.rows.was_there(self.order.get(arrival, 0))
        if other and not excused:
            yield f"{which} rests on other earlier cases than the register holds."
        known = self.history if "history" in receipt else History()
        remade = again(case, recorded.on, receipt, known) if then else None
        if remade != recorded and excused:
            self.rested += 1
        elif remade != recorded:
            yield f"{which} comes out differently when it is made again{_where(recorded, remade)}."
        if then:
            self.history.learn(case)


def _where(recorded: Decision, remade: Decision | None) -> str:
    """Which parts of a decision differ, by name: nothing of what they say."""
    if remade is None:
        return ""
    parts = [part.name for part in fields(Decision) if getattr(recorded, part.name) != getattr(remade, part.name)]
    return f" ({', '.join(parts)})"
