"""Which words belong to which box of a PDF form: those in its line, its row or above it; none where it could be two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.reading.document import EMPTY, TICKED, Block, Cell, Control, Paragraph, Piece, Table, paragraphs, said

_BOXES = TICKED + EMPTY


@dataclass(slots=True)
class Words:
    """The words that belong to one box, or to the boxes of one control."""

    label: str = field(default="", repr=False)
    besides: list[tuple[bool, str]] = field(default_factory=list, repr=False)
    """For each box: whether it is ticked, and the words directly beside it."""


def labelled(controls: tuple[Control, ...], blocks: Sequence[Block]) -> tuple[Control, ...]:
    """The controls with the words that belong to them; the title its maker gave stands in where there are none."""
    return with_words(controls, words_of(blocks))


def with_words(controls: tuple[Control, ...], found: Mapping[int, Words]) -> tuple[Control, ...]:
    """The controls with the words that were found for them, by their numbers."""
    return tuple(_with_words(control, found.get(number)) for number, control in enumerate(controls))


def _with_words(control: Control, words: Words | None) -> Control:
    if words is None:
        return control
    label = words.label or control.label
    beside = words.besides[0][1] if len(words.besides) == 1 else ""
    return replace(control, label=label, beside=beside)


def words_of(blocks: Sequence[Block]) -> dict[int, Words]:
    """By a control's number, the words that belong to it."""
    found: dict[int, Words] = {}
    _walk(blocks, "", found)
    return found


def _walk(blocks: Sequence[Block], above: str, found: dict[int, Words]) -> None:
    """Paragraphs one below another: what has no words of its own is asked for by the paragraph above it."""
    for block in blocks:
        if isinstance(block, Table):
            _table(block, found)
            above = ""
        elif any(piece.control is not None for piece in block.pieces):
            above = _paragraph(block, above, found)
        else:
            above = "" if block.heading else _asking(block.text)


def _asking(words: str) -> str:
    return " ".join(words.split()).strip()


def _paragraph(paragraph: Paragraph, above: str, found: dict[int, Words]) -> str:
    """Give the boxes of a paragraph their words; what may still be asked for by the paragraph above it."""
    still = above
    for line in _lines(paragraph.pieces):
        gaps = list(_gaps(line))
        boxes = [piece for piece in line if piece.control is not None or piece.text in (TICKED, EMPTY)]
        ticks = [number for number, box in enumerate(boxes) if box.text in (TICKED, EMPTY)]
        shift = _side(gaps[ticks[0]], gaps[ticks[-1] + 1], len(ticks)) if ticks else None
        lead = gaps[0] if not ticks or shift == 1 or ticks[0] != 0 else ""
        for number, box in enumerate(boxes):
            if box.control is None:
                continue
            words = found.setdefault(box.control, Words())
            if number not in ticks:
                words.label = words.label or gaps[number] or above
                words.besides.append((False, gaps[number]))
                still = ""
            else:
                words.label = words.label or lead or above
                words.besides.append((box.text == TICKED, gaps[number + shift] if shift is not None else ""))
                still = "" if lead else still
    return still


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of a paragraph with every box of a line for itself; a line break stays within words."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.control is not None:
            line.append(piece)
            continue
        held = ""
        for letter in piece.text:
            if letter in _BOXES:
                line += [Piece(held, piece.marks), Piece(letter, piece.marks)]
                held = ""
            else:
                held += letter
        line.append(Piece(held, piece.marks))
    yield line


def _gaps(line: Sequence[Piece]) -> Iterator[str]:
    """The words before the first box, between boxes, and after the last one."""
    held: list[Piece] = []
    for piece in line:
        if piece.control is not None or piece.text in (TICKED, EMPTY):
            yield _asking(said(tuple(held)))
            held = []
        else:
            held.append(piece)
    yield _asking(said(tuple(held)))


def _side(first: str, last: str, boxes: int) -> int | None:
    """On which side of boxes their words stand: 1 after, 0 before; None where it could be either."""
    if first and last:
        return 1 if first.endswith(("?", ":", "*")) or boxes > 1 else None
    if boxes > 1 and not first and not last:
        return None
    return 1 if last else 0


def _table(table: Table, found: dict[int, Words]) -> None:
    heads = _heads(table)
    for row in table.rows:
        left, column = "", 0
        for cell in row:
            own = _own_words(cell)
            if _has_controls(cell):
                before = {number: words.label for number, words in found.items()}
                _walk(cell.blocks, "", found)
                for number in _controls(cell):
                    words = found[number]
                    head = heads.get(column, "")
                    if not before.get(number):
                        words.label = (head if head and not _is_box(cell) else left or words.label) or head
                    if _is_box(cell) and head:
                        words.besides = [(ticked, beside or head) for ticked, beside in words.besides]
                left = "" if not own else left
            elif own:
                left = own
            column += cell.span


def _heads(table: Table) -> dict[int, str]:
    """By column, the words of a first row that is a head: words in every cell, and more than two of them."""
    first = table.rows[0] if table.rows else ()
    texts = [_asking(cell.text) for cell in first]
    if len(table.rows) < 2 or len(first) < 3 or any(_has_controls(cell) for cell in first) or sum(map(bool, texts)) < 3:
        return {}
    later = table.rows[1:]
    if not all(any(_has_controls(cell) for cell in row) for row in later[:1]) or any(
        len(row) != len(first) for row in later
    ):
        return {}
    found, column = {}, 0
    for cell, words in zip(first, texts, strict=True):
        found[column] = words
        column += cell.span
    return found


def _own_words(cell: Cell) -> str:
    pieces = tuple(piece for one in paragraphs(cell.blocks) for piece in one.pieces if piece.control is None)
    return _asking(said(pieces).translate({ord(box): " " for box in _BOXES}))


def _is_box(cell: Cell) -> bool:
    shown = [piece for one in paragraphs(cell.blocks) for piece in one.pieces if piece.control is not None]
    return not _own_words(cell) and bool(shown) and all(piece.text in (TICKED, EMPTY) for piece in shown)


def _has_controls(cell: Cell) -> bool:
    return any(True for _ in _controls(cell))


def _controls(cell: Cell) -> Iterator[int]:
    for one in paragraphs(cell.blocks):
        for piece in one.pieces:
            if piece.control is not None:
                yield piece.control
