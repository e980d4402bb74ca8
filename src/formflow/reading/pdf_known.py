"""The pages of our own PDF form: what its boxes are called there is found out once for each blank form.

Every answer of such a form is in a box, so nothing of what people fill in is looked for on its pages. Where something
was put onto a page besides the form, or a page is not as it was before, it is laid out like any other file.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace

from pikepdf import Array, Dictionary, Object, Stream

from formflow.reading.document import Control
from formflow.reading.pdf_beside import Words
from formflow.reading.pdf_fields import Widget
from formflow.reading.pdf_values import FAULTS

Made = Sequence[tuple[Control, Sequence[Widget]]]
"""The controls of a form, each with its boxes."""

_MOST_KNOWN = 16
_MOST_OBJECTS = 20_000
"""Of all pages; a form of ours with 15 pages has 500."""
_ELSEWHERE = frozenset({"/Annots", "/Kids", "/B", "/StructParents", "/Metadata", "/PieceInfo", "/Thumb"})
"""What belongs to a page and is not printed on it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the pages of a blank form say."""

    words: dict[int, Words] = field(repr=False)
    """By a control's number, the words that belong to it."""
    notes: tuple[str, ...]
    """What is worth knowing about the pages."""
    sure: float | None
    """How sure the words are, of 100, where they were read from pictures."""


@dataclass(slots=True)
class Shelf:
    """The blank forms that were laid out before; the oldest gives way."""

    _known: OrderedDict[Hashable, Printed] = field(default_factory=OrderedDict, repr=False)

    def printed(self, pages: Sequence[Dictionary], made: Made, lay_out: Callable[[Made], Printed]) -> Printed | None:
        """What a blank form says, laid out with `lay_out` the first time; None for pages of no form of ours."""
        key = _key(pages, made)
        if key is None:
            return None
        if key not in self._known:
            self._known[key] = lay_out([(_emptied(control), [_blank(box) for box in boxes]) for control, boxes in made])
        self._known.move_to_end(key)
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return self._known[key]


def _emptied(control: Control) -> Control:
    return replace(control, raw="", ticked=None if control.ticked is None else False)


def _blank(box: Widget) -> Widget:
    return replace(box, value=None, state=None if box.state is None else "Off")


def _key(pages: Sequence[Dictionary], made: Made) -> Hashable | None:
    """What a blank form is known by: everything that is printed on its pages, and where its boxes stand."""
    seen = _Digest()
    try:
        for page in pages:
            seen.add(page)
    except FAULTS:
        return None
    if seen.objects > _MOST_OBJECTS:
        return None
    boxes = (
        (c.name, c.kind, c.ticked is None, *((b.page, b.rect, b.size, b.flags, b.type, b.unseen) for b in boxes))
        for c, boxes in made
    )
    return seen.made.digest(), tuple(boxes)


class _Digest:
    """One number for everything that objects hold and lead to, but not for how the file numbers them."""

    def __init__(self) -> None:
        self.made = hashlib.sha256()
        self.objects = 0
        self._met: dict[tuple[int, int], int] = {}

    def add(self, thing: object) -> None:
        """Take in an object with all that it leads to; one that was met before by its turn."""
        self.objects += 1
        if self.objects > _MOST_OBJECTS:
            return
        if not isinstance(thing, Object):
            self._say(repr(thing))
            return
        if thing.is_indirect:
            turn = self._met.setdefault(thing.objgen, len(self._met))
            self._say(f"object {turn}")
            if turn + 1 < len(self._met):
                return
        self._inside(thing)

    def _inside(self, thing: Object) -> None:
        if isinstance(thing, Array):
            self._say("[")
            for item in thing:
                self.add(item)
            self._say("]")
        elif isinstance(thing, Dictionary | Stream):
            if isinstance(thing, Stream):
                self.made.update(thing.get_raw_stream_buffer())
            for key, value in sorted(thing.items()):
                if key not in _ELSEWHERE:
                    self._say(key)
                    self.add(value)
            self._say("end")
        else:
            self.made.update(thing.unparse())

    def _say(self, words: str) -> None:
        self.made.update(words.encode("utf-8", "surrogateescape") + b"\n")
