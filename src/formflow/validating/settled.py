"""Answers on a query sheet, read as answers to the questions of the notification that they settle."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer, Form
from formflow.extracting.rows import rows
from formflow.extracting.values import answer_to
from formflow.validating.asked import Asked
from formflow.validating.submission import Query

SETTLES = "settles:"
"""Begins the name under which a submission keeps an answer to a question of the notification: `settles:child_1_dob`."""
SETTLED = "answered query"
"""How such an answer was found."""


def settled(form: Form, dictionary: Dictionary, latest: int) -> dict[str, Answer]:
    """What the rows of a query sheet answer, typed as the notification's questions ask; nothing for other forms.

    An answer that cannot be read as what the question asks for stays `unreadable`, with the reason.
    """
    found: dict[str, Answer] = {}
    for number in rows(form.answers, "answer"):
        said, about = form.answers.get(f"answer_{number}_text"), form.answers.get(f"answer_{number}_field")
        if said is None or about is None or about.state != "answered" or said.state == "blank":
            continue
        field_id = str(about.value).strip()
        if (field := dictionary.field(field_id)) is not None:
            found[f"{SETTLES}{field_id}"] = answer_to(
                field, field_id, said.raw, place=said.place, how=SETTLED, latest=latest
            )
    return found


def unsettled(form: Form, asked: Asked, answers: dict[str, Answer]) -> Iterator[Query]:
    """A query for each answer on a query sheet that cannot be read as an answer to its question."""
    for number in rows(form.answers, "answer"):
        about = form.answers.get(f"answer_{number}_field")
        answer = answers.get(f"{SETTLES}{about.value}") if about and about.state == "answered" else None
        if answer is not None and answer.state == "unreadable":
            yield asked.say("query", f"answer_{number}_text", f"{answer.because}. The question stays open.")
