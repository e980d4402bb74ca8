"""What the forms of the process after the notification have in common: days in order, actions that can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from formflow.validating.asked import Asked
from formflow.validating.submission import Query

_AHEAD = re.compile(r"(?:_due|_due_date|_revised|_start|_target_date|_planned_date|_reply_date|close_date)$")
"""Dates that may lie in the future."""
_SMART = {"owner": "who does it", "due": "by when", "measure": "how it will be known that it worked"}


def not_in_the_future(asked: Asked) -> Iterator[Query]:
    """What has been done has been done by today."""
    for field_id in asked.answers:
        field = asked.dictionary.field(field_id)
        if field is None or field.type != "date" or _AHEAD.search(field_id):
            continue
        span = asked.span(field_id)
        if span and span[0] > asked.today:
            yield asked.say("query", field_id, f"{asked.written(field_id)} is still to come. Please check the date.")


def in_order(asked: Asked, *fields: str) -> Iterator[Query]:
    """These days come one after the other, as far as they are known."""
    known = [field for field in fields if asked.span(field)]
    for earlier, later in pairwise(known):
        first, second = asked.span(earlier), asked.span(later)
        if first and second and second[1] < first[0]:
            words = f"this day is before {_titled(asked, earlier)}. Please check both dates."
            yield asked.say("query", later, words)


def contradicts(asked: Asked, field: str, words: str) -> Query:
    """A query that two answers do not fit together."""
    return asked.say("query", field, f"{words} Which is right?")


def actions(asked: Asked, parts: Sequence[str] = ("owner", "due", "measure")) -> Iterator[Query]:
    """New actions name an owner, a day and a measure; a row without its action is asked about."""
    for number in asked.rows("action"):
        start = f"action_{number}_"
        if not asked.answered(f"{start}text"):
            if not asked.answered(f"{start}ref"):
                yield asked.say("query", f"{start}text", "this row does not say what the action is.")
            continue
        missing = [_SMART[part] for part in parts if not asked.answered(f"{start}{part}")]
        if missing and not asked.answered(f"{start}ref"):
            words = f"the action does not say {_listed(missing)}. Please add it, so that the action can be followed."
            yield asked.say("query", f"{start}text", words)


def progress(asked: Asked) -> Iterator[Query]:
    """How actions stand is said with what shows it."""
    for number in asked.rows("action"):
        start = f"action_{number}_"
        status = asked.value(f"{start}status")
        if f"{start}evidence" in asked.answers and not asked.answered(f"{start}evidence"):
            if status == "complete":
                yield asked.say("query", f"{start}evidence", "the action is complete. Please say what shows it.")
            if status == "not_pursued":
                yield asked.say("query", f"{start}evidence", "the action is not pursued. Please say why.")
        if asked.answered(f"{start}closed") and status not in ("complete", "not_pursued"):
            yield contradicts(asked, f"{start}closed", "a day of closing is given, but the action is not complete.")
        if asked.answered(f"{start}revised") and not asked.answered(f"{start}revised_reason"):
            yield asked.say("query", f"{start}revised_reason", "the day was moved. Please say why.")


def _titled(asked: Asked, field: str) -> str:
    question = asked.dictionary.field(field)
    return f'"{question.title}"' if question else field


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
