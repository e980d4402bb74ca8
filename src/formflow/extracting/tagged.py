"""The answers of a form of our own: each control is named after its field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from formflow.extracting.boxes import answer_by_boxes, answer_by_tick
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.values import answer_to
from formflow.reading.document import Control
from formflow.reading.own_form import VERSION_CONTROL

_ROW = re.compile(r"^([a-z]+)_(\d{1,3})_(\w+(?::\w+)?)$")


def tagged_answers(controls: Iterable[Control], dictionary: Dictionary, latest: int) -> dict[str, Answer]:
    """The answers of a form whose controls carry the ids of the dictionary, blank where a question is unanswered."""
    asked = _by_field(_numbered(controls), dictionary)
    return {field_id: _answer(dictionary, field_id, controls, latest) for field_id, controls in asked.items()}


def _answer(dictionary: Dictionary, field_id: str, controls: Mapping[str, Sequence[Control]], latest: int) -> Answer:
    field = dictionary.field(field_id)
    assert field is not None, "only questions of the dictionary come here"  # noqa: S101 - narrows for the type checker
    boxes = {option: boxes for option, boxes in controls.items() if option}
    if boxes:
        return answer_by_boxes(field, field_id, boxes)
    return _written(field, field_id, controls[""], latest)


def _written(field: Field, field_id: str, controls: Sequence[Control], latest: int) -> Answer:
    """The answer in one control, or in several of one name that agree; otherwise a conflict with every value shown."""
    if controls[0].ticked is not None:
        return answer_by_tick(field_id, controls)
    read = [
        answer_to(field, field_id, control.raw, place=control.place, how="tag", latest=latest) for control in controls
    ]
    filled = [answer for answer in read if answer.state != "blank"]
    first = filled[0] if filled else read[0]
    doubts = [doubt for control in controls for doubt in control.doubts]
    if len({(answer.state, answer.value) for answer in filled}) > 1:
        doubts.insert(0, "different answers stand in different places: " + " and ".join(f'"{a.raw}"' for a in filled))
    if not doubts:
        return first
    raw = " | ".join(answer.raw for answer in filled)
    return Answer(field_id, "conflict", None, None, raw, first.place, "tag", 0.0, "; ".join(doubts))


def _by_field(controls: Iterable[Control], dictionary: Dictionary) -> dict[str, dict[str, list[Control]]]:
    """Controls by field id and, for tick boxes, by the option after the colon."""
    asked: dict[str, dict[str, list[Control]]] = defaultdict(lambda: defaultdict(list))
    for control in controls:
        field_id, _, option = control.name.partition(":")
        if dictionary.field(field_id) is not None and control.kind not in ("group", "button"):
            asked[field_id][option].append(control)
    return asked


def _numbered(controls: Iterable[Control]) -> Iterable[Control]:
    """Controls with the rows of tables numbered as they stand.

    Word's "add a row" copies a row with its names, so that two rows are called family_4; the second becomes the next
    free number of its table.
    """
    highest: dict[str, int] = defaultdict(int)
    listed = list(controls)
    for control in listed:
        if found := _ROW.match(control.name):
            highest[found[1]] = max(highest[found[1]], int(found[2]))
    times: dict[str, int] = defaultdict(int)
    copies: dict[tuple[str, str, int], int] = {}
    for control in listed:
        found = _ROW.match(control.name)
        if not found or control.name == VERSION_CONTROL:
            yield control
            continue
        times[control.name] += 1
        if times[control.name] == 1 or not control.repeated:
            yield control
            continue
        row = (found[1], found[2], times[control.name])
        if row not in copies:
            highest[found[1]] += 1
            copies[row] = highest[found[1]]
        yield control.named(f"{found[1]}_{copies[row]}_{found[3]}")
