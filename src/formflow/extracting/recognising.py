"""Recognising which of the known forms a document is: by its own word, by its marks, else by the words it asks with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from formflow.extracting.exact import exact, folded
from formflow.extracting.form import Certainty
from formflow.extracting.layout import Layout, Layouts, Words
from formflow.extracting.question import cut, is_bold, plain
from formflow.reading.document import Document, Paragraph, paragraphs, tables
from formflow.reading.own_form import version_of

_TOP = 14
"""Paragraphs at the top among which plain short lines may be a title."""
_TITLE_LETTERS = 200
_CALLS = re.compile(r"\b(?:notification|referral|form|incident|review)\b", re.IGNORECASE)
"""Words in the title of a form, which its partnership's name above it does not have."""
_FEWEST = 3
"""Labels of a layout that must be there beside its marks: guidance about a form carries its title too."""
_MOST = 0.5
"""The share of a layout's labels that a form must ask beside its marks to be that form."""
_RELATED_FEWEST, _RELATED_SHARE = 8, 0.7
"""Labels, and their share of all labels of a layout, from which a form without its marks is called related to it."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A layout, how certain it is that a document has it, and what a person is to know of that."""

    layout: Layout
    certainty: Certainty
    says: str = ""


def recognise(document: Document, layouts: Layouts) -> Recognised | None:
    """The layout of a document; None when it says and asks nothing that we know."""
    if ours := _ours(document, layouts):
        return ours
    look = Look(document)
    others = [layout for layout in layouts.layouts if not layout.is_ours]
    marked = [layout for layout in others if fits(layout, look)]
    if marked:
        return max((_marked(layout, look) for layout in marked), key=lambda found: _closeness(found, look))
    near = [layout for layout in others if _is_related(layout, look)]
    if not near:
        return None
    best = max(near, key=look.share)
    says = (
        f'The form asks much like "{best.title}", but does not carry its marks; its answers were read by that form\'s '
        "labels."
    )
    return Recognised(best, "related", says)


def fits(layout: Layout, look: Look) -> bool:
    """Whether a document carries the marks of a layout, and asks as it does."""
    return look.has_marks(layout) and len(look.asked(layout)) >= min(_FEWEST, len(labels_of(layout)))


def _marked(layout: Layout, look: Look) -> Recognised:
    """A layout whose marks fit: recognised when its edition is known and the form asks most of what it asks."""
    if layout.edition and look.edition(layout) is None:
        known = ", ".join(edition.name for edition in layout.edition)
        says = (
            f'This is the form "{layout.title}", which formflow knows, in an edition it does not know (known: {known}).'
        )
        return Recognised(layout, "related", says)
    if labels_of(layout) and look.share(layout) < _MOST:
        says = f'The form is called like "{layout.title}", but asks in other words: it may be another edition of it.'
        return Recognised(layout, "related", says)
    return Recognised(layout, "recognised")


def _closeness(found: Recognised, look: Look) -> tuple[bool, int, float]:
    """Of two layouts that fit, the closer: recognised before related, more marks, more of its labels."""
    return found.certainty == "recognised", _marks(found.layout), look.share(found.layout)


def _ours(document: Document, layouts: Layouts) -> Recognised | None:
    """A form of our own, by what it says of itself."""
    said = version_of(document.controls, document.properties)
    for layout in layouts.layouts:
        if said in layout.versions:
            return Recognised(layout, "recognised")
    for layout in layouts.layouts:
        if layout.is_ours and said.startswith(layout.family):
            return Recognised(layout, "related", "This is another edition of our form than formflow knows.")
    return None


def title_of(document: Document) -> str:
    """How a document calls itself: its first heading or bold line of some words, else its first line; may be empty."""
    body = [p for p in paragraphs(document.blocks) if p.text and not p.part]
    bold = [p.text for p in body[:_TOP] if (p.heading or is_bold(p.pieces)) and 2 < len(p.text.split()) < 20]
    calling = [text for text in bold or (p.text for p in body[:_TOP]) if _CALLS.search(text)]
    first = next(iter([*calling, *bold, *(p.text for p in body[:1])]), "")
    return first if len(first) <= _TITLE_LETTERS else ""


