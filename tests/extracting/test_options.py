from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow import shipped
from formflow.errors import Stop
from formflow.extracting.form import Answer
from formflow.extracting.options import agency_named
from formflow.extracting.values import answer_to, derived_agency
from formflow.extracting.wordings import Wordings
from makers import the_dictionary

PRACTICE = Path(__file__).parents[1] / "practice" / "truth.jsonl"


@lru_cache(maxsize=1)
def the_wordings() -> Wordings:
    return Wordings.parse(shipped.text("options.toml"))


def read(field_id: str, raw: str) -> Answer:
    field = the_dictionary().field(field_id)
    assert field is not None
    return answer_to(field, field_id, raw, place="", how="label", latest=2027, wordings=the_wordings())


def test_the_wordings_cover_every_list_of_the_dictionary_and_nothing_else() -> None:
    lists = {name: set(options) for name, options in the_dictionary().options.items() if name != "process"}
    assert {name: set(options) for options, name in the_wordings().names.items()} == lists
    for name, wording in the_wordings().lists.items():
        assert {*wording.meant.values(), *wording.codes.values()} <= lists[name], name
    assert set(the_wordings().organisations.values()) <= lists["agency"]
    assert set(the_wordings().yes_no) <= {f.id for f in the_dictionary().fields.values() if f.type == "yes_no"}


def test_every_wording_is_read_as_the_option_it_stands_for() -> None:
    wrong = []
    for field in the_dictionary().fields.values():
        for words, option in the_wordings().of(field.options).meant.items():
            answer = read(field.id.replace("_N_", "_1_"), words)
            if answer.value not in (option, (option,)):
                wrong.append((field.id, words, answer.state, answer.value))
    assert wrong == []


def test_every_option_is_read_by_its_id_and_by_its_own_text_with_and_without_wordings() -> None:
    for field in the_dictionary().fields.values():
        field_id = field.id.replace("_N_", "_1_")
        for option, text in field.options.items():
            for words in (option, text):
                assert read(field_id, words).value in (option, (option,)), (field.id, words)
                alone = answer_to(field, field_id, words, place="", how="", latest=2027)
                assert alone.value in (option, (option,)), (field.id, words)


def test_a_wording_that_stands_for_two_options_stops_with_what_to_mend() -> None:
    with pytest.raises(Stop, match="stands for"):
        Wordings.parse('[lists.sex]\nfemale = ["F"]\nmale = ["f."]\nindeterminate = []')


@pytest.mark.parametrize(
    ("field_id", "written", "option"),
    [
        ("child_1_ethnicity", "W1 White British", "white_british"),
        ("child_1_ethnicity", "B2 Black African", "black_african"),
        ("child_1_ethnicity", "B2", "black_african"),
        ("child_1_ethnicity", "Black Somali", "black_african"),
        ("child_1_ethnicity", "Mixed – White and Black African", "mixed_white_black_african"),
        ("child_1_ethnicity", "White & Black Caribbean", "mixed_white_black_caribbean"),
        ("child_1_ethnicity", "Mixed White/Asian", "mixed_white_asian"),
        ("child_1_ethnicity", "Asian or Asian British – Indian", "asian_indian"),
        ("child_1_ethnicity", "White – Any other White background", "white_other"),
        ("child_1_ethnicity", "Any other ethnic group (Kurdish)", "other"),
        ("child_1_ethnicity", "Refused", "not_stated"),
        ("child_1_sex", "M", "male"),
        ("child_1_sex", "girl", "female"),
        ("child_1_legal_status", "Supervision Order (Pellingshire) from 02/06/2025", "supervision_order"),
        ("child_1_legal_status", "Section 20", "s20"),
        ("child_1_legal_status", "s.20", "s20"),
        ("child_1_legal_status", "ICO", "interim_care_order"),
        ("child_1_legal_status", "FCO", "care_order"),
        ("child_1_legal_status", "Subject to an interim care order", "interim_care_order"),
        ("child_1_legal_status", "Care Order (s31) since 2019", "care_order"),
        ("child_1_legal_status", "None", "none"),
        ("child_1_placement_type", "Foster care (in-house)", "foster_care"),
        ("child_1_outcome", "Not harmed", "not_harmed"),
        ("child_1_cp_category", "Neglect (all three on plans)", "neglect"),
        ("child_1_cp_category", "Neglect and emotional abuse", "multiple"),
        ("abuse_neglect", "Yes - suspected", "suspected"),
        ("abuse_neglect", "No – accident", "no"),
    ],
)
def test_an_option_is_read_in_the_words_people_use(field_id: str, written: str, option: str) -> None:
    assert read(field_id, written).value == option


