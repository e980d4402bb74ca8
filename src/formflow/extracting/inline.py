"""Questions answered in their own line: after a colon, on dots or underscores, or after a bold label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from formflow.extracting.question import Line, is_filled_in, part_of, plain, unled
from formflow.reading.document import EMPTY, TICKED, UNSAID, Mark, Piece

Asks = Callable[[str], "tuple[str, ...] | None"]
"""What a label asks for where it stands; None when it asks for nothing we know."""
Pair = tuple[str, "tuple[str, ...]", Line]
"""A label, what it asks for, and the answer beside it."""

_COLON = re.compile(r":(?!\d|//)\s*")
_LEADER = re.compile(r"\s*(?:_{2,}|\.{3,}|…+)\s*")
_GAP = re.compile(r"\s{2,}|\t+")
_OPTION = re.compile(r"(?:yes|no|n/?k|n/?a|y|n|[/|☒☐✓])[.,;]?", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!]\s+(?=[A-Z(])")
_LED_BY = re.compile(r"\b(?:at|on|in|from|by|and|of)\s+$")
"""What leads up to a label in brackets: `on 12 March at (time):`."""
_HINT = re.compile(r"\(([^()]+)\)\s*$")
_MOST_WORDS = 14
"""Words in the longest label before a colon."""


def pairs_in(line: Line, asks: Asks) -> tuple[list[Pair], Line]:
    """The questions answered in a line, and what stands before the first of them (all of it when there are none)."""
    boxed = any(TICKED in piece.text or EMPTY in piece.text for piece in line)
    for way in (_by_colon,) if boxed else (_by_bold, _by_leader, _by_colon, _by_gap):
        found = list(way(line, asks))
        if found:
            start = found[0][0]
            return [pair for _, pair in found], part_of(line, 0, start)
    return [], line


_Found = Iterator[tuple[int, Pair]]


def _by_bold(line: Line, asks: Asks) -> _Found:
    """`**Name:** Ashby  **Post:** Manager`: a label is bold where its answer is not."""
    worded = [piece for piece in line if not piece.marks & UNSAID]
    stretches = [
        (bold, list(pieces))
        for bold, pieces in groupby(
            worded, key=lambda p: bool(p.marks & Mark.BOLD) or (not p.text.strip() and p.control is None)
        )
    ]
    if len({bold for bold, pieces in stretches if plain(pieces).strip()}) < 2 or is_filled_in(stretches[0][1]):
        return
    at, waiting = 0, None
    for bold, pieces in stretches:
        text = plain(pieces)
        if bold and text.strip() and not is_filled_in(pieces):
            targets = asks(text)
            if targets is None:
                return
            if waiting is not None:
                yield waiting[0], (waiting[1], waiting[2], ())
            waiting = (at, text.strip(), targets)
        elif waiting is not None and text.strip(" :\t"):
            answer = unled(_without_colon(pieces))
            yield waiting[0], (waiting[1], waiting[2], answer)
            waiting = None
        at += len(text)
    if waiting is not None:
        yield waiting[0], (waiting[1], waiting[2], ())


def _without_colon(pieces: Sequence[Piece]) -> Line:
    text = plain(pieces)
    cut = len(text) - len(text.lstrip(" :\t"))
    return part_of(pieces, cut)


def _by_leader(line: Line, asks: Asks) -> _Found:
    """`Date of incident ....12/3/24....  Time ______`: answers on lines made of dots or underscores."""
    text = plain(line)
    leaders = list(_LEADER.finditer(text))
    if not leaders:
        return
    at = 0
    for number, leader in enumerate(leaders):
        label = text[at : leader.start()].strip(" :\t")
        if not label or (targets := asks(label)) is None:
            continue
        end = _next_label(text, leaders, number, asks)
        yield at, (label, targets, unled(part_of(line, leader.end(), end)))
        at = end


def _next_label(text: str, leaders: Sequence[re.Match[str]], number: int, asks: Asks) -> int:
    """Where the answer begun at a leader ends: before the words that ask ahead of a later leader."""
    for earlier, later in zip(leaders[number:], leaders[number + 1 :], strict=False):
        between = text[earlier.end() : later.start()].strip(" :\t")
        if between and asks(between) is not None:
            return earlier.end()
    return len(text)


def _by_colon(line: Line, asks: Asks) -> _Found:
    """`Name: Ashby  Post: Manager`: before a colon as many words as ask for something."""
    text = plain(line)
    starts: list[tuple[int, int, str, tuple[str, ...]]] = []
    floor = 0
    for colon in _COLON.finditer(text):
        if found := _label_before(text, floor, colon.start(), asks):
            start, label, targets = found
            starts.append((start, colon.end(), label, targets))
            floor = colon.end()
    for number, (start, begin, label, targets) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else None
        yield start, (label, targets, unled(part_of(line, begin, end)))


def _label_before(text: str, floor: int, end: int, asks: Asks) -> tuple[int, str, tuple[str, ...]] | None:
    """The longest run of words just before a colon that asks for something."""
    floor = max([floor, *(found.end() for found in _SENTENCE.finditer(text, floor, end))])
    words = list(re.finditer(r"\S+", text[floor:end]))[-_MOST_WORDS:]
    while words and _OPTION.fullmatch(words[0][0]):
        del words[0]
    for word in words:
        label = text[floor + word.start() : end]
        if floor and not (label[:1].isalpha() or label[:1] == "("):
            continue  # a number is part of the answer before
        if (targets := asks(label)) is not None and (word is words[0] or label[:1].isupper() or label[:1] == "("):
            start = floor + word.start()
            led = _LED_BY.search(text[floor:start]) if label[:1] == "(" else None
            return (floor + led.start() if led else start), label, targets
    hint = _HINT.search(text[floor:end])
    if hint and floor == 0 and (targets := asks(hint[1])) is not None:
        return 0, text[:end].strip(), targets
    return None


def _by_gap(line: Line, asks: Asks) -> _Found:
    """`Signed A Ashby      Date 15/4/26`: stretches set apart, each beginning with words that ask."""
    text = plain(line)
    edges = [0, *(gap.end() for gap in _GAP.finditer(text)), len(text)]
    chunks = [(start, text[start:end].rstrip()) for start, end in pairwise(edges) if text[start:end].strip()]
    found: list[tuple[int, int, str, tuple[str, ...]]] = []
    for start, chunk in chunks:
        told = _label_at_start(chunk, asks)
        if told is None or len(chunks) < 2:
            return
        found.append((start, start + len(chunk), *told))
    for start, end, label, targets in found:
        yield start, (label, targets, unled(part_of(line, start + len(label), end)))


def _label_at_start(chunk: str, asks: Asks) -> tuple[str, tuple[str, ...]] | None:
    """The longest run of words at the start of a stretch that asks for something, words left over to answer it."""
    words = list(re.finditer(r"\S+", chunk))[:_MOST_WORDS]
    for word in reversed(words[:-1] or words):
        label = chunk[: word.end()]
        if (targets := asks(label)) is not None:
            return label, targets
    return None
