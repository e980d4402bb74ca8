"""Tables with a head: rows of children, people, agencies and events; grids of questions with yes and no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from formflow.extracting.heads import Column, Head, columns_of, option_named
from formflow.extracting.question import Line, is_filled_in, joined, lines_of, plain
from formflow.extracting.row import Placed
from formflow.extracting.standing import REPEATED, Standing, child_number
from formflow.extracting.vocabulary import Targets
from formflow.reading.document import EMPTY, TICKED, Piece, Table

if TYPE_CHECKING:
    from formflow.extracting.finding import Finder


def rows_under(finder: Finder, grid: Table, rows: Sequence[Sequence[Placed]], number: int, head: Head) -> int:
    """Take the rows under a header; gives the number of the first row that is no longer under it."""
    at = number + head.rows
    if head.section == "stacked":
        place = f"{grid.place}, row {at + 1}"
        for column, cell in zip(head.columns, rows[at], strict=True):
            finder.answer(column.label, column.targets, cell, place)
        return at + 1
    if head.section == "sheet":
        return _through_sheet(finder, grid, rows, at, head)
    if head.section == "children":
        return _through_children(finder, grid, rows, at, head)
    kept = finder.at.sections
    if head.section and head.section not in kept[:1]:
        finder.at.sections = (head.section, *(section for section in kept if section != head.section))
    while at < len(rows):
        row = rows[at]
        if (len(row) == 1 and len(head.columns) > 1) or columns_of(finder.at, rows, at) is not None:
            break
        place = f"{grid.place}, row {at + 1}"
        if any(cell.holds_table for cell in row):
            _inner(finder, row)
        elif head.section:
            _one(finder, row, head, place)
        elif not _asked_in_row(finder, row, head, place):
            break
        at += 1
    finder.at.sections = kept
    if head.section == "child":
        finder.at.child = 1  # what is asked of children below the table is asked of the first, or of all
    return max(at, number + 1)


def _through_sheet(finder: Finder, grid: Table, rows: Sequence[Sequence[Placed]], number: int, head: Head) -> int:
    """Take rows with a question, an answer, and columns that only number or explain."""
    asks, replies = head.columns
    for at in range(number, len(rows)):
        row, place = rows[at], f"{grid.place}, row {at + 1}"
        question = next((cell for cell in row if asks.covers(cell)), None)
        reply = next((cell for cell in row if replies.covers(cell)), None)
        if question is None or reply is None or question is reply:
            finder.in_row(row, place)
        else:
            finder.in_row([question, reply], place)
    return len(rows)


def _through_children(finder: Finder, grid: Table, rows: Sequence[Sequence[Placed]], number: int, head: Head) -> int:
    """Take rows that ask the same of every child."""
    at = finder.at
    kept, at.sections = at.sections, ("child", *at.sections)
    for place in range(number, len(rows)):
        row = rows[place]
        if len(row) == 1:
            at.sections = kept
            return place
        targets = at.asks(row[0].text, ("child",)) or at.vocabulary.keyed(row[0].text, ("child",)) or ()
        for column in head.columns:
            lines = [line for cell in row[1:] if column.covers(cell) for line, _ in lines_of(cell.blocks)]
            at.child = int(column.label)
            at.put(row[0].text, targets, joined(lines), f"{grid.place}, row {place + 1}", at.child)
    at.sections, at.child = kept, 1
    return len(rows)


def _inner(finder: Finder, row: Sequence[Placed]) -> None:
    """A row that holds a table: what is in it belongs to the same part of the form."""
    for cell in row:
        if cell.holds_table:
            finder.through(cell.blocks)


def _one(finder: Finder, row: Sequence[Placed], head: Head, place: str) -> None:
    """A row about one child, person, agency or event."""
    at = finder.at
    about = " ".join(
        cell.text for cell in row if not any(column.targets and column.covers(cell) for column in head.columns)
    )
    group, number = at.group, None
    if head.section == "notifier":
        at.group = "lead" if {"lead"} & at.vocabulary.wording.asked(about) else group
    elif head.section == "child":
        number = child_number(about) or _numeral(about) or _next_child(at, row, head)
        at.child = number
    elif any(_says_something(cell) for cell in row[head.labels_first :]):
        block = REPEATED.get(head.section, "attachment")
        at.rows[block] += 1
        number = at.rows[block]
    else:
        return
    for targets, label, pieces in _answers(at, row, head):
        at.put(label, targets, pieces, place, number)
    at.group = group


def _numeral(about: str) -> int | None:
    return int(about) if about.strip().isdigit() and 0 < int(about) < 10 else None


def _next_child(at: Standing, row: Sequence[Placed], head: Head) -> int:
    named = ("child_N_surname", 1) in at.asked or ("child_N_full_name", 1) in at.asked
    first = any(
        column.targets[:1] in (("child_N_surname",), ("child_N_full_name",), ("child_N_forename",))
        for column in head.columns
    )
    return at.child + 1 if named and first and any(cell.text for cell in row) else at.child


def _says_something(cell: Placed) -> bool:
    if cell.is_filled_in:
        return TICKED in cell.text or (bool(cell.text.replace(EMPTY, "").strip()) and not _only_options(cell.text))
    return bool(cell.text)


def _only_options(text: str) -> bool:
    rest = text.replace(EMPTY, " ").replace("/", " ")
    return all(option_named(word) is not None for word in rest.split())


def _answers(at: Standing, row: Sequence[Placed], head: Head) -> Iterator[tuple[Targets, str, Line]]:
    """What each column of a row answers; the boxes under one question are one answer."""
    groups: dict[tuple[Targets, str], list[tuple[Column, Placed]]] = {}
    for column in head.columns:
        for cell in row:
            if column.targets and column.start <= cell.start < column.end and not cell.continued:
                groups.setdefault((column.targets, column.label), []).append((column, cell))
    for (targets, label), cells in groups.items():
        if at.group == "lead":
            targets = _of_lead(at, label, targets)
        if cells[0][0].option:
            yield targets, label, _boxes(cells)
        else:
            yield targets, label, joined(line for _, cell in cells for line, _ in lines_of(cell.blocks))


def _of_lead(at: Standing, label: str, targets: Targets) -> Targets:
    """In the row of the safeguarding lead the columns ask for the lead's name and role."""
    found = at.vocabulary.asks(label, ("lead",), at.areas)
    if found and found[0].startswith("lead_"):
        return found
    return tuple(target.replace("notifier_", "lead_") for target in targets)


