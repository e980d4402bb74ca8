"""The practice forms, read as `formflow read --json` reads them and held against what is known to stand on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extracting.practice import FORMS, Truth, answers_of, asked_about, is_made_up, is_right, truths
from formflow.cli.ask import shape_of
from formflow.cli.desk import Desk

NOW = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
"""After every date that stands on a practice form."""
FIELDS = 0.98


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk.open() as opened:
        yield opened


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.file)
def test_a_practice_form_is_read_as_it_stands(truth: Truth, desk: Desk) -> None:
    read = reading_of(desk, FORMS / truth.file)
    assert read["kind"] in truth.kinds
    if read["kind"] in ("unreadable", "not-a-form"):
        says_why(read, truth)
        return
    everything = {**truth.answers, **{field: {"state": "blank"} for field in truth.must_not_answer}}
    given = dict(answers_of(read, everything))
    wrong = [field for field, answer in given.items() if is_made_up(answer, everything[field])]
    assert wrong == [], "values that are not on the form"
    assert [field for field in truth.must_query if field not in asked_about(read)] == [], "fields nobody is asked about"
    missed = [field for field in truth.expected if not is_right(given[field], truth.answers[field])]
    assert 1 - len(missed) / len(truth.expected) >= FIELDS, missed
    assert set(truth.notes) <= set(read["notes"])


def test_a_value_that_is_not_on_the_form_is_seen_by_the_comparison() -> None:
    right = {"state": "answered", "value": "2026-03-12", "any_of": ["2026-03-12"]}
    assert is_made_up({"state": "answered", "value": "2026-03-13"}, right)
    assert is_made_up({"state": "answered", "value": "no"}, {"state": "blank", "value": None})
    assert is_made_up({"state": "answered", "value": ["died", "seriously_harmed"]}, {**right, "any_of": [["died"]]})
    assert not is_right({"state": "blank", "value": None}, right)
    assert is_right({"state": "answered", "value": "2026-03-12"}, right)
    assert is_right({"state": "answered", "value": "01632 960142"}, {**right, "any_of": ["01632960142"]})
    assert is_right({"state": "not_known", "value": None}, {"state": ["blank", "not_known"], "value": None})


def says_why(read: Mapping[str, Any], truth: Truth) -> None:
    assert read["reason"] == truth.reason
    assert all(word in read["says"].casefold() for word in truth.says)


def reading_of(desk: Desk, path: Path) -> Any:
    """What `formflow read --json` says of a file; of a message, what it says of the form in it."""
    readings = desk.read(path, NOW)
    best = next((reading for reading in readings if reading.is_form), readings[0])
    return json.loads(json.dumps(shape_of(best)))
