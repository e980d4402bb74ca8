from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.deciding.truth import Truth, all_of, any_of, negated

THREE: tuple[Truth, ...] = (True, False, None)
truths = st.sampled_from(THREE)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_not_known_is_neither_yes_nor_no(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    for pair in ((one, other), (other, one)):
        assert all_of(pair) is both
        assert any_of(pair) is either


def test_the_opposite_of_not_known_is_not_known() -> None:
    assert [negated(truth) for truth in THREE] == [False, True, None]


def test_of_nothing_nothing_is_known() -> None:
    assert any_of(()) is None
    assert all_of(()) is None


@given(st.lists(truths, min_size=1, max_size=5))
def test_more_knowledge_never_turns_a_yes_into_a_no(listed: list[Truth]) -> None:
    fillings = itertools.product(*([truth] if truth is not None else [True, False] for truth in listed))
    for join in (any_of, all_of):
        known = join(listed)
        for filled in fillings:
            assert known is None or join(filled) is known


@given(st.lists(truths, min_size=1, max_size=5))
def test_what_is_open_could_still_come_out_either_way(listed: list[Truth]) -> None:
    for join in (any_of, all_of):
        if join(listed) is None:
            fillings = itertools.product(*([t] if t is not None else [True, False] for t in listed))
            assert {join(filled) for filled in fillings} == {True, False}
