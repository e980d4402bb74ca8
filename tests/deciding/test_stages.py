from __future__ import annotations

from datetime import date

import pytest

from formflow.deciding.case import Case
from formflow.deciding.stages import StagePlan, stage_of
from formflow.extracting.form import Answer
from formflow.settings import Stages
from formflow.validating.submission import Submission, TakenKind

DAY = date(2026, 3, 20)


def a_form_of(kind: TakenKind, layout: str = "", /, **answers: object) -> Submission:
    held = {name: Answer(name, "answered", value) for name, value in answers.items()}  # type: ignore[arg-type]  # any value
    return Submission(kind=kind, layout=layout, layout_certainty="recognised", answers=held)


def a_case_of(*forms: Submission) -> Case:
    return Case("SIN-2026-001", forms, (DAY,) * len(forms))


NOTIFIED = a_form_of("notification", nature=("seriously_harmed",))


def decided(*outcomes: str) -> Submission:
    return a_form_of("decision-record", recommendation="local_review", outcome=outcomes, decision_date="2026-03-19")


def updated(**answers: object) -> Submission:
    return a_form_of("case-update", **answers)


CLOSE = updated(close_case="yes", close_date="2026-03-20")


@pytest.mark.parametrize(
    ("forms", "stage"),
    [
        ((), "1"),
        ((updated(agencies_asked_date="2026-03-17"),), "2"),
        ((a_form_of("agency-return", agency_name="A school"),), "2"),
        ((updated(review_meeting_date="2026-03-17"),), "3"),
        ((a_form_of("decision-record", recommendation="local_review"),), "4"),
        ((a_form_of("decision-record", outcome=("local_review",)),), "4"),
        ((decided("local_review"),), "review"),
        ((decided("national_referral"),), "4"),
        ((decided("no_further_review"),), "actions"),
        ((decided("not_notifiable"),), "actions"),
        ((decided("multi_agency_learning_review"), updated(review_completed_date="2026-03-19")), "actions"),
        ((decided("local_review"), updated(review_completed_date="2026-03-19")), "review"),
        ((CLOSE,), "1"),
        ((decided("local_review"), CLOSE), "review"),
        ((decided("no_further_review"), CLOSE), "closed"),
        ((decided("no_further_review"), CLOSE, updated(close_case="no")), "actions"),
    ],
)
def test_where_a_case_stands_follows_from_its_forms(forms: tuple[Submission, ...], stage: str) -> None:
    assert stage_of(a_case_of(NOTIFIED, *forms)).key == stage


def test_a_local_review_is_over_when_its_report_or_its_improvements_are_published() -> None:
    done = {"review_completed_date": "2026-03-19", "published_date": "2026-03-20"}
    published = a_case_of(NOTIFIED, decided("local_review"), updated(publication_choice="publish", **done), CLOSE)
    assert stage_of(published).closed
    only = updated(publication_choice="improvements_only", **done)
    assert stage_of(a_case_of(NOTIFIED, decided("local_review"), only, CLOSE)).owed == (
        "Only the improvements were published, and the reasons for it are not recorded.",
    )
    why = updated(not_published_reason="A trial is under way.")
    assert stage_of(a_case_of(NOTIFIED, decided("local_review"), only, why, CLOSE)).closed


def test_open_actions_keep_a_case_open_and_are_named() -> None:
    record = a_form_of(
        "decision-record", outcome=("no_further_review",), decision_date="2026-03-19", action_1_text="Train the ward"
    )
    assert stage_of(a_case_of(NOTIFIED, record, CLOSE)).owed == ("1 action is not discharged: D2.1.",)
    done = updated(action_1_ref="D2.1", action_1_status="complete")
    assert stage_of(a_case_of(NOTIFIED, record, CLOSE, done)).closed


def test_an_action_given_up_without_a_reason_is_not_discharged() -> None:
    record = a_form_of(
        "decision-record", outcome=("no_further_review",), decision_date="2026-03-19", action_1_text="Train the ward"
    )
    dropped = updated(action_1_ref="D2.1", action_1_status="not_pursued")
    assert not stage_of(a_case_of(NOTIFIED, record, dropped, CLOSE)).closed
    reasoned = updated(action_1_ref="D2.1", action_1_status="not_pursued", action_1_evidence="The ward is closed.")
    assert stage_of(a_case_of(NOTIFIED, record, dropped, reasoned, CLOSE)).closed


def test_a_partnership_counts_the_four_stages_as_it_sets_them() -> None:
    chosen = Stages(return_received=3, titles={"3": "3 Panel meeting"})
    plan = StagePlan.of(chosen.begins, {str(key): title for key, title in chosen.titles.items()})
    stage = stage_of(a_case_of(NOTIFIED, a_form_of("agency-return", agency_name="A school")), plan)
    assert (stage.key, stage.title) == ("3", "3 Panel meeting")


def test_a_national_recommendation_alone_waits_for_the_panel() -> None:
    waiting = a_case_of(NOTIFIED, decided("national_referral"))
    answered = a_form_of(
        "case-update", "formflow-prr-1", panel_response_date="2026-03-20", panel_national="commissions"
    )
    assert stage_of(waiting).key == "4"
    assert stage_of(waiting.with_form(answered, DAY)).key == "actions"
