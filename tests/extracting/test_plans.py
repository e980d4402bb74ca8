from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow import shipped
from formflow.extracting.care import care_answers
from formflow.extracting.date_pieces import date_pieces, period_in
from formflow.extracting.form import Answer
from formflow.extracting.plans import plan_answers
from formflow.extracting.values import answer_to
from formflow.extracting.wordings import Wordings
from makers import the_dictionary

WORDINGS = Wordings.parse(shipped.text("options.toml"))


def plan(written: str, ever: bool | None = None) -> dict[str, Answer]:
    answers = plan_answers(1, written, WORDINGS, place="row 1", how="label", latest=2027, ever=ever)
    return {field_id.removeprefix("child_1_cp_"): answer for field_id, answer in answers.items()}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "Not currently. Previously 3/8/2023 to 11/6/2024 (neglect)",
            {"plan": "previously", "category": "neglect", "from": "2023-08-03", "to": "2024-06-11"},
        ),
        (
            "Yes. Category: emotional abuse, since 2 March 2026 (pre-birth conference)",
            {"plan": "now", "category": "emotional", "from": "2026-03-02"},
        ),
        (
            "Previously (neglect, 2019 to 2021)",
            {"plan": "previously", "category": "neglect", "from": "2019", "to": "2021"},
        ),
        (
            "Neglect 14/6/22 to 9.5.23",
            {"plan": "previously", "category": "neglect", "from": "2022-06-14", "to": "2023-05-09"},
        ),
        (
            "Yes – current, neglect and emotional since Jan 2026",
            {"plan": "now", "category": "multiple", "from": "2026-01"},
        ),
        ("Yes from 2 March 2026 to date", {"plan": "now", "from": "2026-03-02"}),
        (
            "Was on a plan for neglect until May 2024",
            {"plan": "previously", "category": "neglect", "to": "2024-05"},
        ),
        ("Closed June 2024", {"plan": "previously", "to": "2024-06"}),
        ("Never", {"plan": "never"}),
        ("No, never", {"plan": "never"}),
        ("Not currently or previously", {"plan": "never"}),
        ("No longer", {"plan": "previously"}),
    ],
)
def test_a_plan_told_in_one_answer_gives_its_category_and_dates(written: str, told: dict[str, str]) -> None:
    assert {name: answer.value for name, answer in plan(written).items()} == told


@pytest.mark.parametrize(
    ("written", "ever", "value"),
    [
        ("Yes", False, "now"),
        ("Yes", True, None),
        ("Yes", None, None),
        ("No", True, "never"),
        ("No", False, None),
        ("No", None, None),
        ("Not currently", True, None),
        ("Yes – neglect", False, "now"),
        ("Yes – neglect", True, None),
    ],
)
def test_a_bare_yes_or_no_counts_only_as_far_as_the_question_reaches(
    written: str, ever: bool | None, value: str | None
) -> None:
    assert plan(written, ever)["plan"].value == value


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Yes, sibling only", "unreadable"),
        ("Mother was on a plan as a child", "unreadable"),
        ("Yes?", "unreadable"),
        ("possibly, in another area", "unreadable"),
        ("neglect", "conflict"),
        ("Not previously", "conflict"),
        ("Was not on a plan", "conflict"),
        ("Previously: no", "conflict"),
        ("Currently: no", "conflict"),
        ("Now N, previously Y", "conflict"),
        ("No, not currently", "conflict"),
        ("Yes, or was", "unreadable"),
        ("Never, previously neglect", "conflict"),
        ("Not known", "not_known"),
        ("N/A", "not_applicable"),
    ],
)
def test_a_plan_that_is_not_certain_stays_open(written: str, state: str) -> None:
    for ever in (True, None):
        answer = plan(written, ever)["plan"]
        assert (answer.state, answer.value) == (state, None)


