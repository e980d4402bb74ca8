"""Paragraphs and the words in them, met on a walk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from formflow.reading.word_beside import label_alone, label_line
from formflow.reading.word_fields import close_fields, leave_paragraph
from formflow.reading.word_looks import PLAIN, marks_of, paragraph_look, telling
from formflow.reading.word_scene import Scene, Stretch
from formflow.reading.word_tape import (
    GONE,
    NEW,
    NOTE,
    PROMPT,
    UNSEEN,
    font_of,
    may_be_symbols,
    shown_in,
    symbol,
    words,
)
from formflow.reading.word_walk import Walk, descend, holds_controls
from formflow.reading.xml import NAMES, Element, attribute, child, local

_DRAWN = frozenset({"ellipse", "donut", "line", "straightConnector1", "flowChartConnector"})
_MOST = 30_000
"""Paragraphs; the longest guidance has a tenth of them."""
_LONGEST_LABEL = 200
"""Letters; a longer line above a control is a story or guidance."""


def part(walk: Walk, root: Element, where: str) -> None:
    """Walk through the body of the document, or a header, footer or note."""
    at = walk.at = Scene(where)
    walk.told = telling(root)
    walk.through(root)
    close_fields(walk, 0)
    walk.blocks += at.blocks


def paragraph(walk: Walk, element: Element) -> None:
    """A paragraph: its words, and the words that belong to each of its controls."""
    at = walk.at
    if at.inside:  # one in another, as only broken files have it
        descend(walk, element)
        walk.put("\n")
        return
    if at.grid is None:
        at.paragraphs += 1
    walk.paragraphs += 1
    if walk.paragraphs <= _MOST or not _beyond(walk, element):
        _write(walk, element, walk.through)


def _write(walk: Walk, element: Element, through: Callable[[Element], None]) -> None:
    at = walk.at
    tape, start = at.tape, len(at.tape)
    kept = at.line, at.style, at.look
    at.line, at.inside, at.style, at.look = [], True, PLAIN, 0
    place = walk.place() if at.row is None else at.row.place
    if at.waiting:
        for number in at.waiting:
            walk.put_control(number)
        at.waiting.clear()
    through(element)
    if at.fields:
        leave_paragraph(walk)
    if at.line:
        label_line(tape, start, at.line)
    if len(tape) > start:
        at.blocks.append(Stretch(tape, start, len(tape), place, at.style.heading, at.part))
    if at.grid is None:
        _ask(at, start)
    at.line, at.style, at.look = kept
    at.inside = False
    walk.put("\n")


def _beyond(walk: Walk, element: Element) -> bool:
    """Whether a paragraph is passed by: in a file longer than any form, only those with controls are read on."""
    walk.notes.add("large")
    return not holds_controls(element)


def paragraph_properties(walk: Walk, properties: Element) -> None:
    """What a paragraph's properties say of its words: they stand before these."""
    if told := walk.told(properties):
        at = walk.at
        at.style = paragraph_look(told, walk.styles)
        at.look = at.style.marks


def _ask(at: Scene, start: int) -> None:
    """Let a line that asks for something be the words for a control below it."""
    if at.line:
        for met in at.line:
            label_alone(met, at.above)
        at.above = ""
    text = words(at.tape[start:], GONE | PROMPT)
    if text.strip():
        asks = not at.line and len(text) < _LONGEST_LABEL and (at.style.heading or text.rstrip().endswith((":", "?")))
        at.above = text.strip() if asks else ""


def run(walk: Walk, element: Element) -> None:
    """Words that look alike."""
    at, properties = walk.at, None
    if not at.inside:  # outside any paragraph, as only broken files have it
        _write(walk, element, partial(run, walk))
        return
    kept = at.look
    for kid in element:
        name = NAMES[kid.tag]
        if name == "t":
            text = kid.text or ""
            if may_be_symbols(text):
                text = shown_in(text, font_of(properties) or _style_font(walk, properties))
            if at.look & UNSEEN and text.strip():
                walk.notes.add("hidden-text")
            if at.fields:
                walk.put(text)
            else:
                at.tape.append((text, at.marks | at.look, at.depth, at.control))
        elif name == "rPr":
            properties = kid
            if told := walk.told(kid):
                at.look = marks_of(told, kept, walk.styles)
        else:
            step = walk.steps[kid.tag]
            if step is not None:
                step(walk, kid)
    at.look = kept


def _style_font(walk: Walk, properties: Element | None) -> str:
    """The font that a run has from its style, or its paragraph's."""
    return walk.styles.look(attribute(child(properties, "rStyle"), "val")).font or walk.at.style.font


def plain_words(walk: Walk, element: Element) -> None:
    """Words outside a run."""
    walk.put(element.text or "")


def struck_words(walk: Walk, element: Element) -> None:
    """Words that a tracked change took out."""
    walk.put(element.text or "", GONE)


def drawn(walk: Walk, element: Element) -> None:
    """A letter of a symbol font."""
    walk.put(symbol(element))


def added(walk: Walk, element: Element) -> None:
    """What a tracked change put in."""
    walk.marked(element, NEW)


def struck(walk: Walk, element: Element) -> None:
    """What a tracked change took out."""
    walk.marked(element, GONE)


def note_sign(walk: Walk, element: Element) -> None:
    """The sign of a footnote, an endnote or a comment."""
    kind = local(element).removesuffix("Reference")
    walk.put(str(walk.note(kind, attribute(element, "id") or "")), NOTE)


def shape(walk: Walk, element: Element) -> None:
    """A ring or a line drawn over the page, or ink: what it marks cannot be told, only that it is there."""
    if (attribute(element, "prst") or "ellipse") in _DRAWN:
        walk.notes.add("drawn-marks")


def either(walk: Walk, element: Element) -> None:
    """The same thing in a new and an old spelling: the new one, unless only the old one says anything."""
    size = len(walk.at.tape), len(walk.met), walk.box_count
    for kid in element:
        if local(kid) == "Choice":
            walk.through(kid)
    fallback = child(element, "Fallback")
    if fallback is not None and size == (len(walk.at.tape), len(walk.met), walk.box_count):
        walk.through(fallback)


def text_box(walk: Walk, box: Element) -> None:
    """A text box: words beside the words, in a place of their own."""
    walk.box_count += 1
    outer = walk.at
    inner = walk.at = Scene(f"text box {walk.box_count}", marks=outer.marks & GONE)
    walk.through(box)
    close_fields(walk, 0)
    walk.boxes += inner.blocks
    walk.at = outer
