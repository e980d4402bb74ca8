"""What people fill in on a Word form: content controls of every kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from formflow.reading.document import Control, ControlKind
from formflow.reading.prompts import is_empty_entry, is_prompt
from formflow.reading.shown_date import disagrees
from formflow.reading.word_tape import GONE, NEW, Bit, words
from formflow.reading.xml import Element, attribute, child, children, local, switched

Glossary = Callable[[str], str | None]
"""The words of a form's own prompt by its name; None when the file does not hold it."""

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
TICKED_SHOWN = frozenset("☒☑✓✔✗✘xX■☓þý\uf0fe\uf0fd")
EMPTY_SHOWN = frozenset("☐□○\uf0a8\uf06f")

Properties = dict[str, Element]


def properties_of(sdt: Element) -> Properties:
    """The properties of a `w:sdt` by their names."""
    held = child(sdt, "sdtPr")
    return {} if held is None else {local(each): each for each in held}


def content_control(
    held: Properties, bits: Sequence[Bit], place: str, *, leaf: bool, repeated: bool, glossary: Glossary
) -> Control:
    """A `w:sdt` as a control, from its properties and what it shows; one that still shows its prompt is blank."""
    kind: ControlKind = next((_KINDS[name] for name in held if name in _KINDS), "text")
    title = attribute(held.get("alias"), "val") or ""
    name = attribute(held.get("tag"), "val") or title
    shown = words(bits)
    if leaf and "repeatingSectionItem" in held and shown.strip():
        kind = "text"  # a row that people type into directly
    if not leaf or kind in ("group", "picture"):
        return Control(name, kind if leaf else "group", place, label=title, repeated=repeated, title=title)
    doubts = list(_revisions(bits, shown))
    if kind == "tick":
        ticked = (attribute(child(held["checkbox"], "checked"), "val") or "0").lower() in ("1", "true", "on")
        doubts += _box_doubts(held["checkbox"], shown, ticked=ticked)
        return Control(name, "tick", place, shown, ticked, title, (), tuple(doubts), repeated, title=title)
    options, blank = _options(held) if kind == "choice" else ((), frozenset[str]())
    if switched(held.get("showingPlcHdr")):
        doubts += _prompt_doubts(held, shown, glossary)
        shown = ""
    elif is_prompt(shown) or shown.strip() in blank:
        shown = ""
    elif kind == "date":
        doubts += disagrees(shown, attribute(held["date"], "fullDate") or "")
    return Control(name, kind, place, shown, None, title, options, tuple(doubts), repeated, title=title)


def _box_doubts(box: Element, shown: str, *, ticked: bool) -> tuple[str, ...]:
    glyph = shown.strip()[:1]
    looks_ticked = glyph in TICKED_SHOWN or glyph == _declared(box, "checkedState")
    looks_empty = glyph in EMPTY_SHOWN or glyph == _declared(box, "uncheckedState")
    if not glyph or looks_ticked in (looks_empty, ticked):
        return ()
    if ticked:
        return ("the box is ticked in the file, but an empty box is shown",)
    return ("the box is empty in the file, but a ticked box is shown",)


def _declared(box: Element, state: str) -> str:
    """The glyph that the form's maker chose for a state of the box."""
    code = attribute(child(box, state), "val") or ""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _options(held: Properties) -> tuple[tuple[str, ...], frozenset[str]]:
    """What can be chosen; and which entries only ask for it: those without a value, and a first that reads so."""
    listed = held.get("dropDownList", held.get("comboBox"))
    options: list[str] = []
    blank: set[str] = set()
    for number, item in enumerate(children(listed, "listItem") if listed is not None else ()):
        value = attribute(item, "value") or ""
        text = attribute(item, "displayText") or value
        asks = number == 0 and is_empty_entry(text)
        if not value or asks:
            blank.add(text.strip())
        else:
            options.append(text)
    return tuple(options), frozenset(blank)


def _revisions(bits: Sequence[Bit], shown: str) -> tuple[str, ...]:
    if not any(marks & (GONE | NEW) and text for text, marks, _, _ in bits):
        return ()
    before, now = words(bits, NEW).strip(), shown.strip()
    if before == now or is_prompt(before):
        return ()
    return (f'a tracked change is not accepted: before it said "{before}", now "{now}"',)


def _prompt_doubts(held: Properties, shown: str, glossary: Glossary) -> tuple[str, ...]:
    """Another program may fill a control and leave the mark that it is blank; then its words are not its prompt."""
    placeholder = attribute(child(held.get("placeholder"), "docPart"), "val")
    if placeholder is None or is_prompt(shown) or shown.strip()[:1] in ("", "["):
        return ()
    prompt = glossary(placeholder)
    if prompt is None or "".join(prompt.split()) == "".join(shown.split()):
        return ()
    return (f'it is marked as not filled in, but it shows "{shown.strip()}"',)
