"""The tracker's sheets for the process after the notification: actions, agency returns, themes and closed cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from formflow.deciding import told
from formflow.deciding.actions import Action
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials, without_names
from formflow.rendering.papers.words import DUTY, ROUTES, STATUS
from formflow.rendering.workbook.tracker_sheets import REF, CaseLine, Column, Sheet, Value

_SOON = timedelta(weeks=4)
"""From so long before its day on, an action is due soon."""
_RECORD = "formflow-drr-1"
_PLAN = "formflow-acp-1"
_SOURCES = {"agency-return": "Agency return", "decision-record": "Decision record", "case-update": "Action plan",
            "legacy-review": "Serious case review"}  # fmt: skip

ACTION_COLUMNS = (
    Column(REF, 15), Column("Action", 10), Column("Status", 12, "status"), Column("Due", 13, "date"),
    Column("Revised due", 13, "date"), Column("What", 46, "long"), Column("Who", 22, "long"),
    Column("Agency", 24, "long"), Column("Watched over by", 22, "long"), Column("From", 18),
    Column("How it stands", 14), Column("Closed", 13, "date"), Column("Evidence of completion", 34, "long"),
    Column("Evidence of impact", 34, "long"),
)  # fmt: skip
RETURN_COLUMNS = (
    Column(REF, 15), Column("Agency", 34, "long"), Column("Asked", 13, "date"), Column("Received", 13, "date"),
    Column("Return", 9, "number"), Column("What came", 30, "long"), Column("Records secured", 15, "date"),
)  # fmt: skip
THEME_COLUMNS = (
    Column(REF, 15), Column("Theme", 44, "long"), Column("Also in", 40, "long"), Column("Decided", 13, "date"),
)  # fmt: skip
CLOSED_COLUMNS = (
    Column(REF, 15), Column("Initials", 10), Column("Duty", 34, "long"), Column("Outcome", 44, "long"),
    Column("Opened", 13, "date"), Column("Closed", 13, "date"), Column("Folder", 16, "link"),
)  # fmt: skip


def process_sheets(lines: Sequence[CaseLine], dictionary: Dictionary, today: date) -> tuple[Sheet, ...]:
    """The sheets of actions, agency returns and themes."""
    return (
        Sheet("Actions", ACTION_COLUMNS, tuple(_actions(lines, dictionary, today)), 2),
        Sheet("Agency returns", RETURN_COLUMNS, tuple(row for line in lines for row in _returns(line)), 2),
        Sheet("Themes", THEME_COLUMNS, tuple(_themes(lines, dictionary))),
    )


def closed_sheet(lines: Sequence[CaseLine]) -> Sheet:
    """The cases that are closed, newest first."""
    rows = sorted((_closed(line) for line in lines), key=lambda row: str(row[5]), reverse=True)
    return Sheet("Closed cases", CLOSED_COLUMNS, tuple(rows))


def _actions(lines: Sequence[CaseLine], dictionary: Dictionary, today: date) -> Iterator[tuple[Value, ...]]:
    """Open actions first, by the day they are due."""
    found = [(line, action) for line in lines for action in line.case.actions]
    found.sort(key=lambda pair: (pair[1].discharged, pair[1].due_now or date.max, pair[0].ref, pair[1].ref))
    stands = dictionary.of(_PLAN).options.get("action_status", {})
    for line, action in found:
        kind = line.case.submissions[action.form - 1].kind
        told_in_words = (action.text, action.owner, action.evidence, action.impact)
        what, who, evidence, impact = (without_names(words, line.case.who) for words in told_in_words)
        stand = stands.get(action.status, "Not stated")
        yield (
            line.ref, action.ref, _status(action, today), action.due, action.revised, what, who, action.agency,
            action.group, _SOURCES.get(kind, ""), stand, action.closed, evidence, impact,
        )  # fmt: skip


def _status(action: Action, today: date) -> str:
    due = action.due_now
    if action.discharged:
        return STATUS["done"][0]
    if due is None:
        return STATUS["not_started"][0]
    state = "overdue" if due < today else "due_soon" if due - today <= _SOON else "to_come"
    return STATUS[state][0]


def _returns(line: CaseLine) -> Iterator[tuple[Value, ...]]:
    """What each agency returned; then the agencies of the notification under whose name no return came."""
    case, asked = line.case, line.case.done("agencies_asked")
    for one in case.returns:
        came = "Nothing held" if one.nothing_held else "Return received"
        yield line.ref, one.agency, asked, one.received, one.version, came, one.secured_on
    have = {told.agency_key(one.agency) for one in case.returns}
    for row in told.filled_rows(case.answers, "agency"):
        agency = told.text(case.answers, f"agency_{row}_name")
        if agency and told.agency_key(agency) not in have and (asked or case.returns):
            yield line.ref, agency, asked, None, None, "No return under this name yet", None


def _themes(lines: Sequence[CaseLine], dictionary: Dictionary) -> Iterator[tuple[Value, ...]]:
    """Each theme of each case, and the other cases that have it."""
    seen: Mapping[str, list[str]] = defaultdict(list)
    for line in lines:
        for theme in line.case.themes:
            seen[theme].append(line.ref)
    words = dictionary.of(_RECORD).options.get("theme", {})
    for line in lines:
        decision = line.case.decision
        for theme in line.case.themes:
            others = ", ".join(ref for ref in seen[theme] if ref != line.ref)
            yield line.ref, words.get(theme, theme), others, decision.decided_on if decision else None


def _closed(line: CaseLine) -> tuple[Value, ...]:
    case = line.case
    initials = child_initials(case.who, 1)
    outcomes = "; ".join(ROUTES.get(outcome, outcome) for outcome in case.outcomes)
    closing = case.closing
    return (
        line.ref, initials, DUTY[line.decision.duty.type], outcomes or "No decision was needed", line.opened,
        closing.day if closing else None, f"cases/{line.ref}",
    )  # fmt: skip
