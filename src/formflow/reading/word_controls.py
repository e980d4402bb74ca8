"""What people fill in on a Word form: content controls of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.reading.document import Control, ControlKind
from formflow.reading.prompts import is_empty_entry, is_prompt
from formflow.reading.shown_date import disagrees
from formflow.reading.word_behind import Behind
from formflow.reading.word_doubts import ON, about_box, about_data, about_prompt, about_words
from formflow.reading.word_tape import Bit, words
from formflow.reading.xml import NAMES, Element, attribute, child, children, switched, value

_KINDS: dict[str, ControlKind] = {
    "text": "text",
    "richText": "text",
    "date": "date",
    "dropDownList": "choice",
    "comboBox": "choice",
    "checkbox": "tick",
    "picture": "picture",
    "group": "group",
    "repeatingSection": "group",
    "repeatingSectionItem": "group",
    "docPartObj": "group",
    "docPartList": "group",
    "citation": "group",
    "bibliography": "group",
    "equation": "group",
}
_NOTHING: tuple[str, ...] = ()
_NO_ENTRY: frozenset[str] = frozenset()

Properties = dict[str, Element]


def parts_of(sdt: Element) -> tuple[Properties, Element | None]:
    """The properties of a `w:sdt` by their names, and its content."""
    held: Properties = {}
    content = None
    for each in sdt:
        name = NAMES[each.tag]
        if name == "sdtPr":
            held = {NAMES[property.tag]: property for property in each}
        elif name == "sdtContent":
            content = each
    return held, content


def _kind(held: Properties) -> ControlKind:
    for name in held:
        if name in _KINDS:
            return _KINDS[name]
    return "text"


def content_control(
    held: Properties, bits: Sequence[Bit], place: str, *, leaf: bool, repeated: bool, behind: Behind
) -> Control:
    """A `w:sdt` as a control, from its properties and what it shows; one that still shows its prompt is blank."""
    kind = _kind(held)
    title = value(held.get("alias")) or ""
    name = value(held.get("tag")) or title
    shown = words(bits)
    if leaf and "repeatingSectionItem" in held and shown.strip():
        kind = "text"  # a row that people type into directly
    if not leaf or kind in ("group", "picture"):
        return Control(name, kind if leaf else "group", place, label=title, repeated=repeated, title=title)
    doubts, ticked, options = about_words(bits, shown), None, _NOTHING
    if kind == "tick":
        ticked = (value(child(held["checkbox"], "checked")) or "0").lower() in ON
        doubts += about_box(held["checkbox"], shown, ticked=ticked)
    else:
        shown, options, more = _answer(held, kind, shown, behind)
        doubts += more
    control = Control(name, kind, place, shown, ticked, title, options, doubts, repeated, title=title)
    if (binding := held.get("dataBinding")) is not None and not doubts:
        doubts = about_data(control, binding, _listed(held), behind)
    return replace(control, doubts=doubts) if doubts != control.doubts else control


def _answer(
    held: Properties, kind: ControlKind, shown: str, behind: Behind
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What was filled in, what could be chosen, and what does not agree."""
    options, blank = _options(held) if kind == "choice" else (_NOTHING, _NO_ENTRY)
    prompt = value(child(held.get("placeholder"), "docPart")) if behind.has_prompts else None
    if switched(held.get("showingPlcHdr")):
        return "", options, about_prompt(prompt, shown, behind)
    if is_prompt(shown) or shown.strip() in blank or (prompt is not None and behind.is_prompt(prompt, shown)):
        return "", options, ()
    if kind == "date":
        return shown, options, disagrees(shown, attribute(held["date"], "fullDate") or "")
    return shown, options, ()


def _listed(held: Properties) -> Element | None:
    return held.get("dropDownList", held.get("comboBox"))


def _options(held: Properties) -> tuple[tuple[str, ...], frozenset[str]]:
    """What can be chosen; and which entries only ask for it: those without a value, and a first that reads so."""
    listed = _listed(held)
    options: list[str] = []
    blank: set[str] = set()
    for number, item in enumerate(children(listed, "listItem") if listed is not None else ()):
        stored = attribute(item, "value") or ""
        text = attribute(item, "displayText") or stored
        asks = number == 0 and is_empty_entry(text)
        if not stored or asks:
            blank.add(text.strip())
        else:
            options.append(text)
    return tuple(options), frozenset(blank)
