"""What people fill in on a Word form: content controls, and the older form fields."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.reading.document import Control, ControlKind
from formflow.reading.word_text import text_of
from formflow.reading.xml import Element, attribute, child, children, local, switched

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
}
_TICKED_SHOWN = frozenset("☒☑✓✔✗✘xX■☓þý")
_EMPTY_SHOWN = frozenset("☐□○")
_EN_SPACE = "\u2002"


def content_control(sdt: Element, place: str, label: str, *, repeated: bool) -> Control:
    """A `w:sdt` as a control; what still shows its prompt is blank."""
    properties = child(sdt, "sdtPr")
    content = child(sdt, "sdtContent")
    kinds = [] if properties is None else [_KINDS[local(p)] for p in properties if local(p) in _KINDS]
    kind = kinds[0] if kinds else "text"
    name = attribute(child(properties, "tag"), "val") or attribute(child(properties, "alias"), "val") or ""
    label = label or attribute(child(properties, "alias"), "val") or ""
    if content is None or (kind != "tick" and _holds_controls(content)):
        return Control(name, "group", place, label=label)
    shown = text_of(content)
    if kind == "tick":
        return _tick(properties, shown, name, place, label, repeated)
    options, blank = _options(properties) if kind == "choice" else ((), ())
    prompt = switched(child(properties, "showingPlcHdr")) or shown.strip() in blank
    doubts = () if prompt else _revisions(content, shown)
    return Control(name, kind, place, "" if prompt else shown, None, label, options, doubts, repeated)


def _tick(properties: Element | None, shown: str, name: str, place: str, label: str, repeated: bool) -> Control:
    box = child(properties, "checkbox")
    ticked = (attribute(child(box, "checked"), "val") or "0").lower() in ("1", "true", "on")
    glyph = shown.strip()[:1]
    doubts: tuple[str, ...] = ()
    if ticked and glyph in _EMPTY_SHOWN and glyph:
        doubts = ("the box is ticked in the file, but an empty box is shown",)
    elif not ticked and glyph in _TICKED_SHOWN and glyph:
        doubts = ("the box is empty in the file, but a ticked box is shown",)
    return Control(name, "tick", place, shown, ticked, label, (), doubts, repeated)


def _options(properties: Element | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What can be chosen, and which of the entries is only a prompt: the one without a value."""
    listed = child(properties, "dropDownList")
    listed = listed if listed is not None else child(properties, "comboBox")
    options: list[str] = []
    blank: list[str] = []
    for item in children(listed, "listItem") if listed is not None else ():
        text = attribute(item, "displayText") or attribute(item, "value") or ""
        (options if attribute(item, "value") else blank).append(text)
    return tuple(options), tuple(blank)


def _holds_controls(content: Element) -> bool:
    return any(local(inner) == "sdt" for inner in content.iter())


def _revisions(content: Element, shown: str) -> tuple[str, ...]:
    if not any(local(e) in ("ins", "del", "moveFrom", "moveTo") for e in content.iter()):
        return ()
    before = text_of(content, revised=False)
    if before.strip() == shown.strip():
        return ()
    return (f'a tracked change is not accepted: before it said "{before.strip()}", now "{shown.strip()}"',)


def legacy_field(data: Element, shown: str, place: str, label: str) -> Control:
    """A form field of the older kind (`w:ffData`), with the text between its marks."""
    name = attribute(child(data, "name"), "val") or ""
    hint = attribute(child(data, "statusText"), "val") or attribute(child(data, "helpText"), "val") or ""
    label = label or hint
    if (box := child(data, "checkBox")) is not None:
        checked = child(box, "checked")
        ticked = switched(checked if checked is not None else child(box, "default"))
        return Control(name, "tick", place, "", ticked, label)
    if (listed := child(data, "ddList")) is not None:
        options = tuple(attribute(entry, "val") or "" for entry in children(listed, "listEntry"))
        return Control(name, "choice", place, _chosen(listed, options), None, label, options)
    words = "" if not shown.strip(_EN_SPACE + " \t\n\u00a0") else shown
    return Control(name, "text", place, words, None, label)


def _chosen(listed: Element, options: Sequence[str]) -> str:
    """The entry that was chosen, by its number; a list nobody touched has no result and chooses nothing."""
    result = attribute(child(listed, "result"), "val")
    if result is None or not result.isdigit() or int(result) >= len(options):
        return ""
    return options[int(result)]
