"""What stands in the cells of any Excel workbook, straight from its parts, a row at a time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from formflow.errors import TryLater

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ROW, _CELL, _V, _F, _IS, _T, _RUN = (_S + tag for tag in ("row", "c", "v", "f", "is", "t", "r"))
_EMPTY = f'<worksheet xmlns="{_S[1:-1]}"><sheetData/></worksheet>'.encode()
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47})
_STARTS = (datetime(1899, 12, 30), datetime(1904, 1, 1))  # noqa: DTZ001 - Excel's days have no zone


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell."""

    raw: str = field(repr=False)
    """The words, or the number as the file writes it."""
    number: bool = False
    dated: bool = False
    """Whether the number is shown as a date."""
    formula: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook and the part that holds it."""

    name: str
    part: str


class Package:
    """A workbook's parts. Raises `TryLater` from any of its doings where the file is no whole workbook."""

    def __init__(self, content: bytes | Path) -> None:
        """Of a file, only what is asked for comes into memory; it is held open until `close`."""
        try:
            self._zip = zipfile.ZipFile(content if isinstance(content, Path) else io.BytesIO(content))
            self._names = set(self._zip.namelist())
            self._book = self._xml("xl/workbook.xml")
        except (zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError, etree.XMLSyntaxError) as fault:
            raise not_readable() from fault

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets, in their order; charts on sheets of their own are left out."""
        targets = self.links("xl/workbook.xml")
        found = []
        for sheet in self._book.iter(f"{_S}sheet"):
            target, kind = targets.get(str(sheet.get(f"{_R}id")), ("", ""))
            if kind.endswith("/worksheet") and target in self._names:
                found.append(SheetPart(str(sheet.get("name")), target))
        return tuple(found)

    def links(self, part: str) -> Mapping[str, tuple[str, str]]:
        """What a part is tied to: target and kind, by id. Targets outside the file are given as they stand."""
        folder, name = dirname(part), part.rpartition("/")[2]
        rels = join(folder, "_rels", f"{name}.rels")
        if rels not in self._names:
            return {}
        found = {}
        for one in self._xml(rels):
            target = str(one.get("Target"))
            if one.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[str(one.get("Id"))] = (target, str(one.get("Type")))
        return found

    def properties(self) -> Mapping[str, str]:
        """What the file says of itself: `lastModifiedBy`, `modified`, and properties of its own by name."""
        found: dict[str, str] = {}
        for part in ("docProps/core.xml", "docProps/custom.xml"):
            if part in self._names:
                for one in self._xml(part):
                    name = one.get("name") or etree.QName(one).localname
                    found[name] = "".join(str(words) for words in one.itertext()).strip()
        return found

    def rows(self, part: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Each row that has cells: its number from 1, and its cells by column from 0."""
        shared, dates = self._shared, self._dates
        column_of: dict[str, int] = {}
        number = 0
        try:
            with self._zip.open(part) as opened:
                walk = etree.iterparse(opened, tag=_ROW, huge_tree=True, resolve_entities=False, no_network=True)
                for _, row in walk:
                    number = int(row.get("r") or number + 1)
                    cells: dict[int, Cell] = {}
                    at = -1
                    for cell in row:
                        place = cell.get("r")
                        if place:
                            letters = place.rstrip("0123456789")
                            found = column_of.get(letters)
                            at = column_of.setdefault(letters, column(letters)) if found is None else found
                        else:
                            at += 1
                        if len(cell) and (held := _held(cell, shared, dates)) is not None:
                            cells[at] = held
                    yield number, cells
                    row.clear()
                    while row.getprevious() is not None:
                        del row.getparent()[0]
        except (zipfile.BadZipFile, OSError, ValueError, IndexError, EOFError, etree.XMLSyntaxError) as fault:
            raise not_readable() from fault

    def head_of(self, part: str, upto: bytes = b"<sheetData") -> bytes:
        """The beginning of a sheet's part, before its cells: views and columns."""
        with self._zip.open(part) as opened:
            return opened.read(1 << 16).partition(upto)[0]

    def elements(self, part: str) -> frozenset[str]:
        """The names of the elements a sheet is made of, one level down."""
        return frozenset(etree.QName(one).localname for one in self._xml(part).iterchildren("*"))

    def only(self, parts: Sequence[str]) -> bytes:
        """The same workbook in which every sheet but those of these parts is empty."""
        out = io.BytesIO()
        emptied = {sheet.part for sheet in self.sheets} - set(parts)
        without = {join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels") for part in emptied}
        with zipfile.ZipFile(out, "w") as package:
            for name in self._zip.namelist():
                if name not in without:
                    package.writestr(name, _EMPTY if name in emptied else self._zip.read(name))
        return out.getvalue()

    def broken(self) -> bool:
        """Whether any part is damaged; all of them are gone through."""
        return self._zip.testzip() is not None

    def part(self, name: str) -> bytes:
        """A part as it is."""
        return self._zip.read(name)

    @cached_property
    def moment(self) -> datetime:
        """The day from which the workbook counts its days."""
        props = self._book.find(f"{_S}workbookPr")
        return _STARTS[props is not None and props.get("date1904") in ("1", "true")]

    def day(self, cell: Cell) -> date | datetime | None:
        """The day or moment a number stands for; None for one outside the calendar."""
        try:
            when = self.moment + timedelta(days=float(cell.raw))
        except (ValueError, OverflowError):
            return None
        when = when + timedelta(microseconds=500_000)
        when = when.replace(microsecond=0)
        return when.date() if (when.hour, when.minute, when.second) == (0, 0, 0) else when

    @cached_property
    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._names:
            return []
        with self._zip.open("xl/sharedStrings.xml") as opened:
            walk = etree.iterparse(opened, tag=f"{_S}si", huge_tree=True, resolve_entities=False, no_network=True)
            found = []
            for _, one in walk:
                found.append(_words(one))
                one.clear()
                while one.getprevious() is not None:
                    del one.getparent()[0]
            return found

    @cached_property
    def _dates(self) -> frozenset[str]:
        """The cell styles that show a number as a date, by their number as text."""
        if "xl/styles.xml" not in self._names:
            return frozenset()
        styles = self._xml("xl/styles.xml")
        own = {str(one.get("numFmtId")): str(one.get("formatCode")) for one in styles.iter(f"{_S}numFmt")}
        found = styles.find(f"{_S}cellXfs")
        shown = [str(one.get("numFmtId")) for one in found] if found is not None else []
        return frozenset(str(n) for n, code in enumerate(shown) if _is_date(code, own.get(code, "")))

    def _xml(self, part: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self._zip.read(part), parser)


def column(letters: str) -> int:
    """`A` is 0, `AB` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(number: int) -> str:
    """0 is `A`, 27 is `AB`."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def not_readable() -> TryLater:
    """What is said of a tracker that is no whole workbook."""
    return TryLater(
        "The case tracker in the outbox cannot be read, so what people wrote in it might be lost. It was left as "
        "it is. Open it, save it as an Excel workbook under the same name, or move it away."
    )


def _held(cell: etree._Element, shared: list[str], dates: frozenset[str]) -> Cell | None:
    raw, formula = "", ""
    for part in cell:
        if part.tag == _V:
            raw = part.text or ""
        elif part.tag == _IS:
            return Cell(_words(part))
        elif part.tag == _F:
            formula = part.text or "="
    kind = cell.get("t", "n")
    if kind == "s":
        return Cell(shared[int(raw)], formula=formula) if raw else None
    if kind == "n":
        return Cell(raw, True, cell.get("s") in dates, formula) if raw or formula else None
    if kind == "b":
        raw = "TRUE" if raw == "1" else "FALSE"
    return Cell(_plain(raw), formula=formula) if raw or formula else None


def _words(holder: etree._Element) -> str:
    """The text of a string with all its runs, without the reading aids of East Asian words."""
    found = []
    for part in holder:
        if part.tag == _T:
            found.append(part.text or "")
        elif part.tag == _RUN:
            found.extend(text.text or "" for text in part if text.tag == _T)
    return _plain("".join(found))


def _plain(words: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), words) if "_x" in words else words


def _is_date(number: str, code: str) -> bool:
    if not code:
        return number.isdigit() and int(number) in _BUILT_IN_DATES
    bare = _QUOTED.sub("", code.split(";")[0])
    return bool(re.search(r"[dmyhs]", bare, re.IGNORECASE)) and "general" not in bare.casefold()
