"""What was written on a form, where it may stand on a list that many people see."""

from __future__ import annotations

import re
from collections.abc import Mapping

from formflow.deciding.changes import TELLS_NOBODY
from formflow.extracting.date_words import MONTHS, WEEKDAYS
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.rendering.initials import without_names

ON_THE_FORM = "(on the form)"
"""Stands for words that tell who is meant, or might."""
LONGEST = 120
"""Letters of what was written that are shown."""
_WHO = frozenset({"child_N_dob", "child_N_edd", "date_of_death"})
"""Dates by which a child is known: the tracker shows initials and references only."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset({
    "yes", "no", "not", "known", "unknown", "none", "na", "nk", "tbc", "the", "on", "in", "at", "of", "about",
    "around", "approx", "approximately", "circa", "between", "from", "to", "and", "or", "week", "weekend", "early",
    "mid", "late", "morning", "afternoon", "evening", "night", "overnight", "date", "dates", "unsure", "sure",
    "see", "above", "below",
}) | {*(day.casefold() for day in WEEKDAYS), *MONTHS}  # fmt: skip
"""Words that name nobody, also with a capital letter."""


def words_written(field: str, answers: Mapping[str, Answer], dictionary: Dictionary, who: Mapping[str, Answer]) -> str:
    """What stands on the form as the answer to a question, on one line; `who` are the people to be kept out of it.

    Only answers of a kind that names nobody are shown: days, times, numbers and ticks. Names, addresses, telephone
    numbers and stories are not; nor is anything in which a word with a capital letter stands that is none of dates or
    of the question's own choices, since people write names where a date was asked for.
    """
    answer = answers.get(field)
    words = " ".join(answer.raw.split()) if answer is not None else ""
    if not words:
        return ""
    asked = dictionary.field(field)
    if asked is None or asked.type not in TELLS_NOBODY or asked.id in _WHO:
        return ON_THE_FORM
    shown = without_names(words, answers, who)
    if any(word[0].isupper() and word.casefold() not in _names_nobody(asked) for word in _WORD.findall(shown)):
        return ON_THE_FORM
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 2].rstrip()} …"


def _names_nobody(asked: Field) -> frozenset[str]:
    said = " ".join((asked.title, *asked.options.values())).casefold()
    return _SMALL | frozenset(_WORD.findall(said))
