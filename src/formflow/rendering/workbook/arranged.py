"""How people sorted and filtered a table: read from their workbook, held, and laid on the next drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from lxml import etree

from formflow.rendering.workbook.package import Package, column, letters
from formflow.rendering.workbook.tracker_sheets import Layout

_N = "{*}"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?\d+")
_Key = tuple[int, float, str]
_EMPTY: _Key = (2, 0.0, "")


def arranged(
    package: Package, part: str, heads: Mapping[int, str]
) -> tuple[tuple[tuple[str, bool], ...], dict[str, tuple[str, ...]]]:
    """By what a sheet's table was sorted, and which words were left in its filters; `heads` are its columns.

    Filters by a list of words are read; others (by days, colours, the ten first) are not, and go at the next drawing.
    """
    for target, kind in package.links(part).values():
        if kind.endswith("/table"):
            table = etree.fromstring(package.part(target))
            return tuple(_sorted_by(table, heads)), dict(_filtered(table, heads))
    return (), {}


def _sorted_by(table: etree._Element, heads: Mapping[int, str]) -> Iterator[tuple[str, bool]]:
    for one in table.iterfind(f"{_N}sortState/{_N}sortCondition"):
        place = _CELL.match(one.get("ref") or "")
        head = heads.get(column(place[1])) if place else None
        if head and one.get("sortBy", "value") == "value" and one.get("customList") is None:
            yield head, one.get("descending") in ("1", "true")


def _filtered(table: etree._Element, heads: Mapping[int, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    start = _CELL.match(table.get("ref") or "")
    for one in table.iterfind(f"{_N}autoFilter/{_N}filterColumn"):
        head = heads.get(int(one.get("colId", "0")) + (column(start[1]) if start else 0))
        listed = one.find(f"{_N}filters")
        if head is None or listed is None or listed.find(f"{_N}dateGroupItem") is not None:
            continue
        words = [str(word.get("val")) for word in listed.iterfind(f"{_N}filter")]
        blank = [""] if listed.get("blank") in ("1", "true") else []
        yield head, tuple(words + blank)


@dataclass(slots=True)
class Arrangement:
    """The order of a sheet's rows, and which are shown, as people left its table."""

    layout: Layout
    _keys: list[tuple[_Key, ...]] = field(default_factory=list, repr=False)
    hidden: int = 0
    """Rows that a filter keeps out of sight."""

    @property
    def heads(self) -> frozenset[str]:
        """The columns whose cells must be known."""
        return frozenset(head for head, _ in self.layout.sort) | frozenset(self.layout.filters)

    def see(self, cells: Mapping[str, tuple[str, bool]]) -> bool:
        """Take note of a row by its cells, each with whether it is a number; gives whether the row is shown."""
        if self.layout.sort:
            self._keys.append(tuple(_key(*cells.get(head, ("", False))) for head, _ in self.layout.sort))
        shown = all(
            cells.get(head, ("", False))[0].strip().casefold() in {word.strip().casefold() for word in words}
            for head, words in self.layout.filters.items()
        )
        self.hidden += not shown
        return shown

    def ordered(self, rows: Sequence[int]) -> Sequence[int]:
        """The rows, by the number they came with, in people's order: numbers, then words, empty ones always last."""
        if not self._keys:
            return rows
        found = list(rows)
        for at, (_, from_end) in reversed(tuple(enumerate(self.layout.sort))):
            filled = [row for row in found if self._keys[row][at] != _EMPTY]
            empty = [row for row in found if self._keys[row][at] == _EMPTY]
            found = sorted(filled, key=lambda row: self._keys[row][at], reverse=from_end) + empty
        return found

    def laid_on(self, table: str, heads: Sequence[str], last: str) -> str:
        """A table's part in which its filters and its order are told, so that Excel shows the arrows for them."""
        rows = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        filters = "".join(
            f'<filterColumn colId="{heads.index(head)}"><filters{_blank(words)}>{"".join(map(_filter, words))}'
            "</filters></filterColumn>"
            for head, words in sorted(self.layout.filters.items(), key=lambda one: heads.index(one[0]))
        )
        by = "".join(
            f'<sortCondition{_DESCENDING[from_end]} ref="{letters(heads.index(head))}2:{letters(heads.index(head))}'
            f'{rows}"/>'
            for head, from_end in self.layout.sort
        )
        sort = f'<sortState ref="A2:{last}">{by}</sortState>' if by else ""
        return re.sub(
            r'<autoFilter ref="([^"]*)"/>',
            lambda found: f'<autoFilter ref="{found[1]}">{filters}</autoFilter>{sort}',
            table,
        )


_DESCENDING = {True: ' descending="1"', False: ""}


def _blank(words: Sequence[str]) -> str:
    return ' blank="1"' if "" in words else ""


def _filter(word: str) -> str:
    return f"<filter val={quoteattr(word)}/>" if word else ""


def _key(text: str, number: bool) -> _Key:
    if not text:
        return _EMPTY
    return (0, float(text), "") if number else (1, 0.0, text.casefold())