def _boxes(cells: Sequence[tuple[Column, Placed]]) -> Line:
    """Marks under the heads of their columns, written as boxes with their words."""
    pieces: list[Piece] = []
    for column, cell in cells:
        control = next(
            (piece.control for line, _ in lines_of(cell.blocks) for piece in line if piece.control is not None), None
        )
        ticked = TICKED in cell.text or bool(cell.text.replace(EMPTY, "").strip())
        pieces += [Piece(TICKED if ticked else EMPTY, control=control), Piece(f" {column.option}  ")]
    return tuple(pieces)


def _asked_in_row(finder: Finder, row: Sequence[Placed], head: Head, place: str) -> bool:
    """A row of a grid: its question, what is ticked, and what is written about it; False when it asks nothing."""
    at, first = finder.at, row[0]
    if not first.text:
        return len(row) > 1
    targets = at.asks(first.text, (*head.sections, *at.contexts())) or ()
    boxes = [(column, cell) for column in head.columns for cell in row[1:] if column.option and column.covers(cell)]
    rest = [(column, cell) for column in head.columns for cell in row[1:] if not column.option and column.covers(cell)]
    if boxes:
        at.put(first.text, targets, _boxes(boxes), place)
    for column, cell in rest:
        lines = joined(line for line, _ in lines_of(cell.blocks))
        if not boxes and not column.kind:
            at.put(first.text, targets, lines, place)
        elif targets and (more := at.vocabulary.companion(targets[0], column.kind or "detail")):
            at.put(column.label, (more,), lines, place)
        elif plain(lines).strip() and not is_filled_in(lines):
            at.put(column.label, (), lines, place)
    return True
