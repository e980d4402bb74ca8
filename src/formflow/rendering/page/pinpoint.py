"""Where an answer stands in the document it was read from: its very words, or the row that holds it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from formflow.extracting.form import Answer, Found
from formflow.rendering.page.words_in_order import WordsInOrder, words_of

_WIDE = re.compile(r"page \d+")
"""A place that is too wide to be marked as a whole."""
_LABEL_ENDS = 3
"""Words of a label before an answer that tell it from others alike."""


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Some words of a document."""

    first: int
    end: int
    """The number of the word after the last."""
    paragraphs: tuple[int, ...]
    exact: bool
    """Whether these are the words of the answer; otherwise they are the row in which it stands."""


def pinpointed(answers: Iterable[Answer], found: Sequence[Found], words: WordsInOrder) -> dict[str, Pinpoint]:
    """By field: where its answer stands. What cannot be told for certain is absent."""
    labels: dict[tuple[str, str], set[str]] = {}
    for each in found:
        labels.setdefault((each.raw, each.place), set()).add(each.label)
    rows = _rows(words)
    made = {a.field: _one(a, labels.get((a.raw, a.place), set()), words, rows) for a in answers if a.raw or a.place}
    return {field_id: pinpoint for field_id, pinpoint in made.items() if pinpoint is not None}


def _one(answer: Answer, labels: set[str], words: WordsInOrder, rows: Mapping[str, Sequence[int]]) -> Pinpoint | None:
    sought = words_of(answer.raw)
    found = words.where(sought, answer.place)
    certain = (
        _only(found) or _only([span for span in found if words.is_whole(*span)]) or _labelled(found, labels, words)
    )
    if certain is not None:
        first, end = certain
        return Pinpoint(first, end, tuple(sorted(set(words.owners[first:end]))), exact=True)
    row = rows.get(answer.place)
    if row is None or _WIDE.fullmatch(answer.place):
        return None
    if not found and (below := _below(sought, row[-1], words)) is not None:
        return below
    return Pinpoint(words.spans[row[0]][0], words.spans[row[-1]][1], tuple(row), exact=False)


def _below(sought: Sequence[str], last: int, words: WordsInOrder) -> Pinpoint | None:
    """The answer where the next paragraph begins with it: a place may be that of the label above."""
    first = words.spans[last][1]
    end = first + len(sought)
    if not sought or words.words[first:end] != tuple(sought):
        return None
    return Pinpoint(first, end, tuple(sorted(set(words.owners[first:end]))), exact=True)


def _only(found: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    return found[0] if len(found) == 1 else None


def _labelled(found: Sequence[tuple[int, int]], labels: Iterable[str], words: WordsInOrder) -> tuple[int, int] | None:
    """The one of several that comes directly after its label; None where that is not exactly one."""
    ends = [words_of(label)[-_LABEL_ENDS:] for label in labels]
    after = [
        (first, end)
        for first, end in found
        if any(label and words.words[max(first - len(label), 0) : first] == label for label in ends)
    ]
    return _only(after)


def _rows(words: WordsInOrder) -> dict[str, list[int]]:
    """By place: the paragraphs that stand there, where they follow one another."""
    rows: dict[str, list[int]] = {}
    for number, paragraph in enumerate(words.paragraphs):
        rows.setdefault(paragraph.place, []).append(number)
    return {place: own for place, own in rows.items() if own[-1] - own[0] == len(own) - 1}
