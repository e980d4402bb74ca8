"""The case tracker: what each sheet says, as rows of plain values, before anyone draws a workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from formflow.deciding.ages import age_of
from formflow.deciding.decision import Deadline
from formflow.deciding.questions import questions_of
from formflow.deciding.said import Said
from formflow.extracting.dictionary import Dictionary
from formflow.recording.entry import Entry
from formflow.rendering.initials import child_initials
from formflow.rendering.papers.words import DUTY, STATUS
from formflow.rendering.statements import Statements
from formflow.rendering.workbook.tracker_process import closed_sheet, process_sheets
from formflow.rendering.workbook.tracker_sheets import (
    CASE_COLUMNS,
    DEADLINE_COLUMNS,
    INTAKE_COLUMNS,
    QUERY_COLUMNS,
    YOURS,
    Book,
    CaseLine,
    Sheet,
    Value,
)
from formflow.settings import Partnership

_WHO = {
    "notify_panel": "Local authority",
    "tell_partners": "Local authority",
    "notify_secretary_of_state_and_ofsted": "Local authority",
    "rapid_review": "Safeguarding partners",
    "rapid_review_early_warning": "Safeguarding partners",
}


def book(
    lines: Sequence[CaseLine],
    entries: Sequence[Entry],
    made_at: datetime,
    partnership: Partnership,
    dictionary: Dictionary,
    holidays: Iterable[date],
) -> Book:
    """The whole tracker as plain values."""
    today = made_at.date()
    every, lines = tuple(lines), tuple(line for line in lines if not line.stage.closed)
    rows = tuple(_case_row(line, dictionary) for line in lines)
    deadlines = sorted(
        ((line, made) for line in lines for made in line.decision.deadlines),
        key=lambda pair: (pair[1].due or date.max, pair[0].ref, pair[1].key),
    )
    sheets = (
        Sheet("Open cases", CASE_COLUMNS, rows, 2),
        Sheet("Deadlines", DEADLINE_COLUMNS, tuple(_deadline_row(line, made) for line, made in deadlines)),
        *process_sheets(lines, dictionary, today),
        Sheet("Form queries", QUERY_COLUMNS, tuple(_query_rows(lines))),
        Sheet("Intake log", INTAKE_COLUMNS, tuple(_intake_row(entry) for entry in reversed(entries))),
        closed_sheet(tuple(line for line in every if line.stage.closed)),
    )
    urgent = tuple(
        (line.ref, made.title, made.due, STATUS[made.state][0], _WHO.get(made.key, ""))
        for line, made in deadlines
        if made.due is not None and made.state in ("overdue", "due_soon") and made.key != "rapid_review_early_warning"
    )
    return Book(
        today, made_at, partnership, tuple(holidays), sheets, _cards(lines, entries, urgent, today), urgent,
        tuple(Counter(sorted(line.stage.title for line in lines)).items()),
    )  # fmt: skip


def _case_row(line: CaseLine, dictionary: Dictionary) -> tuple[Value, ...]:
    answers = line.case.answers
    said, stated = Said(answers, dictionary), Statements(answers, dictionary)
    by_key = {made.key: made for made in line.decision.deadlines}
    first = by_key.get("notify_panel") or by_key.get("notify_secretary_of_state_and_ofsted")
    review = by_key.get("rapid_review")
    children = said.children()
    return (
        line.ref,
        ", ".join(child_initials(answers, number) for number in children),
        _worst(line.decision.deadlines),
        DUTY[line.decision.duty.type],
        "; ".join(_age(said, number) for number in children),
        "; ".join(_short(stated, f"child_{number}_sex") for number in children),
        "; ".join(_short(stated, f"child_{number}_ethnicity") for number in children),
        _short(stated, "nature"),
        _day(said, stated, "incident_date"),
        _day(said, stated, "la_aware_date"),
        _day(said, stated, "national_date"),
        first.due if first else None,
        _result(first),
        _received(line),
        line.stage.title,
        review.due if review else None,
        None,
        _other_areas(said),
        "; ".join(str(process["title"]) for process in stated.processes()),
        len(questions_of(line.case)),
        f"cases/{line.ref}",
        *(_yours(line.notes, name) for name in YOURS),
    )


def _received(line: CaseLine) -> date:
    """The day the newest notification arrived, or the case's first form where there is none."""
    days = [day for _, day, _ in line.case.forms("notification")] if line.case.received else []
    return days[-1] if days else line.opened


def _yours(notes: Mapping[str, str], name: str) -> Value:
    """What a person wrote; a date comes back as a date."""
    text = notes.get(name, "")
    if name == "Next step date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return text


