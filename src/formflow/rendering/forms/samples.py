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
from formflow.rendering.forms.blank_pdf import blank_pdf
from formflow.rendering.forms.blank_word import blank_word
from formflow.rendering.forms.fill_pdf import fill_pdf
from formflow.rendering.forms.fill_word import fill_word
from formflow.rendering.forms.filled import Raw
from formflow.settings import Partnership


class Sample(BaseModel):
    """A sample form as `data/samples` describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_name: str
    format: Literal["word", "pdf"]
    what_happens: str
    copy_of: str = ""
    form: str = ""
    """The layout of the form it is; the notification where it says nothing."""
    answers: Mapping[str, object] = {}
    """Values by field id; `{ day = -3 }` is three days before today, `{ raw = "…" }` words as they are, `{ case = 1 }`
    the reference of the first case of the year."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample form, made."""

    name: str
    content: bytes = field(repr=False)
    what_happens: str


def make_samples(today: date, dictionary: Dictionary, partnership: Partnership) -> tuple[SampleFile, ...]:
    """Every sample form, with dates counted from `today`, in the order of their names."""
    made: dict[str, SampleFile] = {}
    for name, text in shipped.texts("samples").items():
        sample = Sample.model_validate(tomllib.loads(text))
        content = made[sample.copy_of].content if sample.copy_of else _filled(sample, today, dictionary, partnership)
        made[name] = SampleFile(sample.file_name, content, sample.what_happens)
    return tuple(made.values())


def _filled(sample: Sample, today: date, dictionary: Dictionary, partnership: Partnership) -> bytes:
    asked = dictionary.of(sample.form)
    answers = {
        field: f"{partnership.short}-{today.year}-{value['case']:03d}"
        if isinstance(value, Mapping) and "case" in value
        else value
        for field, value in dated(sample.answers, today).items()
    }
    if sample.format == "word":
        return fill_word(blank_word(asked, partnership), answers, asked)
    return fill_pdf(blank_pdf(asked, partnership), answers, asked)


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
