"""Paragraphs and the words in them, met on a walk."""

from __future__ import annotations

from formflow.reading.word_beside import label_alone, label_line
from formflow.reading.word_fields import close_fields
from formflow.reading.word_looks import PLAIN, has_level, marks_of
from formflow.reading.word_scene import Scene, Stretch
from formflow.reading.word_tape import (
    ANSWER,
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
from formflow.reading.word_walk import Walk
from formflow.reading.xml import Element, attribute, child, local

_LONGEST_LABEL = 200
"""Letters; a longer line above a control is a story or guidance."""


def part(walk: Walk, root: Element, where: str) -> None:
    """Walk through the body of the document, or a header, footer or note."""
    at = walk.at = Scene(where)
    walk.through(root)
    close_fields(walk, 0)
    walk.blocks += at.blocks


def paragraph(walk: Walk, element: Element) -> None:
    """A paragraph: its words, and the words that belong to each of its controls."""
    at = walk.at
    tape, start = at.tape, len(at.tape)
    kept = at.line, at.style, at.look
    at.line, at.inside = [], True
    at.paragraphs += at.grid is None
    properties = child(element, "pPr")
    at.style = walk.styles.look(attribute(child(properties, "pStyle"), "val")) if properties is not None else PLAIN
    heading = at.style.heading or has_level(properties)
    place = walk.place()
    for number in at.waiting:
        walk.put_control(number)
    at.waiting.clear()
    at.look = at.style.marks
    walk.through(element)
    for begun in at.fields:
        begun.marks = begun.marks_shown & ANSWER  # an instruction never runs on into the next paragraph
    label_line(tape, start, at.line)
    at.blocks.append(Stretch(tape, start, len(tape), place, heading, at.part))
    if at.grid is None:
        _ask(at, start, heading=heading)
    at.line, at.style, at.look = kept
    at.inside = False
    walk.put("\n")


def _ask(at: Scene, start: int, *, heading: bool) -> None:
    """Let a line that asks for something be the words for a control below it."""
    for met in at.line:
        label_alone(met, at.above)
    if at.line:
        at.above = ""
    text = words(at.tape[start:], GONE | PROMPT)
    if text.strip():
        asks = not at.line and len(text) < _LONGEST_LABEL and (heading or text.rstrip().endswith((":", "?")))
        at.above = text.strip() if asks else ""


def run(walk: Walk, element: Element) -> None:
    """Words that look alike."""
    at, properties = walk.at, None
    kept = at.look
    for kid in element:
        match local(kid):
            case "t":
                text = kid.text or ""
                if may_be_symbols(text):
                    text = shown_in(text, font_of(properties) or _style_font(walk, properties))
                if at.look & UNSEEN and text.strip():
                    walk.hidden = True
                walk.put(text)
            case "rPr":
                properties = kid
                style = child(kid, "rStyle")
                by_style = walk.styles.look(attribute(style, "val")).marks if style is not None else 0
                at.look = marks_of(kid, kept | by_style)
            case _:
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
