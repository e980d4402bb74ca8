"""What one field of a PDF form says: its value, its state, and where the two do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pikepdf import Array, Dictionary, Object, Stream

from formflow.reading.document import Control, ControlKind
from formflow.reading.package import too_complex
from formflow.reading.pdf_values import array_in, at, in_two_ways, name_of, text_of, value_of
from formflow.reading.prompts import is_empty_entry, is_prompt

_FARTHEST = 20_000.0
"""Points from the corner of a page; what is farther off stands on no page."""
_SIZE = re.compile(r"(\d{1,3}(?:\.\d+)?) Tf")
_RADIO, _PUSH = 1 << 15, 1 << 16
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
DEEPEST = 32
"""Levels of parents; real forms stay below ten."""

NO_PAGE = "in the file, but on no page"
_UNCERTAIN_LETTERS = "some letters of this answer cannot be read with certainty"


@dataclass(frozen=True, slots=True)
class Widget:
    """One box on a page, with what it inherits from its field."""

    name: str
    place: str
    type: str
    flags: int
    tooltip: str
    own_tooltip: str
    """The tooltip of this box alone: one of several buttons may say what it stands for."""
    value: str | tuple[str, ...] | None = field(repr=False)
    """Text as written; for buttons the state's name without its slash."""
    state: str | None
    """Of a button: what the box itself says it shows."""
    on: str
    """Of a button: the name of its ticked state."""
    options: tuple[tuple[str, str], ...]
    """For choices and some buttons: what is stored, and what people read."""
    rect: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top in the page's own measure."""
    page: int | None = None
    size: float = 0.0
    """The height of its letters; 0 when they fit themselves to the box."""
    unseen: bool = False
    """Whether nobody sees it: hidden, or on no page."""
    uncertain: bool = False
    """Whether its letters can be read in two ways."""
    damaged: bool = False
    """Whether a part of it is broken in the file."""
    objects: frozenset[tuple[int, int]] = frozenset()
    """The numbers of the objects that it is made of."""

    @property
    def shows_state(self) -> bool:
        """Whether it is a button that says it is chosen."""
        return self.state not in (None, "", "Off")


def widget_of(box: Dictionary, page: int | None, *, placed: bool) -> Widget:
    """A box with its full name (from /T alone, never /TM), type, value and state; with its place if that is asked."""
    line = list(_lineage(box))
    type_ = name_of(_inherited(line, "/FT") or "")
    held, state = _inherited(line, "/V"), at(box, "/AS")
    names = [text_of(level["/T"]) for level in line if "/T" in level]
    own = text_of(at(box, "/TU"))
    return Widget(
        name=".".join(reversed(names)),
        place=NO_PAGE if page is None else f"page {page}",
        type=type_,
        flags=_whole(_inherited(line, "/Ff")),
        tooltip=text_of(_inherited(line[1:], "/TU")) or own,
        own_tooltip=own,
        value=value_of(held, "/" + type_),
        state=name_of(state) if state is not None else None,
        on=on_state(box) if type_ == "Btn" else "",
        options=tuple(_options(_inherited(line, "/Opt"))),
        rect=rectangle_of(at(box, "/Rect")) if placed else None,
        page=page,
        size=letters_of(_inherited(line, "/DA")) if placed else 0.0,
        unseen=page is None or bool(_whole(at(box, "/F")) & (_HIDDEN | _NO_VIEW)),
        uncertain=in_two_ways(held),
        objects=frozenset(one.objgen for one in (*line, held) if isinstance(one, Object) and one.objgen != (0, 0)),
    )


def lost_widget(name: str, page: int) -> Widget:
    """A box of which the file has lost all but the name."""
    return Widget(name, f"page {page}", "Tx", 0, "", "", None, None, "", (), page=page, damaged=True)


