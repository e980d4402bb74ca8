"""Initials in place of names, on papers, in the tracker and in the names of files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from formflow.extracting.form import Answer

_NAMES = re.compile(r"(?:child_\d+_(?:forename|surname|aka)|family_\d+_name)$")


def initials(*names: str) -> str:
    """`J.A.` for Jordan Ashby; hyphenated names give each part; empty for no name."""
    parts = [part for name in names for part in re.split(r"[\s\-]+", name) if part[:1].isalpha()]
    return "".join(f"{part[0].upper()}." for part in parts)


def child_initials(answers: Mapping[str, Answer], number: int) -> str:
    """The initials of a child on a form; `Child 2` where no name is given."""
    given = initials(_text(answers, f"child_{number}_forename"), _text(answers, f"child_{number}_surname"))
    return given or f"Child {number}"


def shown_name(file_name: str, *told: Mapping[str, Answer]) -> str:
    """A file's name with every word that is somebody's name on the form, or in its case, cut to its initial."""
    stem, dot, ending = file_name.rpartition(".")
    return without_names(stem, *told) + dot + ending


def without_names(words: str, *told: Mapping[str, Answer]) -> str:
    """Words with every one that is the name of a child or of a member of the family cut to its initial."""
    names = {
        word.casefold()
        for answers in told
        for field, answer in answers.items()
        if _NAMES.match(field) and answer.state == "answered"
        for word in re.findall(r"[^\W\d_]{2,}", str(answer.value))
    }
    return re.sub(
        r"[^\W\d_]{2,}", lambda found: found[0][0].upper() if found[0].casefold() in names else found[0], words
    )


def _text(answers: Mapping[str, Answer], field: str) -> str:
    answer = answers.get(field)
    return str(answer.value) if answer is not None and answer.state == "answered" else ""
