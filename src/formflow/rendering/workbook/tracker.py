"""The case tracker: what each sheet says of a case, as rows of plain values, before anyone draws a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from formflow.deciding.ages import age_of
from formflow.deciding.decision import Deadline
from formflow.deciding.questions import questions_of
from formflow.deciding.said import Said
from formflow.deciding.told import IS_A_REVIEW
from formflow.deciding.working_days import WorkingDays
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials, initials
from formflow.rendering.papers.words import DUTY, ROUTES, STATUS
from formflow.rendering.statements import Statements
from formflow.rendering.workbook.tracker_forms import query_rows, shown_form, source_file
from formflow.rendering.workbook.tracker_process import action_rows, closed_row, return_rows, theme_rows
from formflow.rendering.workbook.tracker_sheets import (
    CASES,
    DEADLINES,
    MARKED,
    CaseLine,
    Row,
    Value,
)
from formflow.settings import Partnership

WARNING = "rapid_review_early_warning"
"""A deadline that only warns: it is shown and never counted."""
NOTIFYING = ("notify_panel", "notify_secretary_of_state_and_ofsted", "notify_ofsted")
LAST = date.max.toordinal()
_WHO = {"local_authority": "Local authority", "safeguarding_partners": "Safeguarding partners",
        "local_safeguarding_children_board": "Local safeguarding children board"}  # fmt: skip
_TOLD = {"tell_panel_decision": "Panel", "tell_ofsted_decision": "Ofsted", "tell_dfe_decision": "DfE"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rows are worked out with: the day, the calendar, the words of forms, and the partnership."""

    today: date
    days: WorkingDays
    dictionary: Dictionary
    partnership: Partnership = field(default_factory=Partnership)
    soon: int = 3
    """Working days before its day from which on something is due soon."""
    believed: bool = False
    """Whether a day that people typed as done counts as done."""

    def left(self, due: date) -> int:
        """Working days from today to a day; negative when it is past."""
        return self.days.between(self.today, due)


def rows_of(line: CaseLine, desk: Desk) -> Iterator[Row]:
    """Every row that a case has on any sheet, without what people wrote."""
    if line.stage.closed:
        yield closed_row(line)
        return
    deadlines = deadlines_of(line, desk)
    yield case_row(line, deadlines, desk)
    yield from deadline_rows(line, deadlines)
    yield from action_rows(line, desk.dictionary, desk.today, believed=desk.believed)
    yield from return_rows(line, deadlines, desk.today, desk.left, desk.soon)
    yield from theme_rows(line, desk.dictionary)
    yield from query_rows(line, desk.dictionary)


def deadlines_of(line: CaseLine, desk: Desk) -> tuple[Deadline, ...]:
    """The case's deadlines; with what people marked as done, where the settings say that it counts."""
    if not desk.believed:
        return line.decision.deadlines
    return tuple(_believed(line, made) for made in line.decision.deadlines)


def _believed(line: CaseLine, made: Deadline) -> Deadline:
    text = line.notes.get(DEADLINES.note(made.key, MARKED.head), "")
    day = day_in(text)
    if made.done is not None or day is None:
        return made
    return replace(made, done=day, state="done" if made.due is None or day <= made.due else "done_late")


def day_in(text: str) -> date | None:
    """The day that a note of a date column holds; None for other words."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def case_row(line: CaseLine, deadlines: Sequence[Deadline], desk: Desk) -> Row:
    """The row of an open case."""
    answers, case = line.case.answers, line.case
    said, stated = Said(answers, desk.dictionary), Statements(answers, desk.dictionary)
    by_key = {made.key: made for made in deadlines}
    first = next((by_key[key] for key in NOTIFYING if key in by_key), None)
    review = by_key.get("rapid_review")
    children = said.children()
    decision, reviewer, dates = case.decision, case.reviewer, case.dates
    outcomes = "; ".join(ROUTES.get(outcome, outcome) for outcome in case.outcomes)
    values: dict[str, Value] = {
        "Ref": line.ref,
        "Initials": ", ".join(child_initials(answers, number) for number in children),
        "Status": _worst(deadlines),
        "Stage": line.stage.title,
        "RR due": review.due if review else None,
        "RR sent": dates["rapid_review"].day if "rapid_review" in dates else None,
        "Duty": DUTY[line.decision.duty.type],
        "Age at incident": "; ".join(age_in_words(said, number) for number in children),
        "Sex": "; ".join(_short(stated, f"child_{number}_sex") for number in children),
        "Ethnicity": "; ".join(_short(stated, f"child_{number}_ethnicity") for number in children),
        "Nature": _short(stated, "nature"),
        "Incident": _day(said, stated, "incident_date"),
        "LA aware": _day(said, stated, "la_aware_date"),
        "Notified (national)": _day(said, stated, "national_date"),
        "5-day due": first.due if first else None,
        "5-day result": _result(first),
        "Received": _received(line),
        "Decision": outcomes,
        "Decided": decision.decided_on if decision and case.outcomes else None,
        "Review type": "; ".join(ROUTES[outcome] for outcome in case.outcomes if outcome in IS_A_REVIEW),
        "Reviewer": ", ".join(filter(None, (initials(reviewer.name), reviewer.organisation))) if reviewer else "",
        "Reviewer named to": "; ".join(
            f"{who} {dates[key].day:%d/%m/%Y}" for key, who in _TOLD.items() if reviewer and key in dates
        ),
        "Target completion": decision.target if decision else None,
        "Publication due": case.publication.planned,
        "Parallel processes": "; ".join(str(process["title"]) for process in stated.processes()),
        "Other LA": _other_areas(said),
        "Questions open": len(questions_of(case)),
        "Forms": len(case.submissions),
        "Folder": f"cases/{line.ref}",
        "Source file": source_file(line),
    }
    return Row(CASES, line.ref, "", 0, tuple(values.get(head) for head in CASES.heads))


def _received(line: CaseLine) -> date:
    """The day the newest notification arrived, or the case's first form where there is none."""
    days = [day for _, day, _ in line.case.forms("notification")] if line.case.received else []
    return days[-1] if days else line.opened


def _worst(deadlines: Sequence[Deadline]) -> str:
    """The most pressing state among a case's deadlines."""
    states = {made.state for made in deadlines if made.key != WARNING}
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


def age_in_words(said: Said, number: int) -> str:
    """A child's age at the incident: `7`, `7 or 8`, `unborn`, `not stated`."""
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


def who_acts(made: Deadline) -> str:
    """Who must act, in words."""
    return _WHO.get(made.who, made.who)


def deadline_rows(line: CaseLine, deadlines: Sequence[Deadline]) -> Iterator[Row]:
    """One row for each obligation, by the day it is due."""
    dates = line.case.dates
    for made in deadlines:
        confirm = "" if made.confirmed else " (to be confirmed)"
        told = dates.get(made.key) if made.done else None
        shown_by = shown_form(line, told.form) if told and told.day == made.done else ""
        values = (
            line.ref, made.title, who_acts(made), made.start, made.due, None, STATUS[made.state][0], made.done,
            shown_by, f"{made.rule}{confirm}. {made.source}", None, None,
        )  # fmt: skip
        yield Row(DEADLINES, line.ref, made.key, made.due.toordinal() if made.due else LAST, values)
