from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.extracting.names import full_name, looks_like_a_name, name_answers, read_name
from formflow.extracting.plain import fold


@pytest.mark.parametrize(
    ("written", "forename", "surname"),
    [
        ("WOLINSKI, Kacper Jan", "Kacper Jan", "WOLINSKI"),
        ("DE SOUZA, Maria", "Maria", "DE SOUZA"),
        ("Leo Kwame DANQUAH", "Leo Kwame", "DANQUAH"),
        ("DANQUAH Leo Kwame", "Leo Kwame", "DANQUAH"),
        ("Aisha Noor", "Aisha", "Noor"),
        ("OLIVER MERRICK", "OLIVER", "MERRICK"),
        ("Tyrese Boateng-Reid", "Tyrese", "Boateng-Reid"),
        ("Sean O’Neill", "Sean", "O’Neill"),
        ("José Núñez", "José", "Núñez"),
        ("Master Leo Bright", "Leo", "Bright"),
        ("Baby boy SMITH", "", "SMITH"),
        ("Unborn baby MISTRY", "", "MISTRY"),
    ],
)
def test_a_name_is_taken_apart_where_it_is_certain(written: str, forename: str, surname: str) -> None:
    name = read_name(written)
    assert (name.forename, name.surname, name.because) == (forename, surname, "")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Leo Kwame Danquah", "which part"),
        ("Maria de Souza", "which part"),
        ("El Sayed", "which part"),
        ("Unborn baby of Sunita Mistry", "which part"),
        ("Mercer", "one name only"),
        ("Noah and Isla Hargreave", "more than one name"),
        ("Aisha Noor, Ilhan Noor", "more than one name"),
        ("De Souza, Maria", "more than one name"),
        ("Noah, Isla", "more than one name"),
        ("AN", "initials"),
        ("Child A", "may not be a name"),
        ("Unknown male", "may not be a name"),
    ],
)
def test_a_name_that_may_be_read_in_two_ways_is_kept_whole(written: str, why: str) -> None:
    name = read_name(written)
    assert (name.full, name.forename, name.surname) == (written, "", "")
    assert why in name.because


@pytest.mark.parametrize(
    ("written", "known_as"),
    [
        ("Daniel (Danyal) Rahimi", "Danyal"),
        ("Kai “Kez” PRENTICE", "Kez"),
        ("Kai PRENTICE aka Kez", "Kez"),
        ("Yusuf Abdi, known as Joe", "Joe"),
    ],
)
def test_another_name_is_told_apart_from_the_name(written: str, known_as: str) -> None:
    name = read_name(written)
    assert name.known_as == known_as
    assert name.forename
    assert name.surname


def test_an_unborn_child_has_a_surname_and_no_forename_yet() -> None:
    answers = name_answers(1, "Unborn baby MISTRY", place="row 1", how="label")
    assert read_name("Unborn baby MISTRY").unborn
    assert answers["child_1_surname"].value == "MISTRY"
    assert (answers["child_1_forename"].state, answers["child_1_forename"].because) == (
        "not_applicable",
        "the child is not born",
    )


def test_a_whole_name_that_cannot_be_taken_apart_becomes_a_question_with_its_words_kept() -> None:
    answers = name_answers(2, "Leo Kwame Danquah", place="row 1", how="label")
    assert set(answers) == {"child_2_forename", "child_2_surname"}
    for answer in answers.values():
        assert (answer.state, answer.value, answer.raw) == ("unreadable", None, "Leo Kwame Danquah")
        assert answer.because


def test_a_name_not_known_is_not_known_and_a_blank_one_is_blank() -> None:
    assert {a.state for a in name_answers(1, "Not known", place="", how="").values()} == {"not_known"}
    assert {a.state for a in name_answers(1, "", place="", how="").values()} == {"blank"}


@pytest.mark.parametrize(
    "written", ["Tom Askew", "Dr H Malik", "Sgt P Lowther", "PC Amir Shah", "Maria de Souza", "Dr Eze"]
)
def test_a_persons_name_looks_like_one(written: str) -> None:
    assert looks_like_a_name(written)


@pytest.mark.parametrize(
    "written",
    [
        "keyworker",
        "Named Nurse",
        "Designated Doctor",
        "Children's Services",
        "Health visiting",
        "Mother",
        "closed June 2024",
    ],
)
def test_a_role_or_a_team_does_not(written: str) -> None:
    assert not looks_like_a_name(written)


def test_a_comma_parts_surname_and_forename_where_the_form_asks_for_the_surname_first() -> None:
    name = read_name("de Souza, Maria", surname_first=True)
    assert (name.forename, name.surname) == ("Maria", "de Souza")
    assert not read_name("Noor Aisha", surname_first=True).surname


def test_a_full_name_is_its_parts_in_order() -> None:
    assert full_name(" Leo  Kwame", "DANQUAH") == "Leo Kwame DANQUAH"
    assert full_name("", "Mistry") == "Mistry"


@given(st.text(max_size=40))
def test_no_part_of_a_name_is_ever_made_up(text: str) -> None:
    name = read_name(text)
    for part in (name.forename, name.surname, name.known_as):
        assert all(word in fold(text) for word in part.split())
