"""Questions that a footnote hangs on: the note may say more than the answer, so a person reads both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from formflow.extracting.choosing import BY_LOOK
from formflow.extracting.form import Answer
from formflow.extracting.question import Question
from formflow.reading.document import Document, Mark, paragraphs


def with_notes(
    document: Document, questions: Iterable[Question], answers: Mapping[str, Answer], notes: Mapping[str, str]
) -> dict[str, Answer]:
    """Answers; those to a question whose words bear the sign of one of the notes are made less sure, and say why."""
    signs = _signs(document, notes) if notes else {}
    hung = {(q.place, q.raw): signs[q.label.strip()] for q in questions if q.label.strip() in signs}
    return {field: _noted(answer, hung.get((answer.place, answer.raw))) for field, answer in answers.items()}


def _signs(document: Document, notes: Mapping[str, str]) -> dict[str, str]:
    """For the words of a paragraph in the body: the number of the note they bear the sign of."""
    return {
        paragraph.text.strip(): piece.text.strip()
        for paragraph in paragraphs(document.blocks)
        for piece in paragraph.pieces
        if not paragraph.part and piece.marks & Mark.NOTE and notes.get(piece.text.strip())
    }


def _noted(answer: Answer, note: str | None) -> Answer:
    if note is None or answer.state != "answered":
        return answer
    because = f"note {note} of the form stands at this question and may say more"
    return replace(answer, confidence=min(answer.confidence, BY_LOOK), because=because)
