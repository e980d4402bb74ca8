"""Answers handed in as data (a `.json` file for `formflow decide`) instead of on a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formflow.errors import Returned
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.dictionary import Field as Question
from formflow.extracting.form import Answer, Form, Precision, State, Value
from formflow.extracting.values import answer_to

Plain = str | int | list[str] | None


class _Stated(BaseModel):
    """An answer given with its state: `{"state": "not_known"}`, `{"state": "answered", "value": "2024-03"}`."""

    model_config = ConfigDict(extra="ignore")

    state: State = "answered"
    value: Plain = None
    precision: Precision | None = None
    raw: str | None = None


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["notification"] = "notification"
    answers: Annotated[dict[str, _Stated | Plain], Field(default_factory=dict)]


def form_given(raw: Mapping[str, object], dictionary: Dictionary) -> Form:
    """The form that the data describe; what is absent is blank. Raises `Returned`, naming every fault at once."""
    try:
        given = _Given.model_validate(raw)
    except ValidationError as fault:
        problems = tuple(f"{'.'.join(map(str, e['loc']))}: {e['msg']}." for e in fault.errors())
        raise Returned(
            "not-a-form", "The answers are not in the agreed shape. " + " ".join(problems), problems
        ) from fault
    answers: dict[str, Answer] = {}
    problems = ()
    for field_id, said in given.answers.items():
        question = dictionary.field(field_id)
        if question is None:
            problems = (*problems, f'"{field_id}" is not a question of the field dictionary.')
            continue
        answers[field_id] = _answer(question, field_id, said)
        if answers[field_id].state == "unreadable" and not isinstance(said, _Stated):
            problems = (*problems, f'"{field_id}": {answers[field_id].because} ({said!r}).')
    if problems:
        raise Returned("not-a-form", "Some answers cannot be used. " + " ".join(problems), problems)
    return Form(given.kind, "given", "recognised", answers)


def _answer(question: Question, field_id: str, said: _Stated | Plain) -> Answer:
    if not isinstance(said, _Stated):
        said = _Stated(value=said, state="blank" if said is None or said in ("", []) else "answered")
    raw = said.raw if said.raw is not None else _written(said.value)
    if said.state != "answered":
        return Answer(field_id, said.state, raw=raw, how="given", because="so it was given")
    if said.value is None:
        return Answer(field_id, "blank", raw=raw, how="given")
    return _typed(question, field_id, said, raw)


def _typed(question: Question, field_id: str, said: _Stated, raw: str) -> Answer:
    if question.type == "choices":
        wanted = said.value if isinstance(said.value, list) else [str(said.value)]
        unknown = [option for option in wanted if option not in question.options]
        if unknown:
            return Answer(field_id, "unreadable", raw=raw, how="given", because="this is none of the options")
        return Answer(field_id, "answered", tuple(wanted), None, raw, how="given")
    if isinstance(said.value, list):
        return Answer(field_id, "unreadable", raw=raw, how="given", because="only one answer is asked for")
    answer = answer_to(question, field_id, _written(said.value), place="", how="given", latest=2100)
    if question.type == "date" and said.precision and answer.state == "answered":
        return Answer(field_id, "answered", answer.value, said.precision, raw, how="given")
    return answer


def _written(value: Plain | Value) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(value)
    return "" if value is None else str(value)
