"""From a document to a form: which one it is, and every answer by its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from formflow.extracting.brackets import DECISION, holds_decision
from formflow.extracting.choosing import Reading
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.doubted import doubted
from formflow.extracting.finding import find_questions
from formflow.extracting.form import Answer, Form, Found
from formflow.extracting.knowledge import Knowledge
from formflow.extracting.layout import VERSION_CONTROL
from formflow.extracting.matching import Matching
from formflow.extracting.question import Question
from formflow.extracting.rows import row_of
from formflow.extracting.tagged import tagged_answers
from formflow.reading.document import Control, Document, Paragraph

BY_LABEL = 0.85
"""How sure an answer is that was read from a form nobody described: by its label alone."""


def extract(document: Document, knowledge: Knowledge, today: date) -> Form:
    """The form a document is, with an answer for every question it asks, blank where it is unanswered.

    Something that is no form comes out with kind `not-a-form` and the sentence for its sender.
    """
    latest = today.year + 1
    recognised = knowledge.layouts.recognise(document)
    if recognised is None:
        return _by_labels(document, knowledge, latest)
    layout, certainty = recognised
    dictionary = knowledge.dictionary.of(layout.name)
    answers = tagged_answers(document.controls, dictionary, latest)
    found = _found(document.controls)
    return Form(layout.kind, layout.name, certainty, _in_order(answers, dictionary), found, document.notes)


def _by_labels(document: Document, knowledge: Knowledge, latest: int) -> Form:
    """A form that no layout describes, read by the declared ways of asking."""
    questions = find_questions(document, knowledge.vocabulary)
    notes = _notes(document)
    reading = Reading(knowledge.wordings, document.controls, latest, notes)
    answers = Matching(knowledge.dictionary, knowledge.vocabulary, reading).answers(questions)
    answers = doubted(document, questions, answers, notes)
    found = _found_by_label(questions, document.controls)
    if says := knowledge.kinds.refuse(document, questions, answers):
        return Form("not-a-form", "", "unknown", {}, found, document.notes, "not-a-form", says)
    sure = {field_id: _at_most(answer, BY_LABEL) for field_id, answer in answers.items()}
    told = (*document.notes, DECISION) if holds_decision(document) else document.notes
    return Form("notification", "", "unknown", _in_order(sure, knowledge.dictionary), found, told)


def _notes(document: Document) -> dict[str, str]:
    """The words of footnotes and endnotes by their number."""
    found: dict[str, str] = {}
    for block in document.blocks:
        kind, _, number = block.part.partition(" ")
        if kind in ("footnote", "endnote") and isinstance(block, Paragraph):
            found[number] = f"{found[number]} {block.text}" if number in found else block.text
    return found


def _at_most(answer: Answer, confidence: float) -> Answer:
    return replace(answer, confidence=min(answer.confidence, confidence)) if answer.state == "answered" else answer


def _in_order(answers: Mapping[str, Answer], dictionary: Dictionary) -> dict[str, Answer]:
    """Answers in the order of the dictionary; rows of a table by their number."""
    place = {field_id: number for number, field_id in enumerate(dictionary.fields)}

    def rank(field_id: str) -> tuple[int, int, int]:
        pattern = dictionary.pattern(field_id)
        section = dictionary.sections[dictionary.fields[pattern].section]
        return section.order, row_of(field_id), place[pattern]

    return {field_id: answers[field_id] for field_id in sorted(answers, key=rank)}


def _found(controls: Iterable[Control]) -> tuple[Found, ...]:
    return tuple(
        Found(c.label, c.name or None, _shown(c), c.kind, c.place)
        for c in controls
        if c.kind not in ("group", "button") and c.name != VERSION_CONTROL
    )


def _shown(control: Control) -> str:
    return control.raw if control.ticked is None else ("☒" if control.ticked else "☐")


def _found_by_label(questions: Iterable[Question], controls: Iterable[Control]) -> tuple[Found, ...]:
    """Every question with its answer; controls that no question took are listed by their own names."""
    listed = list(controls)
    taken: set[int] = set()
    found: list[Found] = []
    for question in questions:
        numbers = [piece.control for piece in question.pieces if piece.control is not None]
        taken.update(numbers)
        own = listed[numbers[0]] if len(set(numbers)) == 1 else None
        found.append(
            Found(
                question.label,
                (own.name or None) if own else None,
                question.raw,
                own.kind if own else "text",
                question.place,
            )
        )
    rest = [control for number, control in enumerate(listed) if number not in taken]
    return (*found, *_found(rest))
