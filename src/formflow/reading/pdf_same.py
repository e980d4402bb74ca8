"""Boxes that were read before: most of a blank form stays blank, and what is written alike reads alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pikepdf import Dictionary

from formflow.reading.pdf_fields import Widget, on_state, widget_of

_MOST_KNOWN = 8_000
"""Boxes; a form of ours has 500."""
_HELD = re.compile(rb"/Parent\b|/V (?!/Off\b)")
"""What a box has that holds an answer, or takes something from a field above it."""
_REFERENCE = re.compile(rb" \d+ R\b")
_HARMLESS = re.compile(rb"/P \d+ \d+ R\b|/AP << /N << (?:/[^\s/<>]+ \d+ \d+ R )+>> >>")
"""Where a box may lead to other objects: to its page, and to what its states look like."""


@dataclass(slots=True)
class Before:
    """The empty boxes that were read before, by how they are written."""

    _known: dict[tuple[bytes, tuple[int, int], int | None, str, bool], Widget] = field(default_factory=dict, repr=False)

    def widget_of(self, box: Dictionary, page: int | None, *, placed: bool) -> Widget:
        """A box as `pdf_fields.widget_of` reads it."""
        written = box.unparse(resolved=True)
        if _HELD.search(written) or _REFERENCE.search(_HARMLESS.sub(b"", written)):
            return widget_of(box, page, placed=placed)
        key = (written, box.objgen, page, on_state(box) if b"/AP" in written else "", placed)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = widget_of(box, page, placed=placed)
        return self._known[key]