def _worst(deadlines: Sequence[Deadline]) -> str:
    """The most pressing state among a case's deadlines."""
    states = [made.state for made in deadlines if made.key != "rapid_review_early_warning"]
    for state in ("overdue", "due_soon", "to_come", "not_started", "done_late", "done"):
        if state in states:
            return STATUS[state][0]
    return STATUS["not_started"][0]


def _result(first: Deadline | None) -> str:
    if first is None:
        return "Not applicable"
    match first.state:
        case "done":
            return "On time"
        case "done_late":
            return "Late"
        case "overdue":
            return "Overdue"
        case "not_started":
            return "Cannot tell"
        case _:
            return "Not yet"


def _age(said: Said, number: int) -> str:
    age = age_of(said, number)
    if age.unborn:
        return "unborn"
    if age.youngest is None or age.oldest is None:
        return "not stated"
    return str(age.youngest) if age.youngest == age.oldest else f"{age.youngest} or {age.oldest}"


def _short(stated: Statements, field_id: str) -> str:
    statement = stated.of(field_id)
    return str(statement["text"]) if statement["stated"] else "Not stated"


def _day(said: Said, stated: Statements, field_id: str) -> Value:
    """A real date where it is one certain day; otherwise the words."""
    return said.day(field_id) or (stated.text(field_id) if said.answered(field_id) else None)


def _other_areas(said: Said) -> str:
    """Other councils, by name: councils are no people."""
    fields = ("other_la", *(f"child_{number}_placing_la" for number in said.children()))
    return "; ".join(dict.fromkeys(said.text(field_id)[:80] for field_id in fields if said.text(field_id)))


def _deadline_row(line: CaseLine, made: Deadline) -> tuple[Value, ...]:
    confirm = "" if made.confirmed else " (to be confirmed)"
    return (
        line.ref, made.title, _WHO.get(made.key, ""), made.start, made.due, None, STATUS[made.state][0], made.done,
        f"{made.rule}{confirm}. {made.source}",
    )  # fmt: skip


def _query_rows(lines: Sequence[CaseLine]) -> Iterable[tuple[Value, ...]]:
    for line in lines:
        for one in questions_of(line.case):
            yield line.ref, one.received if line.case.received else line.opened, one.says


_OUTCOMES = {"taken": "Taken", "returned": "Returned", "duplicate": "Received again", "opened": "Message opened",
             "enclosed": "Kept with its form"}  # fmt: skip


def _intake_row(entry: Entry) -> tuple[Value, ...]:
    outcome = _OUTCOMES[entry.outcome]
    where = f"returned/{entry.arrival}" if entry.outcome == "returned" else f"cases/{entry.case_ref}"
    where = "" if entry.outcome == "opened" else where
    reason = {"": "", "to-mend": "To mend"}.get(entry.reason, entry.reason.replace("-", " "))
    return (
        entry.received.date(), f"{entry.received:%H:%M}", entry.shown_name, outcome, entry.case_ref,
        entry.version or None, entry.questions if entry.outcome == "taken" else None, where, reason, entry.sha256[:12],
    )  # fmt: skip


def _cards(
    lines: Sequence[CaseLine], entries: Sequence[Entry], urgent: Sequence[tuple[str, str, date, str, str]], today: date
) -> tuple[tuple[str, int | str, str], ...]:
    overdue = sum(1 for item in urgent if item[3] == "Overdue")
    soon = len(urgent) - overdue
    asked = sum(1 for line in lines if questions_of(line.case))
    returned = sum(1 for entry in entries if entry.outcome == "returned" and entry.received.year == today.year)
    return (
        ("Open cases", len(lines), ""),
        ("Overdue", overdue, "Overdue" if overdue else ""),
        ("Due soon", soon, "Due soon" if soon else ""),
        ("Cases with open questions", asked, ""),
        (f"Forms returned in {today.year}", returned, ""),
        (f"Told within 5 working days, {today.year}", _compliance(lines, today), ""),
    )


def _compliance(lines: Sequence[CaseLine], today: date) -> str:
    """How many of this year's notifications were made in time, of those of which it is known."""
    known = [
        made.state
        for line in lines
        for made in line.decision.deadlines
        if made.key in ("notify_panel", "notify_secretary_of_state_and_ofsted")
        and made.due is not None and made.due.year == today.year and made.state in ("done", "done_late", "overdue")
    ]  # fmt: skip
    return f"{known.count('done')} of {len(known)}" if known else "None yet"
