"""Walking through a part of a Word file in reading order, and what has been met on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from formflow.reading.document import Control
from formflow.reading.word_behind import Behind
from formflow.reading.word_beside import Met, label_alone
from formflow.reading.word_looks import Styles, Telling
from formflow.reading.word_scene import Made, Scene
from formflow.reading.word_tape import ANSWER, NOBODY
from formflow.reading.xml import Element

Step = Callable[["Walk", Element], None]
_NOT_YET = Control("", "text", "")


@dataclass(slots=True)
class Walk:
    """A walk through a document, part by part: where it is, and what it has met."""

    steps: Mapping[str, Step | None]
    """What is done at each element, by its full name; None for one that is passed by."""
    behind: Behind
    styles: Styles
    told: Telling = list
    met: list[Met] = field(default_factory=list)
    blocks: list[Made] = field(default_factory=list)
    boxes: list[Made] = field(default_factory=list)
    """What stands in text boxes."""
    box_count: int = 0
    tables: int = 0
    paragraphs: int = 0
    notes: set[str] = field(default_factory=set)
    """What is worth knowing of the document: hidden words, odd tables."""
    repeated: bool = False
    """Whether it is in a row of a repeating section."""
    at: Scene = field(default_factory=Scene)
    _numbers: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def through(self, container: Element) -> None:
        """Take the step for every element in another."""
        steps = self.steps
        for element in container:
            step = steps[element.tag]
            if step is not None:
                step(self, element)

    def put(self, text: str, marks: int = 0) -> None:
        """Put words on the tape, with the marks of where they stand."""
        at, control = self.at, self.at.control
        if at.fields:
            for begun in at.fields:
                marks |= begun.marks
                if begun.control != NOBODY and begun.marks & ANSWER:
                    control = begun.control
        at.tape.append((text, at.marks | at.look | marks, at.depth, control))

    def put_control(self, number: int, text: str = "", marks: int = 0) -> None:
        """Put the place of a control on the tape, and what it shows when that stands nowhere in the file."""
        at = self.at
        at.tape.append((text, at.marks | marks, at.depth, number))

    def place(self) -> str:
        """What a person would call the place: `table 2, row 4`."""
        at = self.at
        if at.row is not None:
            return at.row.place
        if at.grid is not None:
            return f"{at.grid.place}, row {at.grid.number + 1}"
        return at.part or f"paragraph {at.paragraphs + (not at.inside)}"

    def reserve(self) -> tuple[int, Met]:
        """The number of the control that begins here, and where to note it."""
        met = Met(_NOT_YET, len(self.at.tape), len(self.at.tape))
        self.met.append(met)
        return len(self.met) - 1, met

    def meet(self, met: Met, above: str) -> None:
        """Note where an answer stands, for the words that belong to it."""
        at = self.at
        if at.inside:
            at.line.append(met)
        elif at.grid is None:
            label_alone(met, above)
            at.above = ""
        if at.cell is not None:
            at.cell.met.append(met)
        elif at.row is not None and at.row.met:
            at.row.met[-1].met.append(met)  # it wraps the cell that has just ended

    def marked(self, element: Element, mark: int) -> None:
        """Walk through an element whose words all bear a mark."""
        at, kept = self.at, self.at.marks
        at.marks |= mark
        self.through(element)
        at.marks = kept

    def note(self, kind: str, name: str) -> int:
        """The number of a footnote, endnote or comment, counted as they are met."""
        known = self._numbers[kind]
        return known.setdefault(name, len(known) + 1)


def holds_controls(element: Element) -> bool:
    """Whether there is something in an element that a person fills in."""
    return next(element.iter("{*}sdt", "{*}ffData"), None) is not None


def descend(walk: Walk, element: Element) -> None:
    """The step for an element that means nothing itself."""
    if len(element):
        walk.through(element)
