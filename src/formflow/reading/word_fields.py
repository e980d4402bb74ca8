"""What people fill in, met on a walk: content controls and older form fields, each with its place among the words."""

from __future__ import annotations

from dataclasses import replace

from formflow.reading.document import EMPTY, TICKED, Control
from formflow.reading.word_controls import content_control, parts_of
from formflow.reading.word_doubts import EMPTY_SHOWN, TICKED_SHOWN, about_words
from formflow.reading.word_legacy import BLANK, Data, data_of, is_odd, legacy_field
from formflow.reading.word_scene import Field, Scene, Stretch
from formflow.reading.word_tape import ANSWER, GONE, NOBODY, PROMPT, UNSEEN, words
from formflow.reading.word_walk import Walk, holds_controls
from formflow.reading.xml import Element, attribute, switched


def control(walk: Walk, sdt: Element) -> None:
    """A content control, round a few words or round whole tables."""
    at = walk.at
    if at.marks & GONE:
        walk.through(sdt)
        return
    held, content = parts_of(sdt)
    leaf = content is None or not holds_controls(content)
    kept = at.marks, at.control, walk.repeated
    repeated = walk.repeated = walk.repeated or "repeatingSectionItem" in held
    place, start, above = walk.place(), len(at.tape), at.above
    number, met = walk.reserve()
    if leaf and "group" not in held:
        _begin(walk, number)
        at.marks |= ANSWER | (PROMPT if switched(held.get("showingPlcHdr")) else 0)
    if content is not None:
        walk.through(content)
    at.marks, at.control, walk.repeated = kept
    if number in at.waiting:
        _stand_alone(walk, number, place)
    bits = at.tape[start:]
    met.control = content_control(held, bits, place, leaf=leaf, repeated=repeated, behind=walk.behind)
    met.end = len(at.tape)
    if leaf:
        _settle(at, start, number, met.control)
        if met.control.kind != "group":
            walk.meet(met, above)


def _begin(walk: Walk, number: int) -> None:
    """From here on the words are those of this control; its place is in this paragraph, or in the first that comes."""
    walk.at.control = number
    if walk.at.inside:
        walk.put_control(number)
    else:
        walk.at.waiting.append(number)


def _stand_alone(walk: Walk, number: int, place: str) -> None:
    """Give a control that holds no paragraph a place of its own."""
    at = walk.at
    at.waiting.remove(number)
    walk.put_control(number)
    at.blocks.append(Stretch(at.tape, len(at.tape) - 1, len(at.tape), place, False, at.part))


def _settle(at: Scene, start: int, number: int, control: Control) -> None:
    """Let the tape say of a control's words what is known now: a box as it stands, and what is a prompt."""
    if control.ticked is not None:
        _draw(at, start, number, TICKED if control.ticked else EMPTY)
    elif not control.raw:
        for index in range(start, len(at.tape)):
            text, marks, depth, shower = at.tape[index]
            if shower == number and text.strip() and not marks & GONE:
                at.tape[index] = text, marks | PROMPT, depth, shower


def _draw(at: Scene, start: int, number: int, box: str) -> None:
    """Write a box in the place of the glyph that a tick box shows, or of nothing."""
    tape, place = at.tape, -1
    for index in range(start, len(tape)):
        text, marks, _, shower = tape[index]
        if shower == number:
            place = index if place < 0 else place
            if text and not marks & (GONE | UNSEEN) and not text.isspace():
                place = index
                break
    if place >= 0:
        text, marks, depth, _ = tape[place]
        shown = text.strip()
        glyph = len(shown) == 1 or shown[:1] in TICKED_SHOWN or shown[:1] in EMPTY_SHOWN
        tape[place] = box + (text.lstrip()[1:] if glyph else text), marks & ~PROMPT, depth, number


def field_mark(walk: Walk, mark: Element) -> None:
    """The beginning, the middle or the end of an older form field or a computed one."""
    at = walk.at
    if at.marks & GONE:
        return
    match attribute(mark, "fldCharType"):
        case "begin":
            at.fields.append(_begun(walk, data_of(mark)))
        case "separate" if at.fields and not at.fields[-1].separated:
            begun = at.fields[-1]
            begun.separated, begun.marks, begun.start = True, begun.marks_shown, len(at.tape)
        case "end" if at.fields:
            end_field(walk, at.fields.pop(), ended=True)


def _begun(walk: Walk, data: Data | None) -> Field:
    """A field that begins here. What a box or list shows is in its data; of a text field, it is the words that come."""
    place, start = walk.place(), len(walk.at.tape)
    if data is None:
        return Field(None, None, place, start, NOBODY, UNSEEN)
    _end_open(walk)  # no form field stands in another: the one before has lost its end
    number, met = walk.reserve()
    if "checkBox" not in data and "ddList" not in data:
        walk.put_control(number)
        return Field(data, met, place, start, number, UNSEEN, ANSWER)
    control = legacy_field(data, "", place, ended=True)
    walk.put_control(number, control.raw if control.ticked is None else TICKED if control.ticked else EMPTY, ANSWER)
    return Field(data, met, place, start, number, UNSEEN, UNSEEN)


def end_field(walk: Walk, begun: Field, *, ended: bool) -> None:
    """Note what a field holds, now that it has ended."""
    at = walk.at
    if begun.data is None or begun.met is None:
        return
    bits = at.tape[begun.start :]
    shown = words(bits)
    control = legacy_field(begun.data, shown, begun.place, ended=ended)
    if is_odd(control) or not ended:
        walk.notes.add("odd-field")
    met = begun.met
    doubts = about_words(bits, shown) if control.kind == "text" else ()
    if doubts or walk.repeated:
        control = replace(control, repeated=walk.repeated, doubts=control.doubts + doubts)
    met.control = control
    met.start, met.end = begun.start, len(at.tape)
    if control.kind == "text":
        _settle_text(at, begun, blank=not control.raw, ended=ended)
    walk.meet(met, at.above)


def _settle_text(at: Scene, begun: Field, *, blank: bool, ended: bool) -> None:
    """Let the tape say of a text field's words what is known now.

    The wide spaces of a blank one are nothing, and its prompt is a prompt. Of one without an end, nobody knows which
    words are its own.
    """
    for index in range(begun.start, len(at.tape)):
        text, marks, depth, shower = at.tape[index]
        if shower != begun.control or not text:
            continue
        if not ended:
            shower = NOBODY
        elif blank and text.strip(BLANK):
            marks |= PROMPT
        elif blank:
            text = ""
        at.tape[index] = text, marks, depth, shower


def _end_open(walk: Walk, *, separated: bool = True) -> None:
    """End the form fields that are open; `separated` those too whose instruction has ended."""
    at = walk.at
    for begun in at.fields[:]:
        if begun.data is not None and (separated or not begun.separated):
            at.fields.remove(begun)
            end_field(walk, begun, ended=False)


def leave_paragraph(walk: Walk) -> None:
    """See to the fields that are open at the end of a paragraph: an instruction never runs on into the next one."""
    _end_open(walk, separated=False)
    for begun in walk.at.fields:
        begun.marks = begun.marks_shown & ANSWER


def close_fields(walk: Walk, kept: int) -> None:
    """End the fields that a cell or a part began and never ended, so that they do not swallow what follows."""
    while len(walk.at.fields) > kept:
        end_field(walk, walk.at.fields.pop(), ended=False)
