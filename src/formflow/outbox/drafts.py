"""The drafted messages of a case: drawn when a form joins it, kept while they say the same, set aside when told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formflow.deciding.decision import Decision
from formflow.errors import TryLater
from formflow.rendering.drafts.draw import Draft, Sender, drafts
from formflow.rendering.drafts.wording import the_wordings
from formflow.rendering.paper import Paper

_NAME = re.compile(r"(?P<ref>[^_]+)_(?P<key>[^_]+)_v(?P<version>\d+)_(?P<day>\d{8})\.(?P<ending>docx|eml)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is to be done about the drafts of a case."""

    papers: Sequence[Paper] = ()
    """Those that are new, or say or carry something new."""
    replaces: frozenset[str] = frozenset()
    """The names of earlier drafts that are no longer current."""


def is_draft(name: str) -> bool:
    """Whether a paper is a drafted message."""
    return name.endswith(".eml")


def draw_drafts(
    stem: str,
    decision: Decision,
    on: date,
    place: Path,
    current: Mapping[str, str],
    sender: Sender,
    papers: Mapping[str, Sequence[str]] | None = None,
) -> Drawn:
    """The drafts that should lie in `place` now and do not yet, and those that should no longer.

    `stem` names them (`SIN-2026-001_{doc}_v2_20260320`), `on` is the day the newest form was received, `current` holds
    the register's papers that are not replaced, by name with their fingerprints. A draft that would say and carry just
    what an earlier one does is that one, under its own name: whoever has begun to work on it is not disturbed.
    Raises `TryLater` while a paper that is to be attached cannot be opened.
    """
    goes_with = the_wordings().papers if papers is None else papers
    there = _papers_there(place, current, {key for keys in goes_with.values() for key in keys})
    ref = stem.split("_")[0]
    made: list[Paper] = []
    kept: set[str] = set()
    for draft in drafts(ref, decision, there, sender, goes_with):
        if same := _unchanged(draft, place, current):
            kept.add(same)
        else:
            made.append(Paper(stem.format(doc=draft.name) + ".eml", draft.content(on)))
            kept.add(made[-1].name)
    return Drawn(made, frozenset(name for name in current if is_draft(name) and name not in kept))


def _unchanged(draft: Draft, place: Path, current: Mapping[str, str]) -> str | None:
    """The name of the earlier draft that was written to say and carry just this; it may have been edited since."""
    for name, sha256 in current.items():
        found = _NAME.fullmatch(name)
        if found and found["key"] == draft.name and is_draft(name) and (place / name).is_file():
            day = found["day"]
            content = draft.content(date(int(day[:4]), int(day[4:6]), int(day[6:])))
            if hashlib.sha256(content).hexdigest() == sha256:
                return name
    return None


def _papers_there(place: Path, current: Iterable[str], keys: set[str]) -> dict[str, tuple[str, bytes]]:
    """The newest paper of each key as it lies in the folder, people's changes and all."""
    newest = {key: name for key, _, name in sorted(_of_keys(place, current, keys))}
    return {key: (name, _read(place / name)) for key, name in newest.items()}


def _of_keys(place: Path, current: Iterable[str], keys: set[str]) -> Iterator[tuple[str, int, str]]:
    for name in current:
        found = _NAME.fullmatch(name)
        if found and found["key"] in keys and not is_draft(name) and (place / name).is_file():
            yield found["key"], int(found["version"]), name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError as fault:
        raise TryLater(f'"{path.name}" is open in another program. Close it there; formflow tries again.') from fault
