"""Tables, met on a walk: rows of cells as a grid, and the words that ask for what stands in them."""

from __future__ import annotations

from formflow.reading.word_beside import MetCell, label_cell, label_row
from formflow.reading.word_fields import close_fields
from formflow.reading.word_looks import is_shaded
from formflow.reading.word_scene import Grid, MadeCell, Row
from formflow.reading.word_tape import GONE, NEW, PROMPT, words
from formflow.reading.word_walk import Walk
from formflow.reading.xml import Element, attribute, child, local, switched

_WIDEST = 200
"""Columns that a merged cell may cover; a file may claim a thousand million."""


def table(walk: Walk, element: Element) -> None:
    """A table, and those in its cells."""
    at = walk.at
    walk.tables += 1
    place = f"{at.part}, table {walk.tables}" if at.part else f"table {walk.tables}"
    grid = Grid(place, at.part)
    at.blocks.append(grid)
    kept = at.grid, at.row, at.cell, at.line, at.inside
    at.grid, at.row, at.cell, at.line, at.inside = grid, None, None, [], False
    at.depth += 1
    walk.through(element)
    at.depth -= 1
    at.grid, at.row, at.cell, at.line, at.inside = kept
    at.above = ""


def row(walk: Walk, element: Element) -> None:
    """A row of a table."""
    at, grid = walk.at, walk.at.grid
    if grid is None:
        return
    grid.number += 1
    held = child(element, "trPr")
    made = Row(switched(child(held, "tblHeader")))
    if indent := _number(child(held, "gridBefore"), 0):
        made.cells.append(MadeCell(span=indent, header=made.header))
        made.texts.append("")
        made.column = indent
    at.row, kept = made, at.marks
    at.marks |= _change(held, "del", "ins")
    walk.through(element)
    at.row, at.marks = None, kept
    grid.rows.append(made.cells)
    grid.headed = grid.headed and made.header
    if grid.headed:
        pairs = zip(made.texts, made.cells, strict=True)
        grid.heads = [text for said, cell in pairs for text in [said.strip()] + [""] * (cell.span - 1)]
    label_row(made.met, grid.heads)


def _change(properties: Element | None, gone: str, new: str) -> int:
    """The mark of a row or cell that a tracked change took out or put in."""
    if child(properties, gone) is not None:
        return GONE
    return NEW if child(properties, new) is not None else 0


def cell(walk: Walk, element: Element) -> None:
    """A cell of a row."""
    at, outer = walk.at, walk.at.row
    if outer is None:
        return
    made, properties = _made(outer, child(element, "tcPr"))
    start, begun, kept = len(at.tape), len(at.fields), (at.blocks, at.marks)
    met = at.cell = MetCell(outer.column)
    at.blocks = made.blocks
    at.marks |= _change(properties, "cellDel", "cellIns")
    walk.through(element)
    close_fields(walk, begun)
    at.cell = None
    at.blocks, at.marks = kept
    hidden = made.continued or not outer.header
    outer.texts.append("" if hidden else words(at.tape[start:], GONE | PROMPT, at.depth))
    outer.cells.append(made)
    label_cell(met, at.tape, start, at.depth)
    outer.met.append(met)
    outer.column += made.span
    walk.put("\t")


def _made(outer: Row, properties: Element | None) -> tuple[MadeCell, Element | None]:
    """A cell with what its properties say of it."""
    made = MadeCell(header=outer.header)
    for each in properties if properties is not None else ():
        match local(each):
            case "gridSpan":
                made.span = _number(each, 1)
            case "vMerge":
                made.continued = attribute(each, "val") != "restart"
            case "shd":
                made.shaded = is_shaded(each)
            case _:
                pass
    return made, properties


def _number(element: Element | None, otherwise: int) -> int:
    value = attribute(element, "val") or ""
    return min(int(value[:9]), _WIDEST) if value.isdecimal() and int(value[:9]) > 0 else otherwise
