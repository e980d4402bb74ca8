"""What is written into which control of our own form for an answer: the way back from values to what people see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from formflow.extracting.dates import day_of
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.dictionary import Field as Question
from formflow.rendering.forms.blank_plan import load_blank

NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Raw:
    """Words to be written as they are, whatever the question asks for."""

    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What goes into one control."""

    name: str
    text: str = ""
    ticked: bool = False
    day: str = ""
    """For a date that is one day: the day, as Word keeps it beside the words."""


def fillings(answers: Mapping[str, object], dictionary: Dictionary) -> Iterator[Filled]:
    """What to write for each answer. Raises `KeyError` for a field that is not in the dictionary."""
    blank = load_blank(dictionary.form)
    for field_id, value in answers.items():
        question = dictionary.field(field_id)
        if question is None:
            raise KeyError(field_id)
        yield from _one(question, field_id, value, question.id in blank.boxed)


def _one(question: Question, field_id: str, value: object, boxed: bool) -> Iterator[Filled]:
    if question.type in ("yes_no", "choices") or boxed:
        chosen = value if isinstance(value, list | tuple) else (value,)
        yield from (Filled(f"{field_id}:{option}", ticked=True) for option in chosen)
    elif isinstance(value, Raw):
        yield Filled(field_id, value.text)
    elif value == NOT_KNOWN:
        yield Filled(field_id, "Not known yet")
    elif question.type == "date" and (day := day_of(value)):
        yield Filled(field_id, f"{day:%d/%m/%Y}", day=day.isoformat())
    elif question.options:
        yield Filled(field_id, question.options[str(value)])
    else:
        yield Filled(field_id, str(value))
