"""The answer in a cell, and the questions that are asked and answered inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from formflow.extracting.inline import pairs_in
from formflow.extracting.question import Line, inner_tables, joined, lines_of, plain
from formflow.extracting.row import Placed
from formflow.extracting.vocabulary import Targets

if TYPE_CHECKING:
    from formflow.extracting.finding import Finder

_STORY = ("incident_summary", "child_N_known_to", "event_N_event", "immediate_action", "good_practice")
"""Answers that are stories: a word with a colon in them asks for nothing."""
_PEOPLE = {
    "lead": ("lead_name", "lead_agreed", "lead_role"),
    "notifier": ("notifier_name", "notifier_role", "notifier_phone", "notifier_email"),
}


def answer_in_cell(finder: Finder, label: str, targets: Targets, cell: Placed, place: str) -> None:
    """Put the answer in a cell, and the questions that are asked and answered inside it."""
    if not targets:
        finder.at.put(label, (), joined(line for line, _ in lines_of(cell.blocks)), place)
        return
    own: list[Line] = []
    inner: list[tuple[str, Targets, Line]] = []
    sections = _sections_inside(targets, finder)
    for line, _ in lines_of(cell.blocks):
        pairs, lead = (
            ([], line)
            if targets[0] in _STORY and not _is_list(finder, cell)
            else pairs_in(line, lambda text: _asks_inside(finder, text, targets, sections))
        )
        if any(pair[1][0] == targets[0] for pair in pairs) and not targets[0].endswith("_name"):
            pairs, lead = [], line  # words of the answer itself, before a colon
        if plain(lead).strip() or not pairs:
            own.append(lead)
        own += [pieces for _, asked, pieces in pairs if asked == targets]
        inner += [pair for pair in pairs if pair[1] != targets]
    finder.at.put(label, targets, joined(own), place)
    for label_inside, targets_inside, pieces in inner:
        finder.at.put(label_inside, targets_inside, pieces, place)
    finder.at.last = targets[0]
    for nested in inner_tables(cell.blocks):
        finder.table(nested)


def _is_list(finder: Finder, cell: Placed) -> bool:
    """Whether every line of a cell asks something itself and answers it, so that it is no story."""
    lines = [line for line, _ in lines_of(cell.blocks)]
    found = [pairs_in(line, finder.at.in_line()) for line in lines]
    return len(lines) > 1 and all(pairs and not plain(lead).strip() for pairs, lead in found)


def _sections_inside(targets: Targets, finder: Finder) -> tuple[str, ...]:
    for group, fields in _PEOPLE.items():
        if targets[0] in fields:
            return (group,)
    if targets[0].startswith("child_N_"):
        return ("child", *(part for part in finder.at.contexts() if part != "child"))
    return finder.at.contexts()


def _asks_inside(finder: Finder, text: str, targets: Targets, sections: Sequence[str]) -> Targets | None:
    if follow := finder.at.follows(text, targets[0]):
        return follow
    return finder.at.vocabulary.asks(text, sections, finder.at.areas)
