"""The tracker as people left it: what they typed, by the key of its row, and how they arranged it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from formflow.recording.note import Source
from formflow.rendering.workbook.cells import compared, tidy, typed
from formflow.rendering.workbook.package import Cell, Package, SheetPart, column, letters
from formflow.rendering.workbook.page import key_of, sign
from formflow.rendering.workbook.tracker_sheets import (
    CONFLICTS,
    KEY,
    LIVING,
    NAMES,
    OFFICERS,
    REF,
    SHEETS,
    Layout,
    Sheet,
    Stamp,
)

_OURS = {sheet.name: sheet for sheet in (*SHEETS, CONFLICTS)}
_HEAD_WITHIN = 30
"""Rows within which the heads of a sheet are looked for: people put lines above a table."""
_COL = re.compile(rb"<(?:\w+:)?col ([^>]*)/?>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_WIDTH_OF_EDGE = 0.7109375
"""What the file adds to a column's width."""
_OUR_COMMENT = "Yours to fill in"


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of one of formflow's sheets, as people left it."""

    sheet: Sheet
    key: str
    """Empty where the row has none: a row that people wrote themselves."""
    ref: str
    """The case as the row shows it."""
    notes: Mapping[str, str] = field(repr=False)
    """What stands in people's columns, by head; a column that is not there is absent."""
    over: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where somebody typed over formflow's own cells: what stands in all of them, by head."""
    beside: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Words in no column, and comments on cells: where, and what."""
    formulas: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Formulas in people's columns, by head."""
    keyed: bool = True
    """Whether the sheet still has its hidden column."""


@dataclass(slots=True)
class _Heads:
    """Which column is which, on one sheet."""

    sheet: Sheet
    at: dict[int, str]
    """Head by column; a renamed one under formflow's own."""
    added: tuple[str, ...]
    missing: tuple[str, ...]
    key: int | None = None
    ref: int | None = None
    peoples: dict[int, str] = field(default_factory=dict)
    signed: tuple[tuple[str, int], ...] = ()

    def ready(self) -> None:
        """Work out what every row needs."""
        place = {head: column for column, head in self.at.items()}
        self.key, self.ref = place.get(KEY), place.get(REF)
        kinds = {column.head: column for column in self.sheet.columns}
        self.peoples = {
            at: head for at, head in self.at.items() if head in self.added or (head in kinds and kinds[head].peoples)
        }
        self.signed = tuple(
            (one.head, place[one.head])
            for one in self.sheet.columns
            if not one.peoples and one.kind not in LIVING and one.head in place
        )


