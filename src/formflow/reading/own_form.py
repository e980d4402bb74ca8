"""Forms of our own say so themselves: every answer stands in a control named after its question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from formflow.reading.document import Control, Document

VERSION_CONTROL = "form.version"
"""The name of the control, or of the property, that says which form and which edition of it a file is."""
FAMILIES = tuple(f"formflow {form}-" for form in ("SIN", "ACP", "AIR", "AQS", "CUP", "DRR", "LSR", "PRR"))
"""What it begins with; these forms are read by their controls alone, in every edition."""


def version_of(controls: Iterable[Control], properties: Mapping[str, str]) -> str:
    """What a form says of itself: its version control, else a property of that name, else its title."""
    return _told(controls) or properties.get(VERSION_CONTROL) or properties.get("title", "")


def is_own(controls: Iterable[Control]) -> bool:
    """Whether a control says that these are the controls of a form of our own."""
    return _told(controls).startswith(FAMILIES)


def answers_alone(document: Document) -> Document:
    """A document as it is needed to take it: of a form of our own the words around its controls are left out."""
    return replace(document, blocks=()) if document.blocks and is_own(document.controls) else document


def _told(controls: Iterable[Control]) -> str:
    said = (control.raw for control in controls if control.name == VERSION_CONTROL and control.raw.strip())
    return re.sub(r"\s+", " ", next(said, "")).strip()