def rectangle_of(held: object) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of a rectangle; None where there is no sound one."""
    corners = [float(number) for number in array_in(held) if isinstance(number, int | Decimal)]
    if len(corners) != 4 or not all(abs(corner) < _FARTHEST for corner in corners):
        return None
    x0, y0, x1, y1 = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def letters_of(held: object) -> float:
    """The height of letters that a field or a note asks for; 0 where it asks for none."""
    found = _SIZE.search(text_of(held)) if held is not None else None
    return float(found[1]) if found else 0.0


def controls_of(boxes: Sequence[Widget]) -> Iterator[tuple[Control, Sequence[Widget]]]:
    """The control, or the controls, that the boxes of one name make, each with its boxes."""
    first = boxes[0]
    if first.type in ("Btn", "Sig"):
        yield _pressed(boxes), boxes
    else:
        yield from _written(boxes)


def _pressed(boxes: Sequence[Widget]) -> Control:
    first = boxes[0]
    states = {box.on for box in boxes if box.on}
    match first.type:
        case "Btn" if first.flags & _PUSH:
            return Control(first.name, "button", first.place, label=first.tooltip, title=first.tooltip)
        case "Btn" if first.flags & _RADIO or len(states) > 1:
            return _chosen(boxes)
        case "Sig":
            signed = "signed" if any(box.value is not None for box in boxes) else ""
            return Control(first.name, "signature", first.place, signed, label=first.tooltip, title=first.tooltip)
        case _:
            return _tick(boxes)


def _tick(boxes: Sequence[Widget]) -> Control:
    first = boxes[0]
    shown = {box.shows_state for box in boxes if box.state is not None}
    held = {box.value not in (None, "", "Off") for box in boxes if box.value is not None}
    doubts: list[str] = []
    if len(shown) > 1 or len(held) > 1:
        doubts.append("boxes of the same name are not all ticked alike")
    elif shown and held and shown != held:
        now, kept = ("ticked", "empty") if True in shown else ("empty", "ticked")
        doubts.append(f"the box is shown {now}, but the file holds it as {kept}")
    elif any(box.shows_state and box.on and box.state != box.on for box in boxes):
        doubts.append("the box is said to be ticked in a way that it cannot show")
    ticked = any(shown or held)
    doubts += _seen(boxes, ticked)
    return Control(first.name, "tick", first.place, "", ticked, first.tooltip, (), tuple(doubts), title=first.tooltip)


def _chosen(boxes: Sequence[Widget]) -> Control:
    """One choice from several buttons, however they were put together."""
    first = boxes[0]
    shown = list(dict.fromkeys(str(box.state) for box in boxes if box.shows_state))
    held = list(dict.fromkeys(str(box.value) for box in boxes if box.value not in (None, "", "Off")))
    chosen = shown or held
    doubts: list[str] = []
    if len(chosen) > 1:
        doubts.append("more than one is chosen: " + ", ".join(_read(boxes, state) for state in chosen))
    elif shown and held and shown[0] not in held:
        doubts.append(f'"{_read(boxes, shown[0])}" is shown, but the file holds "{_read(boxes, held[0])}"')
    elif held and not shown and any(box.state is not None for box in boxes):
        doubts.append(f'none is shown as chosen, but the file holds "{_read(boxes, held[0])}"')
    options = tuple(dict.fromkeys(_read(boxes, box.on) for box in boxes if box.on))
    raw = "; ".join(_read(boxes, state) for state in chosen)
    doubts += _seen(boxes, bool(raw))
    return Control(
        first.name, "choice", first.place, raw, None, first.tooltip, options, tuple(doubts), title=first.tooltip
    )


def _read(boxes: Sequence[Widget], state: str) -> str:
    """What people read for a state: its entry in /Opt where states are numbers into it, or its own tooltip."""
    options = next((box.options for box in boxes if box.options), ())
    if options and state.isdecimal() and int(state[:9]) < len(options):
        return options[int(state)][1]
    own = {box.own_tooltip: box.on for box in boxes if box.own_tooltip}
    if len(own) == len(boxes) > 1:
        return next((words for words, on in own.items() if on == state), state)
    return state


def _written(boxes: Sequence[Widget]) -> Iterator[tuple[Control, Sequence[Widget]]]:
    """One control; or one for each box that says something, with a doubt, where boxes of one name do not agree."""
    kinds = {box.value or "" for box in boxes}
    filled = [box for box in boxes if box.value]
    if len(kinds) == 1 or not filled:
        yield _one(boxes[0], boxes, ()), boxes
    elif len(kinds) == 2 and "" in kinds:
        yield _one(filled[0], boxes, ("another box of the same name is empty",)), boxes
    else:
        for box in filled:
            yield _one(box, (box,), ("boxes of the same name hold different answers",)), (box,)


def _one(box: Widget, boxes: Sequence[Widget], doubts: tuple[str, ...]) -> Control:
    parts = [box.value] if isinstance(box.value, str) else list(box.value or ())
    display = dict(box.options)
    raw = "; ".join(display.get(part, part) for part in parts)
    options = tuple(text for _, text in box.options)
    if is_prompt(raw) or (options and raw == options[0] and is_empty_entry(raw)):
        raw = ""
    if raw and (box.uncertain or "\ufffd" in raw):
        doubts = (*doubts, _UNCERTAIN_LETTERS)
    doubts = (*doubts, *_seen(boxes, bool(raw.strip())))
    kind: ControlKind = "choice" if box.type == "Ch" else "text"
    return Control(box.name, kind, box.place, raw, None, box.tooltip, options, doubts, title=box.tooltip)


def _seen(boxes: Sequence[Widget], filled: object) -> Iterator[str]:
    """Doubts about an answer that nobody sees (a form hides what no longer counts), and about a broken field."""
    if filled and all(box.unseen for box in boxes):
        yield "this answer is in the file, but nobody sees it on a page"
    if not filled and any(box.damaged for box in boxes):
        yield "a part of this field is damaged in the file, so its answer may be lost"


def _lineage(box: Dictionary) -> Iterator[Dictionary]:
    level: object = box
    seen: set[tuple[int, int]] = set()
    for _ in range(DEEPEST + 1):
        if not isinstance(level, Dictionary) or level.objgen in seen:
            return
        if level.objgen != (0, 0):
            seen.add(level.objgen)
        yield level
        level = at(level, "/Parent")
    raise too_complex()


def _inherited(line: Sequence[Dictionary], key: str) -> object:
    return next((found for level in line if (found := at(level, key)) is not None), None)


def _whole(thing: object) -> int:
    return thing if isinstance(thing, int) and abs(thing) < 1 << 32 else 0


def on_state(box: Dictionary) -> str:
    """The name of the state in which a button is ticked; empty where it has none."""
    shapes = at(box, "/AP")
    states = at(shapes, "/N") if isinstance(shapes, Dictionary) else None
    if isinstance(states, Dictionary) and not isinstance(states, Stream):
        return next((name_of(state) for state in states if state != "/Off"), "")
    return ""


def _options(held: object) -> Iterator[tuple[str, str]]:
    for item in array_in(held):
        if isinstance(item, Array) and len(item) >= 2:
            yield text_of(item[0]), text_of(item[1])
        else:
            yield text_of(item), text_of(item)
