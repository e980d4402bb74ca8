"""Text made comparable: white space folded, quotes and dashes of one shape, small letters."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"  # control characters and lone surrogates
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"  # marks that nobody sees
)
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[‐-―−]")
_AND = re.compile(r"[&/+]")
_WORDS = re.compile(r"\w+")


def fold(text: str) -> str:
    """Runs of white space as one space; control characters, unseen marks and lone surrogates dropped."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def key(text: str) -> str:
    """Text for comparing: small letters, straight quotes and dashes, no punctuation at the ends."""
    words = fold(text).casefold().replace("’", "'").replace("‘", "'")
    return _DASHES.sub("-", words).strip(" .,;:*")


def bare(text: str) -> str:
    """The words alone, for comparing wordings: `Mixed – White & Asian` and `mixed white/asian` are the same."""
    words = _AND.sub(" and ", key(text).replace("'", ""))
    return " ".join(_WORDS.findall(words))


def quoted(text: str, longest: int = 60) -> str:
    """The words in quotation marks, for saying what stands there; long ones, which may name people, are not told."""
    words = fold(text)
    return f'"{words}"' if len(words) <= longest else "what is written there"
