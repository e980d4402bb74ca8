"""What pieces of a form answer: boxes ticked, alternatives deleted, changes tracked, or plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.extracting.dictionary import Field
from formflow.extracting.form import Answer
from formflow.extracting.plain import key, quoted
from formflow.extracting.question import Line, cut, plain
from formflow.extracting.values import answer_to
from formflow.extracting.wordings import Wordings
from formflow.reading.document import EMPTY, TICKED, Control, Mark, Piece, said

BY_LOOK = 0.5
"""How sure an answer is that only the look of words gives, or letters read from a picture."""
REVISED = 0.8
"""How sure an answer is in which a tracked change stands that nobody has accepted."""

_PLAIN_ANSWER = re.compile(
    r"(?:yes|no|y|n|n/?k|n/?a|not known|don.t know|unsure|known|suspected|none)\b", re.IGNORECASE
)
_TYPED = re.compile(rf"[\[(]\s*(?:[xX✓✔✗✘]|{TICKED})\s*[\])]")
_TYPED_EMPTY = re.compile(rf"\[\s*{EMPTY}?\s*\]|\(\s{{1,3}}\)")
_SEE_NOTE = re.compile(r"(?:please )?see (?:foot|end)?note\s*(\d+)?\.?", re.IGNORECASE)
_BOX = re.compile(f"[{TICKED}{EMPTY}]")
_BETWEEN = re.compile(r"\s*(?:(?<![Nn])/|/(?![KkAa]\b)|\||\s{3,}|\]\s*\[)\s*")
"""Between printed answers; the slash in N/K and N/A is no boundary."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read answers: the words of options, the controls of the document, the year."""

    wordings: Wordings = field(repr=False)
    controls: Sequence[Control] = field(default=(), repr=False)
    latest: int = 2100
    """The last year that a two-digit year may stand for."""
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The words of footnotes and endnotes by their number."""

    def words(self, asked: Field, field_id: str, raw: str, place: str, how: str = "label") -> Answer:
        """The answer that plain words give."""
        return answer_to(asked, field_id, raw, place=place, how=how, latest=self.latest, wordings=self.wordings)


def answer_in(reading: Reading, asked: Field, field_id: str, pieces: Line, place: str) -> Answer:
    """The answer that pieces of a form give to a question."""
    if doubts := _doubts(reading, pieces):
        raw = said(pieces)
        return Answer(field_id, "conflict", None, None, raw, place, "label", 0.0, "; ".join(doubts))
    text = as_boxes(plain(pieces))
    if (noted := _in_a_note(reading, field_id, text, place)) is not None:
        return noted
    if _BOX.search(text):
        return boxed(reading, asked, field_id, pieces, place)
    if (chosen := _deleted(reading, asked, field_id, pieces, place)) is not None:
        return chosen
    answer = reading.words(asked, field_id, text.strip(), place)
    return _as_sure_as(pieces, answer)


def _in_a_note(reading: Reading, field_id: str, text: str, place: str) -> Answer | None:
    """An answer that only points at a note of the document: a question, with the words of the note."""
    found = _SEE_NOTE.fullmatch(text.strip())
    if found is None or not (note := reading.notes.get(found[1] or "1")):
        return None
    because = f"the answer is in note {found[1] or 1}: {quoted(note, 200)}"
    return Answer(field_id, "conflict", None, None, f"{text.strip()}: {note}", place, "label", 0.0, because)


def _doubts(reading: Reading, pieces: Line) -> list[str]:
    numbers = dict.fromkeys(piece.control for piece in pieces if piece.control is not None)
    return [
        doubt
        for number in numbers
        for doubt in reading.controls[number].doubts
        if not doubt.startswith("a tracked change")  # the words themselves say so, below
    ]


def _as_sure_as(pieces: Line, answer: Answer) -> Answer:
    """The answer, made a question where a change is not accepted or its letters are not sure."""
    if answer.state != "answered":
        return answer
    if any(piece.marks & Mark.UNCERTAIN for piece in pieces if piece.text.strip()):
        return replace(answer, confidence=min(answer.confidence, BY_LOOK), because="it was read from a picture")
    if any(piece.marks & (Mark.NEW | Mark.GONE) for piece in pieces if piece.text.strip()):
        before = "".join(
            piece.text for piece in pieces if not piece.marks & (Mark.NEW | Mark.PROMPT | Mark.NOTE)
        ).strip()
        now = plain(pieces).strip()
        if key(before) != key(now):
            because = f'a tracked change is not accepted: before it said "{before}", now "{now}"'
            return replace(answer, confidence=min(answer.confidence, REVISED), because=because)
    return answer


# ------------------------------------------------------------------ boxes


@dataclass(frozen=True, slots=True)
class Box:
    """A box, and the words it stands for."""

    ticked: bool
    words: str


def boxed(reading: Reading, asked: Field, field_id: str, pieces: Line, place: str) -> Answer:
    """The answer that boxes give; two that exclude each other are a conflict, and words beside them count."""
    lines = [as_boxes(plain(line)) for line in cut(pieces) if plain(line).strip()]
    boxes = [box for line in lines if _BOX.search(line) for box in boxes_in(line)]
    beside = "\n".join(line.strip() for line in lines if not _BOX.search(line))
    raw = said(pieces)
    ticked = [box for box in boxes if box.ticked]
    if not ticked:
        if beside and asked.type in ("yes_no", "choice", "choices"):
            answer = reading.words(asked, field_id, beside, place)
            return (
                replace(answer, raw=raw) if answer.state != "unreadable" else _left_open(field_id, raw, place, beside)
            )
        return Answer(field_id, "blank", raw=raw, place=place, how="label")
    return _from_ticks(reading, asked, field_id, ticked, raw, place)


def _left_open(field_id: str, raw: str, place: str, beside: str) -> Answer:
    because = f"no box is ticked, and only {quoted(beside)} is written there"
    return Answer(field_id, "unreadable", None, None, raw, place, "label", 0.0, because)


def _from_ticks(reading: Reading, asked: Field, field_id: str, ticked: Sequence[Box], raw: str, place: str) -> Answer:
    unnamed = [box for box in ticked if not box.words]
    if unnamed:
        if len(ticked) == 1 and asked.type == "yes_no":
            return Answer(field_id, "answered", "yes", None, raw, place, "label")
        because = "a box is ticked, but it is not certain what it stands for"
        return Answer(field_id, "conflict", None, None, raw, place, "label", 0.0, because)
    answers = [reading.words(asked, field_id, box.words, place) for box in ticked]
    if asked.type in ("text", "long_text"):
        return replace(reading.words(asked, field_id, "; ".join(box.words for box in ticked), place), raw=raw)
    states = {answer.state for answer in answers}
    if states == {"answered"} and asked.type == "choices":
        values = [one for answer in answers if isinstance(answer.value, tuple) for one in answer.value]
        return Answer(field_id, "answered", tuple(dict.fromkeys(values)), None, raw, place, "label")
    if len({(answer.state, answer.value) for answer in answers}) == 1 and (
        len(ticked) == 1 or "conflict" not in states
    ):
        return replace(answers[0], raw=raw)
    if asked.type == "choices" and "unreadable" in states:
        because = f"{_both([box.words for box in ticked])} are ticked, and not all of them are answers we know"
        return Answer(field_id, "unreadable", None, None, raw, place, "label", 0.0, because)
    because = f"{_both([box.words for box in ticked])} are ticked"
    return Answer(field_id, "conflict", None, None, raw, place, "label", 0.0, because)


def _both(words: Sequence[str]) -> str:
    listed = [f'"{word}"' for word in words]
    return f"both {listed[0]} and {listed[1]}" if len(listed) == 2 else ", ".join(listed)


def as_boxes(text: str) -> str:
    """Words with the boxes that are typed, `[ ]` and `[x]`, written as boxes."""
    if "[" not in text and "(" not in text:
        return text
    return _TYPED_EMPTY.sub(EMPTY, _TYPED.sub(TICKED, text))


def boxes_in(text: str) -> list[Box]:
    """The boxes of a line with their words: after each box where words follow the last, else before it."""
    text = as_boxes(text)
    found = list(_BOX.finditer(text))
    if not found:
        return []
    lead, tail = text[: found[0].start()].strip(" \t-–—"), text[found[-1].end() :].strip(" \t:.")
    after = _words_follow(lead, tail)
    if after is None:
        return [Box(box[0] == TICKED, "") for box in found]
    boxes: list[Box] = []
    for number, box in enumerate(found):
        if after:
            words = text[box.end() : found[number + 1].start() if number + 1 < len(found) else len(text)]
        else:
            words = text[found[number - 1].end() if number else 0 : box.start()]
        boxes.append(Box(box[0] == TICKED, words.strip(" \t:;,.|/")))
    return boxes


def _words_follow(lead: str, tail: str) -> bool | None:
    """Whether the words of boxes stand after them: `lead` is before the first, `tail` after the last. None: unsure."""
    if not (lead and tail):
        return bool(tail) or not lead
    if lead.endswith(("?", ":")):
        return True
    if _PLAIN_ANSWER.fullmatch(lead.rsplit("  ", 1)[-1].strip(" .:")):
        return False
    return True if _PLAIN_ANSWER.match(tail) else None


# ------------------------------------------------------------------ delete as appropriate


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several printed answers, and what was done to it."""

    words: str
    struck: bool
    stressed: bool


