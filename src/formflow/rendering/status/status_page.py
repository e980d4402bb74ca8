"""`status.html`: what the tracker shows, as one self-contained page that works from a file share without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from formflow.rendering.papers.words import STATUS
from formflow.rendering.statements import written
from formflow.rendering.status.state import SHOWN, State
from formflow.rendering.web_page import web_page
from formflow.rendering.workbook.page import days_left
from formflow.rendering.workbook.tally import KEPT, Pressing
from formflow.rendering.workbook.tracker import day_in
from formflow.rendering.workbook.tracker_sheets import (
    CASES,
    DEADLINES,
    INTAKE,
    QUERIES,
    REF,
    Column,
    Row,
    Sheet,
    Value,
)

MADE_BY = '<meta name="generator" content="formflow status">'
"""By this a page of ours is known."""
STALE_HOURS = 26
"""From so long ago on, the page warns that it is old: a day and the time a refresh takes."""
_COLUMNS = {
    CASES.name: ("Ref", "Initials", "Status", "Stage", "Working days left", "RR due", "Lead officer", "Next step",
                 "Next step date", "Duty", "Incident", "5-day due", "5-day result", "Questions open"),
    DEADLINES.name: ("Ref", "What", "Who must act", "Start", "Due", "Working days left", "Status", "Done on"),
    QUERIES.name: ("Ref", "Received", "Question"),
    INTAKE.name: ("Received", "Time", "File", "Reason", "Where it is now"),
}  # fmt: skip
_TITLES = {INTAKE.name: "Forms returned, to be mended", QUERIES.name: "Questions on forms"}
_NONE = {
    CASES.name: "No case is open.",
    DEADLINES.name: "There is no deadline.",
    QUERIES.name: "No question is open.",
    INTAKE.name: "No form had to be returned.",
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as the page shows it: its words, what it is sorted by, its status class and where it leads."""

    words: str
    sort: str
    status: str = ""
    link: str = ""
    kind: str = ""
    """`number`, `long`, or empty: how it is set."""


def status_page(state: State) -> bytes:
    """The page, ready to be written to a file. Everything is escaped, and nothing is fetched."""
    partnership = state.desk.partnership
    return web_page(
        "status",
        partnership=partnership.name,
        marking=partnership.protective_marking,
        contact=partnership.contact,
        made_at=f"{written(state.made_at.date())}, {state.made_at:%H:%M}",
        made_stamp=_stamp(state.made_at),
        stale_hours=STALE_HOURS,
        told=state.told,
        record=state.record,
        cards=[{"what": what, "count": count, "status": _key(word)} for what, count, word in state.tally.cards()],
        urgent=[_pressing(state, one) for one in state.pressing[:KEPT]],
        more=max(0, state.tally.overdue + state.tally.soon - KEPT),
        stages=sorted(state.tally.stages.items()),
        tables=[_table(state, sheet) for sheet in SHOWN],
    )


def _pressing(state: State, one: Pressing) -> dict[str, str]:
    due, ref, what, word, who = one
    return {"ref": ref, "what": what, "due": written(due), "word": word, "status": _key(word), "who": who,
            "left": _left(state.desk.left(due))}  # fmt: skip


def _table(state: State, sheet: Sheet) -> dict[str, object]:
    heads, rows = _COLUMNS[sheet.name], state.rows[sheet.name]
    columns = {column.head: column for column in sheet.columns}
    status = [_word(row.values[sheet.heads.index("Status")]) for row in rows] if "Status" in heads else []
    return {
        "id": sheet.name.lower().replace(" ", "-"),
        "title": _TITLES.get(sheet.name, sheet.name),
        "heads": heads,
        "rows": [[_cell(state, row, columns[head]) for head in heads] for row in rows],
        "none": _NONE[sheet.name],
        "more": sheet.name in state.more,
        "statuses": sorted(set(status)),
    }


def _cell(state: State, row: Row, column: Column) -> _Cell:
    value = row.values[row.sheet.heads.index(column.head)]
    if column.peoples:
        text = state.notes.get(row.ref, {}).get(row.sheet.note(row.within, column.head), "")
        value = day_in(text) or text if column.kind == "yours-date" else text
    match column.kind:
        case "status":
            return _Cell(_word(value), _word(value), _key(_word(value)))
        case "days":
            due = row.values[row.sheet.heads.index(row.sheet.due)]
            left = days_left(row, state.desk.left(due)) if isinstance(due, date) else None
            return _Cell("", "") if left is None else _Cell(_left(left), f"{left + 10**6:08d}", kind="number")
        case "link":
            return _Cell(_word(value), _word(value), link=quote(_word(value)))
        case _ if column.head == REF:
            return _Cell(_word(value), _word(value), link=quote(f"cases/{value}"))
        case _ if isinstance(value, date):
            return _Cell(f"{value:%d/%m/%Y}", value.isoformat())
        case _ if isinstance(value, int):
            return _Cell(str(value), f"{value:08d}", kind="number")
        case _:
            long = "long" if column.kind in ("long", "yours") else ""
            return _Cell(_word(value), _word(value).casefold(), kind=long)


def _left(days: int) -> str:
    """`3 working days`, `today`, `2 working days ago`."""
    if days == 0:
        return "today"
    count = f"{abs(days)} working day{'' if abs(days) == 1 else 's'}"
    return f"{count} ago" if days < 0 else count


def _word(value: Value) -> str:
    return "" if value is None else str(value)


def _key(word: str) -> str:
    """The class of a status word; empty for another word."""
    return word.lower().replace(" ", "-") if word in {shown for shown, _, _ in STATUS.values()} else ""


def _stamp(made_at: datetime) -> str:
    """The moment it was made, for the warning: with its zone, so that a browser elsewhere counts right."""
    return (made_at if made_at.tzinfo else made_at.astimezone()).isoformat(timespec="seconds")
