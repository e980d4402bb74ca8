"""What does not agree about a control of a Word form: its box and its glyph, its words and the data behind them."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.reading.document import EMPTY, TICKED, Control
from formflow.reading.prompts import is_prompt
from formflow.reading.shown_date import disagrees
from formflow.reading.word_behind import Behind
from formflow.reading.word_tape import GONE, NEW, UNSEEN, Bit, words
from formflow.reading.xml import Element, attribute, child, children, value

TICKED_SHOWN = frozenset("☒☑✓✔✗✘xX■☓þý\uf0fe\uf0fd")
EMPTY_SHOWN = frozenset("☐□○\uf0a8\uf06f")
ON = ("1", "true", "on")


def about_words(bits: Sequence[Bit], shown: str) -> tuple[str, ...]:
    """Tracked changes that nobody accepted, and words that are hidden, among those that a control shows."""
    seen = 0
    for text, marks, _, _ in bits:
        seen |= marks if text else 0
    if not seen & (GONE | NEW | UNSEEN):
        return ()
    doubts = []
    if seen & (GONE | NEW):
        before, now = words(bits, NEW).strip(), shown.strip()
        if before != now and not is_prompt(before):
            doubts.append(f'a tracked change is not accepted: before it said "{before}", now "{now}"')
    if hidden := "".join(text for text, marks, _, _ in bits if marks & UNSEEN).strip():
        doubts.append(f'words in it are hidden: "{hidden}"')
    return tuple(doubts)


def about_box(box: Element, shown: str, *, ticked: bool) -> tuple[str, ...]:
    """A tick box that shows the other state than it holds."""
    if shown == (TICKED if ticked else EMPTY):
        return ()
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
    code = value(child(box, state)) or ""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def about_prompt(name: str | None, shown: str, behind: Behind) -> tuple[str, ...]:
    """Another program may fill a control and leave the mark that it is blank; then its words are not its prompt."""
    if name is None or is_prompt(shown) or shown.strip()[:1] in ("", "["):
        return ()
    prompt = behind.prompt(name)
    if prompt is None or "".join(prompt.split()) == "".join(shown.split()):
        return ()
    return (f'it is marked as not filled in, but it shows "{shown.strip()}"',)


def about_data(control: Control, binding: Element, listed: Element | None, behind: Behind) -> tuple[str, ...]:
    """A control that shows something else than the data it is bound to, which Word would show when it is opened."""
    held = behind.data(binding)
    if held is None or held.lstrip().startswith("<"):
        return ()
    if control.ticked is not None:
        if (held.strip().lower() in ON) is control.ticked:
            return ()
        return (f'the data kept behind the box is "{held.strip()}", which is not what it shows',)
    if control.kind == "choice" and listed is not None:
        stored = {attribute(item, "value"): attribute(item, "displayText") for item in children(listed, "listItem")}
        held = stored.get(held) or held
    shown, held = control.raw.strip(), held.strip()
    if "".join(shown.split()) == "".join(held.split()) or is_prompt(held):
        return ()
    if control.kind == "date" and shown and held:
        return disagrees(shown, held)
    kept = f'is "{held}"' if held else "is empty"
    return (f'it shows "{shown}", but the data kept behind it {kept}',)
