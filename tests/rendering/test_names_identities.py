from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from formflow.deciding.case import Case
from formflow.rendering.names.identities import Identities
from formflow.rendering.names.lore import mode_of
from formflow.settings import Names, Papers, Settings
from makers import TODAY, a_later_submission, a_submission

FAMILY: dict[str, object] = {
    "family_1_name": "Tansy Ashby",
    "family_1_relationship": "Mother",
    "family_2_name": "Cole McDonald",
    "family_2_relationship": "Step-dad",
    "family_3_name": "Wren Ashby",
    "family_3_relationship": "Half sister",
    "family_4_name": "Pat O'Neil",
    "family_4_relationship": "Neighbour",
}


def a_case_of(*forms: Mapping[str, object]) -> Case:
    made = tuple(a_submission((), **answers) for answers in forms)
    return Case("SIN-2026-001", made, (TODAY,) * len(made))


def who(case: Case) -> dict[str, str]:
    return {person.named: person.pseudonym for person in Identities.of(case).people}


def covered(text: str, mode: Names = "pseudonym", /, **answers: object) -> str:
    return Identities.of(a_case_of(FAMILY | answers)).covered(text, mode)


# ---------------------------------------------------------------- who is who


def test_everybody_is_known_by_what_the_form_says_of_them() -> None:
    assert who(a_case_of(FAMILY | {"child_2_forename": "Kim", "child_2_surname": "Ashby"})) == {
        "Jordan Ashby": "Child A",
        "Kim Ashby": "Child B",
        "Tansy Ashby": "Mother",
        "Cole McDonald": "Step-father",
        "Wren Ashby": "Sibling 1",
        "Pat O'Neil": "Adult A",
        "Priya Nand": "Notifier",
    }


@pytest.mark.parametrize(
    ("relationship", "label"),
    [
        ("Mum", "Mother"),
        ("Father (of both children)", "Father"),
        ("Maternal Grandmother", "Maternal grandmother"),
        ("MGM", "Maternal grandmother"),
        ("Grandmother (maternal)", "Maternal grandmother"),
        ("Mother’s partner", "Mother's partner"),
        ("Lodger", "Adult A"),
        ("alleged perpetrator", "Adult A"),
    ],
)
def test_a_relation_is_the_label_where_it_says_who_is_meant(relationship: str, label: str) -> None:
    case = a_case_of({"family_1_name": "Sam Lund", "family_1_relationship": relationship})
    assert who(case)["Sam Lund"] == label


def test_where_two_have_one_relation_neither_has_it_for_a_label() -> None:
    two = {"family_1_name": "Ned Reed", "family_1_relationship": "Father", "family_2_name": "Jory Haim"}
    found = who(a_case_of(two | {"family_2_relationship": "Father"}))
    assert (found["Ned Reed"], found["Jory Haim"]) == ("Adult A", "Adult B")


def test_a_child_in_the_family_who_is_no_sibling_is_no_adult() -> None:
    cousin = {"family_1_name": "Ada Moss", "family_1_relationship": "Cousin", "family_1_dob_or_age": "aged 5"}
    assert who(a_case_of(cousin))["Ada Moss"] == "Other child 1"


def test_a_brother_who_stands_among_the_children_and_in_the_family_is_one_person() -> None:
    twice = {"child_2_forename": "Kim", "child_2_surname": "Ashby", "family_1_name": "Kim Ashby"}
    people = who(a_case_of(twice | {"family_1_relationship": "Brother"}))
    assert list(people) == [
        "Jordan Ashby",
        "Kim Ashby",
        "Priya Nand",
    ]


def test_a_father_with_the_childs_name_is_somebody_else() -> None:
    case = a_case_of({"family_1_name": "Jordan Ashby", "family_1_relationship": "Father"})
    assert [person.pseudonym for person in Identities.of(case).people][:2] == ["Child A", "Father"]


def test_a_later_form_adds_people_and_renames_nobody() -> None:
    first, later = FAMILY, FAMILY | {
        "child_1_forename": "Alba", "child_1_dob": "2022-01-01", "child_2_forename": "Jordan",
        "child_2_surname": "Ashby",
        "child_2_dob": "2019-02-03", "family_1_name": "Ned Reed", "family_1_relationship": "Father",
        "family_2_name": "Tansy Ashby", "family_2_relationship": "Mother", "family_3_relationship": "Father",
        "family_3_name": "Jory Haim", "family_4_name": "Wren Ashby", "family_4_relationship": "Sister",
    }  # fmt: skip
    before, after = who(a_case_of(first)), who(a_case_of(first, later))
    assert before.items() <= after.items()
    assert after["Alba Ashby"] == "Child B"
    assert (after["Ned Reed"], after["Jory Haim"]) == ("Adult B", "Adult C")


@pytest.mark.parametrize(
    "correction",
    [
        {"child_1_forename": "Jordyn"},
        {"child_1_surname": "Ashby-Holt"},
        {"child_1_dob": "2019-03-02"},
        {"child_1_forename": "Jordan Lee"},
    ],
)
def test_a_corrected_name_or_birth_keeps_its_label(correction: dict[str, object]) -> None:
    case = a_case_of({}, correction)
    assert [person.pseudonym for person in Identities.of(case).people if person.kind == "child"] == ["Child A"]
    assert Identities.of(case).covered("Jordan Ashby", "pseudonym") == "[Child A]"


def test_an_unborn_child_that_has_a_name_now_keeps_its_label() -> None:
    unborn = a_submission(("child_1_forename", "child_1_dob"), child_1_edd="2026-04-01")
    born = a_submission((), child_1_dob="2026-03-28")
    case = Case("SIN-2026-001", (unborn, born), (TODAY, TODAY))
    assert [p.named for p in Identities.of(case).people if p.kind == "child"] == ["Jordan Ashby"]


