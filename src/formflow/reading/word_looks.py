"""What the look of words says: struck through, bold, underlined, highlighted or hidden, by the run or by its style."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from formflow.reading.word_tape import BOLD, HIGHLIGHTED, STRUCK, UNDERLINED, UNSEEN, font_of
from formflow.reading.xml import Element, attribute, child, children, local, switched

_TWICE = 1 << 20
"""Struck through by a double line: some programs write the single and the double line beside each other."""
_SWITCHES = {"strike": STRUCK, "dstrike": _TWICE, "b": BOLD, "vanish": UNSEEN}
_NO_COLOUR = frozenset({"", "auto", "none", "ffffff"})
_DEEPEST = 12
"""Styles that may stand on one another; a file may let two stand on each other."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of its words."""

    marks: int = 0
    heading: bool = False
    font: str = ""


PLAIN = Look()


@dataclass(slots=True)
class Styles:
    """The styles of a document by their names; the part that holds them is opened when the first is asked for."""

    load: Callable[[], Element | None]
    _held: dict[str, Element] | None = None
    _known: dict[str, Look] = field(default_factory=dict)

    def look(self, name: str | None) -> Look:
        """What a style says, with what it takes over from the styles it stands on."""
        if not name:
            return PLAIN
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._resolved(name)
        return known

    def _resolved(self, name: str) -> Look:
        if self._held is None:
            root = self.load()
            styles = children(root, "style") if root is not None else ()
            self._held = {attribute(style, "styleId") or "": style for style in styles}
        chain: list[Element] = []
        heading, step = _is_heading(name), name
        while len(chain) < _DEEPEST and (style := self._held.get(step)) is not None:
            chain.append(style)
            step = attribute(child(style, "basedOn"), "val") or ""
        marks, font = 0, ""
        for style in reversed(chain):
            properties = child(style, "rPr")
            marks, font = marks_of(properties, marks), font_of(properties) or font
            called = attribute(child(style, "name"), "val") or ""
            heading = heading or _is_heading(called) or has_level(child(style, "pPr"))
        return Look(marks, heading, font)


def _is_heading(name: str) -> bool:
    return name.lower().startswith(("heading", "title"))


def has_level(properties: Element | None) -> bool:
    """Whether a paragraph has a level in the outline, as headings have; the ninth is that of ordinary words."""
    return (attribute(child(properties, "outlineLvl"), "val") or "9") != "9"


def marks_of(properties: Element | None, marks: int) -> int:
    """The marks of a run with these properties, over those that its style gives it."""
    if properties is None:
        return marks
    for each in properties:
        name = local(each)
        if mark := _SWITCHES.get(name):
            marks = marks | mark if switched(each) else marks & ~mark
        elif name == "u":
            drawn = (attribute(each, "val") or "none") != "none"
            marks = marks | UNDERLINED if drawn else marks & ~UNDERLINED
        elif name in _LIT and _LIT[name](each):
            marks |= HIGHLIGHTED
    return marks & ~_TWICE | STRUCK if marks & _TWICE else marks


def is_shaded(shading: Element | None) -> bool:
    """Whether a `w:shd` gives a background of its own."""
    if shading is None or attribute(shading, "val") == "nil":
        return False
    return (attribute(shading, "fill") or "").lower() not in _NO_COLOUR or "themeFill" in _names(shading)


def _names(element: Element) -> set[str]:
    return {str(key).rpartition("}")[2] for key in element.attrib}


_LIT: dict[str, Callable[[Element], bool]] = {
    "highlight": lambda each: (attribute(each, "val") or "none") not in ("none", "white"),
    "shd": is_shaded,
    "bdr": lambda each: (attribute(each, "val") or "none") not in ("none", "nil"),
}
"""Ways of making words stand out: a highlighter, a background, a ring."""
