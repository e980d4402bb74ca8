"""Text with its accents taken off, each letter still knowing where it stood: so that Zoë is found as Zoe."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_APART = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe",
          "Œ": "Oe", "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}  # fmt: skip
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in plain letters, of the same case as before."""

    text: str = field(repr=False)
    at: Sequence[int] = field(repr=False)
    """For each letter, and for the end, where it stands in the text it came from."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece stands in the text it came from, with all marks that belong to its letters."""
        return self.at[start], self.at[end]


def folded(text: str) -> Folded:
    """The text in plain letters; what nobody sees (soft hyphens, joiners) is left out."""
    if text.isascii():
        return Folded(text, range(len(text) + 1))
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        if letter in _UNSEEN or unicodedata.combining(letter):
            continue
        apart = _APART.get(letter) or "".join(
            one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one)
        )
        letters += apart
        at += [place] * len(apart)
    return Folded("".join(letters), (*at, len(text)))
