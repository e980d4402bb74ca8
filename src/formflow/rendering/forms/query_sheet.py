"""The query sheet: the open questions of a notification, numbered, each with room for its answer, to be read back."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.deciding.questions import OpenQuestion
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.forms.blank_plan import load_blank
from formflow.rendering.forms.blank_word import blank_word
from formflow.rendering.forms.fill_word import fill_word
from formflow.settings import Partnership

LAYOUT = "formflow-aqs-1"
_YES_NO = "Yes, No"


def query_sheet(ref: str, questions: Sequence[OpenQuestion], dictionary: Dictionary, partnership: Partnership) -> bytes:
    """The sheet with these questions in it, as `.docx`; the answers are read back by formflow."""
    asked = dictionary.of(LAYOUT)
    blank = load_blank(LAYOUT)
    blank = blank.model_copy(update={"cards": {"answer": max(1, len(questions))}})
    answers: dict[str, object] = {"case_ref": ref}
    for number, question in enumerate(questions, 1):
        answers[f"answer_{number}_question"] = question.query.message + _choices(question.query.field, dictionary)
        if question.query.field:
            answers[f"answer_{number}_field"] = question.query.field
    return fill_word(blank_word(asked, partnership, blank), answers, asked)


def _choices(field_id: str | None, dictionary: Dictionary) -> str:
    """The answers that can be given, where there is a list of them."""
    field = dictionary.field(field_id) if field_id else None
    if field is None:
        return ""
    words = _YES_NO if field.type == "yes_no" else "; ".join(field.options.values())
    several = " (more than one may be given, with ; between them)" if field.type == "choices" else ""
    return f" Possible answers{several}: {words}." if words else ""
