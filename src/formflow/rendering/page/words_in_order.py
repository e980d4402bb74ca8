"""The words of a document one after the other, each with the paragraph it stands in: where answers are looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from formflow.reading.document import Block, Mark, Paragraph, paragraphs

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: small letters and figures, nothing between."""
    return tuple(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class WordsInOrder:
    """Every word of a document in reading order."""

    words: tuple[str, ...] = field(repr=False)
    owners: tuple[int, ...] = field(repr=False)
    """Of each word: the number of its paragraph."""
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...] = field(repr=False)
    """Of each paragraph: the numbers of its first word and of the word after its last."""

    @staticmethod
    def of(blocks: Sequence[Block]) -> WordsInOrder:
        """The words of blocks, those that a form prints beside what is said too."""
        words: list[str] = []
        owners: list[int] = []
        spans: list[tuple[int, int]] = []
        listed = tuple(paragraphs(tuple(blocks)))
        for number, paragraph in enumerate(listed):
            own = words_of("".join(piece.text for piece in paragraph.pieces if not piece.marks & Mark.NOTE))
            spans.append((len(words), len(words) + len(own)))
            words += own
            owners += [number] * len(own)
        return WordsInOrder(tuple(words), tuple(owners), listed, tuple(spans))

    def where(self, sought: Sequence[str], place: str) -> list[tuple[int, int]]:
        """Where these words stand one after the other, beginning at a place of the form; each as first and end."""
        if not sought:
            return []
        return [
            (start, start + len(sought))
            for number, paragraph in enumerate(self.paragraphs)
            if paragraph.place == place
            for start in range(*self.spans[number])
            if self.words[start] == sought[0] and self.words[start : start + len(sought)] == tuple(sought)
        ]

    def is_whole(self, first: int, end: int) -> bool:
        """Whether words are all that stands in their paragraphs."""
        return first == self.spans[self.owners[first]][0] and end == self.spans[self.owners[end - 1]][1]
