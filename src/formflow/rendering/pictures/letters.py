"""Words in a picture: how wide they stand, how they break into lines, and what is drawn for a letter we cannot draw.

Pictures are set in Helvetica, which every PDF reader has and which takes the same room as Arial and Liberation Sans.
It holds the letters of Western Europe.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeAlias

from reportlab.pdfbase.pdfmetrics import stringWidth

Shown: TypeAlias = Mapping[str, str] | Callable[[str], str]
"""What stands in the picture for an agency (by its name) or a person (`child_1`, `family_2`)."""

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
POINT = 25.4 / 72
"""Millimetres."""
SMALL = 7.5
"""Points: nothing in a picture is smaller."""
LINE = 3.2
"""Millimetres from line to line in the small size."""

_WITHOUT_ACCENT = str.maketrans({
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ŧ": "t", "Ŧ": "T", "ĸ": "k", "ŋ": "ng",
    "Ŋ": "Ng", "ə": "e", "Ə": "E", "‐": "-", "‑": "-", "−": "-", "ʼ": "’",
})  # fmt: skip
"""Letters that have no parts to take off."""


def label(shown: Shown, key: str, otherwise: str) -> str:
    """What is shown for a key; `otherwise` where nothing is handed in for it."""
    words = shown.get(key, "") if isinstance(shown, Mapping) else shown(key)
    return " ".join(words.split()) or otherwise


def drawable(text: str) -> str | None:
    """The same words in letters that can be drawn: `Tŷ Hafan` as `Ty Hafan`; None where a letter has no likeness."""
    found: list[str] = []
    for letter in " ".join(text.translate(_WITHOUT_ACCENT).split()):
        likeness = letter if _has(letter) else "".join(c for c in unicodedata.normalize("NFKD", letter) if _has(c))
        if not likeness and unicodedata.category(letter)[0] in "LN":
            return None
        found.append(likeness)
    return " ".join("".join(found).split()) or None


def width(text: str, size: float = SMALL, *, bold: bool = False) -> float:
    """Millimetres that a line of words takes; `size` in points."""
    return float(stringWidth(text, BOLD if bold else PLAIN, size)) * POINT


def lines_of(text: str, room: float, most: int, size: float = SMALL, *, bold: bool = False) -> tuple[str, ...]:
    """Words broken into at most `most` lines of `room` millimetres; what does not fit ends in an ellipsis."""
    lines: list[str] = [""]
    for word in _pieces(text, room, size, bold=bold):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(f"{last}…", size, bold=bold) > room:
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], f"{last}…"]
    return tuple(lines)


def _pieces(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    """The words, each cut where it alone is too long for a line."""
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 2:
            part = rest
            while len(part) > 2 and width(part, size, bold=bold) > room:
                part = part[:-1]
            cut = part.rfind("-") + 1 or len(part)
            pieces.append(rest[:cut] if rest[cut - 1] == "-" else f"{rest[: cut - 1]}-")
            rest = rest[cut:] if rest[cut - 1] == "-" else rest[cut - 1 :]
        pieces.append(rest)
    return pieces


def _has(letter: str) -> bool:
    """Whether Helvetica has it; what is not seen, such as a soft hyphen, is not a letter."""
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Mn"):
        return False
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
