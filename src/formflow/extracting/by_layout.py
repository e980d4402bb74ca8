"""Reading a form whose layout is known: its own words and positions first, and how sure each answer then is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.extracting.exact import exact
from formflow.extracting.finding import find_questions
from formflow.extracting.form import Answer
from formflow.extracting.layout import NOTHING, Layout
from formflow.extracting.layout_words import LayoutVocabulary
from formflow.extracting.matching import Matching
from formflow.extracting.positions import POSITION, anchors, placed_questions
from formflow.extracting.question import Question
from formflow.extracting.recognising import Recognised
from formflow.extracting.vocabulary import Vocabulary
from formflow.reading.document import Document

BY_LABEL = 0.85
"""How sure an answer is that was read by its label alone: of an unknown form, or one that its layout does not name."""
BY_LAYOUT = 0.95
"""How sure an answer is whose label or position the layout of a recognised form names."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions found on a form: those that count, and all, with what the layout passes over."""

    asked: tuple[Question, ...] = field(repr=False)
    all: tuple[Question, ...] = field(repr=False)


def layout_questions(document: Document, vocabulary: Vocabulary, layout: Layout | None) -> Questions:
    """The questions of a form, read with its layout where there is one."""
    if layout is None:
        found = find_questions(document, vocabulary)
        return Questions(found, found)
    found = find_questions(document, LayoutVocabulary.of(vocabulary, layout))
    told = {target for question in found if question.how == "layout" and question.raw for target in question.targets}
    by_position = tuple(q for q in placed_questions(document, layout) if not told.intersection(q.targets))
    placed = {exact(question.label) for question in by_position} & anchors(layout)
    counting = (q for q in found if NOTHING not in q.targets and exact(q.label) not in placed)
    return Questions((*counting, *by_position), (*found, *by_position))


def as_sure(
    answers: Mapping[str, Answer],
    named: Mapping[str, Answer],
    questions: Sequence[Question],
    matching: Callable[[], Matching],
    recognised: Recognised | None,
) -> dict[str, Answer]:
    """Answers, each as sure as the way it was found; those in named controls come first, and must agree."""
    certain = recognised is not None and recognised.certainty == "recognised"
    by_layout = _told_by_layout(questions, matching) if certain else frozenset()
    found = {
        field_id: _at_most(answer, BY_LAYOUT if (field_id, answer.place) in by_layout else BY_LABEL)
        for field_id, answer in answers.items()
    }
    for field_id, answer in named.items():
        found[field_id] = _agreed(answer if certain else _at_most(answer, BY_LABEL), found.get(field_id))
    return found


def _told_by_layout(questions: Iterable[Question], matching: Callable[[], Matching]) -> frozenset[tuple[str, str]]:
    """Which fields are answered where by questions that the layout names."""
    return frozenset(
        (field_id, answer.place)
        for question in questions
        if question.how in ("layout", POSITION)
        for field_id, answer in matching().answers([question]).items()
    )


def _agreed(named: Answer, read: Answer | None) -> Answer:
    """The answer of a named control, unless what stands beside the label says otherwise."""
    if read is None or read.state == "blank" or (read.state, read.value) == (named.state, named.value):
        return named
    if named.state == "blank":
        return read
    raw = " | ".join(dict.fromkeys((named.raw, read.raw)))
    because = (
        f'different answers stand in different places: "{named.raw}" ({named.place}) and "{read.raw}" ({read.place})'
    )
    return Answer(named.field, "conflict", None, None, raw, named.place, named.how, 0.0, because)


def _at_most(answer: Answer, confidence: float) -> Answer:
    return replace(answer, confidence=min(answer.confidence, confidence)) if answer.state == "answered" else answer
