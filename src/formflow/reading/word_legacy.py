"""The older form fields of Word (`w:ffData`): text, check boxes and drop-down lists of protected forms."""

from __future__ import annotations

from formflow.reading.document import Control
from formflow.reading.prompts import is_empty_entry, is_prompt
from formflow.reading.xml import Element, attribute, child, children, is_switch, switched

BLANK = "\u2002\u00a0 \t\n"
"""Word fills a blank field with five EN SPACEs."""


def legacy_field(data: Element, shown: str, place: str, *, ended: bool) -> Control:
    """A form field as a control, from its data and what it shows; its label is the help its maker gave."""
    name = attribute(child(data, "name"), "val") or ""
    label = attribute(child(data, "statusText"), "val") or attribute(child(data, "helpText"), "val") or ""
    if (box := child(data, "checkBox")) is not None:
        return _tick(box, name, place, label)
    if (listed := child(data, "ddList")) is not None:
        return _choice(listed, name, place, label)
    if not ended:
        doubts = (f'the field has no end in the file, so how much of "{shown.strip()}" is the answer is not certain',)
        return Control(name, "text", place, "", None, label, (), doubts)
    words = "" if not shown.strip(BLANK) or is_prompt(shown) else shown
    return Control(name, "text", place, words, None, label)


def _tick(box: Element, name: str, place: str, label: str) -> Control:
    state = child(box, "checked")
    if state is None:
        state = child(box, "default")
    doubts = () if is_switch(state) else ("whether the box is ticked cannot be told from the file",)
    return Control(name, "tick", place, "", switched(state) and not doubts, label, (), doubts)


def _choice(listed: Element, name: str, place: str, label: str) -> Control:
    """The entry that was chosen, by its number; a list that nobody touched has no number and chooses nothing."""
    options = tuple(attribute(entry, "val") or "" for entry in children(listed, "listEntry"))
    number = attribute(child(listed, "result"), "val")
    raw, doubts = "", tuple[str, ...]()
    if number is None:
        standing = attribute(child(listed, "default"), "val") or "0"
        shown = options[int(standing)] if standing.isdecimal() and int(standing) < len(options) else ""
        if not is_empty_entry(shown):
            doubts = (f'the list shows "{shown}", but nobody chose it',)
    elif number.isdecimal() and int(number) < len(options):
        raw = options[int(number)]
        raw = "" if number.strip("0") == "" and is_empty_entry(raw) else raw
    else:
        doubts = ("the choice is not one of the list",)
    return Control(name, "choice", place, raw, None, label, options, doubts)
