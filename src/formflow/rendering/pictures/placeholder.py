"""What stands in a template where a picture will be: a grey field that says so."""

from __future__ import annotations

from formflow.rendering.pictures.sheet import LINES, PANEL, QUIET, Sheet


def placeholder(words: str, width: float, height: float) -> bytes:
    """A PNG of so many millimetres with a line of words: `The timeline is drawn here`."""
    sheet = Sheet(width, height)
    sheet.box(0.2, 0.2, (width - 0.4, height - 0.4), PANEL, LINES)
    sheet.text(width / 2, height / 2 + 1.4, words, size=11, color=QUIET, at="middle")
    return sheet.png()
