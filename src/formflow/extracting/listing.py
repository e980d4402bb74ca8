"""People and agencies listed as lines of text, under a sentence that says what each line holds and in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.question import Line, cut, part_of, plain
from formflow.extracting.standing import REPEATED, Standing
from formflow.reading.document import Block, Paragraph

Columns = tuple[str, tuple[str, ...]]
"""The part of the form, and the fields of its lines in their order."""

_SPLIT = re.compile(r"\s*(?:[,;/|]|\s[-–—]\s|\band\b)\s*")
_DASHED = re.compile(r"\s+[-–—]\s+")
_NUMBER = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-–•*])\s*")
_QUESTION = re.compile(r"\s*\d{1,2}[.)]\s")
"""What begins the next question, where questions are numbered."""
_LATEST = 2100


class Ends(Protocol):
    """Whoever knows where a list ends."""

    at: Standing
    numbered: bool

    def is_heading(self, paragraph: Paragraph, following: Sequence[Block]) -> bool:
        """Whether a paragraph begins a part of the form."""


def listed(text: str, at: Standing) -> Columns | None:
    """What a sentence like "name, date of birth, relationship" says each line below holds; None for other words."""
    section = next((section for section in at.sections if section in REPEATED), None)
    if section is None or max(text.count(","), len(_DASHED.findall(text)), text.count("|"), text.count("/")) < 2:
        return None
    inside = re.search(r"\(([^()]*,[^()]*)\)\s*[:?]?\s*$", text)
    listing = inside[1] if inside else text.rpartition(":")[2]
    parts = [part for part in _SPLIT.split(listing.strip(" .?()")) if part.strip()]
    found: list[str] = []
    for part in parts:
        targets = at.vocabulary.asks(part, (section,), at.areas) or at.vocabulary.keyed(part, (section,), at.areas)
        if targets and targets[0].startswith(REPEATED[section]) and targets[0] not in found:
            found.append(targets[0])
    if len(found) < 3 or len(found) * 2 < len(parts):
        return None
    return section, tuple(found)


def rows_of(columns: Columns, following: Sequence[Block], finder: Ends) -> int:
    """Put the lines below as rows of their part; gives how many blocks they take."""
    section, targets = columns
    block = REPEATED[section]
    taken = 0
    for number, item in enumerate(following):
        if not isinstance(item, Paragraph) or finder.is_heading(item, following[number + 1 :]):
            break
        rows = [line for line in cut(item.pieces) if plain(line).strip()]
        if rows and not all(_is_row(line) for line in rows):
            break
        if finder.numbered and _QUESTION.match(item.text):
            break
        for line in rows:
            finder.at.rows[block] += 1
            for target, pieces in _fields(line, targets):
                finder.at.put(target, (target,), pieces, item.place, finder.at.rows[block])
        taken = number + 1
    return taken


def _is_row(line: Line) -> bool:
    text = plain(line)
    return "\t" in text.strip() or "," in text or bool(_DASHED.search(text)) or bool(_NUMBER.match(text))


def _fields(line: Line, targets: Sequence[str]) -> list[tuple[str, Line]]:
    """The parts of a line by the fields they answer."""
    text = plain(line)
    start = found.end() if (found := _NUMBER.match(text)) else 0
    divider = r"\s*\t\s*" if "\t" in text.strip() else r"\s*[,;|]\s*"
    if len(_DASHED.findall(text)) >= 2:
        divider = _DASHED.pattern
    edges = [start]
    spans: list[tuple[int, int]] = []
    for cut_at in re.finditer(divider, text[start:].rstrip()):
        spans.append((edges[-1], start + cut_at.start()))
        edges.append(start + cut_at.end())
    spans.append((edges[-1], len(text.rstrip())))
    if divider != r"\s*[,;|]\s*":
        return [(target, part_of(line, *span)) for target, span in zip(targets, spans, strict=False)]
    return _in_order(line, text, spans, targets)


def _in_order(line: Line, text: str, spans: list[tuple[int, int]], targets: Sequence[str]) -> list[tuple[str, Line]]:
    """Parts between commas: the fields in order, a date only where one is asked; what is left belongs to the last."""
    found: list[tuple[str, Line]] = []
    waiting = list(targets)
    while spans and waiting:
        target = waiting.pop(0)
        first, last = spans[0]
        is_date = (
            not isinstance(read_date(text[first:last], latest=_LATEST), NoDate) or text[first:last].strip().isdigit()
        )
        if target.endswith("_dob_or_age") != is_date and target.endswith("_dob_or_age"):
            continue
        spans.pop(0)
        if target.endswith("_address_if_different"):
            last = spans[-1][1] if spans else last
            spans = []
        found.append((target, part_of(line, first, last)))
    return found
