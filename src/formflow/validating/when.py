"""The cases in which a question of a process form wants an answer, as its data words them: `became_death is yes`."""

from __future__ import annotations

import re

from formflow.validating.asked import Asked

_CASE = re.compile(r"(\w+) is (not )?(\w+)")


def holds(when: str, asked: Asked) -> bool:
    """Whether a case holds: `FIELD is VALUE`, `FIELD is not VALUE`, `FIELD is answered`, `FIELD is blank`.

    A question that is open is no value: `nothing_held is not yes` holds while it is blank.
    """
    found = _CASE.fullmatch(when)
    if found is None:
        raise ValueError(f"no such case: {when}")
    field, negated, value = found.groups()
    match value:
        case "answered":
            true = asked.answered(field)
        case "blank":
            true = asked.open(field)
        case _:
            true = asked.value(field) == value
    return not true if negated else true
