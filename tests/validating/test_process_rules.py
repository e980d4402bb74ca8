from __future__ import annotations

from collections.abc import Mapping

import pytest

from formflow.errors import Returned
from formflow.validating.accept import accept
from formflow.validating.submission import Submission
from makers import a_later_submission
from process_forms import RETURN, decision_record

DECISION = decision_record("2026-03-17", "2026-03-18")
UPDATE: dict[str, object] = {
    "case_ref": "SIN-2026-001",
    "recorded_by": "Ines Calder",
    "date_completed": "2026-03-18",
    "partners_told_date": "2026-03-16",
}
LEGACY: dict[str, object] = {
    "child_1_surname": "Quill",
    "child_1_dob": "2012-01-01",
    "recorded_by": "Ines Calder",
    "date_completed": "2026-03-18",
}


def checked(form: str, base: Mapping[str, object], without: tuple[str, ...] = (), /, **changed: object) -> Submission:
    answers = {field: value for field, value in ({**base, **changed}).items() if field not in without}
    return a_later_submission(form, **answers)


def asked(submission: Submission, *levels: str) -> set[str | None]:
    return {query.field for query in submission.queries if query.level in (levels or ("query", "blocker"))}


@pytest.mark.parametrize(("form", "base"), [("air", RETURN), ("drr", DECISION), ("cup", UPDATE)])
def test_a_sound_form_leaves_nothing_to_ask(form: str, base: dict[str, object]) -> None:
    assert not asked(checked(form, base))


# ---------------------------------------------------------------- agency return


def test_a_return_without_its_agency_goes_back() -> None:
    assert asked(checked("air", RETURN, ("agency_name",)), "blocker") == {"agency_name"}


def test_a_return_that_says_neither_what_is_held_nor_that_nothing_is_goes_back() -> None:
    empty = checked("air", RETURN, ("involvement_summary", "still_involved"))
    assert asked(empty, "blocker") == {"nothing_held"}
    with pytest.raises(Returned, match="1 thing on this form"):
        accept(empty)


def test_a_return_that_ticks_nothing_held_needs_no_involvement() -> None:
    nil = checked(
        "air",
        RETURN,
        ("involvement_summary", "still_involved"),
        nothing_held="yes",
        nothing_held_search="Both systems.",
    )
    assert not asked(nil)


def test_nothing_held_beside_an_involvement_is_asked() -> None:
    both = checked("air", RETURN, nothing_held="yes", nothing_held_search="Both systems.")
    assert asked(both) == {"nothing_held"}


def test_records_that_are_not_secured_are_asked_about_at_once() -> None:
    assert asked(checked("air", RETURN, ("records_secured_date",), records_secured="no")) == {"records_secured"}
    assert asked(checked("air", RETURN, ("records_secured_date",))) == {"records_secured_date"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"period_from": "2026-02-01", "period_to": "2025-02-01"}, "period_to"),
        ({"involvement_from": "2026-02-01", "involvement_to": "2025-02-01"}, "involvement_to"),
        ({"event_1_event": "Seen at home", "event_1_source": "File"}, "event_1_date"),
        ({"event_1_date": "2026-01-02"}, "event_1_event"),
        ({"event_1_date": "2027-01-02", "event_1_event": "Seen at home", "event_1_source": "File"}, "event_1_date"),
        ({"still_involved": "yes", "involvement_to": "2026-01-01"}, "involvement_to"),
        ({"action_1_owner": "Team manager"}, "action_1_text"),
        ({"action_1_text": "Train the ward", "action_1_owner": "Matron"}, "action_1_text"),
    ],
)
def test_what_does_not_fit_together_on_a_return_is_asked(changed: dict[str, object], field: str) -> None:
    assert asked(checked("air", RETURN, **changed)) == {field}


# ---------------------------------------------------------------- decision record


def test_a_record_with_neither_recommendation_nor_decision_goes_back() -> None:
    empty = checked("drr", DECISION, ("outcome", "recommendation", "recommendation_date"))
    assert asked(empty, "blocker") == {"outcome"}


def test_a_recommendation_that_waits_for_the_decision_is_taken_and_the_decision_asked_for() -> None:
    left = ("outcome", "decision_date", "reasons_for", "reasons_against", *(f for f in DECISION if "partner_" in f))
    assert asked(checked("drr", DECISION, left)) == {"outcome"}


