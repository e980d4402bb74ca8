"""One answer that holds several: a name in full, a plan with its dates, yes with a reference, an address and postcode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from formflow.extracting.ages import born_due_or_aged
from formflow.extracting.care import care_answers
from formflow.extracting.choosing import Reading, answer_in, boxes_in
from formflow.extracting.dates import NoDate, read_moment
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.empties import state_of
from formflow.extracting.form import Answer
from formflow.extracting.names import name_answers
from formflow.extracting.plans import plan_answers
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.reach import postcodes_in
from formflow.extracting.several import PartKind, several
from formflow.extracting.values import sense_of
from formflow.extracting.yes_no import read_yes_no
from formflow.reading.document import EMPTY, TICKED, Mark

_IF_YES = re.compile(r"^\s*(?:if|where)\s+(?:yes|so|applicable)\b[^:]{0,60}:\s*", re.IGNORECASE)
_EVER = re.compile(r"\b(?:was|ever|previous(?:ly)?|past|has been|have been|been)\b", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|now|current(?:ly)?)\b", re.IGNORECASE)

Way = Callable[["Taking"], Iterator[Answer]]
_TOGETHER = ("_cp_plan", "_date", "abuse_neglect")
"""Ways that take the fields asked for beside theirs with them."""


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
    def is_deleted(self) -> bool:
        """Whether words in it are struck out."""
        return any(piece.marks & (Mark.STRUCK | Mark.GONE) for piece in self.question.pieces)

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
        if targets[0].endswith(ending) and (len(targets) == 1 or ending in _TOGETHER):
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
    elif taking.is_deleted or state_of(raw) is not None:
        yield taking.whole(field_id)
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
    more = read_yes_no(taking.raw, taking.reading.wordings.yes_no.get("child_N_looked_after"))
    if taking.is_boxed or taking.is_deleted or not (more.rest or whole.state == "unreadable"):
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


def _named(taking: Taking) -> Iterator[Answer]:
    """A child's name in full."""
    yield from name_answers(taking.child, taking.raw, place=taking.question.place, how="label").values()


def detail_of(question: Question, reading: Reading, asked: Field) -> str:
    """What is said beyond a yes or a no: `Yes. Six teams, no lead clinician.`"""
    text = question.raw
    if TICKED in text or EMPTY in text:
        taking = [plain(line).strip() for line in cut(question.pieces)]
        return " ".join(_IF_YES.sub("", line) for line in taking if line and TICKED not in line and EMPTY not in line)
    first, *more = [line for line in cut(question.pieces) if plain(line).strip()] or [()]
    rest = [plain(line).strip() for line in more]
    if not any(piece.marks & (Mark.STRUCK | Mark.GONE) for piece in first):
        sense = read_yes_no(plain(first), reading.wordings.yes_no.get(asked.id))
        rest = [sense.rest, *rest]
    return " ".join(_IF_YES.sub("", words) for words in rest if words)


def _known_to(taking: Taking) -> Iterator[Answer]:
    """What is said of children's social care: a child in need plan, early help."""
    stem = f"child_{taking.child}"
    for name, words in (("cin", r"\bchild in need\b|\bCIN\b|\bsection 17\b"), ("early_help", r"\bearly help\b")):
        told = re.search(words, taking.raw, re.IGNORECASE)
        before = taking.raw[: told.start()].casefold() if told else ""
        if told and re.match(r"y(?:es)?\b", taking.raw, re.IGNORECASE) and not re.search(r"\b(?:not|no|previous|was|until|former)", before):
            yield taking.words(f"{stem}_{name}", "Yes")


def in_words(dictionary: Dictionary, reading: Reading, field_id: str, question: Question) -> Iterator[Answer]:
    """The answer where one option was asked for and words are given: `Serious harm to physical health`."""
    taking = Taking(dictionary, reading, (field_id,), question)
    whole = taking.whole(field_id)
    parts = re.match(r"(serious(?:ly)? harm(?:ed)?)(?:\s+to|:|,)\s+(.+)", taking.raw, re.IGNORECASE | re.DOTALL)
    if field_id == "nature" and parts:
        yield replace(taking.words("nature", parts[1]), raw=taking.raw)
        harm = taking.words("harm_type", parts[2])
        if harm.state == "answered":
            yield harm
        return
    yield whole


