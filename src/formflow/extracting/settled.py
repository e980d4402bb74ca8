"""The answers of a form when every question is taken: several for one field together, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.empties import inherited, is_as_above
from formflow.extracting.form import Answer
from formflow.extracting.plain import key
from formflow.extracting.rows import children, row_of
from formflow.extracting.values import DERIVED, choose, derived_agency
from formflow.extracting.wordings import Wordings

_OUTCOME = re.compile(r"child_\d+_outcome")
_NATURES = ("died", "seriously_harmed")
Asked = tuple[str, Answer]
"""An option that was asked by itself, and the answer to it."""

_QUOTED = ("date", "time", "yes_no", "choice", "choices", "integer")
"""Types of question whose answers tell nobody who is meant, so that a question may repeat them."""


def from_options(field_id: str, ticked: Sequence[Asked]) -> Answer:
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


def _known_or_suspected(ticked: Sequence[Asked], raw: str, place: str) -> Answer:
    """Whether abuse is known, and whether it is suspected, asked one by one: two times no is neither."""
    said = dict(ticked)
    for option in ("known", "suspected"):
        if option in said and said[option].value == "yes":
            return Answer("abuse_neglect", "answered", option, None, raw, place, "label")
    if len(said) == 2 and all(answer.value == "no" for answer in said.values()):
        return Answer("abuse_neglect", "answered", "no", None, raw, place, "label")
    unknown = any(answer.state == "not_known" for answer in said.values())
    return Answer("abuse_neglect", "not_known" if unknown else "blank", raw=raw, place=place, how="label")


def together(field_id: str, answers: Sequence[Answer], dictionary: Dictionary) -> Answer:
    """The answer that several places give: the same everywhere, or a conflict with every value shown."""
    filled = [answer for answer in answers if answer.state != "blank"]
    if not filled:
        return max(answers, key=lambda answer: len(answer.because))
    first = filled[0]
    if all(_same(first, other) for other in filled[1:]):
        return max(filled, key=lambda answer: answer.confidence)
    clear = [answer for answer in filled if answer.state == "answered"]
    open_ones = [answer for answer in filled if answer.state in ("not_known", "not_applicable")]
    if len(clear) == 1 and len(open_ones) + 1 == len(filled):
        return clear[0]
    raw = " | ".join(dict.fromkeys(answer.raw for answer in filled))
    return Answer(
        field_id, "conflict", None, None, raw, first.place, "label", 0.0, _differ(field_id, filled, dictionary)
    )


def _differ(field_id: str, answers: Sequence[Answer], dictionary: Dictionary) -> str:
    """Where the different answers stand, and what they say where that tells nobody who is meant."""
    asked = dictionary.field(field_id)
    quoted = asked is not None and asked.type in _QUOTED
    said = [f'"{answer.raw}" ({answer.place})' if quoted else answer.place for answer in answers]
    return "different answers stand in different places: " + " and ".join(dict.fromkeys(said))


def _same(one: Answer, other: Answer) -> bool:
    if one.state != other.state:
        return False
    if isinstance(one.value, str) and isinstance(other.value, str):
        return key(one.value) == key(other.value)
    return one.value == other.value


def worked_out(found: Mapping[str, Answer], dictionary: Dictionary, wordings: Wordings) -> dict[str, Answer]:
    """Answers with what follows from others: the kind of agency from its name, a death from its date, "as above"."""
    answers = _as_above(found)
    death, organisation = answers.get("date_of_death"), answers.get("notifier_organisation")
    outcomes = {answer.value for field, answer in answers.items() if _OUTCOME.fullmatch(field)}
    several = len(children(answers, certain=False)) > 1
    if "nature" not in answers and outcomes & {*_NATURES}:
        told = next(answer for answer in answers.values() if answer.field.endswith("_outcome") and answer.value)
        because = "worked out from the outcome for each child; the form does not ask what happened"
        chosen = tuple(each for each in _NATURES if each in outcomes)
        answers["nature"] = Answer("nature", "answered", chosen, None, told.raw, told.place, DERIVED, 0.85, because)
    elif "nature" not in answers and death is not None and death.state == "answered" and several:
        because = "the date of death says that a child died; whether another was seriously harmed is not said"
        answers["nature"] = Answer("nature", "blank", raw=death.raw, place=death.place, how=DERIVED, because=because)
    elif "nature" not in answers and death is not None and death.state == "answered":
        because = "worked out from the date of death; the form does not ask what happened"
        answers["nature"] = Answer(
            "nature", "answered", ("died",), None, death.raw, death.place, DERIVED, 0.85, because
        )
    known = answers.get("notifier_agency")
    if organisation is not None and (known is None or known.state in ("blank", "unreadable")):
        kind = derived_agency("notifier_agency", organisation, wordings)
        answers |= {"notifier_agency": kind} if kind is not None else {}
    return answers


def _as_above(found: Mapping[str, Answer]) -> dict[str, Answer]:
    """Answers in which "as above" stands, with the answer of the row above, put to a person."""
    answers = dict(found)
    for field_id in sorted(found, key=row_of):
        number = row_of(field_id)
        if number > 1 and is_as_above(found[field_id]):
            above = answers.get(field_id.replace(f"_{number}_", f"_{number - 1}_", 1))
            told = inherited(found[field_id], above)
            answers[field_id] = replace(told, confidence=min(told.confidence, 0.8))
    return answers


_SECTORS = frozenset(
    {"health", "nhs", "education", "local authority", "council", "voluntary sector", "social care", "justice"}
)
"""What an organisation may be said to be, which is neither its name nor one kind of agency."""


def says_only_its_kind(answer: Answer, dictionary: Dictionary) -> bool:
    """Whether what is given for the organisation's name is only a kind of agency: `Police`, `Health`."""
    words = key(str(answer.value))
    return words in _SECTORS or choose(words, dictionary.fields["notifier_agency"].options) is not None


def kind_and_name(given: Sequence[Answer], dictionary: Dictionary) -> tuple[Answer | None, Answer] | None:
    """Where a form asks for the kind of agency and then for its name under like words: the two, told apart.

    The kind is None where what is said tells none: `Health`.
    """
    clear = [answer for answer in given if answer.state == "answered"]
    kinds = [answer for answer in clear if says_only_its_kind(answer, dictionary)]
    if len(clear) != 2 or len(kinds) != 1:
        return None
    kind = choose(str(kinds[0].value), dictionary.fields["notifier_agency"].options)
    name = next(answer for answer in clear if answer is not kinds[0])
    return replace(kinds[0], field="notifier_agency", value=kind) if kind else None, name
