from __future__ import annotations

import pytest

from formflow.errors import Returned
from formflow.extracting.form import Answer, Form
from formflow.validating.accept import accept
from formflow.validating.missing import WHEN
from formflow.validating.submission import Submission
from formflow.validating.together import nhs_number_is_sound
from formflow.validating.validate import validate
from makers import SOUND, TODAY, a_submission, the_dictionary


def fields(submission: Submission, level: str) -> set[str | None]:
    return {query.field for query in submission.queries if query.level == level}


def with_answer(answer: Answer) -> Submission:
    answers = dict(a_submission().answers) | {answer.field: answer}
    return validate(Form("notification", "x", "recognised", answers), the_dictionary(), TODAY)


def test_a_sound_form_leaves_nothing_to_ask() -> None:
    assert not fields(a_submission(), "blocker") | fields(a_submission(), "query")


def test_every_case_the_dictionary_speaks_of_is_told_and_no_other() -> None:
    spoken = {field.when for field in the_dictionary().fields.values() if field.when}
    assert spoken == set(WHEN)


@pytest.mark.parametrize(
    ("left_out", "blocked"),
    [
        (("nature",), "nature"),
        (("abuse_neglect",), "abuse_neglect"),
        (("incident_date",), "incident_date"),
        (("child_1_forename", "child_1_surname"), "child_1_surname"),
    ],
)
def test_without_these_nothing_can_be_decided(left_out: tuple[str, ...], blocked: str) -> None:
    assert fields(a_submission(left_out), "blocker") == {blocked}


def test_every_problem_is_named_at_once_with_its_place() -> None:
    with pytest.raises(Returned) as refused:
        accept(a_submission(("nature", "abuse_neglect")))
    assert len(refused.value.problems) == 2
    assert all(problem.startswith("Section 2, What has happened: ") for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"la_aware_date": None}, "la_aware_date"),
        ({"child_1_dob": None}, "child_1_dob"),
        ({"child_1_ethnicity": None}, "child_1_ethnicity"),
        ({"immediate_action": None}, "immediate_action"),
        ({"crit_improvements": None}, "crit_improvements"),
        ({"notifier_email": None}, "notifier_phone"),
        ({"la_aware_date": "2026-03-01"}, "la_aware_date"),
        ({"la_aware_date": "2026-03"}, "la_aware_date"),
        ({"incident_date": "2026-04-12", "la_aware_date": "2026-04-13"}, "incident_date"),
        ({"national_date": "2026-03-12", "national_notification_made": "yes"}, "national_date"),
        ({"national_notification_made": "yes"}, "national_date"),
        ({"nature": ("died",)}, "date_of_death"),
        ({"nature": ("died",), "date_of_death": "2026-03-10"}, "date_of_death"),
        ({"date_of_death": "2026-03-13"}, "date_of_death"),
        ({"child_1_dob": "2026-03-18"}, "child_1_dob"),
        ({"child_1_dob": "2005-01-01"}, "child_1_care_leaver"),
        ({"child_1_age_if_no_dob": 15}, "child_1_age_if_no_dob"),
        ({"child_1_edd": "2026-06-01"}, "child_1_edd"),
        ({"child_1_nhs_no": "9990548610"}, "child_1_nhs_no"),
        ({"child_1_looked_after": "yes"}, "child_1_placing_la"),
        ({"child_1_cp_plan": "now"}, "agency_1_name"),
        ({"crit_panel_view": "yes"}, "crit_panel_view_evidence"),
        ({"no_agency_involvement": "yes", "agency_1_name": "School"}, "no_agency_involvement"),
        ({"incident_in_area": "no"}, "other_la"),
        ({"incident_in_area": None}, "incident_in_area"),
        ({"outside_england_resident": "yes"}, "outside_england_resident"),
        ({"other_children_at_risk": None}, "other_children_at_risk"),
    ],
)
def test_what_is_missing_or_does_not_fit_becomes_a_question(changed: dict[str, object], asked: str) -> None:
    left_out = tuple(field for field, value in changed.items() if value is None)
    submission = a_submission(left_out, **{field: value for field, value in changed.items() if value is not None})
    assert asked in fields(submission, "query")
    assert not submission.blockers


def test_each_of_these_questions_is_raised_by_what_was_changed_and_not_before() -> None:
    assert set(SOUND).isdisjoint(fields(a_submission(), "query"))


def test_not_known_is_an_answer_and_blocks_nothing() -> None:
    answer = Answer("abuse_neglect", "not_known")
    assert not with_answer(answer).blockers


def test_an_impossible_date_quotes_what_was_written_and_says_how_to_write_it() -> None:
    answer = Answer("incident_date", "unreadable", raw="31/02/2026", because="there is no such day in the calendar")
    (blocker,) = with_answer(answer).blockers
    assert '"31/02/2026"' in blocker.message
    assert "5 March 2024" in blocker.message


def test_a_conflict_is_asked_and_the_case_still_opens() -> None:
    answer = Answer(
        "abuse_neglect", "conflict", because="both Known and Suspected are ticked", raw="Known ☒ Suspected ☒"
    )
    submission = with_answer(answer)
    assert "abuse_neglect" in fields(submission, "query")
    assert not submission.blockers


@pytest.mark.parametrize("field", ["child_1_surname", "child_1_nhs_no", "child_1_home_address", "family_1_name"])
def test_no_question_repeats_who_somebody_is(field: str) -> None:
    for state in ("conflict", "unreadable"):
        answer = Answer(field, state, raw="Ashby 123", because="different answers: Ashby and Ashbey")
        messages = " ".join(query.message for query in with_answer(answer).queries)
        assert "Ashby 123" not in messages


def test_words_that_tell_nobody_anything_are_never_used() -> None:
    submission = a_submission(("nature", "la_aware_date"), child_1_nhs_no="9990548610", incident_in_area="no")
    words = " ".join(query.message for query in submission.queries).lower()
    for banned in ("invalid", "error", "null", "none type", "failed"):
        assert banned not in words


@pytest.mark.parametrize(
    ("digits", "sound"), [("9434765919", True), ("9434765918", False), ("123", False), ("", False)]
)
def test_an_nhs_number_ends_in_its_check_digit(digits: str, sound: bool) -> None:
    assert nhs_number_is_sound(digits) is sound
