"""Walking through a part of a Word file in reading order: paragraphs, tables, and everything people fill in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from formflow.reading.document import Cell, Line, Table
from formflow.reading.word_beside import Met, MetCell, label_alone, label_cell, label_line, label_row
from formflow.reading.word_controls import Glossary, content_control, properties_of
from formflow.reading.word_legacy import legacy_field
from formflow.reading.word_scene import Field, Grid, Row, Scene
from formflow.reading.word_tape import ANSWER, GONE, NEW, PROMPT, UNSEEN, shown_by, symbol, words
from formflow.reading.xml import Element, attribute, child, local, switched

_PASSED_BY = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "instrText", "rt",
     "rubyPr", "delInstrText", "fldData", "Fallback", "annotationRef"}
)  # fmt: skip
_WIDEST = 200
"""Columns that a merged cell may cover; a file may claim a thousand million."""
_LONGEST_LABEL = 200
"""Letters; a longer line above a control is a story or guidance."""


@dataclass(slots=True)
class Walk:
    """What has been met so far in a document."""

    glossary: Glossary
    met: list[Met] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _at: Scene = field(default_factory=Scene)
    _repeated: bool = False
    _boxes: int = 0

    def part(self, root: Element, where: str) -> None:
        """Walk through the body of the document, or a header, footer or note."""
        self._at = Scene(where)
        self._through(root)
        self._close_fields(0)

    def _through(self, container: Element) -> None:
        for element in container:
            name = local(element)
            if step := _STEPS.get(name):
                step(self, element)
            elif len(element) and name not in _PASSED_BY:
                self._through(element)

    def _put(self, text: str, marks: int = 0) -> None:
        at = self._at
        for begun in at.fields:
            marks |= (ANSWER if begun.data is not None else 0) if begun.shown else UNSEEN
        at.tape.append((text, at.marks | marks, at.depth))

    def _place(self) -> str:
        at = self._at
        if at.grid is not None:
            return f"{at.grid.place}, row {at.grid.number + (at.row is None)}"
        return at.where or f"paragraph {at.paragraphs + (not at.inside)}"

    def _paragraph(self, paragraph: Element) -> None:
        at, start = self._at, len(self._at.tape)
        outer, at.line, at.inside = at.line, [], True
        at.paragraphs += at.grid is None
        self._through(paragraph)
        for begun in at.fields:
            begun.shown = True  # an instruction never runs on into the next paragraph
        label_line(at.tape, start, at.line)
        if at.grid is None:
            self._line(paragraph, start)
        at.line, at.inside = outer, False
        self._put("\n")

    def _line(self, paragraph: Element, start: int) -> None:
        at = self._at
        text = words(at.tape[start:], GONE | PROMPT)
        for met in at.line:
            label_alone(met, at.above)
        if at.line:
            at.above = ""
        if text.strip():
            heading = _is_heading(paragraph)
            self.lines.append(Line(text, at.where or f"paragraph {at.paragraphs}", heading))
            asks = not at.line and len(text) < _LONGEST_LABEL and (heading or text.rstrip().endswith((":", "?")))
            at.above = text.strip() if asks else ""

    def _control(self, sdt: Element) -> None:
        at, held, content = self._at, properties_of(sdt), child(sdt, "sdtContent")
        leaf = content is None or next(content.iter("{*}sdt", "{*}ffData"), None) is None
        kept = at.marks, self._repeated
        if leaf and "group" not in held:
            at.marks |= ANSWER | (PROMPT if switched(held.get("showingPlcHdr")) else 0)
        repeated = self._repeated = self._repeated or "repeatingSectionItem" in held
        place, slot, start, above = self._place(), len(self.met), len(at.tape), at.above
        if content is not None:
            self._through(content)
        at.marks, self._repeated = kept
        if at.marks & GONE:
            return
        control = content_control(held, at.tape[start:], place, leaf=leaf, repeated=repeated, glossary=self.glossary)
        met = Met(control, start, len(at.tape))
        self.met.insert(slot, met)
        if leaf and control.kind != "group":
            self._meet(met, above)

    def _meet(self, met: Met, above: str) -> None:
        """Note where an answer stands, for the words that belong to it."""
        at = self._at
        if at.inside:
            at.line.append(met)
        elif at.grid is None:
            label_alone(met, above)
            at.above = ""
        if at.cell is not None:
            at.cell.met.append(met)
        elif at.row is not None and at.row.met:
            at.row.met[-1].met.append(met)  # it wraps the cell that has just ended

    def _mark(self, mark: Element) -> None:
        """The beginning, the middle or the end of an older form field or a computed one."""
        at = self._at
        if at.marks & GONE:
            return
        match attribute(mark, "fldCharType"):
            case "begin":
                at.fields.append(Field(child(mark, "ffData"), self._place(), len(at.tape)))
            case "separate" if at.fields:
                at.fields[-1].shown, at.fields[-1].start = True, len(at.tape)
            case "end" if at.fields:
                self._end_field(at.fields.pop(), ended=True)

    def _end_field(self, begun: Field, *, ended: bool) -> None:
        at = self._at
        if begun.data is not None:
            shown = words(at.tape[begun.start :])
            control = legacy_field(begun.data, shown, begun.place, ended=ended)
            met = Met(replace(control, repeated=self._repeated), begun.start, len(at.tape))
            self.met.append(met)
            self._meet(met, at.above)

    def _close_fields(self, kept: int) -> None:
        """End the fields that a cell or a part began and never ended, so that they do not swallow what follows."""
        while len(self._at.fields) > kept:
            self._end_field(self._at.fields.pop(), ended=False)

    def _added(self, element: Element) -> None:
        self._marked(element, NEW)

    def _struck(self, element: Element) -> None:
        self._marked(element, GONE)

    def _marked(self, element: Element, mark: int) -> None:
        at, kept = self._at, self._at.marks
        at.marks |= mark
        self._through(element)
        at.marks = kept

    def _words(self, element: Element) -> None:
        self._put(shown_by(element))

    def _struck_words(self, element: Element) -> None:
        self._put(element.text or "", GONE)

    def _symbol(self, element: Element) -> None:
        self._put(symbol(element))

    def _either(self, element: Element) -> None:
        """The same thing in a new and an old spelling: the new one, unless only the old one says anything."""
        size = len(self._at.tape), len(self.met), self._boxes
        for kid in element:
            if local(kid) == "Choice":
                self._through(kid)
        fallback = child(element, "Fallback")
        if fallback is not None and size == (len(self._at.tape), len(self.met), self._boxes):
            self._through(fallback)

    def _text_box(self, box: Element) -> None:
        self._boxes += 1
        outer = self._at
        self._at = Scene(f"text box {self._boxes}", marks=outer.marks & GONE)
        self._through(box)
        self._close_fields(0)
        self._at = outer

    def _table(self, table: Element) -> None:
        at, slot = self._at, len(self.tables)
        place = f"{at.where}, table {slot + 1}" if at.where else f"table {slot + 1}"
        grid = Grid(place)
        self.tables.append(Table(place, ()))
        kept = at.grid, at.row, at.cell, at.line, at.inside
        at.grid, at.row, at.cell, at.line, at.inside = grid, None, None, [], False
        at.depth += 1
        self._through(table)
        at.depth -= 1
        at.grid, at.row, at.cell, at.line, at.inside = kept
        self.tables[slot] = Table(place, tuple(grid.rows))
        at.above = ""

    def _row(self, element: Element) -> None:
        at, grid = self._at, self._at.grid
        if grid is None:
            return
        grid.number += 1
        held = child(element, "trPr")
        row = Row(switched(child(held, "tblHeader")))
        if indent := _span(child(held, "gridBefore"), 0):
            row.cells.append(Cell("", indent))
            row.column = indent
        at.row, kept = row, at.marks
        at.marks |= GONE if child(held, "del") is not None else 0
        self._through(element)
        at.row, at.marks = None, kept
        grid.rows.append(tuple(row.cells))
        grid.headed = grid.headed and row.header
        if grid.headed:
            grid.heads = [text for cell in row.cells for text in [cell.text.strip()] + [""] * (cell.span - 1)]
        label_row(row.met, grid.heads)

    def _cell(self, element: Element) -> None:
        at, row = self._at, self._at.row
        if row is None:
            return
        start, begun = len(at.tape), len(at.fields)
        met = at.cell = MetCell(row.column)
        self._through(element)
        self._close_fields(begun)
        at.cell = None
        held = child(element, "tcPr")
        span = _span(child(held, "gridSpan"), 1)
        stretch = at.tape[start:]
        merge = child(held, "vMerge")
        continued = merge is not None and attribute(merge, "val") != "restart"
        row.cells.append(Cell("" if continued else words(stretch, GONE | PROMPT, at.depth), span, row.header))
        label_cell(met, at.tape, start, at.depth)
        row.met.append(met)
        row.column += span
        self._put("\t")


_STEPS: dict[str, Callable[[Walk, Element], None]] = {
    "p": Walk._paragraph,
    "t": Walk._words,
    "delText": Walk._struck_words,
    "tab": lambda walk, _: walk._put("\t"),
    "br": lambda walk, _: walk._put("\n"),
    "cr": lambda walk, _: walk._put("\n"),
    "noBreakHyphen": lambda walk, _: walk._put("-"),
    "sym": Walk._symbol,
    "symEx": Walk._symbol,
    "fldChar": Walk._mark,
    "sdt": Walk._control,
    "tbl": Walk._table,
    "tr": Walk._row,
    "tc": Walk._cell,
    "ins": Walk._added,
    "moveTo": Walk._added,
    "del": Walk._struck,
    "moveFrom": Walk._struck,
    "AlternateContent": Walk._either,
    "txbxContent": Walk._text_box,
}
"""What is done at each element; others are only gone through."""


def _span(element: Element | None, otherwise: int) -> int:
    value = attribute(element, "val") or ""
    return min(int(value[:9]), _WIDEST) if value.isdecimal() and int(value[:9]) > 0 else otherwise


def _is_heading(paragraph: Element) -> bool:
    properties = child(paragraph, "pPr")
    style = attribute(child(properties, "pStyle"), "val") or ""
    return style.lower().startswith(("heading", "title")) or child(properties, "outlineLvl") is not None
