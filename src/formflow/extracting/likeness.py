"""Which declared question words are most like: only ever a suggestion for a person, never an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process, utils

from formflow.extracting.empties import state_of
from formflow.extracting.form import Answer, Suggestion
from formflow.extracting.question import Question
from formflow.extracting.vocabulary import Targets
from formflow.extracting.wording import readings

_ENOUGH = 88
"""Of 100: how alike the words of two questions are before anybody is asked about them."""
_LETTERS = 6
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every declared way of asking, for comparison: the words, and what they ask for."""

    asks: Mapping[str, Targets] = field(repr=False)

    @staticmethod
    def of(ways: Mapping[str, Collection[str]]) -> Phrases:
        """Phrases by what they ask for (`child_N_dob`, or several with a plus between)."""
        asks: dict[str, Targets] = {}
        for target, phrases in ways.items():
            for phrase in phrases:
                asks.setdefault(utils.default_process(phrase.replace("{area}", "")), tuple(target.split(" + ")))
        return Phrases(asks)

    def nearest(self, label: str, most: int = 3, enough: float = _ENOUGH) -> tuple[tuple[Targets, str], ...]:
        """What a label may ask for, the likeliest first, each with the declared words it is like."""
        text = utils.default_process(next(iter([*readings(label)][1:2] or [label])))
        if len(text) < _LETTERS or len(text.split()) > _MOST_WORDS:
            return ()
        scored = process.extract(text, self.asks.keys(), scorer=fuzz.token_sort_ratio, limit=12, score_cutoff=enough)
        found: dict[Targets, str] = {}
        for phrase, _, _ in scored:
            if len(phrase) >= _LETTERS:
                found.setdefault(self.asks[phrase], phrase)
        return tuple(found.items())[:most]


def suggestions(questions: Sequence[Question], answers: Mapping[str, Answer], phrases: Phrases) -> Iterator[Suggestion]:
    """For every answered question that nothing declares: the unanswered field it is most like, to put to a person."""
    asked: set[str] = set()
    for question in questions:
        if question.targets or not question.raw.strip() or state_of(question.raw) is not None:
            continue
        for targets, _ in phrases.nearest(question.label, most=1):
            field_id = targets[0].partition(":")[0].replace("_N_", f"_{question.number or 1}_")
            open_still = field_id not in answers or answers[field_id].state == "blank"
            if open_still and field_id not in asked:
                asked.add(field_id)
                yield Suggestion(field_id, question.label.strip(), question.place)