def test_a_missing_signature_stops_nothing_and_is_neither_agreement_nor_dissent() -> None:
    record = checked("drr", DECISION, ("partner_police_view",))
    assert asked(record) == {"partner_police_view"}
    assert not record.blockers
    (query,) = [q for q in record.queries if q.field == "partner_police_view"]
    assert "neither as agreement nor as dissent" in query.message


def test_a_dissent_is_taken_and_only_its_reasons_are_asked_for() -> None:
    assert asked(checked("drr", DECISION, partner_icb_view="dissent")) == {"partner_icb_reason"}
    assert not asked(checked("drr", DECISION, partner_icb_view="dissent", partner_icb_reason="Too early to say."))


def test_a_decision_without_reasons_in_both_directions_is_asked_for_them() -> None:
    assert asked(checked("drr", DECISION, ("reasons_against",))) == {"reasons_against"}
    assert asked(checked("drr", DECISION, reasons_against="None."), "note") >= {"reasons_against"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"outcome": ("local_review", "no_further_review")}, "outcome"),
        ({"outcome": ("local_review", "discretionary_local_review")}, "outcome"),
        ({"definition_met": "no"}, "outcome"),
        ({"outcome": ("discretionary_local_review",)}, "definition_met"),
        ({"outcome": ("not_notifiable",)}, "definition_met"),
        ({"outcome": ("national_referral", "local_review"), "national_view": "yes"}, "ground_national_improvements"),
        ({"ground_legislative_change": "yes"}, "national_view"),
        ({"reviewer_name": "Kit Marlow", "reviewer_appointed_date": "2026-03-19",
          "reviewer_test": ("knowledge", "research", "complexity", "communication", "no_conflict")},
         "reviewer_not_yet"),
        ({"review_target_date": "2026-12-01"}, "review_target_date"),
        ({"decision_date": "2026-03-16"}, "decision_date"),
        ({"rapid_review_sent_date": "2026-03-12"}, "rapid_review_sent_date"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_on_a_decision_record_is_asked(changed: dict[str, object], field: str) -> None:
    assert field in asked(checked("drr", DECISION, **changed))


def test_a_national_recommendation_may_stand_beside_a_local_review() -> None:
    record = checked(
        "drr", DECISION, outcome=("national_referral", "local_review"), national_view="yes",
        ground_national_improvements="yes",
    )  # fmt: skip
    assert not asked(record)


def test_a_local_review_without_a_reviewer_says_that_none_is_appointed_yet() -> None:
    assert asked(checked("drr", DECISION, ("reviewer_not_yet",))) == {"reviewer_name"}


def test_what_the_reviewer_test_lacks_is_named() -> None:
    record = checked(
        "drr", DECISION, ("reviewer_not_yet",), reviewer_name="Kit Marlow", reviewer_appointed_date="2026-03-19",
        reviewer_test=("knowledge", "research", "complexity", "communication"),
    )  # fmt: skip
    (query,) = [q for q in record.queries if q.level == "query"]
    assert query.field == "reviewer_test"
    assert "conflict of interest" in query.message
    assert "Marlow" not in query.message


# ---------------------------------------------------------------- case update, Panel response, action plan


def test_an_update_that_tells_nothing_goes_back() -> None:
    assert asked(checked("cup", UPDATE, ("partners_told_date",)), "blocker") == {None}


def test_a_death_asks_for_its_days_and_whether_the_panel_was_told_again() -> None:
    assert asked(checked("cup", UPDATE, became_death="yes")) == {
        "death_child", "date_of_death", "death_aware_date", "notified_again_date",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"date_of_death": "2026-03-17"}, "date_of_death"),
        ({"national_now_suggested": "yes", "national_told_panel_date": "2026-03-17"}, "national_new_information"),
        ({"delayed": "yes", "delay_reason": "A trial.", "review_target_date": "2026-12-01"}, "delay_told_date"),
        ({"published_date": "2026-03-17", "sent_before_publication_date": "2026-03-05"}, "publication_choice"),
        ({"published_date": "2026-03-17", "publication_choice": "publish"}, "sent_before_publication_date"),
        ({"publication_choice": "improvements_only"}, "not_published_reason"),
        ({"action_1_status": "complete", "action_1_evidence": "Minutes"}, "action_1_ref"),
        ({"action_1_ref": "D2.1", "action_1_status": "complete"}, "action_1_evidence"),
        ({"action_1_ref": "D2.1", "action_1_status": "not_pursued"}, "action_1_evidence"),
        ({"action_1_ref": "D2.1", "action_1_revised": "2026-09-01"}, "action_1_revised_reason"),
        ({"action_1_ref": "D2.1", "action_1_closed": "2026-03-01"}, "action_1_closed"),
        ({"close_case": "yes", "close_reason": "All done."}, "close_date"),
        ({"partners_told_date": "2026-04-16"}, "partners_told_date"),
        ({"reviewer_name": "Kit Marlow"}, "reviewer_appointed_date"),
    ],
)
def test_what_an_update_leaves_open_is_asked(changed: dict[str, object], field: str) -> None:
    assert asked(checked("cup", UPDATE, **changed)) == {field}


