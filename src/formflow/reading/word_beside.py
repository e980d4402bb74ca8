"""Which words belong to which control: those in its line, its row or above it; none where it could be two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from formflow.reading.document import Control
from formflow.reading.word_tape import ANSWER, GONE, PROMPT, Bit, words

_WHITE = " \t\n\u00a0\u2002"
_ASIDE = GONE | ANSWER | PROMPT


@dataclass(slots=True)
class Met:
    """A control that was met, and the stretch of tape it stands on."""

    control: Control
    start: int
    end: int
    above: str = ""
    """The words before it in its cell."""
    label: str = ""
    beside: str = ""

    @property
    def is_tick(self) -> bool:
        """Whether it is a tick box."""
        return self.control.ticked is not None

    def labelled(self) -> Control:
        """The control with the words that belong to it; the title its maker gave stands in where there are none."""
        if not self.label and not self.beside:
            return self.control
        old, label = self.control, self.label or self.control.label
        return Control(  # in so many words: `replace` takes five times as long, for every control
            old.name, old.kind, old.place, old.raw, old.ticked, label, old.options, old.doubts, old.repeated,
            self.beside, old.title,
        )  # fmt: skip


@dataclass(slots=True)
class MetCell:
    """A cell that was met: its own words without answers, and its controls."""

    column: int
    start: int
    end: int = 0
    words: str = ""
    met: list[Met] = field(default_factory=list)

    @property
    def is_box(self) -> bool:
        """Whether it holds tick boxes and nothing else."""
        return bool(self.met) and not self.words and all(met.is_tick for met in self.met)


def label_line(tape: Sequence[Bit], start: int, met: Sequence[Met]) -> None:
    """Give the controls of one paragraph, which begins at `start`, the words of the paragraph that belong to them."""
    if not met:
        return
    gaps = []
    for one in met:
        gaps.append(words(tape[start : one.start], _ASIDE).strip(_WHITE))
        start = one.end
    gaps.append(words(tape[start:], _ASIDE).strip(_WHITE))
    ticks = [number for number, one in enumerate(met) if one.is_tick]
    shift = _side(gaps[ticks[0]], gaps[ticks[-1] + 1], len(ticks)) if ticks else None
    for number, one in enumerate(met):
        if not one.is_tick:
            one.beside = gaps[number]
        elif shift is not None:
            one.beside = gaps[number + shift]


def label_cell(cell: MetCell, tape: Sequence[Bit], depth: int) -> None:
    """Note a cell's own words, and for each of its controls the words that ask for it inside the cell."""
    start = cell.start
    cell.words = words(tape[start : cell.end], _ASIDE, depth).strip(_WHITE)
    if not cell.met or not cell.words:
        return
    lead = words(tape[start : cell.met[0].start], _ASIDE).strip(_WHITE)
    if cell.met[0].is_tick:
        lead = lead.removesuffix(cell.met[0].beside).strip(_WHITE)  # the first box's own words do not ask
    for met in cell.met:
        met.above = lead if met.is_tick else words(tape[start : met.start], _ASIDE).strip(_WHITE)
        start = met.end


def label_row(cells: Sequence[MetCell], heads: Sequence[str]) -> None:
    """Give the controls of a row of a table the words that ask for them: its column's header, else words to the left.

    Only a cell without controls of its own asks for what stands in another.
    """
    stands_for = {number: _neighbour(cells, number) for number, cell in enumerate(cells) if cell.is_box}
    left = ""
    for number, cell in enumerate(cells):
        head = heads[cell.column] if cell.column < len(heads) else ""
        option = stands_for.get(number)
        for met in cell.met:
            if not met.is_tick:
                met.label = head or left
            elif cell.is_box:
                met.label = left or head
                met.beside = head or (cells[option].words if option is not None and len(cell.met) == 1 else "")
            else:
                met.label = left or met.above
            label_alone(met, met.above)
        if cell.words and number not in stands_for.values():
            left = "" if cell.met else cell.words


def label_alone(met: Met, above: str) -> None:
    """Give a control that nothing else named the words beside it, or those above it."""
    met.label = met.label or met.beside or ("" if met.is_tick else above)


def _neighbour(cells: Sequence[MetCell], number: int) -> int | None:
    """Which cell says what a box alone in its cell stands for; None where it could be either."""
    filled = [place for place, cell in enumerate(cells) if cell.words or cell.met]
    boxes = [place for place, cell in enumerate(filled) if cells[cell].is_box]
    if any(later - place == 1 for place, later in pairwise(boxes)):
        return None  # boxes under the headers of their columns
    shift = _side(cells[filled[0]].words, cells[filled[-1]].words, len(boxes))
    place = filled.index(number) + (1 if shift else -1)
    if shift is None or not 0 <= place < len(filled):
        return None
    neighbour = cells[filled[place]]
    return filled[place] if neighbour.words and not neighbour.met else None


def _side(first: str, last: str, boxes: int) -> int | None:
    """On which side of boxes their words stand: 1 after, 0 before; None where it could be either.

    `first` stands before the first box, `last` after the last one.
    """
    if first and last:
        return 1 if first.endswith(("?", ":")) else None
    if boxes > 1 and not first and not last:
        return None
    return 1 if last else 0
