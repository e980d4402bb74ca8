"""The older form fields of Word (`w:ffData`): text, check boxes and drop-down lists of protected forms."""

from __future__ import annotations

from formflow.reading.document import Control
from formflow.reading.prompts import is_empty_entry, is_prompt
from formflow.reading.xml import NAMES, Element, child, children, is_switch, switched, value

BLANK = "\u2002\u00a0 \t\n"
"""Word fills a blank field with five EN SPACEs."""


_NO_STATE = "whether the box is ticked cannot be told from the file"
_NO_ENTRY = "the choice is not one of the list"


_NOTHING: tuple[str, ...] = ()

Data = dict[str, Element]
"""What a form field holds, by the names of its parts."""


def data_of(mark: Element) -> Data | None:
    """The data of the form field that a mark begins; None for a field that is merely computed."""
    data = child(mark, "ffData")
    return None if data is None else {NAMES[each.tag]: each for each in data}


def legacy_field(data: Data, shown: str, place: str, *, ended: bool) -> Control:
    """A form field as a control, from its data and what it shows; its label is the help its maker gave."""
    name = value(data.get("name")) or ""
    label = value(data.get("statusText")) or value(data.get("helpText")) or ""
    if (box := data.get("checkBox")) is not None:
        return _tick(box, name, place, label)
    if (listed := data.get("ddList")) is not None:
        return _choice(listed, name, place, label)
    if not ended:
        doubt = f'the field has no end in the file, so how much of "{shown.strip()}" is the answer is not certain'
        return Control(name, "text", place, "", None, label, (), (doubt,))
    words = "" if not shown.strip(BLANK) or is_prompt(shown) else shown
    standing = (value(child(data.get("textInput"), "default")) or "").strip()
    untouched = bool(standing) and words.strip() == standing
    doubts = (f'it shows "{standing}", which is what the blank form shows there',) if untouched else ()
    return Control(name, "text", place, words, None, label, (), doubts)


def is_odd(control: Control) -> bool:
    """Whether a box or a list holds something that Word would never write."""
    return _NO_STATE in control.doubts or _NO_ENTRY in control.doubts


def _tick(box: Element, name: str, place: str, label: str) -> Control:
    state = child(box, "checked")
    if state is None:
        state = child(box, "default")
    doubts = () if is_switch(state) else (_NO_STATE,)
    return Control(name, "tick", place, "", switched(state) and not doubts, label, (), doubts)


def _choice(listed: Element, name: str, place: str, label: str) -> Control:
    """The entry that was chosen, by its number; a list that nobody touched has no number and chooses nothing."""
    options = tuple(value(entry) or "" for entry in children(listed, "listEntry"))
    number = value(child(listed, "result"))
    raw, doubts = "", _NOTHING
    if number is None:
        standing = value(child(listed, "default")) or "0"
        shown = options[int(standing)] if standing.isdecimal() and int(standing) < len(options) else ""
        if not is_empty_entry(shown):
            doubts = (f'the list shows "{shown}", but nobody chose it',)
    elif number.isdecimal() and int(number) < len(options):
        raw = options[int(number)]
        raw = "" if number.strip("0") == "" and is_empty_entry(raw) else raw
    else:
        doubts = (_NO_ENTRY,)
    return Control(name, "choice", place, raw, None, label, options, doubts)
