"""The rows of one data sheet, written as they come and put in order at the end, however many there are."""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2s
from itertools import islice
from pathlib import Path
from typing import IO

from formflow.rendering.workbook.cells import as_written, escaped, raw
from formflow.rendering.workbook.package import letters
from formflow.rendering.workbook.tracker_sheets import KEY, LINKS, LIVING, Column, Layout, Row, Sheet, Value
from formflow.rendering.workbook.workbook_look import Looks

_IN_MEMORY = 8 << 20
"""Bytes of rows that are held; what goes beyond lies in a file of its own, out of sight."""
_MOST_ROWS = 1_048_000
_MOST_LINKS = 65_000
"""Excel holds 65,530 links on a sheet; later rows show the folder in words."""
_MARK = "\x01"
"""Stands for the row's number until the rows are in order; no text of a cell can hold it."""
_LEADS = "\x02"
"""Before each target of a link, which is held behind its row."""
_WRAPPED = ("long", "text", "yours", "date", "added")
_KEY_ENDS = "</t></is></c></row>"
_STAMP = " #"
"""Between a row's key and the sign of its values."""


def sign(values: Iterable[tuple[str, str]]) -> str:
    """A short sign of what formflow wrote in a row, by head, to see when somebody typed over it.

    Empty cells are left out, so that a column of a newer formflow makes no difference to an older drawing.
    """
    said = "\x1f".join(f"{head}\x1e{text}" for head, text in values if text)
    return blake2s(said.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def key_cell(key: str, of: str) -> str:
    """What the hidden column holds."""
    return f"{key}{_STAMP}{of}"


def key_of(text: str) -> tuple[str, str]:
    """The key and the sign that the hidden column holds."""
    key, _, of = text.rpartition(_STAMP)
    return (key.strip(), of.strip()) if key else (text.strip(), "")


class Page:
    """One data sheet while it is being written."""

    def __init__(self, sheet: Sheet, layout: Layout, looks: Looks, room: Path | None = None) -> None:
        columns = layout.of(sheet)
        self.hidden = layout.hidden
        self.sheet = sheet
        self.columns = (*columns, Column(KEY, 20, "key"))
        self.count = 0
        self.left_out = 0
        """Rows beyond what a sheet of Excel holds."""
        self._looks, self._room = looks, room
        self._place = {column.head: at for at, column in enumerate(sheet.columns)}
        self._steps = tuple((column, letters(at), self._place.get(column.head)) for at, column in enumerate(columns))
        self._key = f'<c r="{letters(len(columns))}{_MARK}" s="{looks.number("key")}" t="inlineStr"><is><t>'
        self._letter = {column.head: letters(at) for at, column in enumerate(columns)}
        self._signed = tuple(
            (at, one.head) for at, one in enumerate(sheet.columns) if not one.peoples and one.kind not in LIVING
        )
        self._links = tuple((at, self._letter[one.head]) for at, one in enumerate(sheet.columns) if one.kind in LINKS)
        self._orders, self._sizes = array("q"), array("L")
        self._held: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._seen, self._of = Counter[str](), ""
        self._words: dict[str, str] = {}

    def _again(self, row: Row) -> str:
        """What sets a row apart from an earlier one with the same key."""
        if row.ref != self._of:  # the rows of a case come together, and only they can have the same key
            self._of = row.ref
            self._seen.clear()
        if not row.ref:
            return ""
        self._seen[row.key] += 1
        return "" if self._seen[row.key] == 1 else f"#{self._seen[row.key]}"

    def add(self, row: Row, notes: Mapping[str, str], left: int | None = None) -> None:
        """Write a row with what people wrote in it. `left` are the working days that are left."""
        if self.count >= _MOST_ROWS:
            self.left_out += 1
            return
        again = self._again(row)
        within = f"{row.within}{again}"
        held = [raw(value) for value in row.values]
        parts, lines = [], 1
        for column, letter, place in self._steps:
            if column.kind == "days":
                parts.append(self._days(letter, left))
                continue
            if column.peoples:
                text, number, style = self._note(column, notes.get(self.sheet.note(within, column.head), ""))
            else:
                text, number = held[place] if place is not None else ("", False)
                if column.kind == "file":
                    text = text.rpartition("/")[2]
                style = self._style(column, text, number=number)
            parts.append(self._cell(letter, style, text, number=number))
            if not number and column.kind in _WRAPPED and len(text) > column.width * 0.95:
                lines = max(lines, _lines(text, column.width))
        of = (
            escaped(key_cell(row.key + again, sign((head, held[at][0].strip()) for at, head in self._signed)))
            + _KEY_ENDS
        )
        height = f'ht="{min(15.0 * lines + 2, 400.0)}" customHeight="1"'
        made = f'<row r="{_MARK}" {height}>{"".join(parts)}{self._key}{of}'
        for at, _ in self._links:
            made += f"{_LEADS}{held[at][0]}"
        self._keep(made.encode(), row.order)

    def _note(self, column: Column, note: str) -> tuple[str, bool, int]:
        value = as_written(note, numbers=column.kind == "added")
        return (*raw(value), self._looks.number(column.kind, dated=isinstance(value, date)))

    def _style(self, column: Column, text: str, *, number: bool) -> int:
        if column.kind == "status":
            return self._looks.number("status", text)
        # A date that is no single day stands in words, which may need more than one line.
        return self._looks.number("long" if column.kind == "date" and text and not number else column.kind)

    def _cell(self, letter: str, style: int, text: str, *, number: bool) -> str:
        if not text:
            return f'<c r="{letter}{_MARK}" s="{style}"/>'
        if number:
            return f'<c r="{letter}{_MARK}" s="{style}"><v>{text}</v></c>'
        words = self._words.get(text)
        if words is None:
            if len(self._words) > 5000:
                self._words.clear()
            words = self._words[text] = escaped(text)
        return f'<c r="{letter}{_MARK}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'

    def _days(self, letter: str, left: int | None) -> str:
        """Working days from today to the due day, as a living formula with today's figure kept in it."""
        style = self._looks.number("days")
        if left is None:
            return f'<c r="{letter}{_MARK}" s="{style}"/>'
        due = f"{self._letter[self.sheet.due]}{_MARK}"
        return (
            f'<c r="{letter}{_MARK}" s="{style}"><f>IF({due}&gt;=TODAY(),NETWORKDAYS(TODAY()+1,{due},BankHolidays),'
            f"-NETWORKDAYS({due}+1,TODAY(),BankHolidays))</f><v>{left}</v></c>"
        )

    def _keep(self, row: bytes, order: int) -> None:
        self._orders.append(order)
        self._sizes.append(len(row))
        self.count += 1
        self._size += len(row)
        if self._file is None and self._size > _IN_MEMORY:
            self._file = tempfile.TemporaryFile(dir=self._room)  # noqa: SIM115 - it lives as long as the page
            self._file.writelines(self._held)
            self._held.clear()
        if self._file is not None:
            self._file.write(row)
        else:
            self._held.append(row)

    def _ordered(self) -> Sequence[int]:
        """The rows in the order of the sheet, by the number they came with."""
        if all(self._orders[at] <= self._orders[at + 1] for at in range(self.count - 1)):
            return range(self.count)
        return array("L", sorted(range(self.count), key=self._orders.__getitem__))

    def rows(self) -> Iterator[bytes]:
        """The XML of the rows, in their order, each with its number; the head is row 1."""
        for number, row in enumerate(self._kept(), 2):
            if self._links:
                row = row.partition(b"\x02")[0]
            yield row.replace(b"\x01", b"%d" % number)

    def _kept(self) -> Iterator[bytes]:
        """The rows as they are held, in their order."""
        order = self._ordered()
        if self._file is None:
            yield from (self._held[which] for which in order)
            return
        starts, at = array("Q"), 0
        for size in self._sizes:
            starts.append(at)
            at += size
        for which in order:
            self._file.seek(starts[which])
            yield self._file.read(self._sizes[which])

    def link_rows(self) -> Iterator[tuple[str, str]]:
        """The cell and the target of each link, as many as a sheet of Excel holds."""
        if not self._links:
            return
        rows = islice(self._kept(), _MOST_LINKS // len(self._links))
        for number, row in enumerate(rows, 2):
            targets = row.decode().split(_LEADS)[1:]
            for (_, letter), target in zip(self._links, targets, strict=True):
                if target:
                    yield f"{letter}{number}", target

    def close(self) -> None:
        """Let go of the file of rows."""
        if self._file is not None:
            self._file.close()


def _lines(text: str, width: float) -> int:
    letters_ = max(width * 0.95, 1)
    return sum(max(1, int(-(-len(part) // letters_))) for part in text.split("\n"))


def days_left(row: Row, left: int) -> int | None:
    """The figure of "Working days left", where something is left to count."""
    heads = row.sheet.heads
    if not row.sheet.due or not isinstance(row.values[heads.index(row.sheet.due)], date):
        return None
    done: Value = row.values[heads.index(row.sheet.done)] if row.sheet.done else None
    return left if done is None else None
