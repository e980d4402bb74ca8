"""Answers that are there but are not clear: conflicts, dates that cannot be, words that fit no option."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.extracting.by_layout import BY_LABEL
from formflow.extracting.dictionary import Field, Level
from formflow.extracting.form import Answer
from formflow.validating.asked import QUOTED, Asked
from formflow.validating.missing import applies
from formflow.validating.submission import Query

_HOW = {
    "date": "Please write it as 5 March 2024.",
    "time": "Please write it as 14:30.",
    "yes_no": "Please tick one box.",
    "choice": "Please choose one of the answers on the form.",
    "choices": "Please tick the boxes that apply.",
    "integer": "Please write a whole number.",
    "nhs_number": "Please check it: an NHS number has 10 digits.",
    "postcode": "Please write it in full, like AB1 2CD.",
    "email": "Please write it in full, like name@council.example.",
    "phone": "Please write it with its area code.",
}


def unclear(asked: Asked) -> Iterator[Query]:
    """A query for each answer that is not clear; a blocker where it says nothing and nothing can be decided without it.

    Where two answers disagree the case still opens: people settle which is right.
    """
    for field_id, answer in asked.answers.items():
        field = asked.dictionary.field(field_id)
        if field is None:
            continue
        if answer.state == "conflict":
            yield asked.say("query", field_id, _what(asked, field, answer))
        elif answer.state == "unreadable":
            yield asked.say(_level(asked, field, field_id), field_id, _what(asked, field, answer))
        elif answer.state == "blank" and answer.because:
            words = f"{answer.because[0].upper()}{answer.because[1:]}. Please answer it."
            yield asked.say(_level(asked, field, field_id), field_id, words)
        elif answer.state == "answered" and answer.how != "given" and answer.confidence < 0.9:
            yield _uncertain(asked, field, answer)


def _uncertain(asked: Asked, field: Field, answer: Answer) -> Query:
    """A query about an answer that is not certain, and why: for its own sake, or because nobody described the form.

    A reason that would quote what could tell who is meant is left out.
    """
    written = asked.written(answer.field) or "written"
    told = answer.because and (field.type in QUOTED or '"' not in answer.because)
    if answer.confidence >= BY_LABEL:
        because = f" ({answer.because})" if told else ""
        said = asked.say("query", answer.field, f"read as {written}{because}. Please check it against the form.")
        return said.model_copy(update={"check": True})
    if answer.how == "key" and not told:
        words = f"read as {written} from a question asked in words formflow does not know. Please check it."
    else:
        words = f"read as {written}, but it is not certain" + (f": {answer.because}." if told else ".")
    return asked.say("query", answer.field, words)


def _level(asked: Asked, field: Field, field_id: str) -> Level:
    number = re.search(r"_(\d+)_", field_id)
    case = applies(field, asked, int(number[1]) if number else 0)
    return "blocker" if field.required == "blocker" and case else "query"


def _what(asked: Asked, field: Field, answer: Answer) -> str:
    how = _HOW.get(field.type, "Please write the answer once.")
    because = answer.because or "the answers do not agree"
    if answer.state == "conflict":
        named = asked.dictionary.pattern(answer.field).endswith(("_forename", "_surname", "_aka"))
        return f"{'two different names are given' if named else because}. Which is right? {how}"
    written = asked.written(answer.field)
    return f"{written + ': ' if written else ''}{because}. {how}"
