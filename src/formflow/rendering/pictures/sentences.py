"""Alternative texts: short sentences in order, cut where a screen reader would go on too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from formflow.rendering.statements import written

MOST = 2_000
"""Characters of an alternative text, about."""


def told(opening: Sequence[str], middle: Sequence[str], closing: Sequence[str], more: Callable[[int], str]) -> str:
    """Opening and closing in full, and as many of the sentences between as there is room for.

    `more` says how many were left out: `And 120 more events, listed in the chronology.`
    """
    room = MOST - sum(len(sentence) + 1 for sentence in (*opening, *closing))
    taken = 0
    for sentence in middle:
        room -= len(sentence) + 1
        if room < 0:
            break
        taken += 1
    left = len(middle) - taken
    return " ".join((*opening, *middle[:taken], *((more(left),) if left else ()), *closing))


def days_in_words(first: date, last: date, *, about: bool = False) -> str:
    """`12 March 2024`, `March 2024`, `2024`, `between 3 March 2024 and 9 April 2024`, each with `about` before it."""
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if first == last:
        words = written(first)
    elif whole_months and (first.year, first.month) == (last.year, last.month):
        words = f"{first:%B %Y}"
    elif first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
        words = str(first.year)
    else:
        return f"between {written(first)} and {written(last)}"
    return f"about {words}" if about else words


def counted(number: int, one: str, more: str) -> str:
    """`1 event`, `3 events`."""
    return f"{number:,} {one if number == 1 else more}"


def ended(words: str) -> str:
    """Words with one full stop, also after initials."""
    return words if words.endswith(".") else f"{words}."


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
