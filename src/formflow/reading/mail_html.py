"""Words that a message holds as HTML: paragraphs and tables, with what is struck through, bold or highlighted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from formflow.reading.document import EMPTY, TICKED, Block, Cell, Mark, Paragraph, Piece, Table
from formflow.reading.package import too_complex
from formflow.reading.xml import MOST_ELEMENTS, Element

_DEEPEST = 200
_WIDEST = 200
"""Columns or rows that a merged cell may cover; a file may claim a thousand million."""
_PASSED_BY = frozenset({"script", "style", "head", "title", "template", "svg", "math", "object", "noscript", "iframe"})
_BREAKS = frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr",
     "br", "center", "section", "article", "header", "footer", "fieldset", "form", "address", "legend", "tr", "td",
     "th", "tbody", "caption"}
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKS = {
    "b": Mark.BOLD, "strong": Mark.BOLD, "u": Mark.UNDERLINED, "ins": Mark.UNDERLINED, "s": Mark.STRUCK,
    "strike": Mark.STRUCK, "del": Mark.STRUCK, "mark": Mark.HIGHLIGHTED,
}  # fmt: skip
_PLAIN_GROUND = re.compile(r"(?:white|transparent|none|inherit|initial|#fff(?:fff)?|rgb\(255, ?255, ?255\))\b", re.I)
_SYMBOLS = dict.fromkeys(map(chr, (0xFE, 0xFD, 0xFC, 0x78, 0xFB)), TICKED) | dict.fromkeys(
    map(chr, (0xA8, 0x6F, 0x71, 0x72)), EMPTY
)
"""Letters of the Wingdings font that show as a box, ticked or crossed or empty."""


def html_blocks(text: str) -> list[Block]:
    """Paragraphs and tables in reading order. Raises `Returned` when there is far more than a message holds."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    if not text.strip():
        return []
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    if len(text) > MOST_ELEMENTS * 3 and sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise too_complex()
    numbers = _Numbers()
    walk = _Walk(numbers)
    walk.through(root, Mark.NONE, "", 0)
    return walk.done()


@dataclass(slots=True)
class _Numbers:
    """How many lines and tables were met so far."""

    lines: int = 0
    tables: int = 0


