"""Answers that stand at one question and are plainly the answer to another: a kind of abuse under "Category"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from formflow.extracting.choosing import Reading, answer_in
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.question import Question
from formflow.extracting.vocabulary import Vocabulary
from formflow.extracting.yes_no import read_yes_no

_TOLD_BY_OPTIONS = ("nature", "abuse_neglect", "abuse_type", "harm_type")
_OPEN = ("unreadable", "conflict")
_LONGEST_OPTION = 60
"""Letters."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Tells of an answer which other question it belongs to."""

    dictionary: Dictionary
    vocabulary: Vocabulary
    reading: Reading

    def elsewhere(self, asked: Field, answer: Answer, question: Question) -> Answer | None:
        """The answer to the one other question whose options the words are; None where they fit here, or several."""
        if asked.id == "incident_summary" and answer.state == "answered" and len(question.raw) <= _LONGEST_OPTION:
            return self._as("nature", question)
        if asked.id not in _TOLD_BY_OPTIONS or answer.state not in _OPEN:
            return None
        found = [told for each in _TOLD_BY_OPTIONS if each != asked.id and (told := self._as(each, question))]
        return found[0] if len(found) == 1 else None

    def _as(self, field_id: str, question: Question) -> Answer | None:
        asked = self.dictionary.fields[field_id]
        told = answer_in(self.reading, asked, field_id, question.pieces, question.place)
        return told if told.state == "answered" else None

    def details(self, given: Mapping[str, Sequence[Answer]], has: Callable[[str], bool]) -> dict[str, list[Answer]]:
        """For a yes beside words that are neither yes nor no: the yes, and the words where the details are asked."""
        changed: dict[str, list[Answer]] = {}
        for field_id, answers in given.items():
            asked = self.dictionary.field(field_id)
            words = [answer for answer in answers if answer.state == "unreadable"]
            clear = [answer for answer in answers if answer.state == "answered"]
            if asked is None or asked.type != "yes_no" or len(words) != 1 or {each.value for each in clear} != {"yes"}:
                continue
            if (more := self._detail(field_id, words[0], has)) is not None:
                changed[field_id], changed[more.field] = clear, [more]
        return changed

    def _detail(self, field_id: str, words: Answer, has: Callable[[str], bool]) -> Answer | None:
        places = (self.vocabulary.companion(field_id, kind) for kind in ("detail", "lead"))
        place = next((each for each in places if each is not None), None)
        about = self.dictionary.field(place) if place else None
        if place is None or about is None or has(place) or self.vocabulary.is_follow(words.raw) or "?" in words.raw:
            return None
        more = self.reading.words(about, place, words.raw, words.place)
        return more if more.state == "answered" else None


def says_only_yes(asked: Field, answer: Answer) -> bool:
    """Whether a yes or a no stands where one of several things is asked, which it does not choose between."""
    said = read_yes_no(answer.raw) if asked.id == "nature" else None
    return said is not None and said.state == "answered" and not said.rest


def left_open(answer: Answer) -> Answer:
    """An answer that says yes to several things at once, as one that is not given."""
    because = "only yes or no is written there, and it does not say which"
    return replace(answer, state="blank", value=None, confidence=1.0, because=because)