def _choice_and(taking: Taking) -> Iterator[Answer]:
    """One choice, and more about it: `Suspected: fabricated illness (physical and emotional abuse)`."""
    first, second = taking.targets[0], taking.targets[1]
    yield taking.whole(first)
    asked = taking.dictionary.field(first)
    if asked is None or taking.is_boxed:
        return
    rest = sense_of(asked, first, taking.raw, latest=taking.reading.latest, wordings=taking.reading.wordings).rest
    for words in (rest, *re.findall(r"\(([^()]+)\)", rest)):
        if words and (more := taking.words(second, words)).state == "answered":
            yield more
            return


def _several(taking: Taking) -> Iterator[Answer]:
    """Answers side by side, as far as it is certain which is which; a box or a deletion answers the first."""
    first = taking.dictionary.field(taking.targets[0])
    targets = list(taking.targets)
    raw = taking.raw
    if first is not None and first.type == "yes_no" and (taking.is_boxed or taking.is_deleted):
        yield taking.whole(targets.pop(0))
        raw = detail_of(taking.question, taking.reading, first)
    if stated := state_of(taking.raw):
        for target in targets:
            if taking.dictionary.field(target) is not None:
                yield Answer(target, stated[0], raw=taking.raw, place=taking.question.place, how="label", because=stated[1])
        return
    kinds = {target: _kind(taking.dictionary, target) for target in targets}
    meanings = _meanings(taking, targets)
    found = several(raw, list(kinds.values()), meanings) if raw else None
    for target, kind in kinds.items():
        words = found[kind] if found is not None else ""
        if not words and found is not None and target.endswith("_dob_or_age"):
            words = found.rest  # an age, or only a year
        if target.endswith("_full_name") and words:
            yield from name_answers(taking.child, words, place=taking.question.place, how="label").values()
        elif taking.dictionary.field(target) is not None:
            yield replace(taking.words(target, words), raw=taking.raw) if words else _untold(taking, target)


def _meanings(taking: Taking, targets: Sequence[str]) -> Mapping[str, str] | None:
    """What stands for yes or no in the question of that kind among those asked together."""
    asked = (taking.dictionary.field(target) for target in targets)
    known = next((field for field in asked if field is not None and field.type == "yes_no"), None)
    return taking.reading.wordings.yes_no.get(known.id) if known is not None else None


def _untold(taking: Taking, target: str) -> Answer:
    return Answer(target, "blank", raw=taking.raw, place=taking.question.place, how="label")


_ENDINGS: tuple[tuple[str, PartKind], ...] = (
    ("_ref", "reference"), ("_full_name", "name"), ("_professional", "name"), ("_role", "role"),
    ("_organisation", "organisation"), ("agency_name", "organisation"), ("_name", "name"), ("_relationship", "relationship"),
    ("_language", "language"), ("_place", "place"), ("_address", "address"), ("_dob_or_age", "date"), ("_contact", "phone"),
)  # fmt: skip
_TYPES: dict[str, PartKind] = {"yes_no": "yes_no", "date": "date", "time": "time", "phone": "phone", "email": "email", "postcode": "postcode"}


def _kind(dictionary: Dictionary, target: str) -> PartKind:
    asked = dictionary.field(target)
    if asked is not None and asked.type in _TYPES:
        return _TYPES[asked.type]
    open_target = re.sub(r"_\d+_", "_", target)
    return next((kind for ending, kind in _ENDINGS if open_target.endswith(ending)), "detail")


_WAYS: tuple[tuple[str, Way], ...] = (
    ("_cp_plan", _plan),
    ("_looked_after", _care),
    ("_dob_or_edd", _born),
    ("_dob_or_age", _born),
    ("_dob", _born),
    ("_home_address", _home),
    ("_full_name", _named),
    ("_known_to", _known_to),
    ("abuse_neglect", _choice_and),
    ("_date", _moment),
)
