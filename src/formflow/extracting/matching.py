"""From questions found on a form to answers by field: each asked for its field, several for one held together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.extracting.choosing import Box, Reading, answer_in
from formflow.extracting.clues import Clues
from formflow.extracting.companions import Companions
from formflow.extracting.contradicted import contradicted
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.misplaced import Misplaced, left_open, says_only_yes
from formflow.extracting.parts import in_words, parts_of
from formflow.extracting.people import beside_names, is_half, of_lead, whole_names
from formflow.extracting.question import Question
from formflow.extracting.settled import from_options, kind_and_name, says_only_its_kind, together, worked_out
from formflow.extracting.vocabulary import Vocabulary
from formflow.extracting.yes_no import read_yes_no
from formflow.reading.document import Mark

BY_KEY = 0.7
"""How sure an answer is whose question was told only by the words that give it away."""
_TAKEN_APART = ("_cp_plan", "_dob", "_home_address", "_looked_after")
_YES_NO = Field("", "", "", "yes_no", {}, "note", "", "")
"""A statement with a box, or with yes and no."""


@dataclass(slots=True)
class Matching:
    """Collects what each question answers, field by field."""

    dictionary: Dictionary
    vocabulary: Vocabulary
    reading: Reading
    given: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    unknown: list[Question] = field(default_factory=list)
    """Questions that no declared label tells."""
    options: dict[str, list[tuple[str, Answer]]] = field(default_factory=lambda: defaultdict(list))
    moved: list[Answer] = field(default_factory=list)
    """Answers that stand where something else is asked."""
    halves: dict[str, Answer] = field(default_factory=dict)
    """Forename and surname of a notifier or a lead, where they are asked in two boxes."""

    @property
    def misplaced(self) -> Misplaced:
        """What answers tell of the question they belong to."""
        return Misplaced(self.dictionary, self.vocabulary, self.reading)

    @property
    def companions(self) -> Companions:
        """Reads what is said beside an answer."""
        return Companions(self.dictionary, self.vocabulary, self.reading)

    @property
    def clues(self) -> Clues:
        """What answers tell of their questions."""
        return Clues(self.dictionary, self.vocabulary, self.reading)

    def answers(self, questions: Iterable[Question]) -> dict[str, Answer]:
        """The answers by field id that questions give together: declared labels first, then what may be guessed."""
        listed = list(questions)
        for question in listed:
            if question.how != "key":
                self._take(question)
        for question in listed:
            if question.how == "key":
                self._guess(question)
        for question in self.unknown:
            self._by_boxes(question)
        for field_id, ticked in self.options.items():
            self.given[field_id].append(from_options(field_id, ticked))
        for answer in self.moved:
            if not self._has(answer.field):
                self.given[answer.field].append(replace(answer, how="key", confidence=BY_KEY))
        self.given |= self.misplaced.details(self.given, self._has)
        self._tell_apart()
        self._people()
        found = {field_id: together(field_id, answers, self.dictionary) for field_id, answers in self.given.items()}
        return contradicted(worked_out(found, self.dictionary, self.reading.wordings), self.reading.latest)

    def _tell_apart(self) -> None:
        told = kind_and_name(self.given.get("notifier_organisation", ()), self.dictionary)
        if told is not None and "notifier_agency" not in self.given:
            kind, name = told
            self.given["notifier_organisation"] = [name]
            if kind is not None:
                self.given["notifier_agency"] = [kind]

    def _people(self) -> None:
        """Put names together from their two boxes, and take what stands beside a name for its own question."""
        for field_id, answer in whole_names(self.halves, self._has).items():
            self.given[field_id] = [answer]

        def words(field_id: str, said: str, like: Answer) -> Answer | None:
            asked = self.dictionary.field(field_id)
            return replace(self.reading.words(asked, field_id, said, like.place), raw=like.raw) if asked else None

        self.given |= beside_names(self.given, self.reading.latest, words)

    def _lead(self, targets: Sequence[str], question: Question) -> Mapping[str, str]:
        """What is said of the lead in plain words; empty where boxes or deletions say it."""
        marked = any(piece.marks & (Mark.STRUCK | Mark.GONE | Mark.NEW) for piece in question.pieces)
        return {} if marked or self.clues.boxes(question) else of_lead(targets, question.raw, self.reading.latest)

    def _take(self, question: Question) -> None:
        targets = tuple(_numbered(target, question.number) for target in question.targets)
        if not targets or self.clues.mismatched(question, targets[0]):
            self.unknown.append(question)
        elif self.clues.is_label(question):
            return  # another label stands where the answer should: the page was not understood there
        elif told := self._lead(targets, question):
            for field_id, words in told.items():
                self._give(field_id, words, question)
        elif is_half(targets[0]):
            self.halves[targets[0]] = Answer(
                targets[0], "answered", raw=question.raw, place=question.place, how="label"
            )
        elif targets == ("criteria_listed",):
            self._listed(question)
        elif len(targets) > 1 or not self._simple(targets[0], question):
            self._add(parts_of(self.dictionary, self.reading, targets, question))

    def _simple(self, target: str, question: Question) -> bool:
        """Take a question that asks for one field; False where its answer has to be taken apart."""
        field_id, _, option = target.partition(":")
        asked = self.dictionary.field(field_id)
        if asked is None or field_id.endswith(_TAKEN_APART):
            return False
        if option:
            self._option(field_id, option, question)
            return True
        answer = answer_in(self.reading, asked, field_id, question.pieces, question.place)
        other = self.companions.instead(asked, answer) or self.misplaced.elsewhere(asked, answer, question)
        if other is not None:
            self.moved.append(other)
            return True
        if says_only_yes(asked, answer):
            answer = left_open(answer)
        if answer.state in ("unreadable", "conflict") and self._again(question, answer):
            return True
        if answer.state == "unreadable" and self._yes_and_date(asked, question):
            return True
        if answer.state == "unreadable" and (moved := self.companions.reasons(asked, answer, question)):
            answer = moved
        self.given[answer.field].append(answer)
        if asked.type == "date" and answer.state == "answered":
            self.moved += [time for time in (self.companions.time(answer),) if time is not None]
        if answer.field == field_id and asked.type == "yes_no" and answer.state in ("answered", "not_known"):
            self._add(self.companions.beyond(asked, answer, question))
        return True

    def _option(self, field_id: str, option: str, question: Question) -> None:
        """Take a question about one option of a choice: a box, a yes or no, or the choice in words."""
        said = answer_in(self.reading, _YES_NO, field_id, question.pieces, question.place)
        if said.state in ("unreadable", "conflict") and len(question.raw) > 3:
            self._add(in_words(self.dictionary, self.reading, field_id, question))
        else:
            self.options[field_id].append((option, said))

    def _guess(self, question: Question) -> None:
        """Take a question told only by the words that give it away: where no declared label asks, and it fits."""
        alone = Matching(self.dictionary, self.vocabulary, self.reading)
        alone._take(question)
        fitting = {
            field_id: answers[0]
            for field_id, answers in alone.given.items()
            if len(answers) == 1 and self.clues.fits(answers[0]) and not self._has(field_id)
        }
        told = any(answer.state != "blank" for answer in fitting.values())
        if told or (alone.options and not fitting):
            for field_id, answer in fitting.items():
                self.given[field_id].append(replace(answer, how="key", confidence=min(answer.confidence, BY_KEY)))
            for field_id, options in alone.options.items():
                self.options[field_id].extend(options)
        elif not fitting:
            self.unknown.append(question)

    def _has(self, field_id: str) -> bool:
        filled = [answer for answer in self.given.get(field_id, ()) if answer.state != "blank"]
        if field_id == "notifier_organisation" and all(says_only_its_kind(each, self.dictionary) for each in filled):
            return False  # "Police" is not the name of a force, which may stand further on
        return bool(filled) or field_id in self.options

    def _listed(self, question: Question) -> None:
        """Take criteria named in a list: each that is named is met in the sender's view; the others are not said."""
        for words in re.split(r"\s*(?:[;\n•]|,(?! \w+ed))\s*", question.raw):
            if field_id := self.clues.criterion(words) if words else None:
                self.given[field_id].append(Answer(field_id, "answered", "yes", None, words, question.place, "label"))

    def _by_boxes(self, question: Question) -> None:
        """Take a question whose label says nothing, when its boxes are the options of one field that nobody asks."""
        boxes = self.clues.boxes(question)
        if len(boxes) > 1 and len(told := self._told_by(boxes, question)) * 2 >= len(boxes):
            for box, field_id in told:
                if not self._has(field_id):
                    said = Answer(field_id, "answered", "yes") if box.ticked else Answer(field_id, "blank")
                    self.given[field_id].append(replace(said, raw=box.words, place=question.place, how="label"))
        elif (one := self.clues.field_of(question)) and not self._has(one):
            asked = self.dictionary.fields[self.dictionary.pattern(one)]
            self.given[one].append(answer_in(self.reading, asked, one, question.pieces, question.place))

    def _told_by(self, boxes: Sequence[Box], question: Question) -> list[tuple[Box, str]]:
        """The boxes that stand beside a statement which answers a question of its own."""
        told = [(box, self.clues.told_by(box.words, question.number or 1)) for box in boxes]
        known = [(box, field_id) for box, field_id in told if field_id]
        return known if len({field_id for _, field_id in known}) > 1 else []

    def _again(self, question: Question, answer: Answer) -> bool:
        """Take the second of two labels for one question side by side: `Inquest ☒`, `Coroner` and a name."""
        before = self.given.get(answer.field, [])
        lead = self.vocabulary.companion(answer.field, "lead")
        about = self.dictionary.field(lead) if lead else None
        if not (lead and about and before and before[-1].place == question.place and before[-1].state == "answered"):
            return False
        self.given[lead].append(answer_in(self.reading, about, lead, question.pieces, question.place))
        return True

    def _yes_and_date(self, asked: Field, question: Question) -> bool:
        """Take a yes with a date where a label asks for both: `Was there a meeting, and when? Yes – 5/2/26`."""
        base = self.vocabulary.base_of(asked.id, "date")
        known = self.dictionary.field(base) if base else None
        said = read_yes_no(question.raw)
        if base is None or known is None or said.state != "answered" or known.type != "yes_no":
            return False
        self._add(parts_of(self.dictionary, self.reading, (base, asked.id), question))
        return True

    def _add(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            self.given[answer.field].append(answer)

    def _give(self, field_id: str, words: str, question: Question) -> None:
        about = self.dictionary.field(field_id)
        more = self.reading.words(about, field_id, words, question.place) if about else None
        if more is not None and more.state == "answered":
            self.given[field_id].append(more)


def _numbered(target: str, number: int | None) -> str:
    return target.replace("_N_", f"_{number or 1}_")
