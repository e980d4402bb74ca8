"""Telling a notification from everything else that is dropped beside it: other forms, guidance, a blank form."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.extracting.form import Answer
from formflow.extracting.question import Question
from formflow.reading.document import Document, Paragraph, paragraphs

_TITLE_LETTERS = 160
_NEAR_TOP = 30
_TOP = 8
"""Paragraphs at the top of a document among which plain lines may be its title."""
_PROSE = 150
"""Letters: a longer paragraph is running text."""
_SURELY_OURS = 4
"""Questions that only a notification asks: with so many of them it is one, whatever it calls itself."""
_ASKED_AT_LEAST = 7
_CORE = (
    "incident_date",
    "date_of_death",
    "incident_summary",
    "incident_place",
    "nature",
    "abuse_neglect",
    "la_aware_date",
    "immediate_action",
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A document that is dropped here and belongs elsewhere."""

    titles: tuple[str, ...]
    words: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """How documents call themselves, from `kinds.toml`."""

    titles: tuple[str, ...]
    asks: frozenset[str]
    strangers: tuple[Stranger, ...] = field(repr=False)
    says: Mapping[str, str] = field(repr=False)

    @staticmethod
    def parse(text: str) -> Kinds:
        """The kinds written in `text` (the shape of `kinds.toml`)."""
        raw = tomllib.loads(text)
        return Kinds(
            tuple(map(_folded, raw["notification"]["titles"])),
            frozenset(raw["notification"]["asks"]),
            tuple(
                Stranger(tuple(map(_folded, s["titles"])), tuple(map(_folded, s["words"])), s["says"])
                for s in raw["strangers"].values()
            ),
            {kind: raw[kind]["says"] for kind in ("guidance", "unknown", "blank")},
        )

    def refuse(self, document: Document, questions: Sequence[Question], answers: Mapping[str, Answer]) -> str:
        """Why a document is no completed notification, for its sender; empty when it is one."""
        asked = {_open(target) for question in questions for target in question.targets}
        titles = list(_titles(document))
        called = any(title in text for title in self.titles for text in titles)
        stranger = self._stranger(document, titles, called=called)
        own = len(asked & self.asks)
        if stranger and not (called and own) and own < _SURELY_OURS:
            return stranger.says
        if self._asks_enough(asked, called=called):
            return self.refuse_blank(answers)
        return self.says["guidance" if _is_prose(document) else "unknown"]

    def refuse_blank(self, answers: Mapping[str, Answer]) -> str:
        """What is said of a form on which next to nothing is answered; empty when it is filled in."""
        answered = sum(answer.state not in ("blank", "unreadable") for answer in answers.values())
        return "" if answered >= 2 else self.says["blank"]

    def _asks_enough(self, asked: Collection[str], *, called: bool) -> bool:
        core = sum(one in asked for one in _CORE)
        return len(asked) >= _ASKED_AT_LEAST and core >= (2 if called else 3) and bool(self.asks & set(asked))

    def _stranger(self, document: Document, titles: Sequence[str], *, called: bool) -> Stranger | None:
        for stranger in self.strangers:
            if any(re.search(rf"\b{re.escape(title)}\b", text) for title in stranger.titles for text in titles):
                return stranger
        if called:
            return None
        words = _folded(" ".join(paragraph.text for paragraph in paragraphs(document.blocks)))
        return next((s for s in self.strangers if any(word in words for word in s.words)), None)


def _titles(document: Document) -> Iterator[str]:
    """How a document calls itself: its title, headings, bold lines, and short lines at its top."""
    if title := document.properties.get("title"):
        yield _folded(title)
    lines: list[str] = []
    for number, paragraph in enumerate(_outside_tables(document)):
        text = paragraph.text
        if not text or len(text) > _TITLE_LETTERS:
            continue
        if (paragraph.heading and number < _NEAR_TOP) or (number < _TOP and _is_line(paragraph)):
            lines.append(_folded(text))
            yield lines[-1]
    yield from (f"{first} {second}" for first, second in itertools.pairwise(lines))


def _outside_tables(document: Document) -> Iterator[Paragraph]:
    """Paragraphs of the body and its frames (tables of one cell), with those of page headers last."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text and (not block.part or block.part == "page header"):
                yield block
        elif len(block.rows) <= 2 and all(len(row) == 1 for row in block.rows):
            yield from (paragraph for paragraph in paragraphs((block,)) if paragraph.text)


def _is_line(paragraph: Paragraph) -> bool:
    return not paragraph.text.rstrip().endswith((".", "?", ":")) and len(paragraph.text) < 100


def _is_prose(document: Document) -> bool:
    texts = [paragraph.text for paragraph in paragraphs(document.blocks) if paragraph.text]
    total = sum(map(len, texts))
    return total > 0 and sum(len(text) for text in texts if len(text) > _PROSE or text.endswith(".")) * 10 > total * 5


def _open(target: str) -> str:
    return target.partition(":")[0]


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s/'-]", " ", text.casefold().replace("’", "'")).split())
