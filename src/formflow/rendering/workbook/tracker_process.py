"""The tracker's rows for the process after the notification: actions, agency returns, themes and closed cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from formflow.deciding import told
from formflow.deciding.actions import Action
from formflow.deciding.decision import Deadline
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials, without_names
from formflow.rendering.papers.words import DUTY, ROUTES, STATUS
from formflow.rendering.workbook.tracker_forms import file_of, shown_form, source_file
from formflow.rendering.workbook.tracker_sheets import (
    ACTIONS,
    CLOSED,
    MARKED,
    RETURNS,
    THEMES,
    CaseLine,
    Row,
    Value,
)

SOON = timedelta(weeks=4)
"""From so long before its day on, an action is due soon."""
_RECORD = "formflow-drr-1"
_PLAN = "formflow-acp-1"
_SOURCES = {"agency-return": "Agency return", "decision-record": "Decision record", "case-update": "Action plan",
            "legacy-review": "Serious case review"}  # fmt: skip
_PARTS = {"owner": "an owner", "due": "a day", "measure": "how it is measured"}
_DONE = 1 << 32
"""Actions with nothing left to do come after all others."""


def action_rows(line: CaseLine, dictionary: Dictionary, today: date, *, believed: bool) -> Iterator[Row]:
    """Open actions first, by the day they are due."""
    if not line.case.actions:
        return
    stands = dictionary.of(_PLAN).options.get("action_status", {})
    for action in line.case.actions:
        kind = line.case.submissions[action.form - 1].kind
        marked = line.notes.get(ACTIONS.note(action.ref, MARKED.head), "") if believed else ""
        what, why, advice, theme, who, measure, evidence, impact = (
            without_names(words, line.case.who)
            for words in (
                action.text, action.revised_reason, action.recommendation, action.theme, action.owner, action.measure,
                action.evidence, action.impact,
            )
        )  # fmt: skip
        missing = ", ".join(_PARTS[part] for part in action.not_smart)
        values = (
            line.ref, action.ref, _status(action, today, done=bool(marked)), action.due, action.revised, why, what,
            advice, theme, who, action.agency, action.group, _SOURCES.get(kind, ""), action.start,
            stands.get(action.status, "Not stated"), measure, missing, action.closed, shown_form(line, action.told),
            evidence, impact, None, None, None,
        )  # fmt: skip
        due = (action.due_now or date.max).toordinal()
        yield Row(ACTIONS, line.ref, action.ref, due + (_DONE if action.discharged or marked else 0), values)


def _status(action: Action, today: date, *, done: bool) -> str:
    due = action.due_now
    if action.discharged or done:
        return STATUS["done"][0]
    if due is None:
        return STATUS["not_started"][0]
    state = "overdue" if due < today else "due_soon" if due - today <= SOON else "to_come"
    return STATUS[state][0]


def return_rows(
    line: CaseLine, deadlines: Sequence[Deadline], today: date, left: Callable[[date], int], soon: int
) -> Iterator[Row]:
    """What each agency returned; then the agencies of the notification under whose name no return came."""
    case, asked = line.case, line.case.done("agencies_asked")
    step = next((made.due for made in deadlines if made.key == "agency_returns"), None)
    due = case.done("returns_due") or step
    have = {told.agency_key(one.agency) for one in case.returns}

    def row(
        within: str, agency: str, came: date | None, number: int | None, what: str, secured: date | None, file: str = ""
    ) -> Row:
        values: tuple[Value, ...] = (
            line.ref, agency, _standing(due, came, today, left, soon), asked, due, None, came, number, what, secured,
            f"cases/{line.ref}", file, None, None, None,
        )  # fmt: skip
        return Row(RETURNS, line.ref, within, 0, values)

    for one in case.returns:
        came = "Nothing held" if one.nothing_held else "Return received"
        yield row(f"{told.agency_key(one.agency)}", one.agency, one.received, one.version, came, one.secured_on,
                  file_of(line, one.form))  # fmt: skip
    for number in told.filled_rows(case.answers, "agency"):
        agency = told.text(case.answers, f"agency_{number}_name")
        if agency and told.agency_key(agency) not in have and (asked or case.returns):
            have.add(told.agency_key(agency))
            yield row(told.agency_key(agency), agency, None, None, "No return under this name yet", None)


def _standing(due: date | None, came: date | None, today: date, left: Callable[[date], int], soon: int) -> str:
    if came is not None:
        return STATUS["done_late" if due is not None and came > due else "done"][0]
    if due is None:
        return STATUS["not_started"][0]
    return STATUS["overdue" if due < today else "due_soon" if left(due) <= soon else "to_come"][0]


def theme_rows(line: CaseLine, dictionary: Dictionary) -> Iterator[Row]:
    """Each theme of the case; "Also in" is filled in once every case is known."""
    words = dictionary.of(_RECORD).options.get("theme", {})
    decision = line.case.decision
    for theme in line.case.themes:
        values = (
            line.ref, words.get(theme, theme), None, decision.decided_on if decision else None, None, None, None, None,
            None, None,
        )  # fmt: skip
        yield Row(THEMES, line.ref, theme, 0, values)


def theme_in_words(dictionary: Dictionary, theme: str) -> str:
    """A theme by its id, in words."""
    return dictionary.of(_RECORD).options.get("theme", {}).get(theme, theme)


def theme_words(dictionary: Dictionary) -> tuple[str, ...]:
    """Every theme there is to choose from, in words."""
    return tuple(dictionary.of(_RECORD).options.get("theme", {}).values())


def closed_row(line: CaseLine) -> Row:
    """A case that is closed; the newest come first."""
    case = line.case
    outcomes = "; ".join(ROUTES.get(outcome, outcome) for outcome in case.outcomes)
    day = case.closing.day if case.closing else None
    values = (
        line.ref, child_initials(case.who, 1), DUTY[line.decision.duty.type], outcomes or "No decision was needed",
        line.opened, day, case.publication.published, f"cases/{line.ref}", source_file(line), None, None,
    )  # fmt: skip
    return Row(CLOSED, line.ref, "", date.max.toordinal() - (day or date.min).toordinal(), values)