def test_the_panels_view_needs_the_day_it_considered_the_case() -> None:
    response: dict[str, object] = {"case_ref": "SIN-2026-001", "recorded_by": "I C", "date_completed": "2026-03-18"}
    given = {"panel_response_date": "2026-03-17", "panel_agrees": "no", "panel_local_review": "yes"}
    assert asked(checked("prr", response | given)) == {"panel_considered_date"}


def test_an_action_of_a_plan_names_a_person_a_day_and_a_measure() -> None:
    plan: dict[str, object] = {
        "case_ref": "SIN-2026-001", "recorded_by": "I C", "date_completed": "2026-03-18", "plan_source": "rapid_review",
        "action_1_text": "Write a protocol", "action_1_owner": "Head of service",
    }  # fmt: skip
    (query,) = [q for q in checked("acp", plan).queries if q.level == "query"]
    assert "by when and how it will be known that it worked" in query.message


# ---------------------------------------------------------------- legacy review


def test_a_legacy_review_past_its_last_day_is_to_be_handed_over() -> None:
    legacy = LEGACY | {"commissioned_date": "2018-05-01"}
    assert asked(checked("lsr", legacy)) == {"handed_over_date"}
    assert not asked(checked("lsr", legacy, published_date="2020-01-10"))
    handed = checked("lsr", legacy, handed_over_date="2020-09-30", handed_over_to=("panel", "dfe"))
    assert asked(handed) == {"handed_over_to"}


def test_no_serious_case_review_is_commissioned_once_the_partners_arrangements_operate() -> None:
    late = {"commissioned_date": "2019-10-01", "arrangements_date": "2019-09-29", "published_date": "2020-01-10"}
    legacy = LEGACY | late
    assert asked(checked("lsr", legacy)) == {"commissioned_date"}


# ---------------------------------------------------------------- answered query sheet


def test_an_answer_on_a_query_sheet_is_read_as_its_question_asks() -> None:
    sheet: dict[str, object] = {"case_ref": "SIN-2026-001", "recorded_by": "I C", "date_completed": "2026-03-18"}
    answers = {"answer_1_field": "child_1_dob", "answer_1_text": "3rd Feb 2019", "answer_2_field": "incident_in_area",
               "answer_2_text": "Yes", "answer_3_field": "nature", "answer_3_text": "A child has died"}  # fmt: skip
    read = checked("aqs", sheet | answers)
    assert not asked(read)
    settled = {name: answer.value for name, answer in read.answers.items() if name.startswith("settles:")}
    assert settled == {"settles:child_1_dob": "2019-02-03", "settles:incident_in_area": "yes",
                       "settles:nature": ("died",)}  # fmt: skip


def test_an_answer_that_does_not_fit_its_question_leaves_it_open() -> None:
    sheet: dict[str, object] = {"case_ref": "SIN-2026-001", "recorded_by": "I C", "date_completed": "2026-03-18"}
    read = checked("aqs", sheet | {"answer_1_field": "child_1_dob", "answer_1_text": "31/02/2019"})
    assert asked(read) == {"answer_1_text"}
    assert read.answers["settles:child_1_dob"].state == "unreadable"
