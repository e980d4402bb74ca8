from __future__ import annotations

from datetime import date

from formflow.deciding.case import DATES, Case
from formflow.deciding.changes import changes
from formflow.deciding.questions import open_questions
from formflow.extracting.form import Answer, State
from formflow.validating.submission import Submission, TakenKind
from makers import a_submission, the_dictionary

DAY = date(2026, 3, 20)


def a_form_of(kind: TakenKind, layout: str = "", /, **answers: object) -> Submission:
    held = {name: Answer(name, "answered", value) for name, value in answers.items()}  # type: ignore[arg-type]  # any value
    return Submission(kind=kind, layout=layout, layout_certainty="recognised", answers=held)


def open_answer(name: str, state: State) -> dict[str, Answer]:
    return {name: Answer(name, state)}


def a_case_of(*forms: Submission) -> Case:
    return Case("SIN-2026-001", forms, (DAY,) * len(forms))


def test_a_case_of_one_notification_answers_as_the_notification_does() -> None:
    form = a_submission()
    assert a_case_of(form).answers == form.answers


def test_every_day_that_a_case_tells_is_asked_for_on_some_form() -> None:
    asked = {name for dictionary in the_dictionary().others.values() for name in dictionary.fields}
    told = {field for fields in DATES.values() for field in fields}
    assert told <= asked


def test_a_blank_answer_of_a_later_form_takes_nothing_back() -> None:
    told = a_form_of("case-update", partners_told_date="2026-03-17")
    blank = a_form_of("case-update", review_meeting_date="2026-03-18")
    assert a_case_of(a_submission(), told, blank).done("tell_partners") == date(2026, 3, 17)


def test_of_two_forms_that_tell_a_day_the_newest_counts_and_says_which_it_is() -> None:
    first = a_form_of("decision-record", rapid_review_sent_date="2026-04-02")
    second = a_form_of("case-update", rapid_review_sent_date="2026-04-03")
    case = a_case_of(a_submission(), first, second)
    assert (case.done("rapid_review"), case.dates["rapid_review"].form) == (date(2026, 4, 3), 3)


def test_a_day_that_is_not_certain_marks_nothing_done() -> None:
    unsure = Submission(kind="case-update", layout="", layout_certainty="recognised",
                        answers=open_answer("partners_told_date", "conflict"))  # fmt: skip
    month = Submission(kind="case-update", layout="", layout_certainty="recognised", answers={
        "rapid_review_sent_date": Answer("rapid_review_sent_date", "answered", "2026-04", "month")})  # fmt: skip
    case = a_case_of(a_submission(), unsure, month)
    assert case.done("tell_partners") is None
    assert case.done("rapid_review") is None


def test_monitoring_is_told_again_and_again() -> None:
    looked = [a_form_of("case-update", monitored_date=day) for day in ("2026-05-01", "2026-06-01", "2026-05-01")]
    assert a_case_of(a_submission(), *looked).all_days("monitored") == (date(2026, 5, 1), date(2026, 6, 1))


def test_a_later_answer_fills_what_was_open_and_never_writes_over_what_was_clear() -> None:
    settles = {"settles:child_1_dob": "2019-02-03", "settles:incident_place": "In the park"}
    case = a_case_of(a_submission(("child_1_dob",)), a_form_of("case-update", **settles))
    assert case.answers["child_1_dob"].value == "2019-02-03"
    assert case.answers["incident_place"].state == "conflict"
    assert case.answers["child_1_dob"].place.startswith("answered question")


def test_a_query_sheet_corrects_what_was_asked_about() -> None:
    asked = a_submission((), child_1_dob="2027-01-01")
    assert "child_1_dob" in {query.field for query in asked.queries if query.level == "query"}
    sheet = Submission(kind="case-update", layout="formflow-aqs-1", layout_certainty="recognised", answers={
        "settles:child_1_dob": Answer("child_1_dob", "answered", "2017-01-01", "day", how="answered query"),
        "settles:case_ref": Answer("case_ref", "answered", "Yes, the same one", how="answered query")})  # fmt: skip
    case = a_case_of(asked, sheet)
    assert case.answers["child_1_dob"].value == "2017-01-01"
    assert "case_ref" not in {name for name, answer in case.answers.items() if answer.state == "answered"}
    assert not [one for one in open_questions(case) if one.query.field == "child_1_dob"]


def test_a_day_that_is_contradicted_marks_nothing_done() -> None:
    notified = a_submission((), national_notification_made="yes", national_date="2026-03-16")
    other = a_form_of("case-update", national_date="2026-03-17")
    assert a_case_of(notified).done("notify_panel") == date(2026, 3, 16)
    assert a_case_of(notified, other).done("notify_panel") is None


