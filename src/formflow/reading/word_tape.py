"""The words of a Word file in reading order on one tape, each marked: an answer, a prompt, put in, or struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from formflow.reading.xml import Element, attribute, child

Piece = tuple[str, int, int]
"""Words, their marks, and how many tables they stand in."""

GONE, NEW, ANSWER, PROMPT, UNSEEN = 1, 2, 4, 8, 16
"""Struck out or put in by a tracked change; inside a control; a prompt; the instruction of a computed field."""

_TICKED, _EMPTY = "☒", "☐"
_SYMBOLS = {
    ("wingdings", 0xFE): _TICKED, ("wingdings", 0xFD): _TICKED, ("wingdings", 0x78): _TICKED,
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗",
    ("wingdings", 0xA8): _EMPTY, ("wingdings", 0x6F): _EMPTY, ("wingdings", 0x71): _EMPTY, ("wingdings", 0x72): _EMPTY,
    ("wingdings 2", 0x52): _TICKED, ("wingdings 2", 0x53): _TICKED, ("wingdings 2", 0x54): _TICKED,
    ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x4F): "✗", ("wingdings 2", 0xA3): _EMPTY,
    ("wingdings 2", 0x2A): _EMPTY,
    ("webdings", 0x67): _TICKED, ("webdings", 0x61): "✓", ("webdings", 0x72): "✗", ("webdings", 0x63): _EMPTY,
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Where Word keeps the letters of symbol fonts when it writes them as text."""


def words(pieces: Iterable[Piece], leave: int = GONE, depth: int | None = None) -> str:
    """The words on a stretch of tape, without those that bear a mark in `leave` or stand in deeper tables."""
    leave |= UNSEEN
    if depth is None:
        return "".join([text for text, marks, _ in pieces if not marks & leave]).rstrip("\n\t").lstrip("\n")
    return "".join([text for text, marks, level in pieces if level == depth and not marks & leave]).strip("\n\t")


def shown_by(element: Element) -> str:
    """What a `w:t` shows: its text, with the letters of symbol fonts as the boxes and ticks they look like."""
    text = element.text or ""
    if len(text) > 2 and not _PRIVATE.search(text):
        return text
    run = element.getparent()
    fonts = child(child(run, "rPr"), "rFonts")
    font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "").lower()
    if font not in ("wingdings", "wingdings 2", "webdings"):
        return text
    return "".join(_SYMBOLS.get((font, ord(letter) & 0xFF), letter) for letter in text)


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
