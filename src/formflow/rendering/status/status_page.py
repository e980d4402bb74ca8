"""`status.html`: what the tracker shows, as one self-contained page that works from a file share without a network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from urllib.parse import quote

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from formflow import __version__, shipped
from formflow.rendering.papers.words import STATUS
from formflow.rendering.statements import written
from formflow.rendering.workbook.tracker_sheets import Book, Sheet, Value

MADE_BY = '<meta name="generator" content="formflow status">'
"""By this a page of ours is known."""
STALE_HOURS = 26
"""From so long ago on, the page warns that it is old: a day and the time a refresh takes."""
_MOST = 20
"""Lines of what is pressing at the head of the page; the rest is under "Deadlines"."""
_SHOWN = {
    "Open cases": ("Ref", "Initials", "Status", "Stage", "Duty", "Incident", "LA aware", "5-day due", "5-day result",
                   "RR due", "Working days left", "Questions open", "Lead officer", "Next step", "Next step date"),
    "Deadlines": ("Ref", "What", "Who must act", "Start", "Due", "Working days left", "Status", "Done on"),
    "Form queries": ("Ref", "Received", "Question"),
    "Intake log": ("Received", "Time", "File", "Reason", "Where it is now"),
}  # fmt: skip
_TITLES = {"Intake log": "Forms returned, to be mended", "Form queries": "Questions on forms"}
_NONE = {
    "Open cases": "No case is open.",
    "Deadlines": "There is no deadline.",
    "Form queries": "No question is open.",
    "Intake log": "No form had to be returned.",
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


def status_page(book: Book) -> bytes:
    """The page, ready to be written to a file. Everything is escaped, and nothing is fetched."""
    style, script = shipped.text("pages/status.css"), shipped.text("pages/status.js")
    html = _template().render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        partnership=book.partnership.name,
        marking=book.partnership.protective_marking,
        contact=book.partnership.contact,
        made_at=f"{written(book.made_at.date())}, {book.made_at:%H:%M}",
        made_stamp=_stamp(book.made_at),
        stale_hours=STALE_HOURS,
        cards=[{"what": what, "count": count, "status": _key(status)} for what, count, status in book.cards],
        urgent=[
            {"ref": ref, "what": what, "due": written(due), "word": word, "status": _key(word), "who": who,
             "left": _left(_days_left(book, due))}
            for ref, what, due, word, who in book.urgent[:_MOST]
        ],
        more=max(0, len(book.urgent) - _MOST),
        stages=book.stages,
        tables=[_table(book, sheet) for name in _SHOWN for sheet in book.sheets if sheet.name == name],
        version=__version__,
    )  # fmt: skip
    return html.encode("utf-8", "replace")


def _table(book: Book, sheet: Sheet) -> dict[str, object]:
    heads = [column.head for column in sheet.columns]
    at = [heads.index(head) for head in _SHOWN[sheet.name] if head in heads]
    rows = [row for row in sheet.rows if sheet.name != "Intake log" or "Returned" in row]
    return {
        "id": sheet.name.lower().replace(" ", "-"),
        "title": _TITLES.get(sheet.name, sheet.name),
        "heads": [heads[place] for place in at],
        "rows": [list(_cells(book, sheet, row, at)) for row in rows],
        "none": _NONE[sheet.name],
        "statuses": sorted({_word(row[heads.index("Status")]) for row in rows}) if "Status" in heads else [],
    }


def _cells(book: Book, sheet: Sheet, row: Sequence[Value], at: Sequence[int]) -> Iterator[_Cell]:
    heads = [column.head for column in sheet.columns]
    for place in at:
        column, value = sheet.columns[place], row[place]
        match column.kind:
            case "status":
                yield _Cell(_word(value), _word(value), _key(_word(value)))
            case "days":
                due = row[heads.index("RR due" if "RR due" in heads else "Due")]
                left = _days_left(book, due) if isinstance(due, date) and not _is_done(heads, row) else None
                yield _Cell(
                    "" if left is None else _left(left), "" if left is None else f"{left + 10**6:08d}", kind="number"
                )
            case "link":
                yield _Cell(_word(value), _word(value), link=quote(_word(value)))
            case _ if column.head == "Ref":
                yield _Cell(_word(value), _word(value), link=quote(f"cases/{value}"))
            case _ if isinstance(value, date):
                yield _Cell(f"{value:%d/%m/%Y}", value.isoformat())
            case _ if isinstance(value, int):
                yield _Cell(str(value), f"{value:08d}", kind="number")
            case _:
                long = "long" if column.kind in ("long", "yours") else ""
                yield _Cell(_word(value), _word(value).casefold(), kind=long)


def _days_left(book: Book, due: date) -> int:
    """Working days from the day of the book to a day; negative when it has passed."""
    off, (first, last) = set(book.holidays), sorted((book.today, due))
    days = (date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1))
    count = sum(1 for day in days if day.weekday() < 5 and day not in off)
    return count if due >= book.today else -count


def _is_done(heads: Sequence[str], row: Sequence[Value]) -> bool:
    return "Done on" in heads and row[heads.index("Done on")] is not None


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


@cache
def _template() -> Template:
    room = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return room.from_string(shipped.text("pages/status.html"))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
