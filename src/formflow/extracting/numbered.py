"""Questions that are numbered lines, as people copy them into a message and answer underneath."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from formflow.extracting.question import Line, part_of, plain
from formflow.reading.document import Block, Paragraph

_ITEM = re.compile(r"\s*(\d{1,2})[.)]\s+\S")
_ASKED = re.compile(r"[?:](?=\s|$)")
_FEWEST_NUMBERED = 8


def begins_item(text: str) -> bool:
    """Whether a line begins with a number of its own: `12. When did it happen?`."""
    return bool(_ITEM.match(text))


def numbered_question(paragraph: Paragraph) -> tuple[str, Line] | None:
    """The question in a numbered line, and what is answered in the line itself; None for another line."""
    text = plain(paragraph.pieces)
    if not _ITEM.match(text):
        return None
    ends = [found.end() for found in _ASKED.finditer(text)]
    end = next((end for end in reversed(ends) if text[end:].strip() or end == len(text.rstrip())), len(text))
    if ends and text[ends[0] :].strip() and not text[ends[-1] :].strip():
        end = ends[-1]
    return text[:end].strip(), part_of(paragraph.pieces, end)


def is_numbered_list(blocks: Sequence[Block]) -> bool:
    """Whether questions stand in lines that are numbered upwards."""
    numbers = [int(found[1]) for block in blocks if isinstance(block, Paragraph) and (found := _ITEM.match(block.text))]
    rising = sum(later == number + 1 for number, later in pairwise(numbers))
    return rising >= _FEWEST_NUMBERED
