"""Tick boxes typed as text inside an answer: `☐ Yes ☒ No`, `Yes [x] No [ ]`, `Yes ✓`."""

from __future__ import annotations

import re

_BOX = re.compile(r"([☐☑☒□■✓✔✗✘]|[\[(]\s?[xX✓✔]?\s?[\])])")
_EMPTY = frozenset("☐□")
_TICK, _CROSS = frozenset("✓✔☑"), frozenset("✗✘")


def ticks_in(text: str) -> tuple[tuple[str, bool], ...] | None:
    """Each label beside a box, and whether its box is ticked; None where there are no boxes, or not one for each label.

    The boxes stand all before or all after their labels. Ticks and crosses side by side say nothing certain: None.
    """
    tokens = [token.strip() for token in _BOX.split(text) if token.strip()]
    boxes = [token for token in tokens if _BOX.fullmatch(token)]
    if not boxes or len(tokens) != 2 * len(boxes):
        return None
    first = bool(_BOX.fullmatch(tokens[0]))
    pairs = list(zip(tokens[0::2], tokens[1::2], strict=True))
    labelled = [(label, box) if first else (box, label) for box, label in pairs]
    if not all(_BOX.fullmatch(box) and not _BOX.fullmatch(label) for label, box in labelled):
        return None
    if {*boxes} & _TICK and {*boxes} & _CROSS:
        return None
    return tuple((label.strip(" ,;/|"), _is_ticked(box)) for label, box in labelled)


def has_boxes(text: str) -> bool:
    """Whether any tick box stands among other words."""
    return bool(_BOX.search(text)) and bool(re.search(r"\w", _BOX.sub("", text)))


def _is_ticked(box: str) -> bool:
    return box not in _EMPTY and bool(box.strip("[]() "))
