"""The working papers of a case and the forms that go out half filled: when they are drawn, and what stands in them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from formflow import shipped
from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.extracting.extract import extract
from formflow.extracting.form import Answer, Form
from formflow.local import Local
from formflow.reading.read import read
from formflow.rendering.forms.fill_word import fill_each, fill_word
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import draw
from formflow.rendering.papers.catalogue import catalogue
from formflow.rendering.papers.prefilled import PREFILLED
from formflow.rendering.render import Renderer
from formflow.settings import Settings
from formflow.validating.submission import Submission
from makers import (
    TODAY,
    a_form,
    a_later_form,
    a_later_submission,
    a_submission,
    blank_later_form,
    the_dictionary,
    the_knowledge,
    the_rules,
)
from process_forms import DECISION, RECORDED, REF, RETURN, Office

NOTIFIED: dict[str, object] = {"national_notification_made": "yes", "national_date": "2026-03-16"}
AGENCIES: dict[str, object] = {"agency_1_name": "Fenwold Hospital Trust", "agency_2_name": "Mill Lane School"}
FAMILY: dict[str, object] = {
    "child_1_aka": "Jordy",
    "child_1_home_address": "12 Mill Lane",
    "family_1_name": "Mary Ashby",
    "family_1_dob_or_age": "1990-04-05",
    "family_1_relationship": "Mother",
    "family_1_address_if_different": "3 Harbour Street",
    "family_2_name": "Lee Marsh",
    "family_2_dob_or_age": "34",
}
REVIEWER: dict[str, object] = {
    "reviewer_not_yet": None,
    "reviewer_name": "Dr Femi Alder",
    "reviewer_organisation": "Alder Reviews",
    "reviewer_appointed_date": "2026-04-02",
    "reviewer_test": ("knowledge", "no_conflict"),
}
NO_REVIEW: dict[str, object] = {"nature": ("died",), "abuse_neglect": "no", "child_1_looked_after": "yes"}
LATER = date(2026, 4, 7)


@lru_cache(maxsize=1)
def the_renderer() -> Renderer:
    return Renderer(shipped.templates())


def a_record(**answers: object) -> Submission:
    """A decision record with some answers changed; None leaves one out."""
    given = {field: value for field, value in (DECISION | answers).items() if value is not None}
    return a_later_submission("drr", **given)


def papers_of(*forms: Submission, on: date = TODAY, settings: Settings | None = None) -> dict[str, bytes]:
    """The papers of a case with these forms, by their kind."""
    drawn = draw(about_these(*forms, on=on, settings=settings), (), the_renderer())
    return {paper.name.split("_")[1]: paper.content for paper in drawn.papers}


def about_these(*forms: Submission, on: date = TODAY, settings: Settings | None = None) -> About:
    case, chosen = Case(REF, forms, (TODAY,) * len(forms)), settings or Settings()
    decision = decide(case, replace(the_rules(), local=chosen.local), on)
    return About(case, decision, the_dictionary(), chosen, TODAY)


def words_in(content: bytes) -> str:
    """The words of a paper, with a space between its paragraphs."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = package.read("word/document.xml").decode("utf-8")
    plain = re.sub(r"<[^>]+>", "", body.replace("</w:p>", " ").replace("<w:br/>", " "))
    return re.sub(r"\s+", " ", html.unescape(plain))


def read_in(content: bytes) -> Form:
    return extract(read(content, "form.docx"), the_knowledge(), TODAY)


