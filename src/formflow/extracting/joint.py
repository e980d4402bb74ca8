"""A label that lists what it wants to know of one person: `Who are you (name, role, agency, telephone)?`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from formflow.extracting.vocabulary import Targets

Asks = Callable[[str, Sequence[str]], "Targets | None"]
"""What words ask for in parts of a form."""
_IN_BRACKETS = re.compile(r"\(([^()]*[,/&][^()]*)\)\s*[?:.]?\s*$")
_PARTS = re.compile(r"\s*[,/&]\s*|\s+and\s+", re.IGNORECASE)
_PEOPLE = ("notifier", "lead")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})?|[a-z])[.)]\s*", re.IGNORECASE)


def asked_together(label: str, whole: Targets | None, sections: Sequence[str], asks: Asks) -> Targets | None:
    """What a label asks of the notifier or the lead, in its order; None where one of its words asks something else."""
    if not re.search(r"[,/&]", label):
        return None
    inside = _IN_BRACKETS.search(label)
    listing = inside[1] if inside else _NUMBER.sub("", label)
    person = _person(whole, sections)
    parts = [part for part in _PARTS.split(listing.strip(" ?:.")) if part.strip()]
    if person is None or len(parts) < 2 or (whole is None and inside is None):
        return None
    found: list[str] = []
    for part in parts:
        targets = asks(part, (person,))
        if not targets or len(targets) > 1 or not targets[0].startswith(f"{person}_"):
            return None
        found.append(targets[0])
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else None


def _person(whole: Targets | None, sections: Sequence[str]) -> str | None:
    """Whom a label asks about: the person its own words name, else the part of the form it stands in."""
    if whole:
        return next((person for person in _PEOPLE if whole[0].startswith(f"{person}_")), None)
    return next((section for section in sections[:1] if section in _PEOPLE), None)
