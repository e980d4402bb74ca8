from __future__ import annotations

import json
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.deciding.edition import Guidance, judges
from formflow.deciding.said import Said
from formflow.errors import Stop
from formflow.extracting.form import Answer
from formflow.shipped import texts
from formflow.validating.submission import Submission
from makers import TODAY, a_case, a_submission, the_dictionary, the_rules

PRACTICE = Path(__file__).parents[1] / "practice" / "truth.jsonl"


def practice() -> list[dict[str, object]]:
    lines = [json.loads(line) for line in PRACTICE.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("decision")]


def first(thing: object) -> object:
    return thing[0] if isinstance(thing, list) else thing


def case_of(truth: dict[str, object]) -> Case:
    answers = {}
    given_answers = truth["answers"]
    assert isinstance(given_answers, dict)
    for field, told in given_answers.items():
        value = told.get("value", first(told.get("any_of")))
        value = tuple(value) if isinstance(value, list) else value
        answers[field] = Answer(field, first(told["state"]), value, first(told.get("precision")))  # type: ignore[arg-type]  # words of the truth file
    form = Submission(kind="notification", layout="", layout_certainty="recognised", answers=answers)
    return Case("", (form,), (TODAY,))


@pytest.mark.parametrize("truth", practice(), ids=lambda truth: str(truth["file"]))
def test_the_practice_cases_come_out_as_people_settled_them(truth: dict[str, object]) -> None:
    made = decide(case_of(truth), the_rules(), date(2026, 11, 24))
    wanted = truth["decision"]
    assert isinstance(wanted, dict)
    for key, got in (("type", made.duty.type), ("notify", made.duty.notify), ("rapid_review", made.duty.rapid_review)):
        assert got in (wanted[key] if isinstance(wanted[key], list) else [wanted[key]]), key
    assert set(wanted["recipients_include"]) <= set(made.duty.recipients)
    by_key = {deadline.key: deadline for deadline in made.deadlines}
    notify = by_key.get("notify_panel") or by_key["notify_secretary_of_state_and_ofsted"]
    assert (notify.due.isoformat() if notify.due else None) == wanted["notify_due"]
    review = by_key.get("rapid_review")
    assert (review.due.isoformat() if review and review.due else None) == wanted["rapid_review_due"]
    if wanted.get("in_time") is not None:
        assert (notify.state == "done") == wanted["in_time"]


FIELDS = ["nature", "abuse_neglect", "incident_in_area", "child_1_looked_after", "child_1_dob", "incident_date",
          "crit_improvements", "outside_england_resident"]  # fmt: skip


@given(st.sets(st.sampled_from(FIELDS)))
@settings(max_examples=60, deadline=None)
def test_no_finding_that_rests_on_blanks_alone_is_ever_not_met(left_out: set[str]) -> None:
    made = decide(a_case(tuple(left_out)), the_rules(), TODAY)
    for finding in made.findings:
        if finding.because and all(because.value == "blank" for because in finding.because):
            assert finding.result == "cannot_tell", finding.key


def test_an_empty_form_meets_nothing_and_refuses_nothing() -> None:
    empty = Submission(kind="notification", layout="", layout_certainty="recognised", answers={})
    made = decide(Case("", (empty,), (TODAY,)), the_rules(), TODAY)
    assert {finding.result for finding in made.findings} == {"cannot_tell"}
    assert (made.duty.type, made.duty.notify) == ("cannot_tell", "cannot_tell")


@pytest.mark.parametrize("key", sorted(judges()))
def test_each_criterion_quotes_its_paragraph_and_says_because_of_what(key: str) -> None:
    judge = judges()[key]
    assert judge.__doc__
    assert any(mark in judge.__doc__ for mark in ("s16C", "reg 11", "reg 3", "circumstance"))
    for answers in (a_submission().answers, {}):
        verdict = judge(Said(answers, the_dictionary()))
        assert verdict.reason
        assert verdict.rests_on
        assert verdict.would_settle if verdict.result == "cannot_tell" else True
        assert verdict.would_meet if verdict.result == "not_met" else True


def test_every_question_a_finding_rests_on_is_in_the_dictionary() -> None:
    made = decide(a_case(), the_rules(), TODAY)
    for field in chain.from_iterable((b.field for b in f.because) for f in made.findings):
        assert the_dictionary().field(field), field


def test_the_same_case_on_the_same_day_gives_the_same_decision() -> None:
    assert decide(a_case(), the_rules(), TODAY) == decide(a_case(), the_rules(), TODAY)


def test_met_criteria_never_say_that_a_review_must_be_held() -> None:
    made = decide(a_case((), crit_recurrent_themes="yes", crit_agencies_together="yes"), the_rules(), TODAY)
    words = " ".join(chain.from_iterable((*route.for_, *route.against) for route in made.advice))
    assert "must" not in words
    assert {route.outcome: route.open for route in made.advice}["no_further_review"] == "yes"


def test_guidance_that_names_an_unknown_criterion_is_refused() -> None:
    broken = {name: text.replace("[criteria.died]", "[criteria.dyed]") for name, text in texts("guidance").items()}
    with pytest.raises(Stop, match="dyed"):
        Guidance.parse(broken)


def test_guidance_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Stop, match="2018-06-29"):
        Guidance.parse({"2018-06-29": "title = "})


def test_no_edition_reaches_back_before_its_first_day() -> None:
    guidance = the_rules().guidance
    assert guidance.on(date(2015, 3, 25)) is None
    oldest, panel = guidance.on(date(2018, 6, 28)), guidance.on(date(2018, 6, 29))
    assert oldest is not None
    assert panel is not None
    assert (oldest.id, panel.id) == ("2015-03-26", "2018-06-29")
    before, after = guidance.on(date(2023, 12, 14)), guidance.on(date(2023, 12, 15))
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("2018-06-29", "2023-12-15")


def test_a_decision_can_be_made_again_from_its_receipt() -> None:
    rules = the_rules()
    assert decide(a_case(), rules.as_in(rules.receipt()), TODAY) == decide(a_case(), rules, TODAY)
