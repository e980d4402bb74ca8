from __future__ import annotations

from formflow.deciding.belongs import Likeness, belongs
from formflow.extracting.form import Answer


def said(**answers: str) -> dict[str, Answer]:
    return {field: Answer(field, "answered", value) for field, value in answers.items()}


ASHBY = said(child_1_forename="Jordan", child_1_surname="Ashby", child_1_dob="2019-02-03")


def one_case() -> Likeness:
    likeness = Likeness()
    likeness.learn("SIN-2026-001", ASHBY)
    return likeness


def test_a_form_about_a_child_nobody_knows_opens_a_case_without_a_question() -> None:
    assert belongs(said(child_1_forename="Robin", child_1_surname="Quill"), one_case()).ref is None
    assert not belongs(said(child_1_forename="Robin", child_1_surname="Quill"), one_case()).queries


def test_a_form_that_names_our_reference_joins_that_case() -> None:
    assert belongs(said(case_ref="sin-2026-001"), one_case()).ref == "SIN-2026-001"


def test_a_reference_that_is_not_ours_joins_nothing() -> None:
    assert belongs(said(case_ref="../../etc"), one_case()).ref is None


def test_a_reference_of_ours_with_a_child_nobody_knows_joins_and_is_asked() -> None:
    belonging = belongs(said(case_ref="SIN-2026-001", child_1_forename="Robin", child_1_surname="Quill"), one_case())
    assert belonging.ref == "SIN-2026-001"
    assert [query.level for query in belonging.queries] == ["query"]


def test_a_reference_of_one_case_with_the_child_of_another_joins_neither_and_goes_back() -> None:
    likeness = one_case()
    quill = said(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2014-01-01")
    likeness.learn("SIN-2026-002", quill)
    for kind in ("notification", "agency-return"):
        belonging = belongs(quill | said(case_ref="SIN-2026-001"), likeness, kind)
        assert belonging.ref is None
        assert [query.level for query in belonging.queries] == ["blocker"]


def test_one_day_and_one_address_propose_a_link_and_a_day_or_a_kind_of_place_alone_do_not() -> None:
    likeness = Likeness()
    likeness.learn("SIN-2026-001", ASHBY | said(incident_date="2026-03-12", incident_place="12 Mill Lane"))
    quill = said(child_1_forename="Robin", child_1_surname="Quill", incident_date="2026-03-12")
    assert belongs(quill | said(incident_place="12, Mill Lane"), likeness).linked == ("SIN-2026-001",)
    assert belongs(quill | said(incident_place="At home"), likeness).linked == ()
    assert belongs(quill | said(incident_place="12 Mill Lane", incident_date="2026-03-13"), likeness).linked == ()


def test_a_correction_of_the_same_child_joins_its_case_and_a_person_is_asked() -> None:
    belonging = belongs(ASHBY | said(what_changed="The date of birth."), one_case())
    assert belonging.ref == "SIN-2026-001"
    assert [query.field for query in belonging.queries] == ["resend_of"]


def test_a_correction_is_known_by_the_name_when_the_date_of_birth_is_what_was_corrected() -> None:
    corrected = ASHBY | said(child_1_dob="2019-03-02", resend_of="form of 3 March")
    assert belongs(corrected, one_case()).ref == "SIN-2026-001"


def test_the_same_child_without_a_word_about_correcting_is_asked_and_never_merged() -> None:
    belonging = belongs(ASHBY, one_case())
    assert belonging.ref is None
    assert "SIN-2026-001" in belonging.queries[0].message


def test_a_correction_that_might_belong_to_two_cases_is_not_given_to_either() -> None:
    likeness = one_case()
    likeness.learn("SIN-2026-002", ASHBY)
    assert belongs(ASHBY | said(what_changed="The address."), likeness).ref is None


def test_a_correction_of_nothing_we_know_is_asked() -> None:
    belonging = belongs(said(child_1_surname="Quill", what_changed="All of it."), Likeness())
    assert belonging.ref is None
    assert belonging.queries


def test_two_families_of_the_same_surname_are_not_alike() -> None:
    assert not one_case().alike(said(child_1_forename="Robin", child_1_surname="Ashby", child_1_dob="2015-01-01"))


def test_no_name_is_in_a_question() -> None:
    for query in belongs(ASHBY | said(what_changed="x"), one_case()).queries:
        assert "Ashby" not in query.message
        assert "Jordan" not in query.message