@dataclass(slots=True)
class _Walk:
    """Going through HTML; what stands in a cell has a walk of its own."""

    numbers: _Numbers
    place: str = ""
    """Where it is when inside a table: `e-mail, table 1, row 2`."""
    blocks: list[Block] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _heading: bool = False

    def through(self, element: Element, marks: Mark, font: str, depth: int) -> None:
        """Everything in an element and, but for the outermost, not what follows it."""
        if depth > _DEEPEST:
            raise too_complex()
        tag = str(element.tag)
        style = (element.get("style") or "").lower()
        if tag in _PASSED_BY or re.search(r"display\s*:\s*none|mso-hide\s*:\s*all", style):
            return
        if tag == "table":
            self._table(element, marks, font, depth)
            return
        if tag in _BREAKS:
            self.end()
            self._heading = tag in _HEADINGS
        marks, font = marks | _marks(tag, element, style), _font(element, style) or font
        self.say(_control(tag, element) if tag in ("input", "select") else element.text or "", marks, font)
        if tag != "select":
            for child in element:
                self.through(child, marks, font, depth + 1)
                self.say(child.tail or "", marks, font)
        if tag in _BREAKS:
            self.end()
            self._heading = False

    def say(self, text: str, marks: Mark, font: str) -> None:
        """Words that follow those said before; white space of any length is one space."""
        if "wingdings" in font:
            text = "".join(_SYMBOLS.get(letter, letter) for letter in text)
        text = re.sub(r"[\s\u00a0]+", " ", text)
        if text.startswith(" ") and (not self._pieces or self._pieces[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            self._pieces.append(Piece(text, marks))

    def end(self) -> None:
        """The line ends here."""
        if any(piece.text.strip() for piece in self._pieces):
            self.numbers.lines += not self.place
            place = self.place or f"e-mail, line {self.numbers.lines}"
            self.blocks.append(Paragraph(tuple(self._pieces), place, self._heading))
        self._pieces = []

    def done(self) -> list[Block]:
        """What was met."""
        self.end()
        return self.blocks

    def _table(self, table: Element, marks: Mark, font: str, depth: int) -> None:
        self.end()
        rows = _rows(table)
        if all(len(row) <= 1 for row in rows):  # a frame round the message, not a table of questions
            for row in rows:
                for cell in row:
                    self.through(cell, marks, font, depth + 1)
                    self.end()
            return
        self.numbers.tables += 1
        number = self.numbers.tables
        place = f"{self.place}, table {number}" if self.place else f"e-mail, table {number}"
        made = []
        below: dict[int, int] = {}
        for at, row in enumerate(rows, 1):
            made.append(self._row(row, f"{place}, row {at}", (marks, font, depth), below))
        self.blocks.append(Table(place, tuple(made)))

    def _row(
        self, row: list[Element], place: str, look: tuple[Mark, str, int], below: dict[int, int]
    ) -> tuple[Cell, ...]:
        """The cells of a row; `below` holds by column how many more rows a cell above reaches down."""
        marks, font, depth = look
        cells: list[Cell] = []
        column = 0
        for element in row:
            column = _continued(cells, column, below)
            inner = _Walk(self.numbers, place)
            inner.through(element, marks, font, depth + 1)
            span = _number(element.get("colspan"))
            cells.append(Cell(tuple(inner.done()), span, header=element.tag == "th", shaded=_shaded(element)))
            reach = _number(element.get("rowspan")) - 1
            for covered in range(column, column + span):
                if reach:
                    below[covered] = reach
            column += span
        _continued(cells, column, below)
        return tuple(cells)


def _continued(cells: list[Cell], column: int, below: dict[int, int]) -> int:
    """Put in the cells that only go on from above; gives the next free column."""
    while below.get(column):
        below[column] -= 1
        cells.append(Cell(continued=True))
        column += 1
    return column


def _rows(table: Element) -> list[list[Element]]:
    groups = [list(kid) if kid.tag in ("tbody", "thead", "tfoot") else [kid] for kid in table]
    rows = [row for group in groups for row in group if row.tag == "tr"]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]


def _number(text: str | None) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "")
    return min(max(int(found[1]), 1), _WIDEST) if found else 1


def _marks(tag: str, element: Element, style: str) -> Mark:
    marks = _MARKS.get(tag, Mark.NONE)
    if "line-through" in style:
        marks |= Mark.STRUCK
    if re.search(r"text-decoration[^;]*underline", style):
        marks |= Mark.UNDERLINED
    if re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style):
        marks |= Mark.BOLD
    ground = re.search(r"background(?:-color)?\s*:\s*([^;]+)", style)
    if tag in ("span", "font", "b", "strong", "a") and ground and not _PLAIN_GROUND.match(ground[1].strip()):
        marks |= Mark.HIGHLIGHTED
    return marks


def _shaded(element: Element) -> bool:
    ground = re.search(r"background(?:-color)?\s*:\s*([^;]+)", (element.get("style") or "").lower())
    colour = ground[1].strip() if ground else (element.get("bgcolor") or "white")
    return not _PLAIN_GROUND.match(colour)


def _font(element: Element, style: str) -> str:
    found = re.search(r"font-family\s*:\s*([^;]+)", style)
    return (found[1] if found else element.get("face") or "").lower()


def _control(tag: str, element: Element) -> str:
    """What a control of a web form shows."""
    if tag == "select":
        chosen = [option for option in element.iter("option") if option.get("selected") is not None]
        return " ".join(" ".join(map(str, option.itertext())) for option in chosen)
    if (element.get("type") or "").lower() in ("checkbox", "radio"):
        return TICKED if element.get("checked") is not None else EMPTY
    return "" if (element.get("type") or "").lower() in ("hidden", "submit", "button") else element.get("value") or ""