def _deleted(reading: Reading, asked: Field, field_id: str, pieces: Line, place: str) -> Answer | None:
    """The answer left where the others were struck out; None where nothing is printed to choose from."""
    if any(piece.marks & Mark.NEW and piece.text.strip() for piece in pieces):
        return None  # a change of the answer, not of what was printed
    first, *more = [line for line in cut(_as_printed(pieces)) if "".join(piece.text for piece in line).strip()] or [()]
    found = alternatives(first)
    if len(found) < 2 or not _is_printed(reading, asked, field_id, found):
        return None
    raw = " / ".join(
        f"[{one.words}]" if one.stressed and not one.struck else one.words for one in found if not one.struck
    )
    left = [one for one in found if not one.struck]
    if len(left) == 1:
        words = left[0].words + "".join("\n" + plain(line) for line in more if asked.type == "yes_no")
        return replace(reading.words(asked, field_id, words.strip(), place), raw=said(pieces))
    stressed = [one for one in left if one.stressed]
    if len(left) == len(found) and len(stressed) == 1:
        because = f'nothing is deleted, but "{stressed[0].words}" is set in bold, underlined or highlighted'
        return Answer(field_id, "conflict", None, None, raw, place, "label", 0.0, because)
    if not left:
        return Answer(field_id, "conflict", None, None, said(pieces), place, "label", 0.0, "every answer is struck out")
    if len(left) < len(found):
        because = f"{_both([one.words for one in left])} still stand"
        return Answer(field_id, "conflict", None, None, raw, place, "label", 0.0, because)
    if more:
        return None
    return Answer(
        field_id, "blank", raw=raw, place=place, how="label", because="none of the printed answers was deleted"
    )


