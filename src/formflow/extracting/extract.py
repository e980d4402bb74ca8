"""From a document to a form: which one it is, and every answer by its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from formflow.extracting.brackets import DECISION, holds_decision
from formflow.extracting.by_layout import as_sure, layout_questions
from formflow.extracting.choosing import Reading
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.doubted import doubted
from formflow.extracting.form import Answer, Form, Found
from formflow.extracting.knowledge import Knowledge
from formflow.extracting.likeness import suggestions
from formflow.extracting.matching import Matching
from formflow.extracting.named import named_answers
from formflow.extracting.question import Question
from formflow.extracting.recognising import Recognised, labels_of, recognise
from formflow.extracting.rows import row_of
from formflow.extracting.tagged import tagged_answers
from formflow.reading.document import Control, Document, Paragraph
from formflow.reading.own_form import VERSION_CONTROL


def extract(document: Document, knowledge: Knowledge, today: date) -> Form:
    """The form a document is, with an answer for every question it asks, blank where it is unanswered.

    Something that is no form comes out with kind `not-a-form` and the sentence for its sender.
    """
    latest = today.year + 1
    recognised = recognise(document, knowledge.layouts)
    if recognised is None or not recognised.layout.is_ours:
        return by_labels(document, knowledge, latest, recognised)
    layout = recognised.layout
    dictionary = knowledge.dictionary.of(layout.name)
    ordered = _in_order(tagged_answers(document.controls, dictionary, latest), dictionary)
    found = _found(document.controls)
    return Form(
        layout.kind, layout.name, recognised.certainty, ordered, found, document.notes, layout_says=recognised.says
    )


def by_labels(document: Document, knowledge: Knowledge, latest: int, recognised: Recognised | None) -> Form:
    """A form read by its words: those of its layout where there is one, else the declared ways of asking."""
    layout = recognised.layout if recognised else None
    questions = layout_questions(document, knowledge.vocabulary, layout)
    notes = _notes(document)
    reading = Reading(knowledge.wordings, document.controls, latest, notes)

    def matching() -> Matching:
        return Matching(knowledge.dictionary, knowledge.vocabulary, reading)

    answers = matching().answers(questions.asked)
    found = _found_by_label(questions.all, document.controls)
    if says := _refuse(document, knowledge, questions.asked, answers, recognised):
        return Form("not-a-form", "", "unknown", {}, found, document.notes, "not-a-form", says)
    named = named_answers(document.controls, layout, knowledge.dictionary, latest) if layout else {}
    sure = as_sure(answers, named, questions.asked, matching, recognised)
    ordered = _in_order(doubted(document, questions.all, sure, notes), knowledge.dictionary)
    told = (*document.notes, DECISION) if holds_decision(document) else document.notes
    suggested = tuple(suggestions(questions.asked, ordered, knowledge.phrases))
    if recognised is None or layout is None:
        return Form("notification", "", "unknown", ordered, found, told, suggestions=suggested)
    return Form(
        layout.kind, layout.name, recognised.certainty, ordered, found, told,
        layout_says=recognised.says, suggestions=suggested,
    )  # fmt: skip


def _refuse(
    document: Document,
    knowledge: Knowledge,
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    recognised: Recognised | None,
) -> str:
    """Why a document is no completed form; one that is recognised by its marks and its labels can only be blank."""
    if recognised and recognised.certainty == "recognised" and labels_of(recognised.layout):
        return knowledge.kinds.refuse_blank(answers)
    return knowledge.kinds.refuse(document, questions, answers)


def _notes(document: Document) -> dict[str, str]:
    """The words of footnotes and endnotes by their number."""
    found: dict[str, str] = {}
    for block in document.blocks:
        kind, _, number = block.part.partition(" ")
        if kind in ("footnote", "endnote") and isinstance(block, Paragraph):
            found[number] = f"{found[number]} {block.text}" if number in found else block.text
    return found


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
