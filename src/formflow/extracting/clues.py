"""What an answer itself tells of its question: boxes that are options of one field, statements, another label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from formflow.extracting.choosing import Box, Reading, boxes_in
from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.vocabulary import Vocabulary
from formflow.extracting.yes_no import read_yes_no

_TOLD_BY_OPTIONS = ("nature", "abuse_neglect", "abuse_type", "harm_type", "child_1_cp_plan")
_NO_LABELS = ("_name", "_professional", "_contact", "_relationship", "_dob_or_age", "signature")
"""Fields that no words which ask for something could answer."""
_STATED_IN = ("criteria", "child", "processes", "safety")
"""Parts of a form whose questions may be printed as one list to tick."""
_CRITERIA = ("crit_", "circ_", "national_importance")
_UNDATED = re.compile(r"[\s:]*[\d/.\-]+\s*$")
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Clues:
    """Tells from an answer which question it can belong to."""

    dictionary: Dictionary
    vocabulary: Vocabulary
    reading: Reading

    def boxes(self, question: Question) -> list[Box]:
        """The boxes in an answer that have words."""
        return [box for line in cut(question.pieces) for box in boxes_in(plain(line)) if box.words]

    def is_label(self, question: Question) -> bool:
        """Whether what was written is itself a label of that part of the form, or a label of several words anywhere."""
        raw, target = question.raw, question.targets[0]
        if not target.endswith(_NO_LABELS) or not raw or len(raw) > _LONGEST_LABEL or "\n" in raw:
            return False
        home = self.vocabulary.home.get(target, "")
        found = self.vocabulary.asks(_UNDATED.sub("", raw), (home,)) if home else None
        if found is None:
            return False
        if found == question.targets:
            return len(raw.split()) == 1 and raw.islower()
        return self.vocabulary.home.get(found[0]) == home or len(raw.split()) > 1

    def mismatched(self, question: Question, field_id: str) -> bool:
        """Whether the boxes of a question are no answers to it, but to another: its label says less than they do."""
        asked = self.dictionary.field(field_id.partition(":")[0])
        words = [box.words for box in self.boxes(question)]
        is_name = asked is None and field_id.endswith("_full_name")
        if len(words) < 2 or not (is_name or (asked and asked.type in ("choice", "choices", "long_text"))):
            return False
        if asked is not None and asked.type != "long_text" and self.has_options(field_id, words):
            return False
        fits = [each for each in _TOLD_BY_OPTIONS if each != field_id and self.has_options(each, words)]
        return len(fits) == 1 or (asked is not None and asked.type == "long_text" and self.are_statements(words))

    def field_of(self, question: Question) -> str | None:
        """The one field whose options the boxes of a question are; None for none, or for several."""
        words = [box.words for box in self.boxes(question)]
        fits = [field_id for field_id in _TOLD_BY_OPTIONS if len(words) > 1 and self.has_options(field_id, words)]
        return fits[0] if len(fits) == 1 else None

    def has_options(self, field_id: str, words: Sequence[str]) -> bool:
        """Whether every box names an option of a field, two of them different."""
        asked = self.dictionary.field(field_id)
        if asked is None:
            return False
        answers = [self.reading.words(asked, field_id, each, "") for each in words]
        known = {str(answer.value) for answer in answers if answer.state == "answered"}
        return len(known) >= 2 and all(answer.state in ("answered", "not_known") for answer in answers)

    def are_statements(self, words: Sequence[str]) -> bool:
        """Whether most words beside boxes are criteria or circumstances."""
        return sum(self.criterion(each) is not None for each in words) * 2 >= len(words) >= 2

    def told_by(self, words: str, number: int) -> str | None:
        """The yes-or-no question that words beside a box answer when it is ticked; None for other words."""
        if criterion := self.criterion(words):
            return criterion
        targets = self.vocabulary.asks(words, _STATED_IN) or ()
        field_id = targets[0].replace("_N_", f"_{number}_") if len(targets) == 1 else ""
        asked = self.dictionary.field(field_id) if field_id else None
        return field_id if asked is not None and asked.type == "yes_no" else None

    def criterion(self, words: str) -> str | None:
        """The criterion or circumstance that words name; None for other words."""
        targets = self.vocabulary.asks(words, ("criteria",)) or self.vocabulary.keyed(words, ("criteria",))
        return targets[0] if targets and targets[0].startswith(_CRITERIA) else None

    def fits(self, answer: Answer) -> bool:
        """Whether an answer can be one to its question: words where words are asked, not a bare yes or a date."""
        asked = self.dictionary.field(answer.field)
        if asked is None or answer.state in ("unreadable", "conflict"):
            return False
        if answer.state != "answered" or asked.type not in ("text", "long_text"):
            return True
        words = str(answer.value)
        is_date = not isinstance(read_date(words, latest=self.reading.latest), NoDate)
        return read_yes_no(words).state == "unreadable" and not (is_date and not answer.field.endswith("_dob_or_age"))
