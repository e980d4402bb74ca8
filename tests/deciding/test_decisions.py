"""The cases of tests/decisions, written so that a safeguarding lead can read and correct them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from decision_cases import CASES, EXPECTED, KNOWN, decided, differences


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file}: {case['name']}" for file, case in CASES])
def test_these_answers_on_this_day_give_these_findings(file: str, case: dict[str, Any]) -> None:
    assert isinstance(case["on"], date)
    assert case["because"]
    assert set(case) <= KNOWN, file
    assert set(case["expect"]) <= EXPECTED, file
    assert list(differences(case, decided(case))) == []


def test_there_are_enough_of_them_and_each_has_its_own_name() -> None:
    names = [case["name"] for _, case in CASES]
    assert len(names) >= 80
    assert len(set(names)) == len(names)
