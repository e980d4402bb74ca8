"""Blank is never no: whatever is left unanswered, nothing comes out as refused that an answer might still meet."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.deciding.decision import Decision
from formflow.deciding.edition import judges
from formflow.extracting.form import Answer, Precision, State, Value
from formflow.validating.submission import Submission
from makers import the_rules

YES_NO = (
    "incident_in_area", "outside_england_resident", "harm_long_term", "harm_life_threatening",
    "child_suspected_perpetrator", "child_1_looked_after", "child_1_care_leaver", "child_1_regulated_setting",
    "no_agency_involvement", "crit_improvements", "crit_recurrent_themes", "crit_agencies_together", "crit_panel_view",
    "circ_single_agency", "circ_no_involvement", "circ_cross_border", "circ_institutional", "national_importance",
    "national_notification_made",
)  # fmt: skip
OPEN: tuple[State, ...] = ("blank", "not_known", "not_applicable", "conflict", "unreadable")
DAYS = (date(2017, 5, 10), date(2019, 1, 15), date(2022, 7, 10), date(2024, 3, 14), date(2026, 6, 15))
OTHER: dict[str, tuple[Value, ...]] = {
    "nature": (("died",), ("seriously_harmed",), ("died", "seriously_harmed")),
    "abuse_neglect": ("known", "suspected", "no"),
    "country": ("England", "Wales", "France"),
    "other_la": ("Holmfleet Council",),
    "date_of_death": ("2026-02-01",),
    "incident_date": ("2026-01-20",),
    "la_aware_date": ("2026-02-02", "2018-06-28", "2023-12"),
    "child_1_dob": ("2010-01-01", "2003-01-01", "1990-01-01", "2008"),
    "child_1_edd": ("2026-07-01",),
    "child_1_placement_type": ("childrens_home", "foster_care"),
    "crit_panel_view_evidence": ("The Panel's letter of 2 April",),
    "agency_1_name": ("School",),
    "agency_2_name": ("Police",),
    "abuse_type": (("neglect",), ("other",)),
}
CHOICES: dict[str, tuple[Value, ...]] = dict.fromkeys(YES_NO, ("yes", "no")) | OTHER


CHOOSES_THE_RULE = {
    "la_aware_date", "child_1_dob", "child_1_edd", "incident_date", "date_of_death", "child_1_care_leaver",
}  # fmt: skip
"""Answers that choose between rules: the edition, the rule for children or that for care leavers."""


def made(answers: dict[str, Answer], on: date) -> Decision:
    form = Submission(kind="notification", layout="", layout_certainty="recognised", answers=answers)
    return decide(Case("", (form,), (on,)), the_rules(), on)


@st.composite
def open_answers(draw: st.DrawFn) -> dict[str, Answer]:
    fields = draw(st.sets(st.sampled_from(sorted(CHOICES))))
    return {field: Answer(field, draw(st.sampled_from(OPEN))) for field in fields}


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Answer]:
    said = {}
    for field in sorted(draw(st.sets(st.sampled_from(sorted(CHOICES))))):
        value = draw(st.sampled_from((None, *CHOICES[field])))
        precision: Precision | None = "year" if value == "2008" else "month" if value == "2023-12" else None
        said[field] = (
            Answer(field, draw(st.sampled_from(OPEN))) if value is None else Answer(field, "answered", value, precision)
        )
    return said


@given(open_answers(), st.sampled_from(DAYS))
@settings(max_examples=120, deadline=None)
def test_no_combination_of_unanswered_questions_ever_yields_not_met(said: dict[str, Answer], on: date) -> None:
    decision = made(said, on)
    assert {finding.result for finding in decision.findings} == {"cannot_tell"}
    assert decision.duty.notify == "cannot_tell"
    assert decision.duty.rapid_review == "cannot_tell"


@given(answers(), st.sampled_from(DAYS))
@settings(max_examples=150, deadline=None)
def test_not_met_always_rests_on_an_answer_that_says_so(said: dict[str, Answer], on: date) -> None:
    for finding in made(said, on).findings:
        if finding.result == "not_met":
            rests = [because.field for because in finding.because if said.get(because.field)]
            assert any(said[field].state == "answered" for field in rests), finding.key
            assert finding.would_meet, finding.key


@given(answers(), st.sampled_from(DAYS))
@settings(max_examples=120, deadline=None)
def test_what_cannot_be_told_says_what_would_settle_it(said: dict[str, Answer], on: date) -> None:
    for finding in made(said, on).findings:
        if finding.result == "cannot_tell":
            assert finding.would_settle, finding.key


@given(answers(), st.data(), st.sampled_from(DAYS))
@settings(max_examples=120, deadline=None)
def test_taking_an_answer_away_never_turns_a_finding_into_not_met(
    said: dict[str, Answer], data: st.DataObject, on: date
) -> None:
    """The strong logic itself: less knowledge can open a finding, never refuse it.

    A circumstance is left out where one answer contradicts another (named agencies against "none was involved").
    """
    stated = sorted(field for field, answer in said.items() if answer.state == "answered")
    without = data.draw(st.sets(st.sampled_from(stated))) if stated else set()
    less = {field: answer for field, answer in said.items() if field not in without}
    before = {finding.key: finding.result for finding in made(said, on).findings}
    for finding in made(less, on).findings:
        if finding.result == "not_met" and finding.key in before and finding.group == "definition":
            contradicted = finding.key in ("died", "outside_england_resident")
            assert before[finding.key] == "not_met" or contradicted, finding.key


@given(answers(), st.data(), st.sampled_from(DAYS))
@settings(max_examples=150, deadline=None)
def test_taking_an_answer_away_never_turns_a_duty_into_none(
    said: dict[str, Answer], data: st.DataObject, on: date
) -> None:
    stated = sorted(f for f, answer in said.items() if answer.state == "answered" and f not in CHOOSES_THE_RULE)
    without = data.draw(st.sets(st.sampled_from(stated))) if stated else set()
    less = {field: answer for field, answer in said.items() if field not in without}
    if made(less, on).duty.notify == "no":
        assert made(said, on).duty.notify in ("no", "cannot_tell"), without


def test_every_criterion_is_among_what_was_tried() -> None:
    tried = {finding.key for day in DAYS for finding in made({}, day).findings}
    assert tried == set(judges())