@pytest.mark.parametrize(
    ("field_id", "written", "state", "why"),
    [
        ("child_1_ethnicity", "White", "conflict", "several White groups"),
        ("child_1_ethnicity", "White - Polish", "conflict", "several White groups"),
        ("child_1_ethnicity", "Gypsy/Roma", "conflict", "Gypsy or Irish Traveller, or Roma"),
        ("child_1_ethnicity", "White British/White Irish", "conflict", "are given"),
        ("child_1_ethnicity", "White British (mother White Irish)", "conflict", "are named"),
        ("child_1_ethnicity", "B2 White British", "conflict", "do not agree"),
        ("child_1_ethnicity", "White British?", "unreadable", "question mark"),
        ("child_1_ethnicity", "White British – assumed", "unreadable", "not certain"),
        ("child_1_ethnicity", "White Brittish", "unreadable", "none of the answers"),
        ("child_1_ethnicity", "Kurdish", "unreadable", "none of the answers"),
        ("child_1_sex", "M / F", "blank", "none is chosen"),
        ("child_1_sex", "M, F", "conflict", "both"),
        ("child_1_sex", "Not known – parents asked not to be told", "not_known", "more is written"),
        ("child_1_legal_status", "Care order and placement order", "conflict", "both"),
        ("child_1_legal_status", "ICO - discharged 12/3/24", "unreadable", "not certain"),
        ("child_1_legal_status", "S20, ICO applied for", "unreadable", "not certain"),
        ("child_1_legal_status", "previously ICO", "unreadable", "none of the answers"),
        ("child_1_cp_category", "Physical / Neglect", "conflict", "both"),
        ("abuse_neglect", "Known / Suspected / No / Not yet known", "blank", "none is chosen"),
        ("abuse_neglect", "Known or suspected", "conflict", "which of the two"),
        ("abuse_neglect", "Yes", "conflict", "whether"),
        ("abuse_neglect", "No, but neglect suspected", "conflict", "both"),
        ("child_1_outcome", "also injured", "unreadable", "none of the answers"),
        ("child_1_legal_status", "Care order (sibling)", "unreadable", "not certain"),
        ("child_1_legal_status", "ICO until 3 March 2025", "unreadable", "not certain"),
        ("child_1_ethnicity", "Other: White Irish", "conflict", "both"),
        ("child_1_sex", "M (trans)", "unreadable", "not certain"),
    ],
)
def test_what_settles_no_option_is_open_and_says_why(field_id: str, written: str, state: str, why: str) -> None:
    answer = read(field_id, written)
    assert (answer.state, answer.value) == (state, None)
    assert why in answer.because


@pytest.mark.parametrize(
    ("field_id", "written", "options"),
    [
        ("abuse_type", "Physical and domestic abuse", ("physical", "domestic_abuse")),
        ("abuse_type", "CSE", ("exploitation",)),
        ("abuse_type", "Criminal exploitation", ("exploitation",)),
        ("abuse_type", "Physical/emotional", ("physical", "emotional")),
        ("abuse_type", "Sexual and criminal exploitation", ("exploitation",)),
        ("abuse_type", "Physical abuse (bruising) and neglect", ("physical", "neglect")),
        ("nature", "Child seriously harmed", ("seriously_harmed",)),
        ("nature", "Death and serious harm", ("died", "seriously_harmed")),
        ("nature", "a) A child has died and abuse or neglect is known or suspected", ("died",)),
    ],
)
def test_a_list_of_kinds_is_read_when_every_part_is_one(field_id: str, written: str, options: tuple[str, ...]) -> None:
    assert read(field_id, written).value == options


