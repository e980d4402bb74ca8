"""Text made comparable: white space folded, quotes and dashes of one shape, small letters."""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_UNSEEN = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")


def fold(text: str) -> str:
    """Runs of white space as one space; control characters, unseen marks and lone surrogates dropped."""
    kept = "".join(
        " " if c in _SPACES else c for c in text if unicodedata.category(c) not in ("Cc", "Cs") or c.isspace()
    )
    return re.sub(r"\s+", " ", _UNSEEN.sub("", kept)).strip()


def key(text: str) -> str:
    """Text for comparing: small letters, straight quotes and dashes, no punctuation at the ends."""
    words = fold(text).casefold().replace("’", "'").replace("‘", "'")
    return re.sub(r"[‐-―−]", "-", words).strip(" .,;:*")


def bare(text: str) -> str:
    """The words alone, for comparing wordings: `Mixed – White & Asian` and `mixed white/asian` are the same."""
    words = re.sub(r"[&/+]", " and ", key(text).replace("'", ""))
    return " ".join(re.findall(r"\w+", words))


def quoted(text: str, longest: int = 60) -> str:
    """The words in quotation marks, cut where they are long, for saying what stands on the form."""
    words = fold(text)
    return f'"{words}"' if len(words) <= longest else f'"{words[:longest].rstrip()} …"'
