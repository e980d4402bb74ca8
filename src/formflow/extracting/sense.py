"""What words mean for one question: a state, its value, and what else the words say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from formflow.extracting.form import Precision, State, Value

_DOUBT = re.compile(
    r"\?|\b(?:t\.?b\.?c|to be confirmed|not confirmed|unconfirmed|possibly|probably|perhaps|maybe|might|unclear|unsure|"
    r"not sure|not certain|assumed|presumed|thought to|believed to|may be|may have|i think|not known|n/k|query)\b"
)
_TURN = re.compile(r"(?:but|although|though|except|unless|if|however|until|till|partly|in part)\b")


@dataclass(frozen=True, slots=True)
class Sense:
    """What words mean for a question; only an `answered` one has a value."""

    state: State
    value: Value | None = field(default=None, repr=False)
    because: str = field(default="", repr=False)
    """Why it is open."""
    precision: Precision | None = None
    rest: str = field(default="", repr=False)
    """What the words say beyond the answer itself, letter for letter."""
    confidence: float = 1.0


def unreadable(why: str) -> Sense:
    """Words that are there but are no answer to this question."""
    return Sense("unreadable", because=why, confidence=0.0)


def conflicting(why: str) -> Sense:
    """Words that give two answers."""
    return Sense("conflict", because=why, confidence=0.0)


def doubtful(words: str) -> bool:
    """Whether words after an answer take it back or weaken it: a question mark, "to be confirmed", "but …"."""
    return bool(_DOUBT.search(words.casefold()) or _TURN.match(words.casefold()))
