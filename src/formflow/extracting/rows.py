"""Which children, people, agencies and events a form speaks of, by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from formflow.extracting.form import Answer

_ROW = re.compile(r"^[a-z]+_(\d{1,3})_")
_NAMES_A_CHILD = re.compile(r"child_(\d+)_(?:forename|surname|aka|dob|edd|age)")


def children(answers: Mapping[str, Answer], *, certain: bool) -> tuple[int, ...]:
    """The children of whom a name, a birth or an age is given; child 1 is always one of them.

    With `certain` only answers that are clear count; without it, everything that is not blank.
    """
    found = {
        int(match[1])
        for field, answer in answers.items()
        if field.startswith("child_")
        and (answer.state == "answered" if certain else answer.state != "blank")
        and (match := _NAMES_A_CHILD.match(field))
    }
    return tuple(sorted(found | {1}))


def rows(answers: Mapping[str, Answer], block: str, part: str = "") -> tuple[int, ...]:
    """The rows of a table (`agency`, `family`, `event`) in which something, or just `part`, is answered."""
    start, end = f"{block}_", f"_{part}" if part else ""
    names = (
        field.split("_", 2)
        for field, answer in answers.items()
        if field.startswith(start) and field.endswith(end) and answer.state == "answered"
    )
    return tuple(sorted({int(name[1]) for name in names if name[1].isdigit() and (not part or name[2] == part)}))


def row_of(field_id: str) -> int:
    """The number in a field's id: `family_3_name` → 3; 0 for a question asked once."""
    found = _ROW.match(field_id)
    return int(found[1]) if found else 0
