"""Invented forms, filled in: for the demonstration and for tests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from formflow import shipped
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.blank_pdf import blank_pdf
from formflow.rendering.blank_word import blank_word
from formflow.rendering.fill_pdf import fill_pdf
from formflow.rendering.fill_word import fill_word
from formflow.rendering.filled import Raw
from formflow.settings import Partnership


class Sample(BaseModel):
    """A sample form as `data/samples` describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_name: str
    format: Literal["word", "pdf"]
    what_happens: str
    copy_of: str = ""
    answers: Mapping[str, object] = {}
    """Values by field id; `{ day = -3 }` is three days before today, `{ raw = "…" }` words as they are."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample form, made."""

    name: str
    content: bytes = field(repr=False)
    what_happens: str


def make_samples(today: date, dictionary: Dictionary, partnership: Partnership) -> tuple[SampleFile, ...]:
    """Every sample form, with dates counted from `today`, in the order of their names."""
    word, pdf = blank_word(dictionary, partnership), blank_pdf(dictionary, partnership)
    made: dict[str, SampleFile] = {}
    for name, text in shipped.texts("samples").items():
        sample = Sample.model_validate(tomllib.loads(text))
        if sample.copy_of:
            content = made[sample.copy_of].content
        else:
            answers = dated(sample.answers, today)
            filled = (
                fill_word(word, answers, dictionary) if sample.format == "word" else fill_pdf(pdf, answers, dictionary)
            )
            content = filled
        made[name] = SampleFile(sample.file_name, content, sample.what_happens)
    return tuple(made.values())


def dated(answers: Mapping[str, object], today: date) -> dict[str, object]:
    """Answers with their counted days written out."""
    return {field_id: _dated(value, today) for field_id, value in answers.items()}


def _dated(value: object, today: date) -> object:
    match value:
        case {"day": int(days)}:
            return (today + timedelta(days=days)).isoformat()
        case {"range": [int(first), int(last)]}:
            start, end = today + timedelta(days=first), today + timedelta(days=last)
            return Raw(f"between {start:%d/%m/%Y} and {end:%d/%m/%Y}")
        case {"raw": str(words)}:
            return Raw(words)
        case list():
            return tuple(str(option) for option in value)
        case _:
            return value
