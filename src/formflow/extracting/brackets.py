"""A decision printed as alternatives in brackets, one to be struck out: seen and told, never taken over."""

from __future__ import annotations

import re

from formflow.reading.document import UNSAID, Document, Mark, paragraphs

DECISION = "decision-inside"
"""The note on a form that holds such a decision."""
_RECOMMENDED = re.compile(r"\[\s*(?:not\s+)?recommended\s*\]", re.IGNORECASE)


def holds_decision(document: Document) -> bool:
    """Whether one of two bracketed recommendations is struck out, or only one is left."""
    for paragraph in paragraphs(document.blocks):
        pieces = [piece for piece in paragraph.pieces if not piece.marks & UNSAID]
        printed = _RECOMMENDED.findall("".join(piece.text for piece in pieces))
        left = _RECOMMENDED.findall("".join("" if piece.marks & Mark.STRUCK else piece.text for piece in pieces))
        taken_out = any(piece.marks & (Mark.STRUCK | Mark.GONE) for piece in paragraph.pieces)
        if printed and (len(left) < len(printed) or taken_out):
            return True
    return False
