"""Which words of one text are which words of another: the same words in the same order, between those met once only."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence


def aligned(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """By number: the words of `one` that are found again in `other`, all in the same order."""
    found: dict[int, int] = {}
    waiting = [(0, len(one), 0, len(other))]
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        while a < a_end and b < b_end and one[a] == other[b]:
            found[a] = b
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and one[a_end - 1] == other[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            found[a_end] = b_end
        last_a, last_b = a, b
        anchors = _anchors(one, other, (a, a_end, b, b_end))
        for at, to in anchors:
            found[at] = to
            waiting.append((last_a, at, last_b, to))
            last_a, last_b = at + 1, to + 1
        if anchors:
            waiting.append((last_a, a_end, last_b, b_end))
    return found


def _anchors(one: Sequence[str], other: Sequence[str], within: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Words that stand once in each of two stretches: as many of them as follow the same order in both."""
    a, a_end, b, b_end = within
    here, there = Counter(one[a:a_end]), Counter(other[b:b_end])
    at = {word: number for number, word in enumerate(other[b:b_end], b)}
    pairs = [(n, at[one[n]]) for n in range(a, a_end) if here[one[n]] == 1 and there[one[n]] == 1]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second number rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, to) in enumerate(pairs):
        place = bisect_left(tails, to)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [to]
        ends[place : place + 1] = [number]
    run: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
