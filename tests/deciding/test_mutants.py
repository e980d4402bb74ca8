"""Each criterion, broken on purpose in every small way: some case of tests/decisions must come out differently."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from decision_cases import CASES, said_of
from formflow.deciding.decision import Result
from formflow.deciding.edition import judges
from formflow.deciding.said import Said
from formflow.deciding.verdict import Judge, Verdict
from mutants import Mutant, mutants

CRITERIA = Path(__file__).parents[2] / "src" / "formflow" / "deciding" / "criteria"

SHOWS_ONLY = ("rests", "_SHOWN", "settle")


@lru_cache(maxsize=1)
def given() -> tuple[tuple[Said, dict[str, str], dict[str, Any]], ...]:
    """Every case with what is expected of its findings, and of what stands beside them."""
    return tuple((said_of(case), case["expect"].get("findings", {}), case["expect"]) for _, case in CASES)


def noticed(key: str, judge: Judge) -> bool:
    """Whether some case comes out differently from what is expected."""
    for said, findings, expect in given():
        wanted = findings.get(key)
        if wanted in (None, "not there"):
            continue
        try:
            verdict = judge(said)
            if verdict.result != wanted or expect.get("reason", {}).get(key, "") not in verdict.reason:
                return True
            if key in expect.get("beside", {}) and [e.ref for e in verdict.beside if e.ref] != expect["beside"][key]:
                return True
            if key in expect.get("shows", {}) and [e.says for e in verdict.beside] != expect["shows"][key]:
                return True
        except Exception:  # noqa: BLE001 - whatever a broken criterion does, it is noticed
            return True
    return False


def judge_of(mutant: Mutant) -> Judge:
    names: dict[str, object] = {"__name__": "mutant"}
    exec(compile(mutant.tree, "mutant", "exec"), names)  # noqa: S102 - our own source, changed by one word
    judge: Judge = names["judge"]  # type: ignore[assignment]  # each criterion's file holds one
    return judge


def matters(source: str, mutant: Mutant) -> bool:
    """Whether the fault can change a result: what only chooses which answers are shown is looked at elsewhere."""
    line = source.splitlines()[mutant.line - 1] if mutant.line else ""
    return not any(word in line for word in SHOWS_ONLY)


@pytest.mark.parametrize("key", sorted(judges()))
def test_every_small_fault_in_a_criterion_is_noticed_by_some_case(key: str) -> None:
    source = (CRITERIA / f"{key}.py").read_text(encoding="utf-8")
    made = [mutant for mutant in mutants(source) if matters(source, mutant)]
    assert made or "by_the_form(" in source, "there is something to break"
    assert not noticed(key, judges()[key]), "the criterion itself agrees with every case"
    unnoticed = [f"line {m.line}: {m.says}" for m in made if not noticed(key, judge_of(m))]
    assert unnoticed == []


@pytest.mark.parametrize("key", sorted(judges()))
def test_a_criterion_turned_round_is_noticed(key: str) -> None:
    judge = judges()[key]
    turned: dict[Result, Result] = {
        "met": "not_met", "not_met": "met", "may_be_met": "not_met", "cannot_tell": "not_met",
    }  # fmt: skip
    for result, other in turned.items():
        results = {findings.get(key) for _, findings, _ in given()}
        if result not in results:
            continue

        def broken(said: Said, result: Result = result, other: Result = other) -> Verdict:
            verdict = judge(said)
            return replace(verdict, result=other) if verdict.result == result else verdict

        assert noticed(key, broken), f"{result} given as {other}"


@pytest.mark.parametrize("key", sorted(judges()))
def test_each_criterion_has_a_case_met_not_met_and_open(key: str) -> None:
    results = {findings.get(key) for _, findings, _ in given()}
    never_met = {"legislative_change"}  # the form does not ask the question, so it stays open
    wanted = {"not_met", "cannot_tell"} | (set() if key in never_met else {"met"})
    if key in ("national_improvements", "national_recurrent_themes"):
        wanted = {"not_met", "cannot_tell", "may_be_met"}
    assert wanted <= results, key