def test_twins_stay_two_when_one_of_them_is_corrected() -> None:
    twins = {"child_2_forename": "Jamie", "child_2_surname": "Ashby", "child_2_dob": "2019-02-03"}
    case = a_case_of(twins, twins | {"child_2_forename": "Jaymie"})
    assert [(p.named, p.pseudonym) for p in Identities.of(case).people if p.kind == "child"] == [
        ("Jordan Ashby", "Child A"), ("Jaymie Ashby", "Child B"),
    ]  # fmt: skip


def test_a_father_whose_name_comes_later_keeps_his_label() -> None:
    named = {"family_1_relationship": "Father", "family_1_name": "Ned Reed"}
    case = a_case_of({"family_1_relationship": "Father"}, named)
    assert who(case)["Ned Reed"] == "Father"


def test_an_agencys_form_knows_the_child_and_adds_its_author() -> None:
    sent = a_later_submission("air", case_ref="SIN-2026-001", child_1_forename="Jordan", child_1_surname="Ashby",
                              agency_name="Trust", author_name="Sam Oakes", author_role="Named nurse")  # fmt: skip
    case = Case("SIN-2026-001", (a_submission(), sent), (TODAY, date(2026, 3, 21)))
    assert who(case) == {"Jordan Ashby": "Child A", "Priya Nand": "Notifier", "Sam Oakes": "Named nurse"}


def test_two_people_with_the_same_initials_can_be_told_apart() -> None:
    people = Identities.of(a_case_of({"child_2_forename": "Jamie", "child_2_surname": "Ashby"})).people
    assert [person.label("initials") for person in people] == ["J.A.", "J.A. 2", "Priya Nand"]


def test_nobodys_name_is_in_a_repr() -> None:
    identities = Identities.of(a_case_of(FAMILY))
    for shown in (repr(identities), *(repr(person) for person in identities.people)):
        assert "Ashby" not in shown
        assert "Jordan" not in shown


# ---------------------------------------------------------------- words that people typed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jordan Ashby was seen.", "[Child A] was seen."),
        ("JORDAN ASHBY and jordan ashby", "[Child A] and [Child A]"),
        ("ASHBY, Jordan; Ashby Jordan", "[Child A]; [Child A]"),
        ("Jordan Lee Ashby", "[Child A]"),
        ("J. Ashby", "[Child A]"),
        ("Jordan's arm; Jordan’s arm", "[Child A]'s arm; [Child A]’s arm"),
        ("a Jordan-centred plan", "a [Child A]-centred plan"),
        (
            "Mr McDonald, Mr. Mc Donald, MCDONALD, MacDonald",
            "[Step-father], [Step-father], [Step-father], [Step-father]",
        ),
        ("Pat O’Neil, ONeil and Mrs O'Neil", "[Adult A], [Adult A] and [Adult A]"),
        ("Jay, who is also known as JJ", "[Child A], who is also known as [Child A]"),
        ("Zoë and Zoe came", "[Child B] and [Child B] came"),
        ("Priya Nand telephoned", "[Notifier] telephoned"),
        ("Jor\u00addan", "[Child A]"),
    ],
)
def test_a_name_becomes_its_label_in_brackets(text: str, shown: str) -> None:
    more = {"child_1_aka": "Jay; JJ", "child_2_forename": "Zoe\u0308", "child_2_surname": "Lund"}
    assert covered(text, **more) == shown


@pytest.mark.parametrize(
    "text",
    [
        "The Ashby family is known.",  # could be any of three
        "Jordan Smith is a friend from school.",  # somebody else
        "Sarah Ashby is an aunt.",
        "They live in McDonald Road.",
        "It was in May, on 3 May, and Hope may grant it.",
        "wren song and cole slaw",
        "Nothing to see here: 12 words, 3 dates.",
        "Jordan-Smith",
    ],
)
def test_what_may_be_something_else_is_left_as_it_is(text: str) -> None:
    more = {"child_2_forename": "May", "child_2_surname": "Hope"}
    assert covered(text, **more) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Will came home. Then he said that Will was well.", "Will came home. Then he said that [Child B] was well."),
        ("Will Grant will grant it", "[Child B] will grant it"),
        ("Mr Grant and a Grant", "[Child B] and a Grant"),
    ],
)
def test_an_ordinary_word_is_a_name_only_where_that_is_clear(text: str, shown: str) -> None:
    assert covered(text, child_2_forename="Will", child_2_surname="Grant") == shown


def test_initials_leave_the_names_of_professionals() -> None:
    assert covered("Priya Nand saw Jordan Ashby", "initials") == "Priya Nand saw [J.A.]"


def test_of_two_people_with_one_full_name_both_are_shown() -> None:
    more = {"family_1_name": "Jordan Ashby", "family_1_relationship": "Father"}
    assert covered("Jordan Ashby came; Jordan too", **more) == "[Child A or Father] came; Jordan too"


def test_doing_it_again_changes_nothing() -> None:
    once = covered("Child went to Jordan Child", child_1_surname="Child")
    assert once == "Child went to [Child A]"
    assert covered(once, child_1_surname="Child") == once


def test_a_paper_with_names_is_left_as_it_is() -> None:
    assert covered("Jordan Ashby", "named") == "Jordan Ashby"


# ---------------------------------------------------------------- how each paper shows names


def test_each_paper_has_its_mode_and_the_partnership_may_set_another() -> None:
    settings = Settings(papers=Papers(names={"panel-notice": "named"}))
    assert mode_of("panel-notice", Settings()) == "initials"
    assert mode_of("panel-notice", settings) == "named"
    assert mode_of("agency-request", settings) == "named"
    assert mode_of("a paper of your own", settings) == "initials"