class TypedBook:
    """A workbook that lies where the tracker lies. Raises `TryLater` when it cannot be read."""

    def __init__(self, content: bytes | Path, known: Mapping[str, Layout]) -> None:
        """`known` is how the columns were when the tracker was last drawn."""
        self.package = Package(content)
        self._known = known
        properties = self.package.properties()
        self.stamp = Stamp.read(properties.get("formflow", ""))
        drawing = self.stamp.drawing if self.stamp else 0
        self.source = Source(properties.get("lastModifiedBy", ""), properties.get("modified", ""), drawing)

    def close(self) -> None:
        """Let go of the file."""
        self.package.close()

    @cached_property
    def _sheets(self) -> Mapping[str, tuple[SheetPart, int, _Heads]]:
        """Each of formflow's sheets that is there: its part, the row of its heads, and which column is which."""
        found: dict[str, tuple[SheetPart, int, _Heads]] = {}
        unknown = []
        for part in self.package.sheets:
            if part.name not in _OURS:
                unknown.append(part)
            elif held := self._heads(part, _OURS[part.name]):
                found[part.name] = (part, *held)
        for part in unknown:
            for sheet in _OURS.values():
                if part.name in NAMES or sheet.name in found or not (held := self._heads(part, sheet)):
                    continue
                if held[1].key is not None and not held[1].missing:  # a sheet that people gave another name
                    found[sheet.name] = (part, *held)
                    break
        return found

    @property
    def own(self) -> tuple[str, ...]:
        """The names of the sheets that people made themselves."""
        ours = {part.part for part, _, _ in self._sheets.values()}
        return tuple(part.name for part in self.package.sheets if part.part not in ours and part.name not in NAMES)

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """How people left the columns, by sheet."""
        return {name: self._layout(part, heads) for name, (part, _, heads) in self._sheets.items()}

    def officers(self) -> tuple[str, ...] | None:
        """People's list of lead officers; None where the list is not there."""
        part = next((sheet.part for sheet in self.package.sheets if sheet.name == "Lists"), None)
        if part is None:
            return None
        rows = self.package.rows(part)
        _, head = next(rows, (0, {}))
        at = next((column for column, cell in head.items() if cell.raw.strip() == OFFICERS), None)
        if at is None:
            return None
        return tuple(words for _, cells in rows if (words := typed(cells.get(at), self.package)))

    def plain(self) -> Mapping[str, tuple[str, ...]]:
        """What stands on the sheets that are no tables, without formulas and without people's list."""
        found: dict[str, tuple[str, ...]] = {}
        for sheet in self.package.sheets:
            if sheet.name in ("Summary", "Lists", "About"):
                skip = {0} if sheet.name == "Lists" else set[int]()
                cells = (c for _, row in self.package.rows(sheet.part) for at, c in row.items() if at not in skip)
                found[sheet.name] = tuple(dict.fromkeys(tidy(cell.raw) for cell in cells if not cell.formula))
        return found

    def drawn_on(self) -> tuple[str, ...]:
        """The data sheets that hold pictures, shapes or charts: formflow draws none there."""
        return tuple(
            name
            for name, (part, _, _) in self._sheets.items()
            if any(kind.endswith("/drawing") for _, kind in self.package.links(part.part).values())
        )

    def rows(self) -> Iterator[TypedRow]:
        """Every row of formflow's sheets that holds anything."""
        for part, first, heads in self._sheets.values():
            comments = self._comments(part.part)
            for number, cells in self.package.rows(part.part):
                if number == first:
                    continue
                row = self._row(heads, cells, comments.pop(number, {}) if comments else {}, above=number < first)
                if row is not None:
                    yield row

    def _row(
        self, heads: _Heads, cells: Mapping[int, Cell], comments: Mapping[int, str], *, above: bool
    ) -> TypedRow | None:
        key, of = key_of(cells[heads.key].raw) if heads.key in cells else ("", "")  # type: ignore[index]  # None is in no row
        ref = compared(cells.get(heads.ref)) if heads.ref is not None else ""
        beside = [(letters(at), tidy(cell.raw)) for at, cell in cells.items() if at not in heads.at or above]
        beside += [(f"comment on {heads.at.get(at, letters(at))}", words) for at, words in comments.items()]
        if above:
            return TypedRow(heads.sheet, "", "", {}, beside=tuple(beside)) if beside else None
        package = self.package
        notes = {head: typed(cells.get(at), package) if at in cells else "" for at, head in heads.peoples.items()}
        over: dict[str, str] = {}
        if not key:
            over = {head: words for head, words in self._machine(heads, cells).items() if words not in ("", "None")}
            if not (over or beside or any(notes.values())):
                return None
        elif of and sign((head, compared(cells.get(at))) for head, at in heads.signed) != of:
            over = self._machine(heads, cells)
        formulas = tuple(
            (head, f"={cells[at].formula}") for at, head in heads.peoples.items() if at in cells and cells[at].formula
        )
        return TypedRow(heads.sheet, key, ref, notes, over, tuple(beside), formulas, keyed=heads.key is not None)

    def _machine(self, heads: _Heads, cells: Mapping[int, Cell]) -> dict[str, str]:
        living = {column.head for column in heads.sheet.columns if column.kind in LIVING} | {KEY}
        wanted = {at: head for at, head in heads.at.items() if at not in heads.peoples and head not in living}
        return {head: typed(cells.get(at), self.package) for at, head in wanted.items()}

    def _heads(self, part: SheetPart, sheet: Sheet) -> tuple[int, _Heads] | None:
        """The row of the heads of a sheet, and which column is which; None where it has none."""
        for number, cells in self.package.rows(part.part):
            words = {at: tidy(cell.raw) for at, cell in cells.items() if cell.raw.strip()}
            if len({*sheet.heads, KEY} & set(words.values())) >= 2:
                return number, self._which(sheet, words)
            if number > _HEAD_WITHIN:
                return None
        return None

    def _which(self, sheet: Sheet, words: dict[int, str]) -> _Heads:
        layout = self._known.get(sheet.name, Layout())
        expected = [column.head for column in layout.of(sheet)] + [KEY]
        at: dict[int, str] = {}
        for place, said in sorted(words.items()):
            head, again = said, 2
            while head in at.values():
                head, again = f"{said} ({again})", again + 1
            at[place] = head
        missing = [head for head in expected if head not in at.values()]
        unknown = [place for place, head in at.items() if head not in expected]
        if len(missing) == len(unknown) == 1 and _same_place(expected, list(at.values()), missing[0], at[unknown[0]]):
            at[unknown[0]] = missing.pop()
        ours = {*sheet.heads, KEY}
        added = tuple(head for head in at.values() if head not in ours)
        heads = _Heads(sheet, at, added, tuple(head for head in missing if head in ours))
        heads.ready()
        return heads

    def _layout(self, part: SheetPart, heads: _Heads) -> Layout:
        hidden, widths = set(), {}
        usual = {column.head: column.width for column in heads.sheet.columns}
        for found in _COL.finditer(self.package.head_of(part.part)):
            has = dict(_ATTRIBUTE.findall(found[1].decode("utf-8", "replace")))
            for at in range(int(has.get("min", 1)) - 1, min(int(has.get("max", 1)), 500)):
                head = heads.at.get(at, KEY)
                if head == KEY:
                    continue
                if has.get("hidden") in ("1", "true"):
                    hidden.add(head)
                elif (
                    abs((wide := float(has.get("width", 0)) - _WIDTH_OF_EDGE) - usual.get(head, 20)) > 0.6 and wide > 1
                ):
                    widths[head] = round(min(wide, 250), 1)
        order = tuple(head for _, head in sorted(heads.at.items()) if head != KEY)
        return Layout(order, heads.added, frozenset(hidden), widths)

    def _comments(self, part: str) -> dict[int, dict[int, str]]:
        """People's comments on the cells of a sheet, by row and column."""
        found: dict[int, dict[int, str]] = {}
        for target, kind in self.package.links(part).values():
            if not kind.endswith("/comments"):
                continue
            for one in etree.fromstring(self.package.part(target)).iter("{*}comment"):
                words = tidy("".join(str(text) for text in one.itertext())).rpartition("Comment:\n")[2].strip()
                place = re.fullmatch(r"([A-Z]+)(\d+)", one.get("ref") or "")
                if place and words and _OUR_COMMENT not in words:
                    found.setdefault(int(place[2]), {})[column(place[1])] = words
        return found


def _same_place(expected: list[str], found: list[str], missing: str, unknown: str) -> bool:
    """Whether a head stands between the neighbours of one that is missing: a column that people gave another name."""
    one, other = expected.index(missing), found.index(unknown)
    before = expected[one - 1] if one else None
    after = expected[one + 1] if one + 1 < len(expected) else None
    return before == (found[other - 1] if other else None) and after == (
        found[other + 1] if other + 1 < len(found) else None
    )
