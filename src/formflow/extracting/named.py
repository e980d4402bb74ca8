"""Answers in controls that a layout knows by name: content-control tags, Word bookmarks, PDF field names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer
from formflow.extracting.layout import Layout
from formflow.extracting.tagged import tagged_answers
from formflow.reading.document import Control

_NUMBER = "{N}"


def named_answers(
    controls: Sequence[Control], layout: Layout, dictionary: Dictionary, latest: int
) -> dict[str, Answer]:
    """The answers that stand in controls whose names the layout declares."""
    return tagged_answers(_renamed(controls, layout), dictionary, latest)


def _renamed(controls: Sequence[Control], layout: Layout) -> Iterator[Control]:
    """The controls that are declared, each under the field it answers (`nature:died` for one box of several)."""
    for control in controls:
        for target, names in layout.names.items():
            for name in names:
                if (number := _number(name, control.name)) is not None:
                    yield control.named(target.replace("_N_", f"_{number}_"))


def _number(declared: str, name: str) -> str | None:
    """Which row a name is about, `1` where it is about none; None for another name."""
    before, numbered, after = declared.partition(_NUMBER)
    if not numbered:
        return "1" if name == declared else None
    found = re.fullmatch(rf"{re.escape(before)}(\d{{1,2}}){re.escape(after)}", name)
    return found[1] if found else None
