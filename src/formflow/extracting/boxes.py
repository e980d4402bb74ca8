"""Answers given by ticking: three boxes for yes, no and not known; boxes for kinds; a single tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from formflow.extracting.dictionary import Field
from formflow.extracting.form import Answer
from formflow.reading.document import Control

NOT_KNOWN = "not_known"

_SHOWN = {"yes": "Yes", "no": "No", NOT_KNOWN: "Not known yet"}


def answer_by_boxes(field: Field, field_id: str, boxes: Mapping[str, Sequence[Control]]) -> Answer:
    """The answer that the ticked boxes of one question give; two that exclude each other are a conflict."""
    place = next(iter(boxes.values()))[0].place
    raw = " ".join(f"{_words(field, option)} {'☒' if _ticked(c) else '☐'}" for option, c in boxes.items())
    ticked = [option for option, controls in boxes.items() if _ticked(controls)]
    doubts = [doubt for controls in boxes.values() for control in controls for doubt in control.doubts]
    if doubts or not _agree(field, ticked):
        because = "; ".join(doubts) or f"{_listed([_words(field, option) for option in ticked])} are ticked"
        return Answer(field_id, "conflict", None, None, raw, place, "tag", 0.0, because)
    if not ticked:
        return Answer(field_id, "blank", raw=raw, place=place, how="tag")
    if ticked == [NOT_KNOWN]:
        return Answer(field_id, "not_known", raw=raw, place=place, how="tag")
    if field.type == "choices":
        return Answer(field_id, "answered", tuple(ticked), None, raw, place, "tag")
    return Answer(field_id, "answered", ticked[0], None, raw, place, "tag")


def answer_by_tick(field_id: str, controls: Sequence[Control]) -> Answer:
    """The answer that a box standing alone under its field's own name gives: ticked is yes, unticked says nothing."""
    place = controls[0].place
    if doubts := [doubt for control in controls for doubt in control.doubts]:
        raw = "☒" if _ticked(controls) else "☐"
        return Answer(field_id, "conflict", None, None, raw, place, "tag", 0.0, "; ".join(doubts))
    if _ticked(controls):
        return Answer(field_id, "answered", "yes", None, "☒", place, "tag")
    return Answer(field_id, "blank", raw="☐", place=place, how="tag")


def _agree(field: Field, ticked: Sequence[str]) -> bool:
    if field.type == "choices":
        return NOT_KNOWN not in ticked or len(ticked) == 1
    return len(ticked) <= 1


def _ticked(controls: Sequence[Control]) -> bool:
    return any(control.ticked for control in controls)


def _words(field: Field, option: str) -> str:
    return _SHOWN.get(option, "") if field.type == "yes_no" else field.options.get(option, _SHOWN.get(option, option))


def _listed(words: Sequence[str]) -> str:
    return f"both {words[0]} and {words[1]}" if len(words) == 2 else ", ".join(words[:-1]) + f" and {words[-1]}"
