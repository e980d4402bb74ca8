"""Words of one text found again in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from formflow.rendering.page.align import aligned

WORDS = st.lists(st.sampled_from(("a", "b", "c", "d", "e", "yes", "no", "the")), max_size=30)


def test_words_are_found_between_those_that_stand_once() -> None:
    one = ["name", "smith", "yes", "no", "plan", "yes", "end"]
    other = ["header", "name", "smith", "yes", "no", "plan", "no", "yes", "end"]
    assert aligned(one, other) == {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 7, 6: 8}


def test_a_text_is_wholly_found_in_itself() -> None:
    text = ("yes no " * 200).split()
    assert aligned(text, text) == {n: n for n in range(len(text))}


@given(WORDS, WORDS)
def test_only_equal_words_are_paired_and_their_order_is_kept(one: list[str], other: list[str]) -> None:
    found = aligned(one, other)
    assert all(one[a] == other[b] for a, b in found.items())
    ends = [found[a] for a in sorted(found)]
    assert ends == sorted(set(ends))
