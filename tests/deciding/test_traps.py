"""The twenty-seven traps of this field, each with a test that names it. Nobody is to fall into them again."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.deciding.decision import Decision
from formflow.deciding.edition import Edition
from formflow.deciding.explaining import working
from formflow.deciding.progress import OldReview, Progress, progress_of
from formflow.extracting.form import Answer
from formflow.extracting.values import answer_to
from formflow.local import Local
from formflow.service.run import run
from formflow.validating.submission import Submission
from makers import (
    NOON,
    TODAY,
    a_case,
    a_form,
    a_pipeline,
    a_submission,
    a_working_folder,
    the_dictionary,
    the_rules,
)

SERIOUS: dict[str, object] = {"nature": ("died",), "abuse_neglect": "known", "incident_in_area": "yes"}


def made(on: date = TODAY, since: Progress | None = None, local: Local | None = None, /, **answers: object) -> Decision:
    rules = replace(the_rules(), local=local) if local else the_rules()
    return decide(a_case((), **answers), rules, on, None, since)


def result(decision: Decision, key: str) -> str:
    return {finding.key: finding.result for finding in decision.findings}[key]


def route(decision: Decision, outcome: str) -> str:
    return {advice.outcome: advice.open for advice in decision.advice}[outcome]


def told(decision: Decision, event: str) -> list[str]:
    return [to.recipient for telling in decision.tell if telling.event == event for to in telling.to]


def edition(name: str) -> Edition:
    found = the_rules().guidance.named(name)
    assert found is not None
    return found


def later(kind: str, **answers: str | tuple[str, ...]) -> Submission:
    given = {field: Answer(field, "answered", value) for field, value in answers.items()}
    return Submission(kind=kind, layout="", layout_certainty="recognised", answers=given)  # type: ignore[arg-type]  # a kind of form


def test_trap_01_criteria_met_never_means_a_review_is_required_and_not_met_never_that_none_is_possible() -> None:
    met = made(crit_improvements="yes", crit_recurrent_themes="yes", crit_agencies_together="yes")
    assert route(met, "no_further_review") == "yes"
    words = " ".join(chain.from_iterable((*advice.for_, *advice.against) for advice in met.advice))
    assert "must" not in words
    assert "required" not in words
    outside = made(TODAY, abuse_neglect="no", nature=("seriously_harmed",), crit_improvements="no")
    assert route(outside, "local_review") == "no"
    assert route(outside, "discretionary_local_review") == "yes"


def test_trap_02_criteria_that_must_be_taken_into_account_and_circumstances_are_kept_apart() -> None:
    groups = {finding.key: finding.group for finding in made().findings}
    assert {key for key, group in groups.items() if group == "criteria"} == {
        "improvements_needed", "recurrent_themes", "agencies_working_together", "panel_considered",
    }  # fmt: skip
    assert {key for key, group in groups.items() if group == "circumstances"} == {
        "single_agency", "no_agency_involvement", "cross_border", "institutional_setting",
    }  # fmt: skip


def test_trap_03_may_highlight_and_suspects_are_enough() -> None:
    decision = made(abuse_neglect="suspected", crit_improvements="yes")
    assert result(decision, "abuse_or_neglect") == "met"
    assert result(decision, "improvements_needed") == "met"
    assert "may highlight" in next(f.reason for f in decision.findings if f.key == "improvements_needed")
    assert decision.duty.notify == "yes"


def test_trap_04_a_rapid_review_follows_a_notification_and_nothing_else() -> None:
    assert made(**SERIOUS).duty.rapid_review == "yes"
    looked_after = made(nature=("died",), abuse_neglect="no", child_1_looked_after="yes")
    leaver = made(nature=("died",), child_1_dob="2005-01-01", child_1_care_leaver="yes")
    for decision in (looked_after, leaver):
        assert decision.duty.notify == "yes"
        assert decision.duty.rapid_review == "no"
        assert not any(deadline.key.startswith("rapid_review") for deadline in decision.deadlines)


def test_trap_05_under_18_is_no_hard_rule_and_25_is_out() -> None:
    def dies(born: str, **answers: object) -> str:
        return made(
            nature=("died",), date_of_death="2026-03-12", child_1_dob=born, child_1_care_leaver="yes", **answers
        ).duty.type

    assert dies("2001-03-13") == "care_leaver_death"
    assert dies("2001-03-12") == "none"
    unborn = decide(a_case(("child_1_dob",), child_1_edd="2026-06-01"), the_rules(), TODAY)
    assert result(unborn, "child_under_18") == "may_be_met"
    assert unborn.duty.notify == "cannot_tell"
    harm = {"nature": ("seriously_harmed",), "abuse_neglect": "no", "child_1_looked_after": "yes"}
    assert told(made(TODAY, None, Local(tell_of_harm_to_looked_after=("ofsted",)), **harm), "local_rule") == ["ofsted"]
    assert told(made(**harm), "local_rule") == []


@pytest.mark.parametrize("country", ["Wales", "Scotland", "Northern Ireland", "France"])
def test_trap_06_outside_england_is_not_outside_england_and_wales(country: str) -> None:
    decision = made(incident_in_area="no", outside_england_resident="yes", country=country)
    assert decision.duty.notify == "yes"
    assert result(decision, "outside_england_resident") == "met"


def test_trap_07_in_another_english_area_that_authority_notifies() -> None:
    decision = made(
        incident_in_area="no", outside_england_resident="no", other_la="Holmfleet Council", child_1_looked_after="yes"
    )
    assert (decision.duty.type, decision.duty.notify) == ("other_authority", "no")
    assert told(decision, "other_authority_area") == ["other_authority_in_whose_area"]


def test_trap_08_the_notification_goes_to_the_panel_and_an_agreed_review_to_three() -> None:
    since = Progress(decided=TODAY, outcomes=("local_review",), review_agreed=TODAY)
    decision = made(TODAY, since, **SERIOUS)
    assert told(decision, "notifiable_incident") == ["panel"]
    assert told(decision, "local_review_agreed") == ["panel", "ofsted", "department_for_education"]


def test_trap_09_each_clock_has_a_start_and_a_measure_of_its_own() -> None:
    since = Progress(decided=date(2026, 4, 30), outcomes=("local_review",), review_agreed=date(2026, 4, 30))
    by_key = {one.key: one for one in made(date(2026, 5, 1), since, national_date="2026-03-16").deadlines}
    assert by_key["notify_panel"].start == date(2026, 3, 13)
    assert by_key["rapid_review"].start == date(2026, 3, 16)
    assert by_key["rapid_review_early_warning"].start == date(2026, 3, 13)
    assert not by_key["rapid_review"].confirmed
    assert (by_key["local_review"].start, by_key["local_review"].due) == (date(2026, 4, 30), date(2026, 10, 30))
    assert (by_key["local_review"].months, by_key["local_review"].working_days) == (6, None)


def test_trap_10_the_day_of_awareness_is_day_0_and_only_english_holidays_are_left_out() -> None:
    one = next(d for d in made(la_aware_date="2025-12-31").deadlines if d.key == "notify_panel")
    shown = {day.day: day.number for day in working(one)}
    assert shown[date(2025, 12, 31)] == 0
    assert shown[date(2026, 1, 1)] is None
    assert shown[date(2026, 1, 2)] == 1
    named = the_rules().working_days.named
    assert {date(2026, 12, 28), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)} <= set(named)


def test_trap_11_bodies_are_called_what_they_were_called_and_there_may_be_several() -> None:
    for day, words in (
        (date(2022, 6, 30), "clinical commissioning group"),
        (date(2022, 7, 1), "integrated care board"),
    ):
        assert (
            made(date(2022, 7, 10), Progress(decided=day), la_aware_date="2022-06-01").terms["health_partner"] == words
        )
    early = made(date(2019, 1, 10), None, Local(arrangements_began=date(2019, 9, 2)), la_aware_date="2019-01-08")
    assert early.terms["review_body"] == "Local Safeguarding Children Board"
    two = Local.model_validate({"recipients": [{"recipient": "safeguarding_partners", "name": n} for n in "AB"]})
    assert len(told(made(TODAY, None, two), "notifiable_incident_partners")) == 2


@pytest.mark.parametrize("state", ["blank", "not_known", "not_applicable", "conflict", "unreadable"])
def test_trap_12_blank_is_not_no_and_the_kinds_of_nothing_stay_apart(state: str) -> None:
    case = a_case()
    answers = dict(case.answers) | {"crit_improvements": Answer("crit_improvements", state)}  # type: ignore[arg-type]  # each state of the contract
    form = case.submissions[0].model_copy(update={"answers": answers})
    finding = next(
        f for f in decide(Case("", (form,), (TODAY,)), the_rules(), TODAY).findings if f.key == "improvements_needed"
    )
    assert finding.result == "cannot_tell"
    shown = {"not_known": "not known", "not_applicable": "not applicable", "conflict": "not clear",
             "unreadable": "not readable"}.get(state, state)  # fmt: skip
    assert finding.because[0].value == shown


def test_trap_13_the_panels_view_cannot_be_met_before_the_panel_has_considered_the_case() -> None:
    assert result(made(crit_panel_view="yes"), "panel_considered") == "cannot_tell"
    since = Progress(panel_considered=date(2026, 3, 18), panel_prefers_local_review=True)
    assert result(made(TODAY, since), "panel_considered") == "met"


def test_trap_14_many_children_mixed_outcomes_and_different_surnames_are_one_incident() -> None:
    children = {f"child_{n}_surname": name for n, name in enumerate("ABCDE", 1)}
    born = {f"child_{n}_dob": "2019-02-03" for n in range(1, 6)}
    decision = made(nature=("died", "seriously_harmed"), child_1_outcome="died", child_2_outcome="seriously_harmed",
                    **children, **born)  # fmt: skip
    assert {"several_children", "more_than_four"} <= {flag.key for flag in decision.flags}
    assert decision.duty.type == "abuse_neglect_death"
    assert "different outcomes" in next(f.says for f in decision.flags if f.key == "several_children")


def test_trap_15_harm_that_became_death_is_told_again_and_nothing_is_written_over() -> None:
    first = a_submission((), national_date="2026-03-16")
    update = later("case-update", became_death="yes", date_of_death="2026-03-18", death_aware_date="2026-03-19")
    case = Case("SIN-2026-001", (first, update), (TODAY, TODAY))
    decision = decide(case, the_rules(), TODAY)
    assert case.notification is not None
    assert case.notification.answers["nature"].value == ("seriously_harmed",)
    assert decision.duty.type == "abuse_neglect_death"
    by_key = {one.key: one for one in decision.deadlines}
    assert by_key["notify_panel"].state == "done"
    assert by_key["notify_panel_of_death"].due == date(2026, 3, 26)
    assert told(decision, "harm_became_death") == ["panel", "safeguarding_partners"]


@pytest.mark.parametrize("when", ["2025", "2025-11", "2010-01-01/2014-12-31"])
def test_trap_16_an_incident_may_last_and_need_not_have_one_day(when: str) -> None:
    decision = made(incident_date=when, child_1_dob="2012-02-03")
    assert decision.duty.notify == "yes"
    assert {one.key: one.due for one in decision.deadlines}["notify_panel"] == date(2026, 3, 20)


def test_trap_17_the_partners_recommend_a_national_review_and_it_can_stand_beside_a_local_one() -> None:
    decision = made(national_importance="yes", **SERIOUS)
    assert (route(decision, "national_referral"), route(decision, "local_review")) == ("yes", "yes")
    national = next(advice for advice in decision.advice if advice.outcome == "national_referral")
    assert any("the Panel decides" in words for words in national.against)
    record = later("decision-record", outcome=("national_referral", "local_review"), decision_date="2026-03-19")
    case = Case("", (a_submission(), record), (TODAY, TODAY))
    assert progress_of(case).outcomes == ("national_referral", "local_review")
    assert progress_of(case).review_agreed == date(2026, 3, 19)


def test_trap_18_a_national_view_may_come_late_during_a_local_review() -> None:
    record = later("decision-record", outcome=("local_review",), decision_date="2026-03-19")
    update = later("case-update", national_now_suggested="yes")
    case = Case("", (a_submission(), record, update), (TODAY, TODAY, date(2026, 6, 1)))
    decision = decide(case, the_rules(), date(2026, 6, 2))
    assert told(decision, "national_view_changed") == ["panel"]
    assert {one.key for one in decision.deadlines} >= {"local_review"}


def test_trap_19_an_old_review_ends_at_the_earlier_day_and_only_when_it_is_published_too() -> None:
    local = Local(arrangements_began=date(2019, 9, 2))
    complete = Progress(legacy=OldReview(commissioned=date(2018, 1, 1), completed=date(2020, 1, 1)))
    decision = made(date(2020, 9, 3), complete, local)
    by_key = {one.key: one for one in decision.deadlines}
    assert (by_key["legacy_review"].due, by_key["legacy_review"].state) == (date(2020, 9, 2), "overdue")
    assert told(decision, "legacy_unfinished") == ["safeguarding_partners", "panel", "department_for_education"]
    later_start = made(date(2020, 9, 3), complete, Local(arrangements_began=date(2019, 9, 29)))
    assert {one.key: one.due for one in later_start.deadlines}["legacy_review"] == date(2020, 9, 29)


def test_trap_20_an_incident_of_2015_first_known_in_2024_is_a_case_for_the_panel() -> None:
    decision = made(date(2024, 3, 14), incident_date="2015-05-01", la_aware_date="2024-03-12", child_1_dob="2010-01-01")
    assert decision.edition == {"notification": "2023-12-15", "review": "2023-12-15"}
    assert "panel" in decision.duty.recipients
    assert decision.picked_by["notification"].startswith("2024-03-12")


def test_trap_21_a_child_who_caused_harm_may_be_the_subject_and_is_not_only_a_suspect() -> None:
    decision = made(child_suspected_perpetrator="yes", child_1_role="alleged_perpetrator", **SERIOUS)
    assert decision.duty.notify == "yes"
    says = next(flag.says for flag in decision.flags if flag.key == "child_perpetrator")
    assert "subject" in says


def test_trap_22_a_partner_who_disagrees_or_is_silent_neither_blocks_nor_is_counted_as_agreeing() -> None:
    record = later(
        "decision-record", outcome=("local_review",), decision_date="2026-03-19", partner_police_view="dissent",
        partner_local_authority_view="agree",
    )  # fmt: skip
    case = Case("", (a_submission(), record), (TODAY, TODAY))
    assert case.decision is not None
    assert (case.decision.dissent, case.decision.silent) == (("police",), ("icb",))
    by_key = {one.key: one for one in decide(case, the_rules(), TODAY).deadlines}
    assert by_key["local_review"].due == date(2026, 9, 19)
    assert by_key["notify_panel"].due == date(2026, 3, 20)


def test_trap_23_no_name_leaks_through_the_tracker_file_names_or_properties(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    (folder.inbox / "Jordan Ashby.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
    names = [path.name for path in folder.outbox.rglob("*")]
    assert not any("Ashby" in name for name in names)
    with zipfile.ZipFile(folder.outbox / "Case tracker.xlsx") as book:
        for part in book.namelist():
            assert b"Ashby" not in book.read(part), part
    for paper in (folder.outbox / "cases").rglob("*panel-notice*.docx"):
        with zipfile.ZipFile(paper) as document:
            for part in document.namelist():
                assert b"Ashby" not in document.read(part), part


@pytest.mark.parametrize(
    ("raw", "state"),
    [("N/K", "not_known"), ("n/k", "not_known"), ("not known", "not_known"), ("N/A", "not_applicable"), ("", "blank")],
)
def test_trap_24_what_people_write_for_nothing_is_read_as_what_it_is(raw: str, state: str) -> None:
    field = the_dictionary().field("crit_improvements")
    assert field is not None
    assert answer_to(field, "crit_improvements", raw, place="", how="tag", latest=2026).state == state


@pytest.mark.parametrize("raw", ["DNA", "did not attend", "NFA"])
def test_trap_24_words_that_only_look_like_no_are_no_answer(raw: str) -> None:
    field = the_dictionary().field("crit_improvements")
    assert field is not None
    assert answer_to(field, "crit_improvements", raw, place="", how="tag", latest=2026).state == "unreadable"


def test_trap_25_after_a_correction_papers_say_which_version_they_speak_of(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    (folder.inbox / "one.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        (folder.inbox / "two.docx").write_bytes(a_form(case_ref="SIN-2026-001", what_changed="The place."))
        run(pipeline, lambda: NOON)
        record = pipeline.register.case("SIN-2026-001")
    assert record is not None
    assert record.case.version == 2
    assert "corrected" in {flag.key for flag in record.decision.flags}
    papers = [path.name for path in (folder.outbox / "cases" / "SIN-2026-001").rglob("*notice*.docx")]
    assert any("_v2_" in name for name in papers)
    assert any("_v1_" in name for name in papers), "the earlier version is kept"


def test_trap_26_the_words_of_the_guidance_are_not_printed_as_law() -> None:
    for name in ("2018", "2023", "2026"):
        source = edition(name).criteria["agencies_working_together"].source
        assert 'reg 11(c) ("agencies")' in source
        assert '("organisations or agencies")' in source
        for key in ("single_agency", "no_agency_involvement", "cross_border", "institutional_setting"):
            assert "SI 2018" not in edition(name).criteria[key].source, key


def test_trap_27_the_chapter_of_2019_stays_a_profile_that_can_be_tried_beside_the_newer_ones() -> None:
    chapter = edition("LINCS_2019")
    assert chapter.id == "2018-06-29"
    rules, case = the_rules(), a_case((), nature=("died",), child_1_dob="2004-01-01", child_1_care_leaver="yes")
    types = {}
    for name in ("LINCS_2019", "WT2023", "WT2026"):
        tried = replace(rules, guidance=replace(rules.guidance, only=edition(name)))
        types[name] = decide(case, tried, TODAY).duty.type
    assert types == {"LINCS_2019": "none", "WT2023": "care_leaver_death", "WT2026": "care_leaver_death"}


def test_every_trap_has_its_test() -> None:
    named = {name.split("_")[2] for name in globals() if name.startswith("test_trap_")}
    assert named == {f"{number:02d}" for number in range(1, 28)}
