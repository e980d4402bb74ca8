"""What the look of words says: struck through, bold, underlined, highlighted or hidden, by the run or by its style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from formflow.reading.word_tape import BOLD, HIGHLIGHTED, STRUCK, UNDERLINED, UNSEEN, font_of
from formflow.reading.xml import NAMES, Element, attribute, child, children, parse, switched, value

_TWICE = 1 << 20
"""Struck through by a double line: some programs write the single and the double line beside each other."""
_SWITCHES = {"strike": STRUCK, "dstrike": _TWICE, "b": BOLD, "vanish": UNSEEN}
_LOOKS = frozenset({*_SWITCHES, "u", "highlight", "shd", "bdr", "rStyle"})
_TELLING = [
    f"{{*}}{name}"
    for name in (
        *sorted(_LOOKS), "pStyle", "outlineLvl", "gridSpan", "vMerge", "hMerge", "cellIns", "cellDel", "tblHeader",
        "gridBefore", "ins", "del",
    )
]  # fmt: skip
"""What tells something in the properties of runs, paragraphs, cells and rows."""
_MOST_TELLING = 100_000
"""Kept at hand; a file with more of them is asked for each anew, slowly and without holding them all."""
Telling = Callable[[Element], Sequence[Element] | None]
"""What tells something among the elements of some properties."""
_NO_COLOUR = frozenset({"", "auto", "none", "ffffff"})
_DEEPEST = 12
"""Styles that may stand on one another; a file may hold a chain without end."""


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

    part: Callable[[], bytes | None]
    _held: dict[str, Element | None] = field(default_factory=dict)
    _whole: bool = False
    """Whether every style is held; until then, one at a time."""
    _known: dict[str, Look] = field(default_factory=dict)

    def look(self, name: str | None) -> Look:
        """What a style says, with what it takes over from the styles it stands on."""
        if not name:
            return PLAIN
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._resolved(name)
        return known

    def _style(self, name: str) -> Element | None:
        if name not in self._held and not self._whole and (part := self.part()) is not None:
            if (alone := _cut_out(part, name)) is not None:
                self._held[name] = alone
            else:
                self._held |= _all(part)
                self._whole = True
        return self._held.get(name)

    def _resolved(self, name: str) -> Look:
        chain: dict[str, Element] = {}
        heading, step = _is_heading(name), name
        while step and step not in chain and len(chain) < _DEEPEST and (style := self._style(step)) is not None:
            chain[step] = style
            step = value(child(style, "basedOn")) or ""
        marks, font = 0, ""
        for style in reversed(chain.values()):
            properties = child(style, "rPr")
            if properties is not None:
                marks, font = marks_of(properties, marks, self), font_of(properties) or font
            heading = heading or _is_heading(value(child(style, "name")) or "") or _has_level(child(style, "pPr"))
        return Look(marks, heading, font)


def _all(part: bytes) -> dict[str, Element]:
    """Every style by its name; none when the part is broken: the words can be read without their look."""
    try:
        return {attribute(style, "styleId") or "": style for style in children(parse(part), "style")}
    except etree.XMLSyntaxError:
        return {}


def _cut_out(part: bytes, name: str) -> Element | None:
    """One style, parsed without the hundreds beside it; None where it cannot be cut out safely."""
    root, at = part.find(b"<w:styles"), part.find(b'w:styleId="%s"' % name.encode())
    start, end = part.rfind(b"<w:style ", 0, max(at, 0)), part.find(b"</w:style>", at)
    if min(root, at, start, end) < 0 or b">" in part[start:at]:
        return None
    opening = part[root : part.find(b">", root) + 1]
    try:
        return parse(opening + part[start:end] + b"</w:style></w:styles>")[0]
    except etree.XMLSyntaxError:
        return None


def _is_heading(name: str) -> bool:
    return name.lower().startswith(("heading", "title"))


def _has_level(properties: Element | None) -> bool:
    """Whether a paragraph has a level in the outline, as headings have; the ninth is that of ordinary words."""
    return (value(child(properties, "outlineLvl")) or "9") != "9"


def telling(root: Element) -> Telling:
    """How to ask for what tells in a part: its properties have tens of thousands of elements, and few tell anything."""
    found: dict[Element, list[Element]] = {}
    for number, each in enumerate(root.iter(*_TELLING)):
        if number == _MOST_TELLING:
            return list
        if (parent := each.getparent()) is not None:
            found.setdefault(parent, []).append(each)
    return found.get


def paragraph_look(told: Iterable[Element], styles: Styles) -> Look:
    """What a paragraph says of its words, by its style; a level in the outline makes it a heading."""
    look, heading = PLAIN, False
    for each in told:
        name = NAMES[each.tag]
        if name == "pStyle":
            look = styles.look(value(each))
        elif name == "outlineLvl":
            heading = value(each) != "9"
    return Look(look.marks, True, look.font) if heading and not look.heading else look


def marks_of(told: Iterable[Element], marks: int, styles: Styles) -> int:
    """The marks of a run with these properties, over those that its paragraph gives it."""
    for each in told:
        if (name := NAMES[each.tag]) in _LOOKS:
            marks = _looked(each, name, marks, styles)
    return marks & ~_TWICE | STRUCK if marks & _TWICE else marks


def _looked(each: Element, name: str, marks: int, styles: Styles) -> int:
    """Marks with what one property of a run says of them."""
    if mark := _SWITCHES.get(name):
        return marks | mark if switched(each) else marks & ~mark
    match name:
        case "rStyle":
            return marks | styles.look(value(each)).marks
        case "u":
            return marks | UNDERLINED if (value(each) or "none") != "none" else marks & ~UNDERLINED
        case "highlight":
            lit = (value(each) or "none") not in ("none", "white")
        case "shd":
            lit = is_shaded(each)
        case _:  # a ring round the words
            lit = (value(each) or "none") not in ("none", "nil")
    return marks | HIGHLIGHTED if lit else marks


def is_shaded(shading: Element) -> bool:
    """Whether a `w:shd` gives a background of its own."""
    if value(shading) == "nil":
        return False
    return (attribute(shading, "fill") or "").lower() not in _NO_COLOUR or attribute(shading, "themeFill") is not None
