"""The boxes of a PDF form: those on its pages in their order, then fields that no page shows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Dictionary

from formflow.reading.package import too_complex
from formflow.reading.pdf_fields import DEEPEST, Widget, lost_widget
from formflow.reading.pdf_pinned import Pinned, pinned_of
from formflow.reading.pdf_same import Before
from formflow.reading.pdf_values import FAULTS, array_in, dictionary_in

MOST_FIELDS = 20_000
_OBJECT = re.compile(r"[Oo]bject (\d+) (\d+)")
_REFERENCE = re.compile(rb"(\d+) (\d+) R")
_BEFORE = Before()
_NAME = re.compile(rb"/T\s*\(([^()\\]{1,200})\)")


@dataclass(slots=True)
class Boxes:
    """What the walk has found."""

    placed: bool
    """Whether places are asked for."""
    widgets: list[Widget] = field(default_factory=list, repr=False)
    broken: int = 0
    """How many pieces could not be read."""
    pinned: list[Pinned] = field(default_factory=list, repr=False)
    """What else is pinned to the pages."""


def boxes_of(
    pdf: pikepdf.Pdf, pages: Sequence[Dictionary], form: Dictionary | None, content: bytes, *, placed: bool
) -> Boxes:
    """Every box of every field. One that is broken is left out and counted, and hides no other."""
    found = Boxes(placed)
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pages, 1):
        for box in _pinned_to(page, number, found):
            if box.objgen != (0, 0) and box.objgen in seen:
                continue
            seen.add(box.objgen)
            _take(box, number, found)
    named = {widget.name for widget in found.widgets}
    for leaf in _leaves(form.get("/Fields") if form is not None else None, found):
        if leaf.objgen not in seen:
            _take(leaf, None, found, but_not=named)
    lost = _lost(pdf)
    if lost:
        found.widgets = [replace(one, damaged=True) if lost & one.objects else one for one in found.widgets]
        found.widgets += _rescued(pdf, pages, content, lost)
    return found


def _pinned_to(page: Dictionary, number: int, found: Boxes) -> Iterator[Dictionary]:
    """The boxes of a page; what else is pinned to it is kept."""
    for item in _guarded(page.get("/Annots"), found):
        try:
            box = dictionary_in(item)
            wanted = box is not None and box.get("/Subtype") == "/Widget"
            if found.placed and box is not None and not wanted and (other := pinned_of(box, number)) is not None:
                found.pinned.append(other)
        except FAULTS:
            found.broken += 1
            continue
        if box is not None and wanted:
            yield box


def _take(box: Dictionary, page: int | None, found: Boxes, but_not: set[str] | None = None) -> None:
    try:
        widget = _BEFORE.widget_of(box, page, placed=found.placed)
    except FAULTS:
        found.broken += 1
        return
    if but_not is None or widget.name not in but_not:
        found.widgets.append(widget)
    if len(found.widgets) > MOST_FIELDS:
        raise too_complex()


def _guarded(thing: object, found: Boxes) -> list[object]:
    try:
        return list(array_in(thing))
    except FAULTS:
        found.broken += 1
        return []


def _leaves(fields: object, found: Boxes) -> Iterator[Dictionary]:
    """The fields at the ends of the tree; a branch that leads back to itself is left out, endless ones are refused."""
    waiting: deque[tuple[object, frozenset[tuple[int, int]]]] = deque(
        (item, frozenset()) for item in _guarded(fields, found)
    )
    for _ in range(MOST_FIELDS):
        if not waiting:
            return
        item, above = waiting.popleft()
        leaf = dictionary_in(item)
        if leaf is None or leaf.objgen in above:
            found.broken += 1
            continue
        kids = [kid for kid in _guarded(leaf.get("/Kids"), found) if _is_named(kid)]
        if len(above) > DEEPEST or len(waiting) > MOST_FIELDS:
            raise too_complex()
        own = frozenset() if leaf.objgen == (0, 0) else frozenset({leaf.objgen})
        waiting.extend((kid, above | own) for kid in kids)
        if not kids:
            yield leaf
    if waiting:
        raise too_complex()


def _is_named(kid: object) -> bool:
    leaf = dictionary_in(kid)
    return leaf is not None and "/T" in leaf


def _lost(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The numbers of objects of which something was lost while they were read. qpdf tells each loss once."""
    told = [str(warning) for warning in pdf.get_warnings()]
    if any("deeply nested" in warning for warning in told):
        raise too_complex()
    return {(int(number), int(generation)) for warning in told for number, generation in _OBJECT.findall(warning)}


def _rescued(
    pdf: pikepdf.Pdf, pages: Sequence[Dictionary], content: bytes, lost: set[tuple[int, int]]
) -> Iterator[Widget]:
    """Boxes of which nothing is left but their name, so that nobody takes them for questions that were not asked."""
    for page_number, page in enumerate(pages, 1):
        held = page.get("/Annots")
        named = _REFERENCE.findall(held.unparse(resolved=True)) if isinstance(held, pikepdf.Array) else []
        for number, generation in ((int(number), int(generation)) for number, generation in named):
            if (number, generation) in lost and pdf.get_object(number, generation) is None:
                start = content.rfind(b"%d %d obj" % (number, generation))
                written = content[start : start + 2_000].partition(b"endobj")[0] if start >= 0 else b""
                if b"/Widget" in written or b"/FT" in written:
                    name = _NAME.search(written)
                    yield lost_widget(name[1].decode("latin-1") if name else "", page_number)
