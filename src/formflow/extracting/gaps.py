"""The gaps of a sentence to be completed: alternatives with one struck out, words written on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from formflow.extracting.question import Line, cut, plain
from formflow.reading.document import UNSAID, Mark, Paragraph

_SLASH_AFTER = re.compile(r"\s*/\s*")
_SLASH_BEFORE = re.compile(r"\s*/\s*$")
_BRACKETS = re.compile(r"(?:\[[^\[\]]{1,40}\]\s*){2,}")
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.,;:(]|$")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a line that answers: alternatives with something struck out, or words on a line."""

    start: int
    end: int
    chosen: bool
    """Whether it is alternatives."""
    negates: bool = False
    """Whether one of two alternatives is the other's opposite."""


def is_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a sentence that was completed, so that it answers no label above it."""
    return is_marked(paragraph) and any(
        next(choices_in(line, plain(line)), None)
        or (not _all_underlined(line) and next(written_in(line, plain(line)), None))
        for line in cut(paragraph.pieces)
    )


def is_marked(paragraph: Paragraph) -> bool:
    """Whether anything in it is struck out or underlined."""
    looks = Mark.STRUCK | Mark.UNDERLINED
    return any(piece.marks & looks and not piece.marks & UNSAID for piece in paragraph.pieces)


def _all_underlined(line: Line) -> bool:
    return all(piece.marks & Mark.UNDERLINED for piece in line if piece.text.strip() and not piece.marks & UNSAID)


def written_in(line: Line, text: str) -> Iterator[Gap]:
    """The stretches written on a line within a sentence: underlined, where the words before them are not."""
    if _all_underlined(line):
        return
    at = 0
    for underlined, pieces in groupby(
        (piece for piece in line if not piece.marks & UNSAID),
        key=lambda piece: bool(piece.marks & Mark.UNDERLINED and not piece.marks & Mark.STRUCK),
    ):
        length = sum(len(piece.text) for piece in pieces)
        if underlined and text[at : at + length].strip() and text[:at].strip():
            yield Gap(at, at + length, chosen=False)
        at += length


def choices_in(line: Line, text: str) -> Iterator[Gap]:
    """Alternatives printed inside a sentence, at least one of them struck out."""
    taken = 0
    for start, end in _struck(line):
        if start < taken:
            continue
        gap = _in_brackets(text, start) or _between_slashes(text, start, end, _struck(line))
        if gap is not None and _is_inside(text, gap):
            taken = gap.end
            yield gap


def _is_inside(text: str, gap: Gap) -> bool:
    """Whether alternatives are part of a sentence, not the whole answer after a label."""
    return bool(re.search(r"\w\s*$", text[: gap.start]))


def _struck(line: Line) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for struck, pieces in groupby(
        (piece for piece in line if not piece.marks & UNSAID), key=lambda piece: bool(piece.marks & Mark.STRUCK)
    ):
        words = "".join(piece.text for piece in pieces)
        if struck and words.strip():
            lead = len(words) - len(words.lstrip())
            spans.append((at + lead, at + len(words.rstrip())))
        at += len(words)
    return spans


def _in_brackets(text: str, place: int) -> Gap | None:
    for found in _BRACKETS.finditer(text):
        if found.start() <= place < found.end():
            words = re.findall(r"\[([^\[\]]+)\]", found[0])
            end = found.start() + len(found[0].rstrip())
            return Gap(found.start(), end, chosen=True, negates=any(_NOT.search(each) for each in words))
    return None


def _between_slashes(text: str, start: int, end: int, struck: list[tuple[int, int]]) -> Gap | None:
    """The run of alternatives with slashes between them that a struck one belongs to."""
    words = text[start:end]
    first = start
    if before := _SLASH_BEFORE.search(text[:start]):
        first = _left_edge(text[: before.start()], words)
    last, at = end, end
    while slash := _SLASH_AFTER.match(text, at):
        following = next((span for span in struck if span[0] == slash.end()), None)
        if following:
            last = at = following[1]
            continue
        last = _right_edge(text, slash.end(), text[start:at])
        at = last if text[last : last + 3].strip().startswith("/") else len(text)
    if first == start and last == end:
        return None
    parts = re.split(r"\s*/\s*", text[first:last])
    return Gap(first, last, chosen=True, negates=len(parts) == 2 and sum(bool(_NOT.search(p)) for p in parts) == 1)


def _left_edge(before: str, words: str) -> int:
    """Where the alternative begins that stands before a slash and is not struck out."""
    positive = _NOT.sub("", words).split()
    count = len(words.split()) if not _NOT.search(words) else max(1, len(positive[:1]))
    listed = list(_WORD.finditer(before))
    if not _NOT.search(words) and listed[-count - 1 :] and _NOT.search(before[listed[-1].start() :]):
        count = len(positive) + 1
    return listed[-count].start() if len(listed) >= count else 0


def _right_edge(text: str, start: int, words: str) -> int:
    """Where the alternative ends that stands after a slash and is not struck out."""
    rest = text[start:]
    listed = list(_WORD.finditer(rest))
    own = words.split("/")[-1].split()
    if not listed:
        return start
    if not _NOT.search(words) and len(listed) > 1 and _NOT.fullmatch(listed[1][0].strip(".,;")):
        return start + len(rest[: listed[1].end()].rstrip(".,;"))
    if _NOT.search(words) or (len(own) == 1 and not re.search(r"(?:ed|en)\b", own[0])):
        return start + len(rest[: listed[0].end()].rstrip(".,;:"))
    clause = _CLAUSE.search(rest)
    return start + (clause.start() if clause else len(rest))


def verb_of(between: str) -> str:
    """What two opposite alternatives say beside being opposites: `knows / does not know` is about knowing."""
    positive = next((part for part in re.split(r"\s*/\s*|\]\s*\[", between) if not _NOT.search(part)), "")
    return " ".join(positive.strip("[] ").split())
