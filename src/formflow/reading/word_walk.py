"""Walking through a part of a Word file in reading order: paragraphs, tables, and everything people fill in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from formflow.reading.document import Cell, Control, Line, Table
from formflow.reading.word_controls import content_control, legacy_field
from formflow.reading.word_text import text_of
from formflow.reading.xml import Element, attribute, child, local, switched

_THROUGH = frozenset({"ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "sdtContent"})
_GONE = frozenset({"del", "moveFrom", "Fallback"})
_WIDEST = 200
"""Columns that a merged cell may cover; a file may claim a thousand million."""


@dataclass(slots=True)
class Walk:
    """What has been met so far in a document."""

    controls: list[Control] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    revised: bool = False
    _where: str = ""
    """The part of the document, when it is not its body: `page header`, `footnote`."""
    _paragraphs: int = 0
    _tables: int = 0
    _boxes: int = 0
    _open: list[tuple[Element | None, list[str] | None]] = field(default_factory=list)
    """Older form fields that have begun and not ended: their data, and their words once those begin."""

    def part(self, body: Element, where: str) -> None:
        """Walk through the body of the document, or of a header, footer or footnote."""
        self._where, self._paragraphs = where, 0
        self._blocks(body, None, repeated=False)

    def _blocks(self, container: Element, spot: _Spot | None, *, repeated: bool) -> None:
        for element in container:
            match local(element):
                case "p":
                    self._paragraph(element, spot, repeated=repeated)
                case "tbl":
                    self._table(element, repeated=repeated)
                case "sdt":
                    repeated_here = self._control(element, spot or self._spot(), repeated=repeated)
                    content = child(element, "sdtContent")
                    if content is not None:
                        self._blocks(content, spot, repeated=repeated_here)
                case "txbxContent" | "body" | "footnote" | "endnote":
                    self._blocks(element, spot, repeated=repeated)
                case name if name in _THROUGH:
                    self._blocks(element, spot, repeated=repeated)

    def _spot(self) -> _Spot:
        place = self._where or f"paragraph {self._paragraphs + 1}"
        return _Spot(place, "")

    def _paragraph(self, paragraph: Element, spot: _Spot | None, *, repeated: bool) -> None:
        if spot is None:
            self._paragraphs += 1
            place = self._where or f"paragraph {self._paragraphs}"
            words = text_of(paragraph)
            if words.strip():
                self.lines.append(Line(words, place, _is_heading(paragraph)))
            spot = _Spot(place, "")
        self._inline(paragraph, spot, [], repeated=repeated)

    def _inline(self, container: Element, spot: _Spot, before: list[str], *, repeated: bool) -> None:
        """Through the runs of a paragraph; `before` gathers the words since the last answer, a label if no other."""
        for element in container:
            name = local(element)
            if name == "sdt":
                inner = self._control(element, spot.beside(before), repeated=repeated)
                before.clear()
                content = child(element, "sdtContent")
                if content is not None:
                    self._inline(content, spot, [], repeated=inner)
            elif (
                name in ("r", "t", "AlternateContent", "Choice", "pict", "drawing", "shape", "textbox")
                or name in _THROUGH
            ):
                self._run(element, spot, before, repeated=repeated)
            elif name in _GONE:
                self.revised = self.revised or name != "Fallback"
            elif name == "p":
                self._inline(element, spot, before, repeated=repeated)
            elif name == "tbl":
                self._table(element, repeated=repeated)
            elif name == "tr":
                continue

    def _run(self, element: Element, spot: _Spot, before: list[str], *, repeated: bool) -> None:
        name = local(element)
        if name in ("ins", "moveTo"):
            self.revised = True
        if name == "r":
            for kid in element:
                self._piece(kid, spot, before, repeated=repeated)
        elif name in ("AlternateContent", "pict", "drawing", "shape", "textbox", "Choice"):
            self._text_boxes(element, repeated=repeated)
        else:
            self._inline(element, spot, before, repeated=repeated)

    def _piece(self, kid: Element, spot: _Spot, before: list[str], *, repeated: bool) -> None:
        match local(kid):
            case "fldChar":
                self._legacy(kid, spot, before)
            case "t":
                words = self._open[-1][1] if self._open else None
                (before if words is None else words).append(kid.text or "")
            case "tab" | "br" | "cr":
                if self._open and self._open[-1][1] is not None:
                    self._open[-1][1].append("\n" if local(kid) != "tab" else "\t")
            case "AlternateContent" | "pict" | "drawing":
                self._text_boxes(kid, repeated=repeated)

    def _legacy(self, mark: Element, spot: _Spot, before: list[str]) -> None:
        match attribute(mark, "fldCharType"):
            case "begin":
                self._open.append((child(mark, "ffData"), None))
            case "separate" if self._open:
                self._open[-1] = (self._open[-1][0], [])
            case "end" if self._open:
                data, words = self._open.pop()
                if data is not None:
                    near = spot.beside(before)
                    self.controls.append(legacy_field(data, "".join(words or []), near.place, near.label))
                    before.clear()
                elif words:  # a computed field such as a page number or a date: its words are plain text
                    outer = self._open[-1][1] if self._open else None
                    (before if outer is None else outer).extend(words)

    def _control(self, sdt: Element, spot: _Spot, *, repeated: bool) -> bool:
        """Note a content control; gives whether what is inside it stands in a row that Word repeats."""
        properties = child(sdt, "sdtPr")
        inside = repeated or child(properties, "repeatingSectionItem") is not None
        control = content_control(sdt, spot.place, spot.label, repeated=repeated)
        self.revised = self.revised or bool(control.doubts and "tracked" in control.doubts[0])
        self.controls.append(control)
        return inside

    def _text_boxes(self, element: Element, *, repeated: bool) -> None:
        for box in _outermost(element, "txbxContent"):
            self._boxes += 1
            outer, count = self._where, self._paragraphs
            self._where = f"text box {self._boxes}"
            self._blocks(box, None, repeated=repeated)
            self._where, self._paragraphs = outer, count

    def _table(self, table: Element, *, repeated: bool) -> None:
        self._tables += 1
        place = f"{self._where}, table {self._tables}" if self._where else f"table {self._tables}"
        slot = len(self.tables)
        self.tables.append(Table(place, ()))
        rows: list[tuple[Cell, ...]] = []
        heads: list[str] = []
        for number, (row, again) in enumerate(self._rows(table, place, repeated), 1):
            header = switched(child(child(row, "trPr"), "tblHeader"))
            rows.append(self._row(row, f"{place}, row {number}", heads, again, header=header))
            if header and not heads:
                heads = [text for cell in rows[-1] for text in [cell.text] + [""] * (cell.span - 1)]
        self.tables[slot] = Table(place, tuple(rows))

    def _rows(self, container: Element, place: str, repeated: bool) -> Iterator[tuple[Element, bool]]:
        for element in container:
            name = local(element)
            if name == "tr":
                yield element, repeated
            elif name == "sdt":
                inside = self._control(element, _Spot(place, ""), repeated=repeated)
                content = child(element, "sdtContent")
                if content is not None:
                    yield from self._rows(content, place, inside)
            elif name in _THROUGH:
                yield from self._rows(element, place, repeated)

    def _row(self, row: Element, place: str, heads: list[str], repeated: bool, *, header: bool) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        column = 0
        label = ""
        for cell, wrapper in _cells(row):
            own = text_of(cell, controls=False).strip()
            head = heads[column] if column < len(heads) else ""
            spot = _Spot(place, head or label)
            if wrapper is not None:
                self._control(wrapper, spot, repeated=repeated)
            continued = _continues(cell)
            self._blocks(cell, spot, repeated=repeated)
            span = _span(cell)
            cells.append(Cell("" if continued else text_of(cell), span, header))
            column += span
            label = own or label
        return tuple(cells)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a control stands, and the words beside it."""

    place: str
    label: str

    def beside(self, before: list[str]) -> _Spot:
        """The same place; with the words just before it as the label where there is no other."""
        words = "".join(before).strip()
        return self if self.label or not words else _Spot(self.place, words)


def _cells(container: Element, wrapper: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """The cells of a row, each with the content control that wraps it as a whole, if one does."""
    for element in container:
        name = local(element)
        if name == "tc":
            yield element, wrapper
        elif name == "sdt":
            content = child(element, "sdtContent")
            if content is not None:
                yield from _cells(content, element)
        elif name in _THROUGH:
            yield from _cells(element, wrapper)


def _outermost(element: Element, name: str) -> Iterator[Element]:
    for kid in element:
        if local(kid) == "Fallback":
            continue
        if local(kid) == name:
            yield kid
        else:
            yield from _outermost(kid, name)


def _span(cell: Element) -> int:
    value = attribute(child(child(cell, "tcPr"), "gridSpan"), "val") or "1"
    return min(int(value), _WIDEST) if value.isdigit() and int(value) > 0 else 1


def _continues(cell: Element) -> bool:
    merge = child(child(cell, "tcPr"), "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def _is_heading(paragraph: Element) -> bool:
    properties = child(paragraph, "pPr")
    style = attribute(child(properties, "pStyle"), "val") or ""
    return style.lower().startswith(("heading", "title")) or child(properties, "outlineLvl") is not None