@pytest.mark.parametrize(
    ("field_id", "written"),
    [
        ("nature", "died / been seriously harmed"),
        ("abuse_type", "Physical / Emotional / Sexual / Neglect"),
        ("abuse_type", "Neglect?"),
        ("abuse_type", "Neglect and something else"),
        ("abuse_type", "possibly neglect"),
        ("abuse_type", "Neglect (historic)"),
        ("abuse_type", "Neglect (of a sibling)"),
        ("abuse_type", "Physical, sexual and criminal exploitation"),
    ],
)
def test_a_list_that_is_printed_or_not_understood_answers_nothing(field_id: str, written: str) -> None:
    assert read(field_id, written).value is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Estermouth Police, Public Protection", "police"),
        ("Holmfleet Hospitals NHS Trust", "hospital_trust"),
        ("Brackenshire Hospitals NHS Foundation Trust", "hospital_trust"),
        ("Pelling Cross Primary School", "school_college"),
        ("St Hild School, Pelling Cross", "school_college"),
        ("Tarrowdale Children’s Social Care", "childrens_social_care"),
        ("Fenwold County Council, Children's Services", "childrens_social_care"),
        ("The Sluice Surgery", "gp"),
        ("Fenwold Community Health Trust", "community_mental_health_trust"),
        ("Tarrowdale Youth Justice Service", "youth_justice"),
        ("Great Bracken Housing", "housing_district_council"),
        ("Harbour Refuge", "voluntary"),
        ("Pelling Cross Probation", "probation"),
        ("Little Otters Nursery", "early_years"),
    ],
)
def test_the_kind_of_agency_is_worked_out_from_a_name_that_leaves_no_doubt(name: str, kind: str) -> None:
    answer = read("notifier_agency", name)
    assert (answer.value, answer.how, answer.because) == (
        kind,
        "derived",
        "worked out from the name of the organisation",
    )
    organisation = Answer("notifier_organisation", "answered", name, raw=name, place="row 1", how="label")
    worked_out = derived_agency("notifier_agency", organisation, the_wordings())
    assert worked_out is not None
    assert (worked_out.value, worked_out.how, worked_out.place) == (kind, "derived", "row 1")


@pytest.mark.parametrize(
    "name",
    [
        "Ropewalk Nursery School",
        "School Nursing Service",
        "Holmfleet Hospitals NHS Trust, Children's Services",
        "NHS Foundation Trust",
        "Police and Crime Commissioner",
        "Royal College of Nursing",
        "Pellingshire CAMHS",
        "Estermouth City Council",
        "Policestone Ltd",
        "St John Ambulance",
        "Department of Surgery",
        "Hospital Children's Services",
    ],
)
def test_a_name_that_may_be_of_two_kinds_or_none_tells_no_kind(name: str) -> None:
    assert agency_named(name, the_wordings()) is None


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_a_choice_or_is_an_option_by_likeness(text: str) -> None:
    for field_id in ("child_1_ethnicity", "abuse_type", "child_1_legal_status", "child_1_cp_plan", "abuse_neglect"):
        answer = read(field_id, text)
        assert (answer.value is not None) == (answer.state == "answered")


def test_no_answer_of_the_practice_forms_is_read_as_something_else() -> None:
    wrong, right = [], 0
    for line in PRACTICE.read_text(encoding="utf-8").splitlines():
        for field_id, told in json.loads(line)["answers"].items():
            field = the_dictionary().field(field_id)
            if field is None or "raw" not in told or field.type in ("text", "long_text", "phone"):
                continue
            answer = read(field_id, told["raw"])
            value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
            may_be = told.get("any_of") or [told.get("value")]
            right += answer.state == "answered" and value in may_be
            if answer.state == "answered" and value not in may_be:
                wrong.append((field_id, told["raw"], value))
    assert wrong == []
    assert right >= 200
