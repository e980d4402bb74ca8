"""The words of a Word file in reading order on one tape, each marked, and taken off it again as pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from formflow.reading.document import EMPTY, TICKED, Mark, Piece
from formflow.reading.xml import Element, attribute, child

Bit = tuple[str, int, int, int]
"""Words, their marks, how many tables they stand in, and the number of the control that shows them (or `NOBODY`)."""

NOBODY = -1
GONE, NEW, PROMPT, NOTE = int(Mark.GONE), int(Mark.NEW), int(Mark.PROMPT), int(Mark.NOTE)
STRUCK, BOLD, UNDERLINED, HIGHLIGHTED = (
    int(mark) for mark in (Mark.STRUCK, Mark.BOLD, Mark.UNDERLINED, Mark.HIGHLIGHTED)
)
# Plain numbers: a `Mark` costs much to combine, and a form has thousands of stretches of words.
ANSWER, UNSEEN = 1 << 16, 1 << 17
"""Inside a control; hidden, or the instruction of a computed field."""
_TOLD = ANSWER - 1
_UNSAID = GONE | PROMPT | NOTE

_SYMBOLS = {
    ("wingdings", 0xFE): TICKED, ("wingdings", 0xFD): TICKED, ("wingdings", 0x78): TICKED,
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗",
    ("wingdings", 0xA8): EMPTY, ("wingdings", 0x6F): EMPTY, ("wingdings", 0x71): EMPTY, ("wingdings", 0x72): EMPTY,
    ("wingdings 2", 0x52): TICKED, ("wingdings 2", 0x53): TICKED, ("wingdings 2", 0x54): TICKED,
    ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x4F): "✗", ("wingdings 2", 0xA3): EMPTY,
    ("wingdings 2", 0x2A): EMPTY,
    ("webdings", 0x67): TICKED, ("webdings", 0x61): "✓", ("webdings", 0x72): "✗", ("webdings", 0x63): EMPTY,
}  # fmt: skip
SYMBOL_FONTS = frozenset(font for font, _ in _SYMBOLS)
_PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Where Word keeps the letters of symbol fonts when it writes them as text."""
TICK = "✓"
_BOXES_FIRST = re.compile(rf"\s*(?:[{TICKED}{EMPTY}{TICK}]\s*\w[^{TICKED}{EMPTY}{TICK}]*)+")
"""A line of options, each after its own box."""
_BOXES = {**dict.fromkeys("☑🗹🗷🗵", TICKED), **dict.fromkeys("□◻▢❏❐❑❒⬜", EMPTY)}


def words(bits: Sequence[Bit], leave: int = GONE, depth: int | None = None) -> str:
    """The words on a stretch of tape, without those that bear a mark in `leave` or stand in deeper tables."""
    if not bits:
        return ""
    leave |= UNSEEN | NOTE
    if depth is None:
        return "".join([text for text, marks, _, _ in bits if not marks & leave]).rstrip("\n\t").lstrip("\n")
    return "".join([text for text, marks, level, _ in bits if level == depth and not marks & leave]).strip("\n\t")


def pieces(bits: Sequence[Bit]) -> tuple[Piece, ...]:
    """What stands on a stretch of tape, words that are alike in one piece; nothing when there is nothing to see.

    Boxes that people typed are written in one way, except inside a control, whose words stay as they are.
    """
    if len(bits) == 1:
        text, marks, _, control = bits[0]
        if marks & UNSEEN or (control == NOBODY and (not text or text.isspace())):
            return ()
        return (_piece(text, marks & _TOLD, control),)
    found: list[tuple[str, int, int]] = []
    text, marks, control = "", 0, NOBODY
    for more, its, _, number in bits:
        if its & UNSEEN:
            continue
        its &= _TOLD
        # An empty stretch keeps the place of a control until words come that are said.
        if number == control and (its == marks or not (text or its & _UNSAID)):
            text, marks = text + more, its
            continue
        if text or control != NOBODY:
            found.append((text, marks, control))
        text, marks, control = more, its, number
    if text or control != NOBODY:
        found.append((text, marks, control))
    if all(number == NOBODY and text.isspace() for text, _, number in found):
        return ()
    taken = tuple([_piece(*each) for each in found])
    return _ticks_for_boxes(taken) if any(TICK in piece.text for piece in taken) else taken


def _ticks_for_boxes(line: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces with a tick that stands in the place of a box, before its words like the boxes round it, as a ticked box.

    A tick after the words, or one without words of its own, stays a tick: whose it is would be a guess.
    """
    text = "".join(piece.text for piece in line if not piece.marks & Mark(_UNSAID))
    if not _BOXES_FIRST.fullmatch(text) or EMPTY not in text:
        return line
    return tuple(
        piece if piece.control is not None else replace(piece, text=piece.text.replace(TICK, TICKED)) for piece in line
    )


def _piece(text: str, marks: int, control: int) -> Piece:
    mark = _MARKS[marks]
    if control != NOBODY:
        return Piece(text, mark, control)
    return Piece(text if text.isascii() else _boxed(text), mark)


def _boxed(text: str) -> str:
    """Words with every box in one way; to look for each is many times quicker than to translate every letter."""
    for box, written in _BOXES.items():
        if box in text:
            text = text.replace(box, written)
    return text


class _Marks(dict[int, Mark]):
    def __missing__(self, marks: int) -> Mark:
        mark = self[marks] = Mark(marks)
        return mark


_MARKS = _Marks()


def shown_in(text: str, font: str) -> str:
    """What words show in a font: the letters of symbol fonts as the boxes and ticks they look like."""
    if font not in SYMBOL_FONTS or (len(text) > 2 and not _PRIVATE.search(text)):
        return text
    return "".join(_SYMBOLS.get((font, _code(letter)), letter) for letter in text)


def _code(letter: str) -> int:
    """Where a letter stands in a symbol font; Word may write it there or in the private letters."""
    code = ord(letter)
    return code & 0xFF if code <= 0xFF or 0xF000 <= code <= 0xF0FF else code


def may_be_symbols(text: str) -> bool:
    """Whether words are so few, or of such letters, that their font must be known to tell what they show."""
    return (not text.isascii() or len(text) <= 2) and text not in (TICKED, EMPTY)


def font_of(properties: Element | None) -> str:
    """The font that a run names, in small letters; empty when it names none."""
    fonts = child(properties, "rFonts")
    return (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "").lower()


def symbol(element: Element) -> str:
    """What a `w:sym` or `w16se:symEx` shows: a box or tick where its font has one there."""
    font = (attribute(element, "font") or "").lower()
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if known := _SYMBOLS.get((font, code & 0xFF)):
        return known
    private = 0xD800 <= code < 0xF900  # no letter of its own, or half of one
    return chr(code) if 0x20 <= code <= 0x10FFFF and not private else ""
