"""One question whose answer has to be taken apart, and what its pieces say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from formflow.extracting.choosing import Reading, answer_in, as_boxes, boxes_in
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.yes_no import read_yes_no
from formflow.reading.document import EMPTY, TICKED, UNSAID, Mark

IF_YES = re.compile(r"^\s*(?:if|where)\s+(?:yes|so|applicable)\b[^:]{0,60}:\s*", re.IGNORECASE)
"""What leads up to the details of a yes: `If yes, who:`."""


class Taking:
    """One question whose answer has to be taken apart."""

    def __init__(self, dictionary: Dictionary, reading: Reading, targets: Sequence[str], question: Question) -> None:
        self.dictionary = dictionary
        self.reading = reading
        self.targets = targets
        self.question = question
        self.raw = question.raw
        self.child = int(found[1]) if (found := re.match(r"child_(\d+)_", targets[0])) else 1

    def whole(self, field_id: str) -> Answer:
        """The answer of one field to all the pieces."""
        asked = self.dictionary.field(field_id)
        assert asked is not None, field_id  # noqa: S101 - targets are fields of the dictionary
        return answer_in(self.reading, asked, field_id, self.question.pieces, self.question.place)

    def words(self, field_id: str, words: str) -> Answer:
        """The answer of one field to some of the words, with all of them as its raw text."""
        asked = self.dictionary.field(field_id)
        assert asked is not None, field_id  # noqa: S101 - targets are fields of the dictionary
        return replace(self.reading.words(asked, field_id, words, self.question.place))

    def untold(self, field_id: str) -> Answer:
        """A field that the words say nothing of."""
        return Answer(field_id, "blank", raw=self.raw, place=self.question.place, how="label")

    @property
    def is_deleted(self) -> bool:
        """Whether words in it are struck out."""
        return any(piece.marks & (Mark.STRUCK | Mark.GONE) for piece in self.question.pieces)

    @property
    def left_standing(self) -> str:
        """The words that are not struck out, without what stood between them."""
        out = Mark.STRUCK | UNSAID
        return "".join(piece.text for piece in self.question.pieces if not piece.marks & out).strip(" /|[]\n\t")

    @property
    def is_boxed(self) -> bool:
        """Whether there are boxes in it."""
        return bool({TICKED, EMPTY} & set(as_boxes(self.raw)))

    def beside_boxes(self) -> tuple[list[str], str]:
        """The words of the ticked boxes, and what is written on other lines."""
        lines = [as_boxes(plain(line)) for line in cut(self.question.pieces)]
        boxed = [line for line in lines if TICKED in line or EMPTY in line]
        rest = " ".join(IF_YES.sub("", line).strip() for line in lines if line not in boxed and line.strip())
        return [box.words for line in boxed for box in boxes_in(line) if box.ticked], rest.strip()


_LAST_OPTION = re.compile(
    r"\s*(?:(?:yes|no|n/?k|n/?a|not known|not sure|unsure|unknown|don.t know|not applicable)\b)?[\s.;,–-]*"
    r"(?:(?:please )?(?:specify|state|details?|describe)\s*:\s*)?",
    re.IGNORECASE,
)


def _after_boxes(line: str) -> str:
    """What stands in a line after its last box and the answer that belongs to it; the whole of a line without boxes."""
    at = max(line.rfind(TICKED), line.rfind(EMPTY))
    if at < 0:
        return line
    tail = line[at + 1 :]
    rest = _LAST_OPTION.sub("", tail, count=1)
    lead = min(place for place in (line.find(TICKED), line.find(EMPTY)) if place >= 0)
    if rest.strip() == tail.strip() and not line[:lead].strip(" :"):
        return "".join(re.split(r"\s{2,}|\t", tail.strip(), maxsplit=1)[1:])  # the words of the last box, then more
    return rest


def detail_of(question: Question, reading: Reading, asked: Field) -> str:
    """What is said beyond a yes or a no: `Yes. Six teams, no lead clinician.`"""
    text = question.raw
    if TICKED in text or EMPTY in text:
        taking = [_after_boxes(plain(line)).strip() for line in cut(question.pieces)]
        return " ".join(IF_YES.sub("", line) for line in taking if line)
    first, *more = [line for line in cut(question.pieces) if plain(line).strip()] or [()]
    rest = [plain(line).strip() for line in more]
    if not any(piece.marks & (Mark.STRUCK | Mark.GONE) for piece in first):
        sense = read_yes_no(plain(first), reading.wordings.yes_no.get(asked.id))
        rest = [sense.rest, *rest]
    return " ".join(IF_YES.sub("", words) for words in rest if words)
