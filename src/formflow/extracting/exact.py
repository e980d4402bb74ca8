"""Words of a form compared letter for letter, whatever their capitals, punctuation, numbering and footnote signs."""

from __future__ import annotations

import re
import unicodedata

_NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|question)\s+)?(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[a-z][.):])\s+(?=\S)"
    r"|^\s*(?:section|part)\s+[a-z\d]{1,2}\b[\s:.\-]*(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_GLUED = re.compile(r"(?<=[^\W\d_])\d{1,2}\b")
"""The number of a footnote that sticks to the word before it: `REFERRER1`."""


def folded(text: str) -> str:
    """Words in small letters with single spaces, punctuation kept: to look for a mark in."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'").replace("–", "-")
    return " ".join(plain.split())


def exact(label: str) -> tuple[str, ...]:
    """The words of a label in their order."""
    bare = _NUMBERING.sub("", folded(label))
    return tuple(_WORD.findall(_GLUED.sub("", bare)))
