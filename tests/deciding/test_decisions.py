"""The cases of tests/decisions, written so that a safeguarding lead can read and correct them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.extracting.given import form_given
from formflow.validating.validate import validate
from makers import the_dictionary, the_rules

CASES = [
    (path.stem, case)
    for path in sorted((Path(__file__).parents[1] / "decisions").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file}: {case['name']}" for file, case in CASES])
def test_these_answers_on_this_day_give_these_findings(file: str, case: dict[str, Any]) -> None:
    on: date = case["on"]
    answers = {field: v.isoformat() if isinstance(v, date) else v for field, v in case["answers"].items()}
    form = validate(form_given({"answers": answers}, the_dictionary()), the_dictionary(), on)
    made = decide(Case("", (form,), (on,)), the_rules(), on)
    expect = case["expect"]
    got = {"duty": made.duty.type, "notify": made.duty.notify, "rapid_review": made.duty.rapid_review}
    assert {key: got[key] for key in got if key in expect} == {key: expect[key] for key in got if key in expect}
    assert set(expect.get("tell", ())) <= set(made.duty.recipients)
    findings = {finding.key: finding.result for finding in made.findings}
    assert {key: findings[key] for key in expect.get("findings", {})} == expect.get("findings", {})
    due = {deadline.key: deadline.due for deadline in made.deadlines}
    assert {key: due.get(key) for key in expect.get("due", {})} == expect.get("due", {})
    states = {deadline.key: deadline.state for deadline in made.deadlines}
    assert {key: states.get(key) for key in expect.get("state", {})} == expect.get("state", {})
    assert set(expect.get("flags", ())) <= {flag.key for flag in made.flags}
    if "edition" in expect:
        assert made.edition["notification"] == expect["edition"]