def test_a_day_that_only_an_earlier_version_gave_counts_no_more() -> None:
    first = a_submission((), national_notification_made="yes", national_date="2026-03-16")
    assert a_case_of(first, a_submission()).done("notify_panel") is None


def test_a_death_told_later_leaves_a_date_of_death_that_stands_on_the_notification() -> None:
    notified = a_submission((), nature=("died",), date_of_death="2026-03-12")
    told = a_form_of("case-update", became_death="yes", date_of_death="2026-03-14")
    assert a_case_of(notified, told).answers["date_of_death"].value == "2026-03-12"


def test_became_death_answered_no_changes_nothing() -> None:
    told = a_form_of("case-update", became_death="no", date_of_death="2026-03-14")
    case = a_case_of(a_submission(), told)
    assert case.answers["nature"].value == ("seriously_harmed",)
    assert case.deaths == ()


def test_the_reviewer_is_the_one_the_newest_form_names() -> None:
    first = a_form_of("decision-record", reviewer_name="Kit Marlow", reviewer_appointed_date="2026-04-02")
    second = a_form_of("case-update", reviewer_name="Noor Hale", reviewer_appointed_date="2026-05-02")
    reviewer = a_case_of(a_submission(), first, second).reviewer
    assert reviewer is not None
    assert (reviewer.name, reviewer.appointed) == ("Noor Hale", date(2026, 5, 2))


def test_no_name_of_a_reviewer_or_partner_is_in_what_is_printed_for_programmers() -> None:
    record = a_form_of("decision-record", reviewer_name="Kit Marlow", partner_icb_name="Noor Hale", outcome=("x",))
    assert "Marlow" not in repr(a_case_of(record).decision)
    assert "Hale" not in repr(a_case_of(record).decision)


def test_a_national_review_can_be_suggested_at_any_time() -> None:
    later = a_form_of("case-update", national_now_suggested="yes", national_told_panel_date="2026-06-01")
    suggested = a_case_of(a_submission(), later).national_suggested
    assert suggested is not None
    assert (suggested.day, suggested.form) == (date(2026, 6, 1), 2)


def test_changes_name_each_question_with_old_and_new_and_quote_nobody() -> None:
    before, after = a_submission(), a_submission((), incident_date="2026-03-11", child_1_surname="Ashbee")
    found = {change.field: change for change in changes(before.answers, after.answers, the_dictionary())}
    assert set(found) == {"incident_date", "child_1_surname"}
    assert found["incident_date"].says.endswith("was 12 March 2026, is now 11 March 2026.")
    assert found["child_1_surname"].says.endswith('"Surname": changed.')
    assert "Ash" not in repr(found["child_1_surname"])


def test_not_on_the_form_and_blank_are_the_same() -> None:
    before = {**a_submission().answers, **open_answer("date_of_death", "blank")}
    assert changes(before, a_submission().answers, the_dictionary()) == ()
    gone = changes(a_submission().answers, a_submission(("incident_place",)).answers, the_dictionary())
    assert [(change.field, change.old, change.new) for change in gone] == [("incident_place", "At home", "blank")]


def test_a_record_without_a_decision_does_not_take_the_earlier_decision_away() -> None:
    decided = a_form_of("decision-record", outcome=("local_review",), decision_date="2026-04-02")
    partial = a_form_of("decision-record", decision_told_panel_date="2026-04-03")
    case = a_case_of(a_submission(), decided, partial)
    assert case.outcomes == ("local_review",)
    assert case.done("tell_panel_decision") == date(2026, 4, 3)


def test_returns_of_agencies_whose_name_cannot_be_read_never_replace_each_other() -> None:
    unread = Submission(kind="agency-return", layout="", layout_certainty="recognised",
                        answers=open_answer("agency_name", "conflict"))  # fmt: skip
    assert [one.agency for one in a_case_of(a_submission(), unread, unread).returns] == ["Agency not named"] * 2


def test_a_legacy_review_is_told_by_all_its_forms_together() -> None:
    first = a_form_of("legacy-review", commissioned_date="2018-05-01")
    later = a_form_of("case-update", review_completed_date="2019-05-01", published_date="2019-06-01")
    held = a_case_of(first, later).legacy
    assert held is not None
    assert (held.commissioned, held.completed, held.published) == (
        date(2018, 5, 1), date(2019, 5, 1), date(2019, 6, 1),
    )  # fmt: skip
