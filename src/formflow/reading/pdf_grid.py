"""Ruled tables: the lines of a page as grids of cells, each with the columns and rows that it covers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from formflow.reading.pdf_ink import Ink, Shape, Word, brightness

_NEAR_COLOURS = 3.5
"""Points within which coloured cells meet: a white line may be left between them."""
_OPEN = 6.0
"""Points by which lines must reach beyond the last that crosses them for a row or column without an end."""
_FRAME = 5.0
"""Points by which a frame goes round a box of a form."""
_MOST_CELLS = 20_000
_MOST_LINES = 3_000
"""On a page that are looked at; drawings and maps have more, forms do not."""


Line = tuple[float, float, float]
"""Where it stands, and from where to where it goes."""


@dataclass(slots=True)
class Edges:
    """Straight lines of one table."""

    across: list[Line] = field(default_factory=list)
    """Their y, and from which x to which."""
    down: list[Line] = field(default_factory=list)
    """Their x, and from which y to which."""


@dataclass(slots=True)
class GridCell:
    """A cell: the rows and columns of the grid that it covers, and its place on the page."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    y0: float
    x1: float
    y1: float
    number: int = 0
    """Its place in the grid's list."""

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(slots=True)
class Grid:
    """A table by its lines."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    squares: dict[tuple[int, int], GridCell] = field(default_factory=dict, repr=False)
    """By row and column of the grid, the cell that covers them."""

    @classmethod
    def of(cls, xs: list[float], ys: list[float], cells: list[GridCell]) -> Grid:
        """A grid of these cells, which get their numbers."""
        for number, cell in enumerate(cells):
            cell.number = number
        squares = {
            (row, column): cell
            for cell in cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        return cls(xs, ys, cells, squares)

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell in which a point lies."""
        return self.squares.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def row(self, number: int) -> list[GridCell]:
        """The cells that stand in a row, from the left, also those that go on from rows above."""
        across = (self.squares.get((number, column)) for column in range(len(self.xs) - 1))
        return list({id(cell): cell for cell in across if cell is not None}.values())


