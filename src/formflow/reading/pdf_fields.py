"""What one field of a PDF form says: its value, its state, and where the two do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, StreamObject

from formflow.reading.document import Control

_RADIO, _PUSH = 1 << 15, 1 << 16
_DEEPEST = 32
"""Levels of parents; a file may make itself its own parent."""


@dataclass(frozen=True, slots=True)
class Widget:
    """One box on a page, with what it inherits from its field."""

    name: str
    place: str
    type: str
    flags: int
    tooltip: str
    value: str | tuple[str, ...] | None
    """Text as written; for buttons the state's name without its slash."""
    state: str | None
    """Of a button: what the box itself says it shows."""
    on: str
    """Of a button: the name of its ticked state."""
    options: tuple[tuple[str, str], ...]
    """For choices and some buttons: what is stored, and what people read."""


def field_of(box: DictionaryObject, place: str) -> Widget:
    """A box with its full name (from /T alone, never /TM), type, value and state."""
    line = list(_lineage(box))
    names = [_text(level.raw_get("/T")) for level in line if "/T" in level]
    type_ = _inherited(line, "/FT")
    flags = _inherited(line, "/Ff")
    tooltip = _inherited(line, "/TU")
    state = box.get("/AS")
    return Widget(
        ".".join(reversed(names)),
        place,
        str(type_ or ""),
        int(flags) if isinstance(flags, NumberObject) else 0,
        _text(tooltip) if tooltip is not None else "",
        _value(_inherited(line, "/V"), str(type_ or "")),
        str(state.get_object()).lstrip("/") if state is not None else None,
        _on_state(box),
        tuple(_options(_inherited(line, "/Opt"))),
    )


def control_of(boxes: Sequence[Widget]) -> Iterator[Control]:
    """The control, or the controls, that the boxes of one name make."""
    first = boxes[0]
    match first.type:
        case "/Btn" if first.flags & _PUSH:
            yield Control(first.name, "button", first.place, label=first.tooltip)
        case "/Btn" if first.flags & _RADIO or len({box.on for box in boxes}) > 1:
            yield _radio(boxes)
        case "/Btn":
            yield _tick(boxes)
        case "/Ch":
            yield from _written(boxes, "choice")
        case "/Sig":
            signed = "signed" if any(box.value for box in boxes) else ""
            yield Control(first.name, "signature", first.place, signed, None, first.tooltip)
        case _:
            yield from _written(boxes, "text")


def _tick(boxes: Sequence[Widget]) -> Control:
    first = boxes[0]
    shown = [box.state not in (None, "Off", "") for box in boxes if box.state is not None]
    held = first.value not in (None, "", "Off")
    doubts: tuple[str, ...] = ()
    if shown and first.value is not None and any(shown) != held:
        doubts = (
            f"the box is shown {'ticked' if any(shown) else 'empty'}, but the file holds it as "
            f"{'ticked' if held else 'empty'}",
        )
    ticked = any(shown) if shown else held
    return Control(first.name, "tick", first.place, first.on, ticked, first.tooltip, (), doubts)


def _radio(boxes: Sequence[Widget]) -> Control:
    first = boxes[0]
    shown = [box.state for box in boxes if box.state not in (None, "Off", "")]
    held = {str(box.value) for box in boxes if box.value not in (None, "", "Off")}
    chosen = list(dict.fromkeys(str(state) for state in shown)) or sorted(held)
    doubts: list[str] = []
    if len(chosen) > 1:
        doubts.append("more than one is chosen: " + ", ".join(_read(boxes, state) for state in chosen))
    elif shown and held and chosen[0] not in held:
        doubts.append(f'"{_read(boxes, chosen[0])}" is shown, but the file holds "{_read(boxes, min(held))}"')
    options = tuple(_read(boxes, box.on) for box in boxes if box.on)
    raw = "; ".join(_read(boxes, state) for state in chosen)
    return Control(first.name, "choice", first.place, raw, None, first.tooltip, options, tuple(doubts))


def _read(boxes: Sequence[Widget], state: str) -> str:
    """What people read for a state: the entry of /Opt where states are numbers into it."""
    options = boxes[0].options
    if options and state.isdigit() and int(state) < len(options):
        return options[int(state)][1]
    return state


def _written(boxes: Sequence[Widget], kind: str) -> Iterator[Control]:
    """One control; or one for each box, with a doubt, where boxes of one name hold different words."""
    values = {box.value for box in boxes if box.value not in (None, "")}
    doubts = ("boxes of the same name hold different answers",) if len(values) > 1 else ()
    for box in boxes if doubts else boxes[:1]:
        held = box.value if box.value is not None or doubts else next(iter(values), None)
        words = [held] if isinstance(held, str) else list(held or ())
        display = dict(box.options)
        raw = "; ".join(display.get(word, word) for word in words)
        shown = tuple(text for _, text in box.options)
        yield Control(
            box.name, "choice" if kind == "choice" else "text", box.place, raw, None, box.tooltip, shown, doubts
        )


def _lineage(box: DictionaryObject) -> Iterator[DictionaryObject]:
    level: DictionaryObject | None = box
    for _ in range(_DEEPEST):
        if level is None:
            return
        yield level
        parent = level.get("/Parent")
        above = parent.get_object() if isinstance(parent, PdfObject) else None
        level = above if isinstance(above, DictionaryObject) else None


def _inherited(line: Sequence[DictionaryObject], key: str) -> PdfObject | None:
    for level in line:
        if key in level:
            return level[key].get_object()
    return None


def _value(held: PdfObject | None, type_: str) -> str | tuple[str, ...] | None:
    if held is None:
        return None
    if isinstance(held, ArrayObject):
        return tuple(_text(item) for item in held)
    return str(held).lstrip("/") if type_ == "/Btn" and isinstance(held, NameObject) else _text(held)


def _text(thing: object) -> str:
    resolved = thing.get_object() if isinstance(thing, PdfObject) else thing
    if isinstance(resolved, StreamObject):
        resolved = resolved.get_data()
    if isinstance(resolved, bytes):
        for start, encoding in ((b"\xfe\xff", "utf-16"), (b"\xff\xfe", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
            if resolved.startswith(start):
                return resolved.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
        resolved = resolved.decode("latin-1")
    return str(resolved).replace("\r\n", "\n").replace("\r", "\n")


def _on_state(box: DictionaryObject) -> str:
    appearance = box.get("/AP")
    shapes = appearance.get_object() if isinstance(appearance, PdfObject) else None
    normal = shapes.get("/N") if isinstance(shapes, DictionaryObject) else None
    states = normal.get_object() if isinstance(normal, PdfObject) else None
    if isinstance(states, DictionaryObject) and not isinstance(states, StreamObject):
        return next((str(state).lstrip("/") for state in states if state != "/Off"), "")
    return ""


def _options(held: PdfObject | None) -> Iterator[tuple[str, str]]:
    if isinstance(held, ArrayObject):
        for item in held:
            entry = item.get_object() if isinstance(item, PdfObject) else item
            if isinstance(entry, ArrayObject) and len(entry) >= 2:
                yield _text(entry[0]), _text(entry[1])
            else:
                yield _text(entry), _text(entry)