def labels_of(layout: Layout) -> frozenset[Words]:
    """Every label of a layout, by its words."""
    return frozenset(exact(label) for part in layout.section for labels in part.labels.values() for label in labels)


class Look:
    """How a document looks to somebody who wants to know which form it is."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._paragraphs = tuple(paragraphs(document.blocks))

    def has_marks(self, layout: Layout) -> bool:
        """Whether of every line of marks at least one word is found."""
        marks = layout.marks
        lines = (
            (marks.title, self._titles),
            (marks.header, self._edges),
            (marks.words, self._all),
        )
        if not any(words for words, _ in lines) and not marks.names:
            return False
        named = not marks.names or bool(self._names & set(marks.names))
        return named and all(not words or _any_in(words, text) for words, text in lines)

    def edition(self, layout: Layout) -> str | None:
        """The name of the edition whose marks are found; None for none that is known."""
        found = (edition.name for edition in layout.edition if _any_in(edition.marks, self._all))
        return next(found, None)

    def asked(self, layout: Layout) -> frozenset[Words]:
        """Which labels of a layout are found in the document."""
        return labels_of(layout) & self._asking

    def share(self, layout: Layout) -> float:
        """How much of a layout is found in the document."""
        return len(self.asked(layout)) / max(1, len(labels_of(layout)))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(control.name for control in self._document.controls)

    @cached_property
    def _titles(self) -> str:
        return " | ".join([folded(self._document.properties.get("title", "")), *self._title_lines()])

    def _title_lines(self) -> Iterator[str]:
        """Headings, bold lines and short lines at the top; lines one below the other also as one."""
        before = ""
        for number, paragraph in enumerate(p for p in self._paragraphs if p.text):
            if len(paragraph.text) > _TITLE_LETTERS:
                before = ""
            elif paragraph.heading or is_bold(paragraph.pieces) or number < _TOP or paragraph.part.startswith("page"):
                line = folded(paragraph.text)
                yield line
                yield f"{before} {line}"
                before = line

    @cached_property
    def _edges(self) -> str:
        found = (p.text for p in self._paragraphs if p.part.startswith(("page header", "page footer")))
        edges = " | ".join(map(folded, found))
        # The header of a PDF page is a line like any other.
        return edges if self._document.kind != "pdf" else f"{edges} | {self._all}"

    @cached_property
    def _all(self) -> str:
        told = (*self._document.properties.values(), *(p.text for p in self._paragraphs))
        return " | ".join(map(folded, told))

    @cached_property
    def _asking(self) -> frozenset[Words]:
        cells = (cell.text for table in tables(self._document.blocks) for row in table.rows for cell in row)
        return frozenset((*map(exact, cells), *_asking(self._paragraphs)))


def _asking(blocks: tuple[Paragraph, ...]) -> Iterator[Words]:
    """The words of every line, whole and as far as its colon."""
    for paragraph in blocks:
        yield exact(paragraph.text)
        for line in cut(paragraph.pieces):
            text = plain(line)
            yield exact(text)
            head, colon, _ = text.partition(":")
            if colon:
                yield exact(head)


def _any_in(marks: Words, text: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(folded(mark))}(?!\w)", text) for mark in marks)


def _marks(layout: Layout) -> int:
    """How many lines of marks a layout has: of two that fit, the one that asks for more is the closer."""
    marks = layout.marks
    return sum(map(bool, (marks.title, marks.header, marks.words, marks.names)))


def _is_related(layout: Layout, look: Look) -> bool:
    return len(look.asked(layout)) >= _RELATED_FEWEST and look.share(layout) >= _RELATED_SHARE
