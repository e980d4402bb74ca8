"""A table within a cell of a table, told by the gaps that its lines leave inside the lines of the cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.reading.pdf_grid import Grid, GridCell
from formflow.reading.pdf_ink import Word

SLIM = 10.0
"""Points; a narrower cell holds no words."""
_MOST = 10
"""Tables within one."""


@dataclass(slots=True)
class Held:
    """What stands in a grid: words by the number of their cell, and the grids inside."""

    grid: Grid
    words: dict[int, list[Word]] = field(default_factory=lambda: defaultdict(list))
    inner: list[Held] = field(default_factory=list)
    inside: int | None = None
    """The number of the outer grid's cell it stands in."""

    def has_words(self) -> bool:
        """Whether anything is written in it."""
        return any(self.words.values()) or any(inner.has_words() for inner in self.inner)

    def is_slim(self, cell: GridCell) -> bool:
        """Whether a cell is a gap between lines and no place for words."""
        return cell.x1 - cell.x0 < SLIM and not self.words.get(cell.number)


def take_out_nested(held: Held) -> None:
    """Put tables that stand within a cell into grids of their own."""
    for _ in range(_MOST):
        found = next(_gaps(held), None)
        if found is None:
            return
        _take_out(held, *found)


def _gaps(held: Held) -> Iterator[tuple[GridCell, GridCell, list[GridCell]]]:
    """A gap to the left of cells in several rows, what is left empty to their right, and those cells."""
    empty = [cell for cell in held.grid.cells if cell.rows > 1 and not held.words.get(cell.number)]
    for left in empty:
        for right in empty if held.is_slim(left) else ():
            if (right.row, right.rows) != (left.row, left.rows) or right.column <= left.column + 1:
                continue
            between = [cell for cell in held.grid.cells if _is_between(cell, left, right)]
            squares = sum(cell.rows * cell.columns for cell in between)
            if len(between) > 3 and squares == left.rows * (right.column - left.column - left.columns):
                yield left, right, between


def _is_between(cell: GridCell, left: GridCell, right: GridCell) -> bool:
    inside = left.row <= cell.row and cell.row + cell.rows <= left.row + left.rows
    return inside and left.column + left.columns <= cell.column and cell.column + cell.columns <= right.column


def _take_out(held: Held, left: GridCell, right: GridCell, between: Sequence[GridCell]) -> None:
    grid = held.grid
    first = left.column + left.columns
    moved = [replace(cell, row=cell.row - left.row, column=cell.column - first) for cell in between]
    inner = Held(Grid.of(grid.xs[first : right.column + 1], grid.ys[left.row : left.row + left.rows + 1], moved))
    for old, new in zip(between, inner.grid.cells, strict=True):
        inner.words[new.number] = held.words.get(old.number, [])
    gone = {id(cell) for cell in (left, right, *between)}
    whole = replace(left, columns=right.column + right.columns - left.column, x1=right.x1)
    kept = [cell for cell in grid.cells if id(cell) not in gone]
    words: Mapping[int, list[Word]] = held.words
    renumbered = Grid.of(grid.xs, grid.ys, [*(replace(cell) for cell in kept), whole])
    held.words = defaultdict(
        list, {new.number: words.get(old.number, []) for old, new in zip(kept, renumbered.cells, strict=False)}
    )
    was = {old.number: new.number for old, new in zip(kept, renumbered.cells, strict=False)}
    for other in held.inner:
        other.inside = was.get(other.inside) if other.inside is not None else None
    inner.inside = renumbered.cells[-1].number
    held.grid = renumbered
    held.inner.append(inner)
