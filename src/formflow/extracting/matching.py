"""From questions found on a form to answers by field: each asked for its field, several for one held together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.extracting.choosing import Reading, answer_in, boxes_in
from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.parts import detail_of, in_words, parts_of
from formflow.extracting.plain import key
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.values import DERIVED, choose, derived_agency
from formflow.extracting.vocabulary import Vocabulary
from formflow.extracting.yes_no import read_yes_no

_NO_LABELS = ("_name", "_professional", "_contact", "_relationship", "_dob_or_age")
"""Fields that no words which ask for something could answer."""
_OPEN = ("blank",)
BY_KEY = 0.7
"""How sure an answer is whose question was told only by the words that give it away."""


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

    def answers(self, questions: Iterable[Question]) -> dict[str, Answer]:
        """The answers by field id that questions give together."""
        listed = list(questions)
        for question in listed:
            if question.how != "key" and not self._mismatched(question):
                self._take(question)
        for question in listed:
            if question.how == "key" and not self._mismatched(question):
                self._guess(question)
        for question in self.unknown:
            self._by_options(question)
        for field_id, ticked in self.options.items():
            if answer := _from_options(field_id, ticked):
                self.given[field_id].append(answer)
        found = {field_id: _together(field_id, answers) for field_id, answers in self.given.items()}
        return self._worked_out(found)

    def _take(self, question: Question) -> None:
        targets = tuple(_numbered(target, question.number) for target in question.targets)
        if not targets:
            self.unknown.append(question)
            return
        if self._is_label(question):
            return  # another label stands where the answer should: the page was not understood there
        if targets == ("criteria_listed",):
            self._listed(question)
            return
        if len(targets) == 1 and self._simple(targets[0], question):
            return
        for answer in parts_of(self.dictionary, self.reading, targets, question):
            self.given[answer.field].append(answer)

    def _simple(self, target: str, question: Question) -> bool:
        """Take a question that asks for one field; False where its answer has to be taken apart."""
        field_id, _, option = target.partition(":")
        asked = self.dictionary.field(field_id)
        if asked is None or field_id.endswith(("_cp_plan", "_dob", "_home_address", "_looked_after")):
            return False
        if option:
            said = answer_in(self.reading, _YES_NO, field_id, question.pieces, question.place)
            if said.state in ("unreadable", "conflict") and len(question.raw) > 3:
                for answer in in_words(self.dictionary, self.reading, field_id, question):
                    self.given[answer.field].append(answer)
            else:
                self.options[field_id].append((option, said))
            return True
        answer = answer_in(self.reading, asked, field_id, question.pieces, question.place)
        if answer.state in ("unreadable", "conflict") and self._again(question, answer):
            return True
        if answer.state == "unreadable" and (moved := self._moved(asked, answer, question)):
            self.given[moved.field].append(moved)
            return True
        if asked.type == "yes_no" and answer.state in ("answered", "not_known"):
            return self._with_detail(asked, answer, question)
        self.given[field_id].append(answer)
        return True

    def _is_label(self, question: Question) -> bool:
        """Whether what was written is itself a label of that part of the form, or a label of several words anywhere."""
        raw, target = question.raw, question.targets[0]
        asked = self.dictionary.field(_numbered(target, 1).partition(":")[0])
        if not target.endswith(_NO_LABELS) or not raw or len(raw) > 60 or "\n" in raw or (asked is not None and asked.type not in ("text", "long_text")):
            return False
        home = self.vocabulary.home.get(target, "")
        found = self.vocabulary.asks(raw, (home,)) if home else None
        if found is None or found == question.targets:
            return False
        return self.vocabulary.home.get(found[0]) == home or len(raw.split()) > 1

    def _guess(self, question: Question) -> None:
        """Take a question told only by the words that give it away: where no declared label asks, and it fits."""
        alone = Matching(self.dictionary, self.vocabulary, self.reading)
        alone._take(question)
        fitting = {
            field_id: answers[0]
            for field_id, answers in alone.given.items()
            if len(answers) == 1 and self._fits(answers[0]) and not self._has(field_id)
        }
        if fitting and any(answer.state != "blank" for answer in fitting.values()) or (alone.options and not fitting):
            for field_id, answer in fitting.items():
                self.given[field_id].append(replace(answer, how="key", confidence=min(answer.confidence, BY_KEY)))
            for field_id, options in alone.options.items():
                self.options[field_id].extend(options)
        elif not fitting:
            self.unknown.append(question)

    def _has(self, field_id: str) -> bool:
        return any(answer.state != "blank" for answer in self.given.get(field_id, ())) or field_id in self.options

    def _fits(self, answer: Answer) -> bool:
        """Whether an answer can be one to its question: words where words are asked, not a bare yes or a date."""
        asked = self.dictionary.field(answer.field)
        if asked is None or answer.state in ("unreadable", "conflict"):
            return False
        if answer.state != "answered" or asked.type not in ("text", "long_text"):
            return True
        words = str(answer.value)
        is_date = not isinstance(read_date(words, latest=self.reading.latest), NoDate)
        return read_yes_no(words).state == "unreadable" and not (is_date and not answer.field.endswith("_dob_or_age"))

    def _listed(self, question: Question) -> None:
        """Take criteria named in a list: each that is named is met in the sender's view; the others are not said."""
        for words in re.split(r"\s*(?:[;\n•]|,(?! \w+ed))\s*", question.raw):
            targets = self.vocabulary.asks(words, ("criteria",)) if words else None
            for field_id in targets or ():
                if field_id.startswith(("crit_", "circ_", "national_importance")):
                    self.given[field_id].append(Answer(field_id, "answered", "yes", None, words, question.place, "label"))

    def _mismatched(self, question: Question) -> bool:
        """Set aside a question whose boxes are no answers to it: its label says less than they do."""
        field_id = _numbered(question.targets[0], question.number) if question.targets else ""
        asked = self.dictionary.field(field_id.partition(":")[0])
        words = [box.words for line in cut(question.pieces) for box in boxes_in(plain(line)) if box.words]
        if asked is None or len(words) < 2 or asked.type not in ("choice", "choices", "long_text"):
            return False
        if asked.type == "long_text" or not self._has_options(field_id, words):
            fits = [each for each in _TOLD_BY_OPTIONS if each != field_id and self._has_options(each, words)]
            if len(fits) == 1 or (asked.type == "long_text" and self._are_statements(words)):
                self.unknown.append(question)
                return True
        return False

    def _are_statements(self, words: Sequence[str]) -> bool:
        """Whether most words beside boxes are criteria or circumstances."""
        return sum(self._criterion(each) is not None for each in words) * 2 >= len(words) >= 2

    def _criterion(self, words: str) -> str | None:
        targets = self.vocabulary.asks(words, ("criteria",)) or self.vocabulary.keyed(words, ("criteria",))
        known = targets and targets[0].startswith(("crit_", "circ_", "national_importance"))
        return targets[0] if targets and known else None

    def _by_options(self, question: Question) -> None:
        """Take a question whose label says nothing, when its boxes are the options of one field that nobody asks."""
        boxes = [box for line in cut(question.pieces) for box in boxes_in(plain(line)) if box.words]
        if len(boxes) < 2:
            return
        if self._are_statements([box.words for box in boxes]):
            for box in boxes:
                field_id = self._criterion(box.words)
                if field_id is not None:
                    state = Answer(field_id, "answered", "yes") if box.ticked else Answer(field_id, "blank")
                    self.given[field_id].append(replace(state, raw=box.words, place=question.place, how="label"))
            return
        fits = [field_id for field_id in _TOLD_BY_OPTIONS if self._has_options(field_id, [box.words for box in boxes])]
        if len(fits) == 1 and not any(answer.state != "blank" for answer in self.given.get(fits[0], ())):
            asked = self.dictionary.field(fits[0])
            if asked is not None and fits[0] not in self.options:
                self.given[fits[0]].append(answer_in(self.reading, asked, fits[0], question.pieces, question.place))

    def _has_options(self, field_id: str, words: Sequence[str]) -> bool:
        """Whether every box names an option of a field, two of them different."""
        asked = self.dictionary.field(field_id)
        if asked is None:
            return False
        answers = [self.reading.words(asked, field_id, each, "") for each in words]
        known = {str(answer.value) for answer in answers if answer.state == "answered"}
        return len(known) >= 2 and all(answer.state in ("answered", "not_known") for answer in answers)

    def _again(self, question: Question, answer: Answer) -> bool:
        """Take the second of two labels for one question side by side: `Inquest ☒` … `Coroner: area coroner, Upper Tarrow`."""
        before = self.given.get(answer.field, [])
        lead = self.vocabulary.companion(answer.field, "lead")
        about = self.dictionary.field(lead) if lead else None
        if not (lead and about and before and before[-1].place == question.place and before[-1].state == "answered"):
            return False
        self.given[lead].append(answer_in(self.reading, about, lead, question.pieces, question.place))
        return True

    def _moved(self, asked: Field, answer: Answer, question: Question) -> Answer | None:
        """Words where a yes or no is asked, that say neither: the reasons, where the form has a place for them."""
        companion = self.vocabulary.companion(answer.field, "detail") if asked.type == "yes_no" else None
        if companion is None or len(answer.raw) < 20 or "?" in question.label:
            return None
        about = self.dictionary.field(companion)
        return answer_in(self.reading, about, companion, question.pieces, question.place) if about else None

    def _with_detail(self, asked: Field, answer: Answer, question: Question) -> bool:
        self.given[answer.field].append(answer)
        rest = detail_of(question, self.reading, asked)
        for kind in ("date", "ref", "detail") if rest else ():
            companion = self.vocabulary.companion(answer.field, kind)
            about = self.dictionary.field(companion) if companion else None
            if companion and about and (kind != "ref" or _is_reference(rest)):
                more = self.reading.words(about, companion, rest, question.place)
                if more.state == "answered":
                    self.given[companion].append(more)
                    break
        return True

    def _worked_out(self, found: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers with what follows from others: the kind of agency from the organisation's name."""
        answers = dict(found)
        self._kind_of_agency(answers)
        organisation = answers.get("notifier_organisation")
        known = answers.get("notifier_agency")
        if "nature" not in answers and (death := answers.get("date_of_death")) and death.state == "answered":
            because = "worked out from the date of death; the form does not ask what happened"
            answers["nature"] = Answer("nature", "answered", ("died",), None, death.raw, death.place, DERIVED, 0.85, because)
        if organisation and (known is None or known.state in ("blank", "unreadable")):
            if kind := derived_agency("notifier_agency", organisation, self.reading.wordings):
                answers["notifier_agency"] = kind
        return answers


    def _kind_of_agency(self, answers: dict[str, Answer]) -> None:
        """Where a form asks for the kind of agency and then for its name under the like words, tell the two apart."""
        kinds = self.dictionary.fields["notifier_agency"]
        given = [answer for answer in self.given.get("notifier_organisation", ()) if answer.state == "answered"]
        named = [(answer, choose(str(answer.value), kinds.options)) for answer in given]
        listed = [(answer, kind) for answer, kind in named if kind]
        if len(given) == 2 and len(listed) == 1 and "notifier_agency" not in answers:
            answer, kind = listed[0]
            answers["notifier_agency"] = replace(answer, field="notifier_agency", value=kind)
            answers["notifier_organisation"] = next(other for other in given if other is not answer)


_TOLD_BY_OPTIONS = ("nature", "abuse_neglect", "abuse_type", "harm_type", "child_1_cp_plan")
_YES_NO = Field("", "", "", "yes_no", {}, "note", "", "")
"""A statement with a box, or with yes and no."""


def _is_reference(words: str) -> bool:
    return bool(re.fullmatch(r"(?=.*\d)[\w/.\-]+(?: [\w/.\-]+){0,2}", words))


def _numbered(target: str, number: int | None) -> str:
    return target.replace("_N_", f"_{number or 1}_")


def _from_options(field_id: str, ticked: Sequence[tuple[str, Answer]]) -> Answer | None:
    """One answer from options that were asked one by one."""
    chosen = tuple(dict.fromkeys(option for option, answer in ticked if answer.value == "yes"))
    raw = " ".join(answer.raw for _, answer in ticked)
    place = next((answer.place for option, answer in ticked if option in chosen), ticked[0][1].place)
    if doubt := next((answer for _, answer in ticked if answer.state in ("conflict", "unreadable")), None):
        return replace(doubt, field=field_id)
    if field_id == "abuse_neglect":
        return _known_or_suspected(ticked, raw, place)
    if not chosen:
        return Answer(field_id, "blank", raw=raw, place=place, how="label")
    return Answer(field_id, "answered", chosen, None, raw, place, "label")


def _known_or_suspected(ticked: Sequence[tuple[str, Answer]], raw: str, place: str) -> Answer:
    """Whether abuse is known, and whether it is suspected, asked one by one: two times no is neither."""
    said = {option: answer for option, answer in ticked}
    for option in ("known", "suspected"):
        if option in said and said[option].value == "yes":
            return Answer("abuse_neglect", "answered", option, None, raw, place, "label")
    if len(said) == 2 and all(answer.value == "no" for answer in said.values()):
        return Answer("abuse_neglect", "answered", "no", None, raw, place, "label")
    unknown = any(answer.state == "not_known" for answer in said.values())
    return Answer("abuse_neglect", "not_known" if unknown else "blank", raw=raw, place=place, how="label")


def _together(field_id: str, answers: Sequence[Answer]) -> Answer:
    """The answer that several places give: the same everywhere, or a conflict with every value shown."""
    filled = [answer for answer in answers if answer.state not in _OPEN]
    if not filled:
        return max(answers, key=lambda answer: len(answer.because))
    first = filled[0]
    if all(_same(first, other) for other in filled[1:]):
        return max(filled, key=lambda answer: answer.confidence)
    clear = [answer for answer in filled if answer.state == "answered"]
    if len(clear) == 1 and all(answer.state in ("not_known", "not_applicable") for answer in filled if answer not in clear):
        return clear[0]
    raw = " | ".join(dict.fromkeys(answer.raw for answer in filled))
    because = "different answers stand in different places: " + " and ".join(f'"{a.raw}" ({a.place})' for a in filled)
    return Answer(field_id, "conflict", None, None, raw, first.place, "label", 0.0, because)


def _same(one: Answer, other: Answer) -> bool:
    if one.state != other.state:
        return False
    if isinstance(one.value, str) and isinstance(other.value, str):
        return key(one.value) == key(other.value)
    return one.value == other.value
