"""Tables, met on a walk: rows of cells as a grid, and the words that ask for what stands in them."""

from __future__ import annotations

from formflow.reading.word_beside import MetCell, label_cell, label_row
from formflow.reading.word_fields import close_fields
from formflow.reading.word_looks import is_shaded
from formflow.reading.word_scene import Grid, MadeCell, Row
from formflow.reading.word_tape import GONE, NEW, PROMPT, words
from formflow.reading.word_walk import Walk, holds_controls
from formflow.reading.xml import NAMES, Element, switched, value

_WIDEST = 200
"""Columns that a merged cell may cover; a file may claim a thousand million."""
_MOST_ROWS = 2_000
"""Of one table; a longer one is a spreadsheet that was pasted in, and only its rows with controls are read on."""


def table(walk: Walk, element: Element) -> None:
    """A table, and those in its cells."""
    at = walk.at
    walk.tables += 1
    place = f"{at.part}, table {walk.tables}" if at.part else f"table {walk.tables}"
    grid = Grid(place, at.part)
    at.blocks.append(grid)
    kept = at.grid, at.row, at.cell, at.line, at.inside, at.tape, at.fields
    if at.inside:  # in the middle of a paragraph, as only broken files have it: its words are no part of that
        at.tape, at.fields = [], []
    at.grid, at.row, at.cell, at.line, at.inside = grid, None, None, [], False
    at.depth += 1
    walk.through(element)
    at.depth -= 1
    at.grid, at.row, at.cell, at.line, at.inside, at.tape, at.fields = kept
    at.above = ""


def row(walk: Walk, element: Element) -> None:
    """A row of a table."""
    at, grid = walk.at, walk.at.grid
    if grid is None:
        return
    grid.number += 1
    if grid.number > _MOST_ROWS:
        walk.notes.add("large")
        if not holds_controls(element):
            return
    made = Row(f"{grid.place}, row {grid.number}")
    at.row, kept = made, at.marks
    walk.through(element)
    at.row, at.marks = None, kept
    grid.rows.append(made.cells)
    if grid.headed:
        grid.headed = made.header
        if made.header:
            pairs = zip(made.texts, made.cells, strict=True)
            grid.heads = [text for said, cell in pairs for text in [said.strip()] + [""] * (cell.span - 1)]
    if any(cell.met for cell in made.met):
        for cell in made.met:
            label_cell(cell, at.tape, at.depth)
        label_row(made.met, grid.heads)


def row_properties(walk: Walk, properties: Element) -> None:
    """What a row's properties say of it: they stand before its cells."""
    at, made, told = walk.at, walk.at.row, walk.told(properties)
    if not told or made is None or made.cells:
        return
    for each in told:
        match NAMES[each.tag]:
            case "tblHeader":
                made.header = switched(each)
            case "gridBefore" if indent := _number(walk, each, 0):
                made.cells.append(MadeCell(span=indent))
                made.texts.append("")
                made.column = indent
            case "del":
                at.marks |= GONE
            case "ins":
                at.marks |= NEW
            case _:
                pass
    for cell in made.cells:
        cell.header = made.header


def cell(walk: Walk, element: Element) -> None:
    """A cell of a row."""
    at, outer = walk.at, walk.at.row
    if outer is None:
        return
    made = at.made = MadeCell(header=outer.header)
    tape, start, begun, kept = at.tape, len(at.tape), len(at.fields), (at.blocks, at.marks)
    met = at.cell = MetCell(outer.column, start)
    at.blocks = made.blocks
    walk.through(element)
    if len(at.fields) > begun:
        close_fields(walk, begun)
    at.cell = None
    at.blocks, at.marks = kept
    if made.joined and outer.cells:
        outer.cells[-1].span += made.span
        outer.cells[-1].blocks += made.blocks
        outer.column += made.span
        return
    if outer.header:
        outer.texts.append("" if made.continued else words(tape[start:], GONE | PROMPT, at.depth))
    outer.cells.append(made)
    met.end = len(tape)
    outer.met.append(met)
    outer.column += made.span
    walk.put("\t")


def cell_properties(walk: Walk, properties: Element) -> None:
    """What a cell's properties say of it: they stand before its words."""
    at, made, told = walk.at, walk.at.made, walk.told(properties)
    if not told or made is None or made.blocks:
        return
    for each in told:
        match NAMES[each.tag]:
            case "gridSpan":
                made.span = _number(walk, each, 1)
            case "vMerge":
                made.continued = value(each) != "restart"
            case "hMerge":
                made.joined = value(each) != "restart"
            case "shd":
                made.shaded = is_shaded(each)
            case "cellDel":
                at.marks |= GONE
            case "cellIns":
                at.marks |= NEW
            case _:
                pass


def _number(walk: Walk, element: Element, otherwise: int) -> int:
    """A number of columns; one that cannot be is the other one, or as many as a table may have."""
    said = value(element) or ""
    number = int(said[:9]) if said.isdecimal() else 0
    if not 0 < number <= _WIDEST:
        walk.notes.add("odd-table")
    return min(number, _WIDEST) if number > 0 else otherwise
