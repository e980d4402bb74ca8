"""One answer that holds several: a name in full, a plan with its dates, yes with a reference, an address and postcode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from formflow.extracting.ages import born_due_or_aged
from formflow.extracting.care import care_answers
from formflow.extracting.choosing import Reading, answer_in, boxes_in
from formflow.extracting.dates import NoDate, read_moment
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.plans import plan_answers
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.reach import emails_in, phones_in, postcodes_in
from formflow.extracting.yes_no import read_yes_no
from formflow.reading.document import EMPTY, TICKED

_IF_YES = re.compile(r"^\s*(?:if|where)\s+(?:yes|so|applicable)\b[^:]{0,60}:\s*", re.IGNORECASE)
_EVER = re.compile(r"\b(?:was|ever|previous(?:ly)?|past|has been|have been|been)\b", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|now|current(?:ly)?)\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:\n|;|\s+[-–—]\s+|,)\s*")

Way = Callable[["Taking"], Iterator[Answer]]


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

    @property
    def is_boxed(self) -> bool:
        """Whether there are boxes in it."""
        return TICKED in self.raw or EMPTY in self.raw

    def beside_boxes(self) -> tuple[list[str], str]:
        """The words of the ticked boxes, and what is written on other lines."""
        lines = [plain(line) for line in cut(self.question.pieces)]
        boxed = [line for line in lines if TICKED in line or EMPTY in line]
        rest = " ".join(_IF_YES.sub("", line).strip() for line in lines if line not in boxed and line.strip())
        return [box.words for line in boxed for box in boxes_in(line) if box.ticked], rest.strip()


def parts_of(
    dictionary: Dictionary, reading: Reading, targets: Sequence[str], question: Question
) -> Iterator[Answer]:
    """The answers that one question gives to several fields, each by its own id."""
    taking = Taking(dictionary, reading, targets, question)
    for ending, way in _WAYS:
        if targets[0].endswith(ending):
            yield from way(taking)
            return
    yield from _several(taking)


def _plan(taking: Taking) -> Iterator[Answer]:
    """A child protection plan: boxes, words, or both, with category and dates."""
    raw, field_id = taking.raw, f"child_{taking.child}_cp_plan"
    label = taking.question.label
    if taking.is_boxed:
        ticked, rest = taking.beside_boxes()
        if len(ticked) != 1 or not rest:
            boxed = taking.whole(field_id)
            yield _plan_of_boxes(boxed, ticked, label)
            return
        raw = f"{ticked[0]}. {rest}"
    elif (deleted := taking.whole(field_id)).state in ("answered", "not_known", "conflict", "blank"):
        if deleted.state != "conflict" or "deleted" in deleted.because or "struck" in deleted.because:
            yield deleted
            return
    ever = True if _EVER.search(label) else False if _IS.search(label) else None
    found = plan_answers(
        taking.child, _IF_YES.sub("", raw), taking.reading.wordings, place=taking.question.place, how="label",
        latest=taking.reading.latest, ever=ever,
    )  # fmt: skip
    yield from found.values()


def _plan_of_boxes(boxed: Answer, ticked: Sequence[str], label: str) -> Answer:
    """Yes or no where the form asks whether there is a plan now: no says nothing of the past."""
    said = read_yes_no(ticked[0]) if len(ticked) == 1 else None
    if said is None or said.state != "answered" or boxed.state == "answered":
        return boxed
    ever, now = bool(_EVER.search(label)), bool(_IS.search(label))
    if said.value == "no":
        if ever:
            return replace(boxed, state="answered", value="never", confidence=1.0, because="")
        return replace(boxed, state="conflict", value=None, confidence=0.0, because="there is no plan now; whether there was one before is not said")
    if now and not ever:
        return replace(boxed, state="answered", value="now", confidence=1.0, because="")
    return replace(boxed, state="conflict", value=None, confidence=0.0, because="it does not say whether the plan is now or was in the past")


def _care(taking: Taking) -> Iterator[Answer]:
    """Whether a child is looked after, with what else is said beside it."""
    whole = taking.whole(taking.targets[0])
    if taking.is_boxed or whole.state != "answered" or len(taking.raw) < 5:
        yield whole
        return
    found = care_answers(
        taking.child, taking.raw, taking.reading.wordings, place=taking.question.place, how="label"
    )
    yield from found.values()


def _born(taking: Taking) -> Iterator[Answer]:
    """A date of birth, or what stands in its place: an expected date of delivery, an age."""
    stem = f"child_{taking.child}"
    match born_due_or_aged(taking.raw):
        case "due":
            yield taking.words(f"{stem}_edd", taking.raw)
        case "aged":
            yield taking.words(f"{stem}_age_if_no_dob", taking.raw)
            yield taking.words(f"{stem}_dob", taking.raw)
        case _:
            yield taking.whole(f"{stem}_dob")


def _home(taking: Taking) -> Iterator[Answer]:
    """An address, and the one postcode in it."""
    whole = taking.whole(taking.targets[0])
    yield whole
    codes = postcodes_in(taking.raw)
    if whole.state == "answered" and len(codes) == 1:
        yield taking.words(f"child_{taking.child}_postcode", codes[0])


def _moment(taking: Taking) -> Iterator[Answer]:
    """A date with the time of day beside it."""
    date_id, time_id = taking.targets[0], taking.targets[1]
    when, time = read_moment(taking.raw, latest=taking.reading.latest)
    if time is None or isinstance(when, NoDate):
        yield taking.whole(date_id)
        return
    yield replace(taking.whole(date_id), state="answered", value=when.value, precision=when.precision, confidence=1.0, because="")
    yield taking.words(time_id, time)


def _reach(taking: Taking) -> Iterator[Answer]:
    """Telephone and e-mail in one place."""
    phones, emails = phones_in(taking.raw), emails_in(taking.raw)
    if len(phones) == 1:
        yield taking.words("notifier_phone", _with_extension(taking.raw, phones[0]))
    if len(emails) == 1:
        yield taking.words("notifier_email", emails[0])


def _with_extension(raw: str, phone: str) -> str:
    return phone


def detail_of(question: Question, reading: Reading, asked: Field) -> str:
    """What is said beyond a yes or a no: `Yes. Six teams, no lead clinician.`"""
    text = question.raw
    if TICKED in text or EMPTY in text:
        taking = [plain(line).strip() for line in cut(question.pieces)]
        return " ".join(_IF_YES.sub("", line) for line in taking if line and TICKED not in line and EMPTY not in line)
    lines = [line for line in cut(question.pieces) if plain(line).strip()]
    sense = read_yes_no(text, reading.wordings.yes_no.get(asked.id))
    if sense.state == "answered" and sense.rest:
        return _IF_YES.sub("", sense.rest)
    return " ".join(_IF_YES.sub("", plain(line).strip()) for line in lines[1:])


def _several(taking: Taking) -> Iterator[Answer]:
    """Answers side by side: the first to the first field, the rest to the others as far as it is certain."""
    first = taking.dictionary.field(taking.targets[0])
    if first is not None and first.type == "yes_no":
        yield from _yes_and(taking)
    elif first is not None:
        parts = [part for part in _SEPARATORS.split(taking.raw) if part]
        if len(parts) == len(taking.targets):
            for target, part in zip(taking.targets, parts, strict=True):
                yield taking.words(target, part)
        else:
            yield taking.whole(taking.targets[0])


def _yes_and(taking: Taking) -> Iterator[Answer]:
    """Yes or no, then a date, a reference or details."""
    answer = taking.whole(taking.targets[0])
    yield answer
    asked = taking.dictionary.field(taking.targets[0])
    rest = detail_of(taking.question, taking.reading, asked) if asked else ""
    if not rest or answer.state != "answered":
        return
    for target in taking.targets[1:]:
        more = taking.words(target, rest)
        if more.state == "answered":
            yield more
            return


_WAYS: tuple[tuple[str, Way], ...] = (
    ("_cp_plan", _plan),
    ("_looked_after", _care),
    ("_dob_or_edd", _born),
    ("_dob_or_age", _born),
    ("_dob", _born),
    ("_home_address", _home),
    ("_date", _moment),
    ("notifier_phone", _reach),
)
