"""Several answers side by side in one place, cut into a piece for each as far as it is certain which is which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.empties import state_of
from formflow.extracting.form import Answer
from formflow.extracting.names import name_answers
from formflow.extracting.several import PartKind, several
from formflow.extracting.taking import Taking, detail_of
from formflow.extracting.yes_no import read_yes_no


def side_by_side(taking: Taking) -> Iterator[Answer]:
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
                yield Answer(
                    target, stated[0], raw=taking.raw, place=taking.question.place, how="label", because=stated[1]
                )
        return
    kinds = {target: _kind(taking.dictionary, target) for target in targets}
    meanings = _meanings(taking, targets)
    found = several(raw, list(kinds.values()), meanings) if raw else None
    if found is not None and first is not None and first.type == "yes_no" and not _is_yes(found["yes_no"], meanings):
        yield from (taking.untold(target) for target in targets[1:] if taking.dictionary.field(target) is not None)
        kinds = {targets[0]: "yes_no"}
    for target, kind in kinds.items():
        words = found[kind] if found is not None else ""
        if not words and found is not None and target.endswith("_dob_or_age"):
            words = found.rest  # an age, or only a year
        if target.endswith("_full_name") and words:
            yield from name_answers(taking.child, words, place=taking.question.place, how="label").values()
        elif taking.dictionary.field(target) is not None:
            yield replace(taking.words(target, words), raw=taking.raw) if words else taking.untold(target)


def _is_yes(words: str, meanings: Mapping[str, str] | None) -> bool:
    """Whether what is said is not no: a date after "not yet" is none on which it happened."""
    return not words or read_yes_no(words, meanings).value != "no"


def _meanings(taking: Taking, targets: Sequence[str]) -> Mapping[str, str] | None:
    """What stands for yes or no in the question of that kind among those asked together."""
    asked = (taking.dictionary.field(target) for target in targets)
    known = next((field for field in asked if field is not None and field.type == "yes_no"), None)
    return taking.reading.wordings.yes_no.get(known.id) if known is not None else None


_ENDINGS: tuple[tuple[str, PartKind], ...] = (
    ("_ref", "reference"), ("_full_name", "name"), ("_professional", "name"), ("_role", "role"),
    ("_organisation", "organisation"), ("agency_name", "organisation"), ("_name", "name"),
    ("_relationship", "relationship"), ("_language", "language"), ("_place", "place"), ("_address", "address"),
    ("_dob_or_age", "born"), ("_contact", "phone"),
)  # fmt: skip
_TYPES: dict[str, PartKind] = {
    "yes_no": "yes_no",
    "date": "date",
    "time": "time",
    "phone": "phone",
    "email": "email",
    "postcode": "postcode",
}


def _kind(dictionary: Dictionary, target: str) -> PartKind:
    asked = dictionary.field(target)
    if asked is not None and asked.type in _TYPES:
        return _TYPES[asked.type]
    open_target = re.sub(r"_\d+_", "_", target)
    return next((kind for ending, kind in _ENDINGS if open_target.endswith(ending)), "detail")