def grids_of(ink: Ink) -> list[Grid]:
    """The ruled tables of a page, from the top; then those made of coloured cells alone."""
    framed = [shape for shape in ink.shapes if shape.stroked and not shape.curved]
    ruled = [
        grid for grid in _grids([*ink.across], [*ink.down], framed, ink.near) if not _is_of_boxes(grid, framed, ink)
    ]
    loose = [
        shape for shape in ink.shapes if _is_coloured(shape) and not any(grid.holds(*_middle(shape)) for grid in ruled)
    ]
    coloured = [grid for grid in _grids([], [], loose, _NEAR_COLOURS) if len(grid.xs) > 2]
    return sorted((*ruled, *coloured), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _grids(across: list[Shape], down: list[Shape], framed: Iterable[Shape], near: float) -> list[Grid]:
    flat = [((line.y0 + line.y1) / 2, line.x0, line.x1) for line in across]
    upright = [((line.x0 + line.x1) / 2, line.y0, line.y1) for line in down]
    for shape in framed:
        flat += [(shape.y0, shape.x0, shape.x1), (shape.y1, shape.x0, shape.x1)]
        upright += [(shape.x0, shape.y0, shape.y1), (shape.x1, shape.y0, shape.y1)]
    flat, upright = _merged(flat, near), _merged(upright, near)
    if len(flat) + len(upright) > _MOST_LINES:
        return []
    found = (_grid(edges, near) for edges in _components(flat, upright, near))
    return [grid for grid in found if grid is not None]


def _is_of_boxes(grid: Grid, framed: Sequence[Shape], ink: Ink) -> bool:
    """Whether a grid is nothing but the frames of boxes of a form that touch one another."""
    boxes = [word for word in ink.words if word.control is not None and grid.holds(*word.middle)]
    if len(boxes) < 2 or any(grid.holds(*_middle(line)) for line in (*ink.across, *ink.down)):
        return False
    frames = [shape for shape in framed if grid.holds(*_middle(shape))]
    return all(any(_is_round(frame, box) for box in boxes) for frame in frames)


def _is_round(frame: Shape, box: Word) -> bool:
    near = (abs(frame.x0 - box.x0), abs(frame.y0 - box.y0), abs(frame.x1 - box.x1), abs(frame.y1 - box.y1))
    return max(near) < _FRAME


def _is_coloured(shape: Shape) -> bool:
    return not shape.stroked and shape.filled is not None and brightness(shape.filled) < 252


def _middle(shape: Shape) -> tuple[float, float]:
    return (shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2


def _merged(lines: Iterable[Line], near: float) -> list[Line]:
    """Lines that continue or cover one another as one."""
    tracks: list[list[Line]] = []
    for line in sorted(lines):
        if tracks and line[0] - tracks[-1][0][0] <= near:
            tracks[-1].append(line)
        else:
            tracks.append([line])
    found: list[Line] = []
    for track in tracks:
        at = sum(line[0] for line in track) / len(track)
        start, end = None, 0.0
        for _, first, last in sorted(track, key=lambda line: line[1]):
            if start is None:
                start, end = first, last
            elif first <= end + near + 1:
                end = max(end, last)
            else:
                found.append((at, start, end))
                start, end = first, last
        if start is not None:
            found.append((at, start, end))
    return found


def _components(across: Sequence[Line], down: Sequence[Line], near: float) -> Iterable[Edges]:
    """Lines that meet, table by table."""
    leader = list(range(len(across) + len(down)))

    def first(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for n, (y, left, right) in enumerate(across):
        for m, (x, top, bottom) in enumerate(down):
            if left - near <= x <= right + near and top - near <= y <= bottom + near:
                leader[first(n)] = first(len(across) + m)
    groups: dict[int, Edges] = defaultdict(Edges)
    for n, line in enumerate(across):
        groups[first(n)].across.append(line)
    for m, line in enumerate(down):
        groups[first(len(across) + m)].down.append(line)
    return groups.values()


def _grid(edges: Edges, near: float) -> Grid | None:
    if len(edges.across) < 2 or not edges.down:
        return None
    xs = _stops([line[0] for line in edges.down], [(line[1], line[2]) for line in edges.across], near)
    ys = _stops([line[0] for line in edges.across], [(line[1], line[2]) for line in edges.down], near)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    return Grid.of(xs, ys, list(_cells(xs, ys, edges, near)))


def _stops(own: list[float], reaches: list[tuple[float, float]], near: float) -> list[float]:
    """Where the grid has lines one way; its ends too, where no line closes it."""
    ends = [min(start for start, _ in reaches), max(end for _, end in reaches)]
    found: list[float] = []
    for stop in sorted(own):
        if not found or stop - found[-1] > near:
            found.append(stop)
    if ends[0] < found[0] - _OPEN:
        found.insert(0, ends[0])
    if ends[1] > found[-1] + _OPEN:
        found.append(ends[1])
    return found


def _cells(xs: list[float], ys: list[float], edges: Edges, near: float) -> Iterable[GridCell]:
    """The cells: squares of the grid put together where no line parts them."""
    wide, high = len(xs) - 1, len(ys) - 1
    owner = {(row, column): (row, column) for row in range(high) for column in range(wide)}

    def first(one: tuple[int, int]) -> tuple[int, int]:
        while owner[one] != one:
            one = owner[one]
        return one

    for row in range(high):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(wide):
            x = (xs[column] + xs[column + 1]) / 2
            if column + 1 < wide and not _parted(edges.down, xs[column + 1], y, near):
                owner[first((row, column + 1))] = first((row, column))
            if row + 1 < high and not _parted(edges.across, ys[row + 1], x, near):
                owner[first((row + 1, column))] = first((row, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for square in owner:
        groups[first(square)].append(square)
    for squares in groups.values():
        yield from _put_together(squares, xs, ys)


def _parted(lines: Sequence[Line], at: float, middle: float, near: float) -> bool:
    return any(abs(line[0] - at) <= near and line[1] - near <= middle <= line[2] + near for line in lines)


def _put_together(squares: list[tuple[int, int]], xs: list[float], ys: list[float]) -> Iterable[GridCell]:
    rows, columns = [row for row, _ in squares], [column for _, column in squares]
    top, left, bottom, right = min(rows), min(columns), max(rows) + 1, max(columns) + 1
    if (bottom - top) * (right - left) == len(squares):
        yield GridCell(top, left, bottom - top, right - left, xs[left], ys[top], xs[right], ys[bottom])
    else:  # not a rectangle: the lines do not say what belongs together
        for row, column in squares:
            yield GridCell(row, column, 1, 1, xs[column], ys[row], xs[column + 1], ys[row + 1])
