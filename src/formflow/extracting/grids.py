"""Questions in tables: label and answer side by side, two pairs a row, rows under a header, grids of yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from formflow.extracting.answered import answer_in_cell
from formflow.extracting.columns import rows_under
from formflow.extracting.heads import columns_of
from formflow.extracting.inline import pairs_in
from formflow.extracting.question import (
    Line,
    is_bold,
    is_filled_in,
    joined,
    lines_of,
)
from formflow.extracting.row import Placed, placed
from formflow.extracting.statements import statement
from formflow.extracting.vocabulary import Targets
from formflow.reading.document import EMPTY, TICKED, Block, Piece, Table, paragraphs

if TYPE_CHECKING:
    from formflow.extracting.finding import Finder


def table(finder: Finder, grid: Table) -> None:
    """Find the questions of a table."""
    rows = [placed(row) for row in grid.rows]
    starts = _label_columns(finder, rows)
    number = 0
    while number < len(rows):
        place = f"{grid.place}, row {number + 1}"
        if head := columns_of(finder.at, rows, number):
            number = rows_under(finder, grid, rows, number, head)
        elif (below := _below(finder, rows, number)) is not None:
            label, targets = below
            answer = _only(rows[number + 1])
            if answer is not None:
                answer_in_cell(finder, label, targets, answer, f"{grid.place}, row {number + 2}")
            number += 2
        else:
            _row(finder, rows[number], place, starts)
            number += 1


def _label_columns(finder: Finder, rows: Sequence[Sequence[Placed]]) -> frozenset[int]:
    """Where in the grid labels stand: the columns in which most cells ask for something."""
    asking: dict[int, int] = {}
    said: dict[int, int] = {}
    for row in rows:
        for cell in row if len(row) > 1 else ():
            if cell.text:
                said[cell.start] = said.get(cell.start, 0) + 1
                asking[cell.start] = asking.get(cell.start, 0) + (_label(finder, cell) is not None)
    return frozenset(start for start, count in asking.items() if count >= 2 and count * 2 >= said[start])


def alone_in(grid: Table) -> tuple[Block, ...] | None:
    """What stands in a table of a single cell, which is only a frame; None for any other table."""
    if len(grid.rows) == 1 and len(grid.rows[0]) == 1:
        return grid.rows[0][0].blocks
    return None


def _below(finder: Finder, rows: Sequence[Sequence[Placed]], number: int) -> tuple[str, Targets] | None:
    """The label that fills a row, when the row under it is one cell that answers it."""
    if number + 1 >= len(rows):
        return None
    first, second = _only(rows[number]), _only(rows[number + 1])
    if first is None or second is None or first.start != second.start:
        return None
    label, answer = first, second
    if label.is_filled_in or not label.text or "\n" in label.text:
        return None
    targets = finder.at.asks(label.text)
    if (is_bold_cell(answer) and answer.text) or (not is_bold_cell(label) and finder.at.asks(answer.text) is not None):
        return None
    if targets is None:
        return (label.text, ()) if len(rows[number]) > 1 and is_bold_cell(label) else None
    return label.text, targets


def _only(row: Sequence[Placed]) -> Placed | None:
    """The one cell of a row in which anything stands; None where there are more, or none."""
    said = [cell for cell in row if cell.text or cell.is_filled_in or cell.holds_table]
    return said[0] if len(said) == 1 and not said[0].holds_table else None


def is_bold_cell(cell: Placed) -> bool:
    """Whether every word of a cell is bold."""
    return all(is_bold(paragraph.pieces) for paragraph in paragraphs(cell.blocks) if paragraph.text)


def row_alone(finder: Finder, row: Sequence[Placed], place: str) -> None:
    """Find the questions of a row whose first cell is a label."""
    _row(finder, row, place, frozenset({row[0].start}))


def _row(finder: Finder, row: Sequence[Placed], place: str, starts: frozenset[int]) -> None:
    """Find the questions of a row that stands under no header."""
    said = [cell for cell in row if cell.text or cell.is_filled_in or cell.holds_table]
    if heading := next((cell for cell in said if _is_heading(cell)), None):
        finder.at.head(heading.text, place)
        return
    if len(said) == 1 and len(row) == 1:
        _whole(finder, said[0], place)
        return
    if len(said) == 1 and _is_band(finder, said[0]):
        finder.at.head(said[0].text, place)
        return
    _side_by_side(finder, row, place, starts)


def _is_heading(cell: Placed) -> bool:
    """Whether what stands in a cell is a heading by its style."""
    said = [paragraph for paragraph in paragraphs(cell.blocks) if paragraph.text]
    return bool(said) and all(paragraph.heading for paragraph in said)


def _is_band(finder: Finder, cell: Placed) -> bool:
    text = cell.text
    looks = cell.shaded or is_bold_cell(cell) or text.isupper()
    return (
        bool(text)
        and looks
        and not cell.is_filled_in
        and finder.at.asks(text) is None
        and bool(finder.at.vocabulary.heading(text))
    )


def _whole(finder: Finder, cell: Placed, place: str) -> None:
    """Take a row of a single cell: a band that begins a part, or a frame round anything else."""
    text = cell.text
    if text and "\n" not in text and len(text) < 120 and not cell.is_filled_in and not cell.holds_table:
        looks = cell.shaded or is_bold_cell(cell) or text.isupper()
        if looks and finder.at.vocabulary.heading(text) and (finder.at.asks(text) is None or _is_numbered(text)):
            finder.at.head(text, place)
            return
    finder.through(cell.blocks)


def _is_numbered(text: str) -> bool:
    return text[:1].isdigit() or text.upper() == text


def _side_by_side(finder: Finder, row: Sequence[Placed], place: str, starts: frozenset[int]) -> None:
    """Go through a row from left to right: a label, then its answer."""
    number = 0
    while number < len(row):
        cell = row[number]
        following = row[number + 1] if number + 1 < len(row) else None
        if cell.continued or not (cell.text or cell.is_filled_in or cell.holds_table):
            number += 1
        elif (targets := _with_options(finder, cell, following) or _label(finder, cell)) is not None:
            number = _asked(finder, row, number, targets, place, starts)
        elif cell.is_only_boxes or (following is not None and following.is_only_boxes and not cell.is_filled_in):
            if following is not None:
                box, words = (cell, following) if cell.is_only_boxes else (following, cell)
                statement(finder.at, words.text, _first_box(box), place)
            number += 2
        elif cell.holds_table or cell.is_filled_in or _has_pairs(finder, cell):
            _inside(finder, cell, row[number - 1].text if number else "")
            number += 1
        elif following is not None and _is_unknown_label(finder, cell, following, starts):
            finder.at.put(cell.text, (), joined(line for line, _ in lines_of(following.blocks)), place)
            finder.at.last = ""
            number += 2
        else:
            number += 1


def _inside(finder: Finder, cell: Placed, before: str) -> None:
    """Go through a cell that holds questions of its own; the cell before it may say that they are about the lead."""
    kept = finder.at.group
    if "lead" in finder.at.vocabulary.wording.asked(before):
        finder.at.group = "lead"
    finder.through(cell.blocks)
    finder.at.group = kept


def _asked(
    finder: Finder, row: Sequence[Placed], number: int, targets: Targets, place: str, starts: frozenset[int]
) -> int:
    """Put the label in a cell with the answer in the next; gives the number of the cell after both."""
    cell = row[number]
    following = row[number + 1] if number + 1 < len(row) else None
    if following is None or _is_label_too(finder, cell, following):
        finder.at.put(cell.text, targets, (), place)
        return number + 1
    answer_in_cell(finder, cell.text, targets, following, place)
    return _more(finder, row, number + 2, targets, place, starts)


def _is_unknown_label(finder: Finder, cell: Placed, following: Placed, starts: frozenset[int]) -> bool:
    """Whether a cell is a label that nobody declared: it looks like one, or stands where labels stand."""
    return (_looks_like_label(cell) or cell.start in starts) and not _has_pairs(finder, following)


def _label(finder: Finder, cell: Placed) -> Targets | None:
    if cell.is_filled_in or cell.holds_table or _has_pairs(finder, cell):
        return None
    return finder.at.asks(cell.text)


def _with_options(finder: Finder, cell: Placed, following: Placed | None) -> Targets | None:
    """What a label asks that goes on in the answers printed beside it: `Has the child` … `died / been harmed`."""
    if following is None or cell.is_filled_in or not cell.text or "/" not in following.text:
        return None
    first = cell.text.splitlines()[0]
    if first.split()[0].casefold() not in ("has", "is", "was", "did", "does", "the"):
        return None
    return finder.at.asks(f"{first} {following.text}") if not first.rstrip().endswith(("?", ":")) else None


def _is_label_too(finder: Finder, label: Placed, following: Placed) -> bool:
    """Whether the cell after a label is another label: it asks, and looks the same, where answers look otherwise."""
    if following.is_filled_in or not following.text or finder.at.asks(following.text) is None:
        return False
    return _looks_like_label(following) and _looks_like_label(label)


def _looks_like_label(cell: Placed) -> bool:
    return bool(cell.text) and (cell.shaded or is_bold_cell(cell) or cell.text.rstrip().endswith(("?", ":")))


def _has_pairs(finder: Finder, cell: Placed) -> bool:
    return any(pairs_in(line, finder.at.in_line())[0] for line, _ in lines_of(cell.blocks))


def _first_box(cell: Placed) -> Line:
    for line, _ in lines_of(cell.blocks):
        if is_filled_in(line):
            return tuple(piece for piece in line if piece.control is not None or {TICKED, EMPTY} & set(piece.text))[:1]
    return (Piece(EMPTY),)


def _more(
    finder: Finder, row: Sequence[Placed], number: int, targets: Targets, place: str, starts: frozenset[int]
) -> int:
    """Take what stands after an answer and before the next label: more about it."""
    if number >= len(row) or not targets:
        return number
    cell = row[number]
    detail = finder.at.vocabulary.companion(targets[0], "detail")
    if _looks_like_label(cell) or cell.start in starts:
        return number
    if cell.text and detail and _label(finder, cell) is None and not _has_pairs(finder, cell):
        finder.at.put(cell.text, (detail,), joined(line for line, _ in lines_of(cell.blocks)), place)
        return number + 1
    return number