def filled_in(content: bytes) -> dict[str, object]:
    """What stands in a form, by its fields."""
    return {field: answer.value for field, answer in read_in(content).answers.items() if answer.state == "answered"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    made.drop("notification.docx", a_form((), **(NOTIFIED | AGENCIES | FAMILY)))
    yield made
    made.pipeline.close()


def in_the_folder(office: Office, kind: str) -> Path:
    (found,) = (office.folder.outbox / "cases" / REF).glob(f"{REF}_{kind}_v*")
    return found


# ---------------------------------------------------------------- the request to the agencies, and their return forms


def test_agencies_are_asked_to_search_for_everybody_by_name_and_birth_and_no_address_is_given() -> None:
    letter = words_in(papers_of(a_submission((), **(NOTIFIED | AGENCIES | FAMILY)))["agency-request"])
    for words in ("Jordan Ashby", "Also known as Jordy", "3 February 2019", "Mary Ashby", "5 April 1990", "34 years"):
        assert words in letter
    assert "Mill Lane School SIN-2026-001_return-form-2" in letter
    assert "12 Mill Lane" not in letter
    assert "Harbour Street" not in letter


def test_the_request_says_which_time_to_look_at_by_when_and_that_a_nil_return_is_a_return() -> None:
    letter = words_in(papers_of(a_submission((), **NOTIFIED))["agency-request"])
    assert "look at 12 March 2024 to 12 March 2026: the 2 years up to that day. The review group may change" in letter
    assert "By when: Wednesday 25 March 2026." in letter
    assert "Secure your files now" in letter
    assert "A nil return is a return" in letter


@pytest.mark.parametrize(
    ("settings", "on", "says"),
    [
        (Settings(), LATER, "returns were due on Wednesday 25 March 2026. Please send yours today"),
        (Settings(local=Local(milestones=())), TODAY, "the day for returns is not set yet; please ask"),
    ],
)
def test_a_day_of_returns_that_has_passed_or_is_not_set_is_said_so(settings: Settings, on: date, says: str) -> None:
    letter = papers_of(a_submission((), **NOTIFIED), on=on, settings=settings)["agency-request"]
    assert says in words_in(letter)


def test_for_a_baby_the_agencies_look_at_the_pregnancy_too() -> None:
    letter = words_in(papers_of(a_submission((), **(NOTIFIED | {"child_1_dob": "2025-06-01"})))["agency-request"])
    assert "the 2 years up to that day" in letter
    older = words_in(papers_of(a_submission((), **(NOTIFIED | {"child_1_dob": "2024-09-01"})))["agency-request"])
    assert "look at 26 November 2023 to 12 March 2026: from the beginning of the pregnancy" in older


@pytest.mark.parametrize("answers", [NO_REVIEW, {"incident_in_area": "no"}])
def test_nobody_is_asked_where_no_rapid_review_follows(answers: dict[str, object]) -> None:
    kinds = set(papers_of(a_submission((), **(NOTIFIED | AGENCIES | answers))))
    assert not {kind for kind in kinds if kind.startswith(("agency-request", "return-form"))}


def test_each_agency_has_a_return_form_of_its_own_and_any_other_one_more() -> None:
    again = {"agency_3_name": "FENWOLD hospital trust.", "agency_4_name": "A & E <North> Trust"}
    papers = papers_of(a_submission((), **(NOTIFIED | AGENCIES | FAMILY | again)))
    forms = {kind: filled_in(content) for kind, content in papers.items() if kind.startswith("return-form")}
    assert {kind: form.get("agency_name") for kind, form in forms.items()} == {
        "return-form-1": "Fenwold Hospital Trust",
        "return-form-2": "Mill Lane School",
        "return-form-3": "A & E <North> Trust",
        "return-form-other": None,
    }
    assert forms["return-form-other"] | {"search_for": ""} == {
        "case_ref": REF,
        "incident_date": "2026-03-12",
        "period_from": "2024-03-12",
        "period_to": "2026-03-12",
        "search_for": "",
    }
    assert "Jordan Ashby (also known as Jordy); date of birth or age: 3 February 2019; child 1" in str(
        forms["return-form-1"]["search_for"]
    )


def test_copies_made_together_are_those_that_are_made_one_by_one() -> None:
    asked, blank = the_dictionary().of("formflow-air-1"), blank_later_form("air")
    names = ("Mill Lane School", "A & B <Trust>")
    together = list(fill_each(blank, {"case_ref": REF}, "agency_name", names, asked))
    assert together == [fill_word(blank, {"case_ref": REF, "agency_name": name}, asked) for name in names]


def test_a_return_form_completed_and_dropped_joins_its_case_by_its_reference(office: Office) -> None:
    form = in_the_folder(office, "return-form-1").read_bytes()
    own = {key: value for key, value in RETURN.items() if key not in ("case_ref", "agency_name")}
    done = office.drop("filled in.docx", fill_word(form, own, the_dictionary().of("formflow-air-1")))
    assert done.count("taken") == 1
    (returned,) = office.case().returns
    assert returned.agency == "Fenwold Hospital Trust"
    assert office.refs() == [REF]
    assert office.asked() == []
    assert in_the_folder(office, "return-form-1").name.endswith("_v1_20260320.docx")


# ---------------------------------------------------------------- the decision record, to complete and as a paper


def test_the_decision_record_comes_with_what_is_known_and_what_an_earlier_record_said() -> None:
    notified = a_submission((), **(NOTIFIED | {"national_ref": "CSI-4711"}))
    returned, told = (
        a_later_submission("air", **RETURN),
        a_later_submission("cup", **({"case_ref": REF, "partners_told_date": "2026-03-17"} | RECORDED)),
    )
    recommended = a_record(outcome=None, decision_date=None)
    known = filled_in(papers_of(notified, returned, told)["record-to-complete"])
    assert known == {
        "case_ref": REF,
        "incident_date": "2026-03-12",
        "national_ref": "CSI-4711",
        "national_date": "2026-03-16",
        "partners_told_date": "2026-03-17",
        "agencies_considered": "Fenwold Hospital Trust: return, 20 March 2026",
    }
    again = filled_in(papers_of(notified, recommended)["record-to-complete"])
    assert (again["recommendation"], again["rapid_review_completed_date"]) == ("local_review", "2026-04-01")
    assert "recorded_by" not in again
    assert "outcome" not in again


def test_the_record_to_complete_is_set_aside_once_the_decision_is_recorded(office: Office) -> None:
    form = in_the_folder(office, "record-to-complete")
    own = {key: value for key, value in DECISION.items() if key != "case_ref"}
    completed = fill_word(form.read_bytes(), own, the_dictionary().of("formflow-drr-1"))
    office.drop("decided.docx", completed, date(2026, 4, 2))
    assert office.case().outcomes == ("local_review",)
    assert not form.exists()
    assert (form.parent / "earlier versions" / form.name).is_file()
    assert {"decision-record", "partners-decision", "action-plan", "action-plan-to-update"} <= office.papers()


def test_no_record_is_asked_for_where_a_rapid_review_is_ruled_out() -> None:
    assert "record-to-complete" not in papers_of(a_submission((), **(NOTIFIED | NO_REVIEW)))
    assert "record-to-complete" in papers_of(a_submission(("abuse_neglect",), **NOTIFIED))


def test_the_partners_decision_shows_each_view_dissent_silence_reasons_and_who_took_part() -> None:
    record = a_record(
        took_part="Helen Marsh (chair); co-opted: Dr Ade Bell, radiologist",
        partner_icb_view="dissent",
        partner_icb_reason="The learning is clear already.",
        partner_police_view=None,
        ground_national_improvements="yes",
        decision_told_panel_date="2026-04-02",
        reasons_against="A review takes months.",
    )
    paper = words_in(papers_of(a_submission((), **NOTIFIED), record)["partners-decision"])
    for words in (
        "The partners decided on 2 April 2026 to hold a local child safeguarding practice review.",
        "co-opted: Dr Ade Bell, radiologist [Decision record, 2.8]",
        "Integrated care board A Delegate Partner Does not agree The learning is clear already. 2 April 2026",
        "Not recorded yet: the view of the police. A missing view is neither agreement nor dissent.",
        "A review takes months.",
        "Improvements needed nationally",
        "The Panel: 2 April 2026 Ofsted: not recorded yet",
        "Signature",
    ):
        assert words in paper


def test_a_record_without_a_decision_says_what_is_still_to_be_done() -> None:
    paper = words_in(
        papers_of(a_submission((), **NOTIFIED), a_record(outcome=None, decision_date=None))["partners-decision"]
    )
    assert "No decision is recorded yet." in paper
    assert "complete the decision record in this folder" in paper
    assert "partners-decision" not in papers_of(a_submission((), **NOTIFIED))


def test_bodies_are_called_as_they_were_called_on_the_day_of_the_decision() -> None:
    old = {"incident_date": "2021-03-12", "la_aware_date": "2021-03-13", "national_date": "2021-03-16"}
    record = a_record(rapid_review_completed_date="2021-04-01", rapid_review_sent_date=None,
                      recommendation_date="2021-04-01", decision_date="2021-04-02", **REVIEWER)  # fmt: skip
    papers = papers_of(a_submission((), **(NOTIFIED | old)), record)
    assert "Clinical commissioning group" in words_in(papers["partners-decision"])
    assert "the clinical commissioning group and the chief officer" in words_in(papers["reviewer-appointment"])


def test_no_paper_goes_by_the_name_under_which_a_received_form_is_filed() -> None:
    taken = {"form", "message", "agency-return", "decision-record", "case-update", "legacy-review"}
    papers = papers_of(a_submission((), **(NOTIFIED | AGENCIES)), a_record(outcome=None, decision_date=None))
    names = {name for event in catalogue().values() for name in event.papers}
    assert not taken & (names | set(papers))
    assert len(PREFILLED) == 4


# ---------------------------------------------------------------- the reviewer


def test_the_reviewer_is_told_the_terms_and_what_of_the_test_is_established_and_what_is_not() -> None:
    record = a_record(**REVIEWER, review_scope="Missed appointments since 2024.", review_target_date="2026-09-30")
    letter = words_in(papers_of(a_submission((), **NOTIFIED), record)["reviewer-appointment"])
    for words in (
        "Dear Dr Femi Alder",
        "lead the local child safeguarding practice review of case SIN-2026-001",
        "Missed appointments since 2024.",
        "Target date 30 September 2026",
        "Established Relevant professional knowledge and understanding No real or perceived conflict of interest",
        "Not established yet Knowledge of relevant research",
        "Please declare any link with the agencies or the family",
    ):
        assert words in letter


def test_a_reviewer_named_before_there_is_a_decision_is_not_to_be_written_to_yet() -> None:
    named = {"reviewer_name": "Dr Femi Alder", "reviewer_organisation": None}
    record = a_record(**(REVIEWER | named), outcome=None, decision_date=None)
    letter = words_in(papers_of(a_submission((), **NOTIFIED), record)["reviewer-appointment"])
    assert "Do not send this yet" in letter
    assert "To Dr Femi Alder From" in letter


def test_no_letter_of_appointment_without_a_reviewer_or_without_a_review() -> None:
    assert "reviewer-appointment" not in papers_of(a_submission((), **NOTIFIED), a_record())
    none = a_record(**REVIEWER, outcome=("no_further_review",))
    assert "reviewer-appointment" not in papers_of(a_submission((), **NOTIFIED), none)


# ---------------------------------------------------------------- actions


PLAN: dict[str, object] = {
    "case_ref": REF,
    "plan_source": "rapid_review",
    "action_1_ref": "D2.1",
    "action_1_recommendation": "Bruises in babies are acted upon",
    "action_1_revised": "2026-12-01",
    "action_1_revised_reason": "Staff left.",
    "action_2_text": "Share the learning in all schools",
    "action_2_recommendation": "Learning is shared",
    "action_2_owner": "Head of learning",
}


def test_the_action_plan_stands_by_recommendation_and_says_what_is_not_smart_yet() -> None:
    forms = (a_submission((), **NOTIFIED), a_record(), a_later_submission("acp", **(PLAN | RECORDED)))
    plan = words_in(papers_of(*forms)["action-plan"])
    for words in (
        "the 2 actions of case SIN-2026-001 as the forms received so far leave them: 1 on time and 1 not started.",
        "No day is agreed: A3.2.",
        "It is not said how you will know that it worked: A3.2.",
        "Bruises in babies are acted upon",
        "1 December 2026 Moved from 1 September 2026, Staff left.",
        "Audit of 20 cases On time None yet",
    ):
        assert words in plan
    smart = words_in(papers_of(a_submission((), **NOTIFIED), a_record())["action-plan"])
    assert "Not SMART yet: nothing." in smart
    assert "the only action of case" in smart


def test_progress_written_into_the_plan_and_dropped_back_changes_only_what_was_written(office: Office) -> None:
    office.drop("decided.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    before = office.case().actions
    form = in_the_folder(office, "action-plan-to-update").read_bytes()
    done = {"action_1_status": "complete", "action_1_evidence": "Audit", "action_1_closed": "2026-04-05",
            "action_2_text": "Train the ward", "action_2_owner": "Matron", "action_2_due": "2026-09-01",
            "action_2_measure": "Register"}  # fmt: skip
    asked = the_dictionary().of("formflow-acp-1")
    office.drop("progress.docx", fill_word(form, RECORDED | done, asked), LATER)
    first, second = office.case().actions
    assert (first.ref, first.text, first.owner, first.due) == (
        before[0].ref, before[0].text, before[0].owner, before[0].due,
    )  # fmt: skip
    assert (first.status, first.evidence, second.ref, second.text) == ("complete", "Audit", "A3.2", "Train the ward")
    assert office.case().submissions[-1].kind == "case-update"
    assert "Write a protocol" in str(filled_in(in_the_folder(office, "action-plan-to-update").read_bytes()))


def test_there_is_no_plan_without_actions() -> None:
    assert not {"action-plan", "action-plan-to-update"} & set(papers_of(a_submission((), **NOTIFIED)))


# ---------------------------------------------------------------- learning


def test_the_learning_sheet_tells_of_practice_and_of_no_agency_and_no_child() -> None:
    notified = a_submission((), **(NOTIFIED | FAMILY | {"good_practice": "The school rang Jordan's aunt."}))
    returned = a_later_submission(
        "air", **(RETURN | {"learning": "Mary Ashby was not asked.", "good_practice": "Care."})
    )
    sheet = words_in(papers_of(notified, returned, a_record(themes=("neglect",)))["learning-sheet"])
    for words in (
        "The school rang [Child A]'s aunt.",
        "[Mother] was not asked.",
        "Care.",
        "Neglect",
        "Check names before you share this",
    ):
        assert words in sheet
    for name in ("Jordan", "Ashby", "Fenwold", "Oakes"):
        assert name not in sheet


def test_there_is_no_learning_sheet_until_somebody_tells_of_learning() -> None:
    notified = a_submission((), **NOTIFIED)
    assert "learning-sheet" not in papers_of(notified, a_later_submission("air", **RETURN))
    assert "learning-sheet" in papers_of(notified, a_record(learning="Ask about men in the household."))
    assert "learning-sheet" in papers_of(a_submission((), **(NOTIFIED | {"immediate_learning": "Missed visits."})))


# ---------------------------------------------------------------- an old review that was not finished


OLD: dict[str, object] = {
    "commissioned_date": "2018-05-01",
    "arrangements_date": "2019-09-29",
    "board_name": "Fenwold Board",
    "review_completed_date": "2020-08-01",
    "action_1_text": "Train everybody",
    "action_1_owner": "Head of training",
    "action_1_due": "2021-01-01",
}


def test_an_old_review_that_was_not_published_in_time_is_handed_over_with_what_is_done_and_open() -> None:
    handed = {"handed_over_date": "2026-03-18", "handed_over_to": ("partners", "panel")}
    paper = words_in(papers_of(a_later_submission("lsr", **(OLD | RECORDED | handed)))["hand-over"])
    for words in (
        "which ended on 29 September 2020",
        "The safeguarding partners: told on 18 March 2026",
        "The Child Safeguarding Practice Review Panel: told on 18 March 2026 The Department for Education From",
        "The review was completed on 1 August 2020.",
        "The report is not published, as far as the forms tell.",
        "1 action is still to be done; it stands below.",
        "Form of the serious case review 20 March 2026 SIN-2026-001_legacy-review_v1_20260320",
        "Train everybody",
    ):
        assert words in paper


def test_an_old_review_that_was_published_in_time_is_not_handed_over() -> None:
    published = {"published_date": "2020-09-01"}
    assert "hand-over" not in papers_of(a_later_submission("lsr", **(OLD | RECORDED | published)))


# ---------------------------------------------------------------- nothing answered, and everything at full length


def test_every_working_paper_can_be_drawn_when_next_to_nothing_is_answered() -> None:
    nothing = Submission(kind="notification", layout="", layout_certainty="recognised", answers={})
    record = a_later_submission("drr", recommendation="local_review", reviewer_name="A Reviewer", learning="Listen.",
                                action_1_text="Act")  # fmt: skip
    papers = papers_of(nothing, record) | papers_of(a_submission(("child_1_dob", "incident_date"), **NOTIFIED))
    legacy = papers_of(a_later_submission("lsr", commissioned_date="2018-05-01"))
    for kind, content in {**papers, "hand-over": legacy["hand-over"]}.items():
        words = words_in(content)
        assert not re.search(r" ,|\.\.|: \.|\(\)|None stated on the form\.\.|  ", words), kind
    assert "Date of birth or age Who they are Jordan Ashby Not stated on the form" in words_in(papers["agency-request"])


def test_every_working_paper_can_be_drawn_at_full_length() -> None:
    agencies = {f"agency_{n}_name": f"Agency {n} of the county" for n in range(1, 41)}
    people = {f"family_{n}_name": f"Person {n} Ashby" for n in range(1, 21)}
    plan: dict[str, object] = {"case_ref": REF, "plan_source": "rapid_review"}
    for n in range(1, 201):
        plan |= {f"action_{n}_text": f"Action number {n}", f"action_{n}_recommendation": f"Recommendation {n % 7}"}
    told = dict.fromkeys(("reasons_for", "reasons_against", "took_part", "review_scope", "learning"), "word " * 3000)
    record = a_record(**(REVIEWER | told))
    long_plan = a_long_plan(plan)
    papers = papers_of(a_submission((), **(NOTIFIED | agencies | people)), record, long_plan)
    assert len([kind for kind in papers if kind.startswith("return-form")]) == 41
    assert "Agency 40 of the county" in words_in(papers["agency-request"])
    assert "Action number 200" in words_in(papers["action-plan"])
    assert "Action number 200" in words_in(papers["action-plan-to-update"])


def a_long_plan(plan: dict[str, object]) -> Submission:
    """A long plan without its file: a form of 200 blocks is not what is tried here."""
    answers = {field: Answer(field, "answered", str(value), raw=str(value)) for field, value in plan.items()}
    return Submission(kind="case-update", layout="formflow-acp-1", layout_certainty="recognised", answers=answers)


def test_what_a_form_does_not_change_is_not_drawn_again() -> None:
    notified = a_submission((), **(NOTIFIED | AGENCIES))
    there = [paper.name for paper in draw(about_these(notified), (), the_renderer()).papers]
    told = a_later_submission("cup", **({"case_ref": REF, "partners_told_date": "2026-03-17"} | RECORDED))
    again = draw(about_these(notified, told), there, the_renderer())
    assert {paper.name.split("_")[1] for paper in again.papers} == {"rapid-review-report", "record-to-complete"}
    assert {name.split("_")[1] for name in again.replaces} == {"rapid-review-report", "record-to-complete"}