def test_a_date_of_which_it_is_not_said_what_happened_then_becomes_a_question() -> None:
    told = plan("Yes – current, neglect, 12/3/24")
    assert (told["plan"].value, told["category"].value) == ("now", "neglect")
    assert (told["from"].state, told["from"].because) == (
        "unreadable",
        "a date is given, but not whether the plan began or ended then",
    )


def test_a_date_of_the_plan_that_cannot_be_is_said_to_be_so() -> None:
    assert plan("Previously 31/02/2023 to 11/6/2024")["from"].because == "there is no such day in the calendar"


def test_the_plan_box_itself_reads_such_answers_too() -> None:
    field = the_dictionary().field("child_1_cp_plan")
    assert field is not None
    for written, value in (
        ("Previously (neglect, 2019 to 2021)", "previously"),
        ("Yes", None),
        ("On a plan now", "now"),
    ):
        answer = answer_to(field, field.id, written, place="", how="", latest=2027, wordings=WORDINGS)
        assert answer.value == value


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Yes – section 20, Tarrowdale", {"looked_after": "yes", "legal_status": "s20", "placing_la": "Tarrowdale"}),
        (
            "Yes – s20, Pellingshire MBC",
            {"looked_after": "yes", "legal_status": "s20", "placing_la": "Pellingshire MBC"},
        ),
        (
            "Yes - ICO since 3/2/25, foster care, placed by Estermouth City Council",
            {
                "looked_after": "yes",
                "legal_status": "interim_care_order",
                "placement_type": "foster_care",
                "placing_la": "Estermouth City Council",
            },
        ),
        ("Yes – section 20, Voluntary", {"looked_after": "yes", "legal_status": "s20"}),
        ("No – SGO", {"looked_after": "no", "legal_status": "special_guardianship"}),
        ("No", {"looked_after": "no"}),
        ("No – section 20", {"looked_after": None, "legal_status": "s20"}),
        ("Not known", {"looked_after": None}),
    ],
)
def test_a_child_in_care_told_in_one_answer(written: str, told: dict[str, str | None]) -> None:
    answers = care_answers(1, written, WORDINGS, place="", how="label", authorities=["Tarrowdale"])
    assert {field_id.removeprefix("child_1_"): answer.value for field_id, answer in answers.items()} == told


def test_that_a_child_is_looked_after_is_worked_out_from_the_order_and_said_to_be() -> None:
    answer = care_answers(1, "Section 20", WORDINGS, place="", how="label")["child_1_looked_after"]
    assert (answer.value, answer.how, answer.because) == ("yes", "derived", "worked out from the legal status")


def test_a_place_is_no_authority_unless_it_is_known_to_be_one() -> None:
    assert "child_1_placing_la" not in care_answers(1, "Yes – section 20, Tarrowdale", WORDINGS, place="", how="label")


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("Previously 3/8/2023 to 11/6/2024", ["3/8/2023", "11/6/2024"]),
        ("on 14 April, 12 children were seen", ["14 April"]),
        ("HF/26/20931 and EP-26-0031187", []),
        ("Mon 16 Mar 2026 at 1300", ["Mon 16 Mar 2026"]),
        ("2019 to 2021", ["2019", "2021"]),
        ("flat 3, 12-14 High Street", []),
    ],
)
def test_dates_inside_longer_words_are_found_whole(written: str, pieces: list[str]) -> None:
    assert [piece.words for piece in date_pieces(written)] == pieces


def test_a_period_is_told_only_where_beginning_and_end_are() -> None:
    assert (period_in("since 2 March 2026").begin, period_in("since 2 March 2026").open_ended) == ("2 March 2026", True)
    assert period_in("until May 2024").end == "May 2024"
    assert not period_in("12/3/24").clear


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_reading_of_plans_and_care(text: str) -> None:
    for answer in (*plan(text).values(), *care_answers(1, text, WORDINGS, place="", how="").values()):
        assert (answer.value is not None) == (answer.state == "answered")
