"""Marks on the pictures of a form's pages: where each answer stands, as far as it can be told for certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formflow.extracting.form import Answer, Form
from formflow.reading.document import Document
from formflow.reading.picture import Box, Picture, Pictures
from formflow.rendering.page.align import aligned
from formflow.rendering.page.pinpoint import Pinpoint, pinpointed
from formflow.rendering.page.words_in_order import WordsInOrder, words_of

Placed = tuple[int, Box]
"""A page and a place on it."""
Drawn = tuple[str, list[Placed]]
"""A word on a page, and where it stands; in two places where it was broken."""
_ROOM = 1.5
"""Points around words."""
_MANY = 5
"""Words that are not met in the same order anywhere else."""
_MOST_MISSING = 0.2
"""Of the words of a long answer that may be drawn in another way than they are written."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one answer stands on one page, or several that stand in the same place: a box for each line."""

    fields: tuple[str, ...]
    page: int
    boxes: tuple[Box, ...]
    exact: bool
    """Whether these are the words of the answer; otherwise they are the row in which it stands."""


def marks_on(form: Form, document: Document, pictures: Pictures) -> tuple[Mark, ...]:
    """The marks on the pages, page by page from the top. What cannot be placed for certain has none."""
    answers = [answer for answer in form.answers.values() if answer.state != "blank" and answer.how != "derived"]
    named = _named(answers, pictures.pages)
    words = WordsInOrder.of(document.blocks)
    pins = pinpointed((a for a in answers if a.field not in named), form.found, words)
    on_pages = _Boxed(words, pictures.pages) if document.kind == "pdf" else _Matched(words, pictures.pages)
    marks = [mark for field_id, placed in named.items() for mark in _marks(field_id, placed, exact=True)]
    for field_id, pin in pins.items():
        marks += _marks(field_id, on_pages.boxes(pin), exact=pin.exact)
    return tuple(sorted(_together(marks), key=lambda mark: (mark.page, mark.boxes[0][1], mark.boxes[0][0])))


def _named(answers: Iterable[Answer], pages: Sequence[Picture]) -> dict[str, list[Placed]]:
    """By field: the boxes of a form of our own, whose fields carry its name; of tick boxes those that are ticked."""
    fields: dict[str, list[Placed]] = defaultdict(list)
    for page in pages:
        for seen in page.fields:
            if seen.ticked is not False:
                fields[seen.text.partition(":")[0]].append((page.number, seen.box))
    return {a.field: fields[a.field] for a in answers if a.how == "tag" and a.field in fields}


@dataclass(slots=True)
class _Boxed:
    """A PDF: its paragraphs know where they stand."""

    words: WordsInOrder
    pages: Sequence[Picture]

    def boxes(self, pin: Pinpoint) -> list[Placed]:
        placed: list[Placed] = []
        for number in pin.paragraphs:
            paragraph = self.words.paragraphs[number]
            if paragraph.box is not None and paragraph.page is not None and self._drawn(paragraph.page):
                first, end = self.words.spans[number]
                sought = self.words.words[max(first, pin.first) : min(end, pin.end)]
                part = self._part(paragraph.page, paragraph.box, sought) if len(sought) < end - first else []
                placed += part or [(paragraph.page, paragraph.box)]
        return placed

    def _drawn(self, number: int) -> Picture | None:
        return next((page for page in self.pages if page.number == number), None)

    def _part(self, number: int, box: Box, sought: Sequence[str]) -> list[Placed]:
        """The words of an answer in a paragraph that says more; nothing where they stand there twice."""
        page = self._drawn(number)
        if page is None:
            return []
        inside = [seen for seen in page.words if _holds(box, seen.box)]
        told = [(word, seen.box) for seen in inside for word in words_of(seen.text)]
        size = len(sought)
        starts = [n for n in range(len(told) - size + 1) if [w for w, _ in told[n : n + size]] == list(sought)]
        return [(number, at) for _, at in told[starts[0] : starts[0] + size]] if len(starts) == 1 and size else []


class _Matched:
    """A Word file: its words are found again, in their order, on the pages that were made of it."""

    def __init__(self, words: WordsInOrder, pages: Sequence[Picture]) -> None:
        self.words = words
        self.drawn = _unbroken(
            [(w, [(p.number, s.box)]) for p in pages for s in p.words for w in words_of(s.text)], words
        )
        self.at = aligned(words.words, [word for word, _ in self.drawn])

    def boxes(self, pin: Pinpoint) -> list[Placed]:
        found = [self.at[number] for number in range(pin.first, pin.end) if number in self.at]
        wanted = pin.end - pin.first
        if not found or wanted - len(found) > (_MOST_MISSING * wanted if wanted > _MANY else 0):
            return []
        if found[-1] - found[0] >= len(found) * 2 or not self._is_held(pin):
            return []
        return [placed for number in found for placed in self.drawn[number][1]]

    def _is_held(self, pin: Pinpoint) -> bool:
        """Whether words stand beside the same words on the page as in the file; many words hold themselves."""
        if pin.end - pin.first > _MANY:
            return True
        before = self.at.get(pin.first - 1) == self.at.get(pin.first, -2) - 1
        after = self.at.get(pin.end) == self.at.get(pin.end - 1, -2) + 1
        return before or after


def _unbroken(drawn: Sequence[Drawn], words: WordsInOrder) -> list[Drawn]:
    """Words as they were written, where a narrow column broke them in two."""
    known = set(words.words)
    whole: list[Drawn] = []
    for word, placed in drawn:
        if whole and whole[-1][0] not in known and whole[-1][0] + word in known:
            whole[-1] = (whole[-1][0] + word, whole[-1][1] + placed)
        else:
            whole.append((word, placed))
    return whole


def _holds(box: Box, small: Box) -> bool:
    x, y = (small[0] + small[2]) / 2, (small[1] + small[3]) / 2
    return box[0] - _ROOM <= x <= box[2] + _ROOM and box[1] - _ROOM <= y <= box[3] + _ROOM


def _marks(field_id: str, placed: Iterable[Placed], *, exact: bool) -> list[Mark]:
    """A mark for each page, with the words of a line in one box; a row is one box."""
    pages: dict[int, list[Box]] = defaultdict(list)
    for page, box in placed:
        pages[page].append(box)
    return [
        Mark((field_id,), page, tuple(_lines(boxes)) if exact else (_round(boxes),), exact)
        for page, boxes in pages.items()
    ]


def _together(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in the very same place as one: only the uppermost could be reached."""
    found: dict[tuple[int, tuple[Box, ...]], Mark] = {}
    for mark in marks:
        key = (mark.page, mark.boxes)
        before = found.get(key)
        fields = (*before.fields, *mark.fields) if before else mark.fields
        found[key] = Mark(fields, mark.page, mark.boxes, mark.exact and (before is None or before.exact))
    return list(found.values())


def _lines(boxes: Sequence[Box]) -> list[Box]:
    lines: list[Box] = []
    for box in boxes:
        if lines and box[0] >= lines[-1][0] and min(box[3], lines[-1][3]) - max(box[1], lines[-1][1]) > 0:
            lines[-1] = _round((lines[-1], box))
        else:
            lines.append(box)
    return lines


def _round(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