def _as_printed(pieces: Line) -> Line:
    """Pieces with what a tracked change deleted shown as struck out; what it put in is no printed answer."""
    return tuple(
        Piece(piece.text, piece.marks | Mark.STRUCK if piece.marks & Mark.GONE else piece.marks, piece.control)
        for piece in pieces
        if not piece.marks & (Mark.PROMPT | Mark.NOTE)
    )


def alternatives(line: Line) -> list[Alternative]:
    """The answers printed side by side in a line, each with whether it is struck out or stressed."""
    text = "".join(piece.text for piece in line)
    marks = [piece.marks for piece in line for _ in piece.text]
    edges = [0]
    spans: list[tuple[int, int]] = []
    for gap in _BETWEEN.finditer(text):
        spans.append((edges[-1], gap.start()))
        edges.append(gap.end())
    spans.append((edges[-1], len(text)))
    plain_look = min(
        (marks[i] & (Mark.BOLD | Mark.UNDERLINED) for i in range(len(text)) if text[i].isalnum()), default=Mark.NONE
    )
    found: list[Alternative] = []
    for start, end in spans:
        letters = [marks[i] for i in range(start, end) if text[i].isalnum()]
        if not letters:
            continue
        struck = sum(bool(mark & Mark.STRUCK) for mark in letters) * 2 > len(letters)
        look = Mark.HIGHLIGHTED | ((Mark.BOLD | Mark.UNDERLINED) & ~plain_look)
        stressed = sum(bool(mark & look) for mark in letters) * 2 > len(letters)
        found.append(Alternative(text[start:end].strip(" []().:"), struck, stressed))
    return found


def _is_printed(reading: Reading, asked: Field, field_id: str, found: Sequence[Alternative]) -> bool:
    """Whether the alternatives are answers to this question that a form prints, not a slash in somebody's words."""
    if not (any(one.struck or one.stressed for one in found) or asked.type in ("yes_no", "choice", "choices")):
        return False
    if asked.type in ("text", "long_text", "date"):
        return any(one.struck for one in found) and all(len(one.words) < 40 for one in found)
    answers = [reading.words(asked, field_id, one.words, "") for one in found]
    return all(answer.state in ("answered", "not_known", "not_applicable") for answer in answers)
