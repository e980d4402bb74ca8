"""Footnotes of a page: the words under a short line at its foot, each note with its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from formflow.reading.document import Paragraph
from formflow.reading.pdf_ink import Ink, Shape, Strip, Word
from formflow.reading.pdf_paragraphs import Where, paragraphs_of
from formflow.reading.pdf_strips import strips_of

_SIGN = re.compile(r"(\d{1,2}|[*†‡§]|[ivx]{1,4})")


def taken_out(ink: Ink, words: Sequence[Word], body: float) -> tuple[list[Word], list[Paragraph]]:
    """The words of a page that belong to no footnote, and the footnotes."""
    for line in sorted(ink.across, key=lambda line: line.y0):
        if not _may_part(line, ink):
            continue
        below = [word for word in words if word.y0 >= line.y0 - 2 and word.control is None]
        strips = strips_of(below)
        if strips and _begins(strips) and strips[0].y0 - line.y1 < 3 * strips[0].size:
            gone = {id(word) for word in below}
            return [word for word in words if id(word) not in gone], _notes(
                strips, Where(ink.number, body, f"page {ink.number}")
            )
    return list(words), []


def _may_part(line: Shape, ink: Ink) -> bool:
    """Whether a line may part footnotes from the page: short, low, and met by no other line."""
    short = 0.1 * ink.width < line.width < 0.45 * ink.width and line.y0 > 0.4 * ink.height
    return short and not any(
        other.x0 - 2 <= line.x1 and other.x1 + 2 >= line.x0 and other.y0 - 2 <= line.y0 <= other.y1 + 2
        for other in ink.down
    )


def _begins(strips: Sequence[Strip]) -> bool:
    """Whether a line begins a footnote: its first word is a sign, smaller or higher than what follows."""
    first, *others = [word for strip in strips[:2] for word in strip.words]
    if not others or _SIGN.fullmatch(first.text) is None:
        return False
    near = abs(first.base - others[0].base) < others[0].size and others[0].x0 - first.x1 < 40
    return near and (first.size < 0.85 * others[0].size or first.base < others[0].base - 0.1 * others[0].size)


def _notes(strips: Sequence[Strip], where: Where) -> list[Paragraph]:
    groups: list[tuple[str, list[Strip]]] = []
    for number, strip in enumerate(strips):
        if _begins(strips[number:]):
            groups.append((strip.words[0].text, []))
            strip.words = strip.words[1:]
        if groups and strip.words:
            groups[-1][1].append(strip)
    found: list[Paragraph] = []
    for sign, lines in groups:
        found += paragraphs_of(lines, replace(where, part=f"footnote {sign}"))
    return found
