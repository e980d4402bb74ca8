"""Answers that cannot be true beside the others: nobody chooses between them but the sender."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from formflow.extracting.dates import span_of
from formflow.extracting.form import Answer

_OLDEST = 25
"""Years: the eldest that a notification can be about, a care leaver, is not yet twenty-five."""
_TOLD_BY = ("date_of_death", "incident_date", "la_aware_date", "date_completed")
_BORN = re.compile(r"child_\d+_dob")


def contradicted(answers: Mapping[str, Answer], latest: int) -> dict[str, Answer]:
    """Answers, with what the rest of the form shows to be a slip put as a question; `latest` as for `read_date`."""
    day = next((span[0] for field in _TOLD_BY if (span := _span(answers.get(field)))), date(latest - 1, 12, 31))
    found = dict(answers)
    for field_id, answer in answers.items():
        born = _span(answer) if _BORN.fullmatch(field_id) else None
        age = _years(born[1], day) if born else 0
        if age > _OLDEST:
            because = f"somebody born then would be {age} years old, so a part of the date may be a slip"
            found[field_id] = replace(
                answer, state="conflict", value=None, precision=None, confidence=0.0, because=because
            )
    return found


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _span(answer: Answer | None) -> tuple[date, date] | None:
    return span_of(answer.value) if answer is not None and answer.state == "answered" else None
