"""One answer that holds several: a name in full, a plan with its dates, an address and postcode, yes and more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from formflow.extracting.ages import born_due_or_aged
from formflow.extracting.beside import side_by_side
from formflow.extracting.care import care_answers
from formflow.extracting.choosing import Reading, boxes_in
from formflow.extracting.date_pieces import period_in
from formflow.extracting.dates import NoDate, read_moment
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.empties import state_of
from formflow.extracting.form import Answer
from formflow.extracting.names import name_answers
from formflow.extracting.plain import bare
from formflow.extracting.plans import plan_answers
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.reach import postcodes_in
from formflow.extracting.taking import IF_YES, Taking
from formflow.extracting.values import sense_of
from formflow.extracting.yes_no import read_yes_no

_EVER = re.compile(r"\b(?:was|ever|previous(?:ly)?|past|has been|have been|been)\b", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|now|current(?:ly)?)\b", re.IGNORECASE)

Way = Callable[["Taking"], Iterator[Answer]]
_TOGETHER = ("_cp_plan", "_date", "abuse_neglect", "_from")
"""Ways that take the fields asked for beside theirs with them."""


def parts_of(dictionary: Dictionary, reading: Reading, targets: Sequence[str], question: Question) -> Iterator[Answer]:
    """The answers that one question gives to several fields, each by its own id."""
    taking = Taking(dictionary, reading, targets, question)
    for ending, way in _WAYS:
        together = len(targets) > 1
        if ending == "_date" and together and not targets[1].endswith("_time"):
            continue
        if targets[0].endswith(ending) and (ending in _TOGETHER if together else ending != "_from"):
            yield from way(taking)
            return
    yield from side_by_side(taking)


def _plan(taking: Taking) -> Iterator[Answer]:
    """A child protection plan: boxes, words, or both, with category and dates."""
    raw, field_id = taking.raw, f"child_{taking.child}_cp_plan"
    label = taking.question.label
    if taking.is_boxed:
        ticked, rest = taking.beside_boxes()
        if len(ticked) != 1 or not rest:
            boxed = taking.whole(field_id)
            yield _plan_of_boxes(boxed, ticked, label) if not _is_never(taking, ticked) else _never(boxed)
            return
        raw = f"{ticked[0]}. {rest}"
    elif taking.is_deleted:
        yield _plan_of_boxes(taking.whole(field_id), [taking.left_standing], label)
        return
    elif state_of(raw) is not None:
        yield taking.whole(field_id)
        return
    ever = True if _EVER.search(label) else False if _IS.search(label) else None
    found = plan_answers(
        taking.child, IF_YES.sub("", raw), taking.reading.wordings, place=taking.question.place, how="label",
        latest=taking.reading.latest, ever=ever,
    )  # fmt: skip
    yield from found.values()


def _is_never(taking: Taking, ticked: Sequence[str]) -> bool:
    """Whether "none" is ticked where a box for a plan in the past stands beside it."""
    meant = taking.reading.wordings.named("cp_plan").meant
    offered = {meant.get(bare(box.words)) for line in cut(taking.question.pieces) for box in boxes_in(plain(line))}
    return [bare(words) for words in ticked] in (["none"], ["no"], ["neither"]) and "previously" in offered


def _never(boxed: Answer) -> Answer:
    return replace(boxed, state="answered", value="never", confidence=1.0, because="")


def _plan_of_boxes(boxed: Answer, ticked: Sequence[str], label: str) -> Answer:
    """Yes or no where the form asks whether there is a plan now: no says nothing of the past."""
    said = read_yes_no(ticked[0]) if len(ticked) == 1 else None
    if said is None or said.state != "answered" or boxed.state == "answered":
        return boxed
    ever, now = bool(_EVER.search(label)), bool(_IS.search(label))
    if said.value == "no":
        if ever:
            return _never(boxed)
        return replace(
            boxed,
            state="conflict",
            value=None,
            confidence=0.0,
            because="there is no plan now; whether there was one before is not said",
        )
    if now and not ever:
        return replace(boxed, state="answered", value="now", confidence=1.0, because="")
    return replace(
        boxed,
        state="conflict",
        value=None,
        confidence=0.0,
        because="it does not say whether the plan is now or was in the past",
    )


def _care(taking: Taking) -> Iterator[Answer]:
    """Whether a child is looked after, with what else is said beside it."""
    whole = taking.whole(taking.targets[0])
    more = read_yes_no(taking.raw, taking.reading.wordings.yes_no.get("child_N_looked_after"))
    if taking.is_boxed or taking.is_deleted or not (more.rest or whole.state == "unreadable"):
        yield whole
        return
    found = care_answers(taking.child, taking.raw, taking.reading.wordings, place=taking.question.place, how="label")
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
    codes = postcodes_in(taking.raw)
    if len(codes) == 1 and codes[0].replace(" ", "") == "".join(taking.raw.split()).upper():
        yield taking.words(f"child_{taking.child}_postcode", codes[0])
        return
    yield whole
    if whole.state == "answered" and len(codes) == 1:
        yield taking.words(f"child_{taking.child}_postcode", codes[0])


def _moment(taking: Taking) -> Iterator[Answer]:
    """A date with the time of day beside it."""
    date_id, time_id = taking.targets[0], taking.targets[1]
    when, time = read_moment(taking.raw, latest=taking.reading.latest)
    if time is None or isinstance(when, NoDate):
        yield taking.whole(date_id)
        return
    yield replace(
        taking.whole(date_id), state="answered", value=when.value, precision=when.precision, confidence=1.0, because=""
    )
    yield taking.words(time_id, time)


def _named(taking: Taking) -> Iterator[Answer]:
    """A child's name in full."""
    yield from name_answers(taking.child, taking.raw, place=taking.question.place, how="label").values()


def _known_to(taking: Taking) -> Iterator[Answer]:
    """What is said of children's social care: a child in need plan, early help."""
    stem = f"child_{taking.child}"
    for name, words in (("cin", r"\bchild in need\b|\bCIN\b|\bsection 17\b"), ("early_help", r"\bearly help\b")):
        told = re.search(words, taking.raw, re.IGNORECASE)
        before = taking.raw[: told.start()].casefold() if told else ""
        if (
            told
            and re.match(r"y(?:es)?\b", taking.raw, re.IGNORECASE)
            and not re.search(r"\b(?:not|no|previous|was|until|former)", before)
        ):
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


def _period(taking: Taking) -> Iterator[Answer]:
    """When something began and ended, in one place."""
    period = period_in(taking.raw)
    for target, written in zip(taking.targets, (period.begin, period.end), strict=False):
        yield replace(taking.words(target, written), raw=taking.raw) if written else taking.untold(target)


_WAYS: tuple[tuple[str, Way], ...] = (
    ("_cp_plan", _plan),
    ("_from", _period),
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
