"""What people see in the terminal: a title line, a table, a last line that says what to do next."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formflow.cli.shapes import Json

out = Console(highlight=False, soft_wrap=False)

STATUS = {
    "overdue": ("Overdue", "bold white on red"),
    "due_soon": ("Due soon", "black on yellow"),
    "to_come": ("On time", "white on dark_green"),
    "done": ("Done", "cyan"),
    "done_late": ("Done late", "cyan"),
    "not_started": ("Not started", "dim"),
}
RESULT = {
    "met": "met",
    "may_be_met": "may be met",
    "not_met": "not met, on what the form says",
    "cannot_tell": "cannot tell yet",
}


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def shown(name: str) -> str:
    """A file's name on one line, with anything that would act on a terminal or hide its true order made visible."""
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", name)


def said(words: str) -> str:
    """Words of a form with their line breaks, and nothing in them that would act on a terminal."""
    return "\n".join(shown(line) for line in words.replace("\t", " ").splitlines())


def put_json(shape: Json, *, one_line: bool = False) -> None:
    """Print data for another program."""
    sys.stdout.write(json.dumps(shape, ensure_ascii=False, indent=None if one_line else 2) + "\n")


def title(text: str) -> None:
    """The first line of an answer."""
    out.print(Text(text, style="bold"))


def last(text: str) -> None:
    """The last line: what to do next."""
    out.print()
    out.print(Text(text))


def table(columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
    """A plain table; words wrap, nothing is cut."""
    drawn = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    out.print(drawn)


def status(state: str) -> Text:
    """A deadline's state: always a word, and a colour where there is one."""
    word, style = STATUS[state]
    return Text(word, style=style)


def day(when: date | None) -> str:
    """`12 March 2024`, or words for a day that is not known."""
    return f"{when.day} {when:%B %Y}" if when else "not known yet"
