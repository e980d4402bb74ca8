"""The way of a case from its notification to its closure: real forms, a real register, one pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from formflow.deciding.chronology import chronology_of
from formflow.deciding.decide import decide
from formflow.deciding.questions import open_questions
from formflow.deciding.stages import stage_of
from formflow.pipeline import Pipeline
from formflow.recording.proof.verify import verify
from formflow.rendering.forms.query_sheet import query_sheet
from formflow.service.keeping.retention import retention
from formflow.service.run import run
from formflow.settings import Partnership, WorkingFolder
from makers import a_form, a_later_form, lying_in, the_dictionary, the_rules
from process_forms import DECISION, RECORDED, REF, RETURN, Office


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Office]:
    """An office to which nothing has come yet."""
    made = Office(tmp_path)
    yield made
    made.pipeline.close()


@pytest.fixture
def office(empty: Office) -> Office:
    """An office with one case, told of by a sound notification."""
    empty.drop("notification.docx", a_form(national_notification_made="yes", national_date="2026-03-16"))
    return empty


def update(**answers: object) -> bytes:
    return a_later_form("cup", **({"case_ref": REF} | RECORDED | answers))


# ---------------------------------------------------------------- joining a case


def test_each_form_of_the_process_joins_its_case_by_reference_and_lies_in_its_folder(office: Office) -> None:
    office.drop("return.docx", a_later_form("air", **RETURN))
    office.drop("decision.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    response = {"case_ref": REF, "panel_response_date": "2026-04-20", "panel_agrees": "yes"}
    office.drop("panel.docx", a_later_form("prr", **(response | RECORDED)), date(2026, 4, 21))
    office.drop("update.docx", update(partners_told_date="2026-03-17"))
    case = office.case()
    assert [form.kind for form in case.submissions] == [
        "notification", "agency-return", "decision-record", "case-update", "case-update",
    ]  # fmt: skip
    assert office.refs() == [REF]
    assert office.papers() >= {"form", "agency-return", "decision-record", "case-update", "combined-chronology"}
    assert lying_in(office.folder.inbox) == {"READ ME.txt"}


def test_a_form_without_a_reference_joins_the_only_case_with_its_child_as_a_question(office: Office) -> None:
    named = {key: value for key, value in RETURN.items() if key != "case_ref"}
    child = {"child_1_forename": "Jordan", "child_1_surname": "Ashby", "child_1_dob": "2019-02-03"}
    office.drop("return.docx", a_later_form("air", **(named | child)))
    assert len(office.case().returns) == 1
    (asked,) = office.asked()
    assert "the only case with the same child" in asked
    assert "Ashby" not in asked


def test_a_name_alone_is_not_enough_but_a_name_and_the_day_of_the_incident_are(office: Office) -> None:
    named = {key: value for key, value in RETURN.items() if key != "case_ref"}
    child = {"child_1_forename": "Jordan", "child_1_surname": "Ashby"}
    assert office.drop("a.docx", a_later_form("air", **(named | child))).count("returned") == 1
    with_day = named | child | {"incident_date": "2026-03-12"}
    assert office.drop("b.docx", a_later_form("air", **with_day)).count("taken") == 1


@pytest.mark.parametrize(
    "who",
    [
        {},
        {"case_ref": "SIN-2026-099"},
        {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2014-01-01"},
    ],
)
def test_a_form_that_belongs_to_no_case_goes_back_and_opens_none(office: Office, who: dict[str, object]) -> None:
    named = {key: value for key, value in RETURN.items() if key != "case_ref"}
    done = office.drop("return.docx", a_later_form("air", **(named | who)))
    assert done.count("returned") == 1
    assert office.refs() == [REF]
    (entry,) = [result.entry for result in done.results if result.entry]
    assert "Please give the reference of the case" in entry.problems[0]


def test_a_reference_of_one_case_with_the_child_of_another_goes_back(office: Office) -> None:
    other = {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2014-01-01"}
    office.drop("second.docx", a_form((), **other))
    done = office.drop("return.docx", a_later_form("air", **(RETURN | other)))
    assert done.count("returned") == 1
    assert not office.case().returns
    assert not office.case("SIN-2026-002").returns


def test_a_form_with_our_reference_and_a_child_nobody_knows_is_taken_and_asked_about(office: Office) -> None:
    stranger = {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2014-01-01"}
    office.drop("return.docx", a_later_form("air", **(RETURN | stranger)))
    assert any("Is the reference right?" in words for words in office.asked())


def test_a_childs_name_in_the_name_of_a_later_form_is_cut_to_its_initial(office: Office) -> None:
    done = office.drop("Return Jordan ASHBY.docx", a_later_form("air", **RETURN))
    assert [result.entry.shown_name for result in done.results if result.entry] == ["Return J A.docx"]


def test_a_victims_and_a_perpetrators_form_of_one_incident_are_proposed_as_linked_and_not_merged(
    office: Office,
) -> None:
    place = {"incident_place": "12 Mill Lane, Fenwold"}
    victim = {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2014-01-01"}
    other = {"child_1_forename": "Lee", "child_1_surname": "Marsh", "child_1_dob": "2010-05-05",
             "child_suspected_perpetrator": "yes"}  # fmt: skip
    office.drop("victim.docx", a_form((), **(place | victim)))
    office.drop("other.docx", a_form((), **(place | other)))
    assert office.refs() == [REF, "SIN-2026-002", "SIN-2026-003"]
    (asked,) = [q.message for q in office.case("SIN-2026-003").submissions[-1].queries if q.level == "query"]
    assert "SIN-2026-002 tell of the same day and the same address" in asked
    assert not [q for q in office.case("SIN-2026-002").submissions[-1].queries if q.level == "query"]
    office.drop("link.docx", update(linked_cases="SIN-2026-003"))
    assert office.case().linked == ("SIN-2026-003",)


# ---------------------------------------------------------------- what the forms tell


def test_an_agency_that_holds_nothing_has_returned(office: Office) -> None:
    held = {key: value for key, value in RETURN.items() if key not in ("involvement_summary", "still_involved")}
    office.drop("nil.docx", a_later_form("air", **(held | {"nothing_held": "yes", "nothing_held_search": "Both."})))
    (returned,) = office.case().returns
    assert (returned.agency, returned.nothing_held, returned.secured_on) == (
        "Fenwold Hospital Trust", True, date(2026, 3, 16),
    )  # fmt: skip


def test_a_return_that_says_so_replaces_the_agencys_earlier_one_which_is_kept(office: Office) -> None:
    office.drop("one.docx", a_later_form("air", **(RETURN | {"nothing_held_search": "One system."})))
    again = {"agency_name": "FENWOLD hospital trust", "resend_of": "18 March 2026", "what_changed": "The summary."}
    office.drop("two.docx", a_later_form("air", **(RETURN | again)))
    office.drop("school.docx", a_later_form("air", **(RETURN | {"agency_name": "Mill Lane School"})))
    assert [(one.agency, one.version) for one in office.case().returns] == [
        ("FENWOLD hospital trust", 2),
        ("Mill Lane School", 1),
    ]
    assert len(office.case().submissions) == 4


def test_two_returns_under_one_name_both_count_until_somebody_says_otherwise(office: Office) -> None:
    office.drop("ward.docx", a_later_form("air", **(RETURN | {"author_name": "Ward Sister"})))
    office.drop("clinic.docx", a_later_form("air", **RETURN))
    assert [(one.form, one.version) for one in office.case().returns] == [(2, 1), (3, 1)]
    assert any("There is a return of Fenwold Hospital Trust already. Both count." in words for words in office.asked())


def test_days_that_later_forms_tell_mark_their_deadlines_done(office: Office) -> None:
    office.drop("update.docx", update(partners_told_date="2026-03-17", agencies_asked_date="2026-03-17"))
    office.drop("decision.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    case = office.case()
    assert case.done("tell_partners") == date(2026, 3, 17)
    assert case.done("rapid_review") == date(2026, 4, 2)
    assert case.done("notify_panel") == date(2026, 3, 16)
    assert case.dates["rapid_review"].form == 3


def test_the_day_of_the_notification_that_comes_later_is_read_as_if_it_stood_on_it(empty: Office) -> None:
    office = empty
    office.drop("notification.docx", a_form())
    office.drop("update.docx", update(national_date="2026-03-17"))
    case = office.case()
    made = {deadline.key: deadline for deadline in decide(case, the_rules(), office.today).deadlines}
    assert (made["notify_panel"].state, made["notify_panel"].done) == ("done", date(2026, 3, 17))
    assert case.notification is not None
    assert "national_date" not in {f for f, a in case.notification.answers.items() if a.state == "answered"}


def test_a_later_form_that_contradicts_the_notification_makes_a_conflict_and_a_question(office: Office) -> None:
    office.drop("update.docx", update(national_date="2026-03-17"))
    assert office.case().answers["national_date"].state == "conflict"
    assert any("17 March 2026 is given, and 16 March 2026 on an earlier form" in words for words in office.asked())


def test_a_decision_shows_dissent_and_silence_as_what_they_are(office: Office) -> None:
    views = {"partner_icb_view": "dissent", "partner_icb_reason": "Too early."}
    record = {key: value for key, value in DECISION.items() if not key.startswith("partner_police")} | views
    office.drop("decision.docx", a_later_form("drr", **record), date(2026, 4, 2))
    decision = office.case().decision
    assert decision is not None
    assert (decision.taken, decision.dissent, decision.silent) == (True, ("icb",), ("police",))
    assert decision.outcomes == ("local_review",)


def test_a_second_record_that_decides_otherwise_is_kept_beside_the_first_and_asked_about(office: Office) -> None:
    office.drop("one.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    again = DECISION | {"outcome": ("no_further_review",), "resend_of": "2 April 2026", "what_changed": "The outcome."}
    office.drop("two.docx", a_later_form("drr", **again), date(2026, 4, 3))
    case = office.case()
    assert [record.outcomes for record in case.decisions] == [("local_review",), ("no_further_review",)]
    assert case.outcomes == ("no_further_review",)
    assert any("Please confirm that the partners decided again" in words for words in office.asked())


def test_the_panels_view_is_asked_for_while_the_case_holds_no_response(office: Office) -> None:
    viewed = DECISION | {"view_panel": "yes", "view_panel_reason": "By letter."}
    office.drop("decision.docx", a_later_form("drr", **viewed), date(2026, 4, 2))
    assert any("no response of the Panel" in words for words in office.asked())
    answers = {"panel_response_date": "2026-04-20", "panel_considered_date": "2026-04-18", "panel_agrees": "no",
               "panel_local_review": "yes", "panel_national": "does_not"}  # fmt: skip
    office.drop("p.docx", a_later_form("prr", **({"case_ref": REF} | answers | RECORDED)), date(2026, 4, 21))
    response = office.case().panel_response
    assert response is not None
    assert (response.on, response.agrees, response.local_review, response.national) == (
        date(2026, 4, 20), False, True, "does_not",
    )  # fmt: skip


# ---------------------------------------------------------------- harm that became death


def death(**more: object) -> bytes:
    told = {"became_death": "yes", "death_child": "1", "date_of_death": "2026-03-25", "death_aware_date": "2026-03-25"}
    return update(**(told | more))


def test_harm_that_became_death_is_a_new_state_and_the_notification_keeps_what_it_said(office: Office) -> None:
    office.drop("death.docx", death(), date(2026, 3, 26))
    case = office.case()
    assert case.answers["nature"].value == ("died",)
    assert case.answers["date_of_death"].value == "2026-03-25"
    assert case.notification is not None
    assert case.notification.answers["nature"].value == ("seriously_harmed",)
    assert [(one.on, one.known_on, one.notified_again) for one in case.deaths] == [
        (date(2026, 3, 25), date(2026, 3, 25), None)
    ]
    assert decide(case, the_rules(), office.today).duty.type == "abuse_neglect_death"


def test_a_death_asks_for_the_panel_to_be_told_again_and_draws_the_papers_anew(office: Office) -> None:
    office.drop("death.docx", death(), date(2026, 3, 26))
    assert any("Please tell the Panel again" in words for words in office.asked())
    place = office.folder.outbox / "cases" / REF
    assert len(list(place.glob("*panel-notice_v2_20260326*"))) == 1
    assert len(list((place / "earlier versions").glob("*panel-notice_v1*"))) == 1


def test_of_several_children_only_the_one_who_died_has_died(empty: Office) -> None:
    office = empty
    second = {"child_2_forename": "Alex", "child_2_surname": "Ashby", "child_2_dob": "2021-02-03"}
    office.drop("notification.docx", a_form((), **second))
    office.drop("death.docx", death(death_child="2"), date(2026, 3, 26))
    answers = office.case().answers
    assert answers["nature"].value == ("died", "seriously_harmed")
    assert answers["child_2_outcome"].value == "died"


# ---------------------------------------------------------------- corrections


def corrected(**answers: object) -> bytes:
    return a_form((), **({"case_ref": REF, "national_notification_made": "yes", "national_date": "2026-03-16",
                      "what_changed": "See below."} | answers))  # fmt: skip


def test_a_correction_lists_its_differences_recomputes_deadlines_and_keeps_the_earlier_version(office: Office) -> None:
    office.drop("v2.docx", corrected(la_aware_date="2026-03-11", child_1_surname="Ashbee", incident_date="2026-03-11"))
    case = office.case()
    notes = [q.message for q in case.submissions[-1].queries if q.message.startswith("Since version 1")]
    assert any('"Date the local authority became aware": was 13 March 2026, is now 11 March 2026' in n for n in notes)
    assert any('"Surname": changed.' in n for n in notes)
    assert not any("Ashbee" in n for n in notes)
    made = {one.key: one for one in decide(case, the_rules(), office.today).deadlines}
    assert made["notify_panel"].start == date(2026, 3, 11)
    assert case.submissions[0].answers["la_aware_date"].value == "2026-03-13"
    assert "what-changed" in office.papers()


def test_a_correction_without_a_reference_joins_the_case_of_its_child_as_version_2(office: Office) -> None:
    changed = {"incident_place": "At school", "immediate_action": "Moved.", "what_changed": "Three answers.",
               "la_aware_date": "2026-03-12"}  # fmt: skip
    changed |= {"national_notification_made": "yes", "national_date": "2026-03-16"}
    office.drop("SIN form JA v2 FINAL (1).docx", a_form((), **changed))
    assert office.refs() == [REF]
    assert office.case().version == 2
    notes = [q.field for q in office.case().submissions[-1].queries if q.message.startswith("Since version 1")]
    assert set(notes) == {"incident_place", "immediate_action", "la_aware_date"}
    assert any("Please confirm that it belongs there" in words for words in office.asked())


def test_a_correction_after_a_decision_asks_the_partners_and_redoes_nothing(office: Office) -> None:
    office.drop("decision.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    office.drop("v2.docx", corrected(incident_date="2026-03-11"), date(2026, 4, 7))
    (asked,) = [words for words in office.asked() if "The facts changed" in words]
    assert "after the partners decided on 2 April 2026" in asked
    assert "was 12 March 2026, is now 11 March 2026" in asked
    decision = office.case().decision
    assert decision is not None
    assert (decision.outcomes, decision.decided_on) == (("local_review",), date(2026, 4, 2))


def test_a_death_after_a_decision_asks_the_partners_too(office: Office) -> None:
    office.drop("decision.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    office.drop("death.docx", death(notified_again_date="2026-04-08"), date(2026, 4, 8))
    assert any("The facts changed" in words for words in office.asked())


def test_a_correction_settles_what_a_later_form_contradicted(office: Office) -> None:
    office.drop("update.docx", update(national_date="2026-03-17"))
    office.drop("v2.docx", corrected(national_date="2026-03-17"))
    assert office.case().answers["national_date"].value == "2026-03-17"


# ---------------------------------------------------------------- questions and answers


def test_a_query_sheet_is_written_filled_in_dropped_and_settles_its_questions(empty: Office) -> None:
    office = empty
    office.drop("notification.docx", a_form(without=("child_1_dob", "incident_in_area")))
    sheet = next((office.folder.outbox / "cases" / REF).glob("*query-sheet*"))
    asked = open_questions(office.case())
    assert {one.query.field for one in asked} == {"child_1_dob", "incident_in_area"}
    blank = query_sheet(REF, asked, the_dictionary(), Partnership())
    assert sheet.read_bytes() == blank
    number = {one.query.field: n for n, one in enumerate(asked, 1)}
    answers = {
        f"answer_{number['child_1_dob']}_text": "3 February 2019",
        f"answer_{number['incident_in_area']}_text": "yes",
    }
    office.drop("answered.docx", filled(blank, answers | RECORDED))
    case = office.case()
    assert case.answers["child_1_dob"].value == "2019-02-03"
    assert case.answers["incident_in_area"].value == "yes"
    assert open_questions(case) == ()


def filled(sheet: bytes, answers: dict[str, object]) -> bytes:
    from formflow.rendering.forms.fill_word import fill_word

    return fill_word(sheet, answers, the_dictionary().of("formflow-aqs-1"))


# ---------------------------------------------------------------- stages and closure


def test_a_case_goes_through_its_stages_and_closes_only_when_nothing_is_owed(office: Office) -> None:
    stages = [stage_of(office.case()).key]

    def on(day: date, name: str, content: bytes) -> None:
        office.drop(name, content, day)
        stages.append(stage_of(office.case()).key)

    on(date(2026, 3, 20), "asked.docx", update(agencies_asked_date="2026-03-17"))
    on(date(2026, 3, 23), "return.docx", a_later_form("air", **RETURN))
    on(date(2026, 3, 31), "met.docx", update(review_meeting_date="2026-03-30"))
    only_recommended = {k: v for k, v in DECISION.items() if k not in ("outcome", "decision_date")}
    on(
        date(2026, 4, 1),
        "recommended.docx",
        a_later_form("drr", **(only_recommended | {"date_completed": "2026-04-01"})),
    )
    on(date(2026, 4, 2), "decided.docx", a_later_form("drr", **DECISION))
    close = {"close_case": "yes", "close_date": "2026-10-01", "close_reason": "All done."}
    on(date(2026, 10, 1), "close.docx", update(**close))
    assert any("The case cannot be closed yet." in words and "D5.1" in words for words in office.asked())
    published = {"publication_choice": "publish", "sent_before_publication_date": "2026-09-01",
                 "published_date": "2026-10-02", "review_completed_date": "2026-08-31"}  # fmt: skip
    on(date(2026, 10, 2), "published.docx", update(**published))
    done = {
        "action_1_ref": "D5.1",
        "action_1_status": "complete",
        "action_1_evidence": "Audit",
        "action_1_closed": "2026-10-03",
    }
    on(date(2026, 10, 3), "done.docx", update(**done))
    assert stages == ["1", "2", "2", "3", "4", "review", "review", "actions", "closed"]


def test_an_action_that_a_later_plan_does_not_mention_is_not_dropped(office: Office) -> None:
    office.drop("decided.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    plan = {"case_ref": REF, "plan_source": "rapid_review", "action_1_ref": "p1", "action_1_text": "Train the ward",
            "action_1_owner": "Matron", "action_1_due": "2026-08-01", "action_1_measure": "Register"}  # fmt: skip
    office.drop("plan.docx", a_later_form("acp", **(plan | RECORDED)))
    moved = {"action_1_ref": "P1", "action_1_revised": "2026-12-01", "action_1_revised_reason": "Staff left."}
    office.drop("moved.docx", update(**moved))
    actions = {action.ref: action for action in office.case().actions}
    assert set(actions) == {"D2.1", "P1"}
    assert (actions["P1"].text, actions["P1"].due_now) == ("Train the ward", date(2026, 12, 1))


def test_progress_of_an_action_that_is_not_there_is_asked_about(office: Office) -> None:
    office.drop("decided.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    office.drop("done.docx", update(action_1_ref="D9.9", action_1_status="complete", action_1_evidence="Audit"))
    assert any('no action "D9.9". It has: D2.1' in words for words in office.asked())
    assert [action.discharged for action in office.case().actions if action.ref == "D2.1"] == [False]


def test_a_looked_after_childs_case_without_a_rapid_review_needs_no_decision_to_be_closed(empty: Office) -> None:
    office = empty
    told = {"nature": ("died",), "date_of_death": "2026-03-12", "abuse_neglect": "no", "child_1_looked_after": "yes"}
    office.drop("notification.docx", a_form((), **told))
    close = {"close_case": "yes", "close_date": "2026-03-20", "close_reason": "Told everybody."}
    office.drop("close.docx", update(**close))
    assert not office.asked()
    assert stage_of(office.case(), must_decide=False).closed


def test_a_legacy_review_opens_its_own_case_and_ends_when_it_is_handed_over(office: Office) -> None:
    legacy = {"child_1_forename": "Robin", "child_1_surname": "Quill", "child_1_dob": "2008-01-01",
              "commissioned_date": "2018-05-01", "arrangements_date": "2019-09-29"}  # fmt: skip
    office.drop("legacy.docx", a_later_form("lsr", **(legacy | RECORDED)))
    case = office.case("SIN-2026-002")
    assert case.legacy is not None
    assert (case.outcomes, stage_of(case).key) == (("legacy_review",), "review")
    handed = {"case_ref": "SIN-2026-002", "handed_over_date": "2026-03-20", "commissioned_date": "2018-05-01",
              "handed_over_to": ("partners", "panel", "dfe")}  # fmt: skip
    office.drop("handed.docx", a_later_form("lsr", **(handed | RECORDED)))
    assert stage_of(office.case("SIN-2026-002")).key == "actions"
    assert stage_of(office.case("SIN-2026-002")).owed == ()


# ---------------------------------------------------------------- the tracker


def sheet(office: Office, name: str) -> list[dict[str, object]]:
    rows = list(load_workbook(office.folder.outbox / "Case tracker.xlsx")[name].iter_rows(values_only=True))
    heads = [str(head) for head in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:] if row[0] != "None"]


def test_the_tracker_shows_stage_actions_returns_and_themes(office: Office) -> None:
    office.drop("asked.docx", update(agencies_asked_date="2026-03-17"))
    office.drop("return.docx", a_later_form("air", **RETURN))
    themed = DECISION | {"themes": ("neglect", "child_not_seen"), "action_1_text": "Tell the family of Jordan"}
    office.drop("decision.docx", a_later_form("drr", **themed), date(2026, 4, 2))
    (case,) = sheet(office, "Open cases")
    assert case["Stage"] == "5 Review"
    (action,) = sheet(office, "Actions")
    assert (action["Ref"], action["Action"], action["Status"], action["What"]) == (
        REF, "D4.1", "On time", "Tell the family of J",
    )  # fmt: skip
    (returned,) = sheet(office, "Agency returns")
    assert (returned["Agency"], returned["What came"]) == ("Fenwold Hospital Trust", "Return received")
    assert [row["Theme"] for row in sheet(office, "Themes")] == ["Neglect", "Child not seen or heard"]
    assert sheet(office, "Closed cases") == []


def test_a_closed_case_leaves_the_open_cases_and_stands_among_the_closed(office: Office) -> None:
    ended = DECISION | {"outcome": ("no_further_review",), "action_1_text": None}
    record = {key: value for key, value in ended.items() if not key.startswith(("action_", "reviewer"))}
    office.drop("decision.docx", a_later_form("drr", **record), date(2026, 4, 2))
    close = {"close_case": "yes", "close_date": "2026-05-01", "close_reason": "All done."}
    office.drop("close.docx", update(**close), date(2026, 5, 1))
    assert sheet(office, "Open cases") == []
    (closed,) = sheet(office, "Closed cases")
    assert (closed["Ref"], closed["Initials"], closed["Outcome"]) == (REF, "J.A.", "No further review")
    assert closed["Keep until"] is None
    settings = office.folder.root / "formflow.toml"
    settings.write_text(settings.read_text("utf-8").replace("[retention]", "[retention]\nyears = 30"), "utf-8")
    office.pipeline.close()
    office.pipeline = Pipeline.open(WorkingFolder.open(office.folder.root), office.now)
    rules, register = office.pipeline.rules, office.pipeline.register
    (keeping,) = retention(office.pipeline.folder, rules, register, date(2056, 5, 2))
    assert (keeping.ref, keeping.kept.until, keeping.kept.over(date(2056, 5, 2))) == (REF, date(2056, 5, 1), True)
    run(office.pipeline, office.now)
    (closed,) = sheet(office, "Closed cases")
    assert str(closed["Keep until"])[:10] == "2056-05-01"


def test_an_agency_on_the_notification_without_a_return_is_shown_once_returns_are_asked_for(empty: Office) -> None:
    empty.drop(
        "notification.docx", a_form((), agency_1_name="Mill Lane School", agency_2_name="Fenwold Hospital Trust")
    )
    assert sheet(empty, "Agency returns") == []
    empty.drop("return.docx", a_later_form("air", **RETURN))
    assert [(row["Agency"], row["What came"]) for row in sheet(empty, "Agency returns")] == [
        ("Fenwold Hospital Trust", "Return received"),
        ("Mill Lane School", "No return under this name yet"),
    ]


# ---------------------------------------------------------------- the combined chronology, and the record


def test_the_combined_chronology_merges_every_agency_in_order_with_gaps_and_contradictions(empty: Office) -> None:
    office = empty
    events = {
        "event_1_date": "2026-03-12",
        "event_1_source": "Case file",
        "event_1_event": "Taken to hospital by ambulance",
    }
    office.drop("notification.docx", a_form((), **events))
    trust = {"event_1_date": "2026-03-10", "event_1_source": "Triage", "event_2_date": "2025-09-01",
             "event_1_event": "Ambulance brings to hospital, taken", "event_2_event": "Missed appointment",
             "event_2_source": "Clinic"}  # fmt: skip
    office.drop("trust.docx", a_later_form("air", **(RETURN | trust)))
    school = {
        "agency_name": "Mill Lane School",
        "event_1_date": "2026-02",
        "event_1_event": "Absent",
        "event_1_source": "Register",
    }
    office.drop("school.docx", a_later_form("air", **(RETURN | school)))
    made = chronology_of(office.case())
    assert [(row.told_by, row.event) for row in made.rows] == [
        ("Fenwold Hospital Trust", "Missed appointment"),
        ("Mill Lane School", "Absent"),
        ("Fenwold Hospital Trust", "Ambulance brings to hospital, taken"),
        ("Notification", "Taken to hospital by ambulance"),
    ]
    assert [gap.days for gap in made.gaps] == [153]
    assert made.contradictions == 1
    assert "Notification seems to tell of the same event on 12/03/2026." in made.rows[2].doubts


def test_the_register_verifies_after_a_whole_process(office: Office) -> None:
    office.drop("return.docx", a_later_form("air", **RETURN))
    office.drop("decision.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    office.drop("death.docx", death(), date(2026, 4, 3))
    rules = the_rules()
    office.pipeline.close()
    found = verify(
        office.folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    )
    assert found.problems == ()
    assert found.decisions == 4
