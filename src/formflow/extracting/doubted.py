"""What makes every answer to a question less sure, however it was taken apart: pictures, changes, footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from formflow.extracting.choosing import BY_LOOK, REVISED
from formflow.extracting.form import Answer
from formflow.extracting.question import Question
from formflow.reading.document import Document, Mark, paragraphs

_CHANGED = Mark.NEW | Mark.GONE


@dataclass(frozen=True, slots=True)
class Doubt:
    """How sure the answers to one question can be at most, and why."""

    question: Question
    at_most: float
    because: str

    def about(self, answer: Answer) -> bool:
        """Whether an answer was taken from what stands at the question."""
        return answer.place == self.question.place and bool(answer.raw) and answer.raw in self.question.raw


def doubted(
    document: Document, questions: Iterable[Question], answers: Mapping[str, Answer], notes: Mapping[str, str]
) -> dict[str, Answer]:
    """Answers; those read from a picture, changed under tracking or under a footnote are less sure, and say why."""
    signs = _signs(document, notes) if notes else {}
    doubts = [doubt for question in questions for doubt in _doubts(question, signs)]
    return {field: _less_sure(answer, doubts) for field, answer in answers.items()}


def _doubts(question: Question, signs: Mapping[str, str]) -> Iterator[Doubt]:
    marks = [piece.marks for piece in question.pieces if piece.text.strip()]
    if any(each & Mark.UNCERTAIN for each in marks):
        yield Doubt(question, BY_LOOK, "it was read from a picture")
    if any(each & _CHANGED for each in marks):
        yield Doubt(question, REVISED, "a tracked change in it is not accepted")
    if note := signs.get(question.label.strip()):
        yield Doubt(question, BY_LOOK, f"note {note} of the form stands at this question and may say more")


def _signs(document: Document, notes: Mapping[str, str]) -> dict[str, str]:
    """For the words of a paragraph in the body: the number of the note they bear the sign of."""
    return {
        paragraph.text.strip(): piece.text.strip()
        for paragraph in paragraphs(document.blocks)
        for piece in paragraph.pieces
        if not paragraph.part and piece.marks & Mark.NOTE and notes.get(piece.text.strip())
    }


def _less_sure(answer: Answer, doubts: Iterable[Doubt]) -> Answer:
    if answer.state != "answered":
        return answer
    for doubt in doubts:
        if doubt.about(answer):
            sure, because = min(answer.confidence, doubt.at_most), answer.because or doubt.because
            answer = replace(answer, confidence=sure, because=because)
    return answer
