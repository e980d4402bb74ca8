"""A page being drawn from top to bottom: headings, panels, label cells, and the boxes people fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from formflow.rendering.forms.blank_plan import Question

MARGIN = 56.7
"""Points: 2 cm."""
INK, QUIET, LINES, PANEL = (HexColor(f"#{c}") for c in ("0B0C0C", "505A5F", "B1B4B6", "F3F2F1"))

_FOOT = 56.0


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A field to be made: its name, tooltip, kind, where on which page, and what it offers."""

    name: str
    tip: str
    kind: str
    page: int
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in points from the page's lower left corner."""
    options: tuple[str, ...] = ()
    export: str = ""


class Sheet:
    """Where the pen is, and every field met so far in reading order."""

    def __init__(self, canvas: Canvas, marking: str, foot: str, pages: int) -> None:
        """Begin the first of `pages` pages; 0 while their number is not known."""
        self.canvas, self.fields = canvas, list[FieldBox]()

        self._marking, self._foot, self._size = marking, foot, A4
        self.page, self._pages = 1, pages

        self.y = 0.0
        self._start()

    @property
    def width(self) -> float:
        """The width between the margins."""
        return float(self._size[0]) - 2 * MARGIN

    def _start(self) -> None:
        self.canvas.setPageSize(self._size)
        self.y = self._size[1] - MARGIN - 14
        self._text(self._size[0] / 2, self._size[1] - 40, self._marking, "Helvetica-Bold", 10, INK, middle=True)
        self._text(MARGIN, 34, self._foot, "Helvetica", 8.5, QUIET)
        page = f"Page {self.page} of {self._pages}"
        self._text(
            self._size[0] - MARGIN - self.canvas.stringWidth(page, "Helvetica", 8.5), 34, page, "Helvetica", 8.5, QUIET
        )

    def room(self, height: float) -> bool:
        """Make sure that `height` fits on the page; True when a new page was begun for it."""
        if self.y - height >= _FOOT:
            return False
        self._next()
        return True

    def turn(self, *, wide: bool) -> None:
        """Begin a new page when the page must be turned."""
        size = landscape(A4) if wide else A4
        if size != self._size:
            self.canvas.showPage()
            self.page += 1
            self._size = size
            self._start()

    def _next(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self._start()

    def end(self) -> None:
        """Finish the last page."""
        self.canvas.showPage()
        self.canvas.save()

    def gap(self, height: float) -> None:
        """Leave some space."""
        self.y -= height

    def heading(self, words: str, size: int) -> None:
        """A heading."""
        self.y -= size * 1.3 + (6 if size < 18 else 0)
        self._text(MARGIN, self.y, words, "Helvetica-Bold", size, INK)
        self.y -= 8

    def words(self, words: str, size: float, *, quiet: bool = False) -> None:
        """A paragraph."""
        for line in simpleSplit(words, "Helvetica", size, self.width):
            self.y -= size * 1.25
            self._text(MARGIN, self.y, line, "Helvetica", size, QUIET if quiet else INK)
        self.y -= 6

    def panel(self, paragraphs: Sequence[str]) -> None:
        """Paragraphs in a shaded box."""
        lines = [simpleSplit(words, "Helvetica", 10, self.width - 20) for words in paragraphs]
        height = sum(len(part) * 13 + 5 for part in lines) + 10
        self.room(height)
        self.box(MARGIN, self.y, self.width, height, shade=True)
        y = self.y - 6
        for part in lines:
            for line in part:
                y -= 13
                self._text(MARGIN + 10, y + 3, line, "Helvetica", 10, INK)
            y -= 5
        self.y -= height + 6

    def box(self, x: float, top: float, width: float, height: float, *, shade: bool = False) -> None:
        """The frame of a cell."""
        self.canvas.setStrokeColor(LINES)
        self.canvas.setLineWidth(0.6)
        self.canvas.setFillColor(PANEL)
        self.canvas.rect(x, top - height, width, height, stroke=1, fill=1 if shade else 0)

    def label(self, x: float, top: float, label: Sequence[str], hint: Sequence[str], *, size: float = 10) -> None:
        """A label with its hint below it in quiet text."""
        y = top - 4
        for line in label:
            y -= size * 1.2
            self._label_line(x, y, line, size)
        for line in hint:
            y -= 10.5
            self._text(x, y, line, "Helvetica", 8.5, QUIET)

    def _label_line(self, x: float, y: float, line: str, size: float) -> None:
        plain, mark, _ = line.partition("(required)")
        self._text(x, y, plain, "Helvetica-Bold", size, INK)
        if mark:
            after = x + self.canvas.stringWidth(plain, "Helvetica-Bold", size)
            self._text(after, y, mark, "Helvetica", size - 1, QUIET)

    def boxes(
        self, x: float, top: float, name: str, options: Sequence[tuple[str, str]], tip: str, *, step: float, size: float
    ) -> None:
        """Tick boxes with their words: beside one another `step` points apart, or below one another when it is 0."""
        y = top - size
        for option, words in options:
            export = {"yes": "Yes", "no": "No", "not_known": "NK"}.get(option, option)
            self.fields.append(
                FieldBox(
                    f"{name}:{option}", f"{tip}: {words}", "tick", self.page, (x, y, x + size, y + size), (), export
                )
            )
            self.canvas.setStrokeColor(QUIET)  # the frame is drawn on the page, so that it shows and prints everywhere
            self.canvas.rect(x, y, size, size, stroke=1, fill=0)
            self._text(x + size + 4, y + size * 0.18, words, "Helvetica", size * 0.83, INK)
            if step:
                x += step
            else:
                y -= size * 1.45

    def answer(
        self, x: float, top: float, width: float, height: float, question: Question, tip: str, *, small: bool = False
    ) -> None:
        """The box for a written or chosen answer."""
        kind = {"choice": "choice", "long": "long"}.get(
            question.kind, "long" if small and question.kind == "text" else "text"
        )
        options = ("", *(words for _, words in question.options)) if question.kind == "choice" else ()
        deep = height if kind == "long" else min(height, 20.0)
        y = top - deep
        self.fields.append(FieldBox(question.id, tip, kind, self.page, (x, y, x + width, top), options))

    def _text(
        self, x: float, y: float, words: str, font: str, size: float, color: Color, *, middle: bool = False
    ) -> None:
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(color)
        if middle:
            self.canvas.drawCentredString(x, y, words)
        else:
            self.canvas.drawString(x, y, words)
