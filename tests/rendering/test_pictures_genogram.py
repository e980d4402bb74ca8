from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.deciding.said import Said
from formflow.extracting.form import Answer
from formflow.rendering.pictures.genogram import genogram
from formflow.rendering.pictures.genogram_plan import Genogram, genogram_plan
from formflow.rendering.pictures.genogram_rows import Symbol
from formflow.rendering.pictures.letters import width
from formflow.rendering.pictures.outline import Point
from formflow.rendering.pictures.people import Person, people_of
from formflow.rendering.pictures.relations import relation_of
from makers import the_dictionary

CHILD = Person("child_1", index=True, tie="self", sex="male", age="5 years", born=date(2019, 2, 3), at_home=True)


def relative(number: int, words: str, *, home: bool = False, **more: object) -> Person:
    found = relation_of(words)
    person = Person(f"family_{number}", tie=found.tie, relation=words, sex=found.sex, at_home=home)
    return replace(person, **more)  # type: ignore[arg-type]  # the fields of a person, by name


def family(*words: str) -> tuple[Person, ...]:
    return (CHILD, *(relative(number, one) for number, one in enumerate(words, 1)))


def planned(people: Sequence[Person]) -> Genogram:
    plan = genogram_plan(people, {person.key: person.key for person in people})
    assert plan is not None
    return plan


def of(plan: Genogram, words: str) -> Symbol:
    return next(symbol for symbol in plan.symbols if symbol.person.relation == words)


def ties(plan: Genogram) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    words = {symbol.person.key: symbol.person.relation or "child" for symbol in plan.symbols}
    return {(t.kind, tuple(words[k] for k in t.over), tuple(words[k] for k in t.under)) for t in plan.ties}


def said(**answers: object) -> Said:
    given_ = {"incident_date": "2024-03-12", "child_1_forename": "Jordan", "child_1_dob": "2019-02-03"} | answers
    found = {field: Answer(field, "answered", value, raw=str(value)) for field, value in given_.items()}  # type: ignore[arg-type]  # values as a form gives them
    return Said(found, the_dictionary())


def test_parents_stand_above_their_children_and_are_joined() -> None:
    plan = planned(family("Mother", "Father", "Sister"))
    assert of(plan, "Father").x < of(plan, "Mother").x
    assert of(plan, "Mother").foot < of(plan, "Sister").top
    assert ties(plan) == {
        ("couple", ("Father", "Mother"), ()),
        ("descent", ("Father", "Mother"), ("child", "Sister")),
    }


def test_brothers_and_sisters_stand_by_age_and_the_unborn_last() -> None:
    people = (
        CHILD,
        relative(1, "Unborn sibling", unborn=True),
        relative(2, "Sister", born=date(2021, 1, 1)),
        relative(3, "Brother", born=date(2010, 1, 1)),
        relative(4, "Sibling"),
    )
    row = sorted((s for s in planned(people).symbols), key=lambda symbol: symbol.x)
    assert [s.person.relation for s in row] == ["Brother", "", "Sister", "Sibling", "Unborn sibling"]


def test_step_parents_and_grandparents_have_the_ties_their_words_state() -> None:
    plan = planned(
        family("Mother", "Father", "Step-father", "Father's partner", "Maternal grandmother", "Paternal uncle")
    )
    assert ties(plan) == {
        ("couple", ("Father", "Mother"), ()),
        ("couple", ("Mother", "Step-father"), ()),
        ("couple", ("Father", "Father's partner"), ()),
        ("descent", ("Father", "Mother"), ("child",)),
        ("descent", ("Maternal grandmother",), ("Mother",)),
        ("descent", (), ("Paternal uncle", "Father")),
    }


def test_a_half_sister_hangs_from_the_parent_the_form_names_or_from_neither() -> None:
    plan = planned(family("Mother", "Father", "Half-sister", "Maternal half-brother", "Paternal half-sister"))
    found = ties(plan)
    assert ("half", (), ("Half-sister",)) in found
    assert ("descent", ("Mother",), ("Maternal half-brother",)) in found
    assert ("descent", ("Father",), ("Paternal half-sister",)) in found
    assert any(sign.words == "One parent in common, not stated which" for sign in plan.signs)


@pytest.mark.parametrize(
    "words",
    ["Family friend", "Aunt", "Grandmother", "Foster mother", "Alleged father", "Mother's ex-partner", "Godmother", ""],
)
def test_a_word_that_does_not_state_a_tie_draws_no_line(words: str) -> None:
    plan = planned(family("Mother", words))
    assert ties(plan) == {("descent", ("Mother",), ("child",))}


def test_a_tie_to_somebody_who_is_not_on_the_form_is_not_invented() -> None:
    plan = planned(family("Maternal grandmother", "Step-father", "Mother's partner"))
    assert not plan.ties
    assert any("who is not on the form" in note for note in plan.notes)


def test_with_three_parents_none_is_chosen() -> None:
    plan = planned(family("Mother", "Father", "Father"))
    assert not plan.ties


def inside(point: Point, rings: Sequence[Sequence[Point]]) -> bool:
    x, y = point
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
            crossings += x0 == x1 and x0 > x and min(y0, y1) <= y < max(y0, y1)
    return crossings % 2 == 1


def test_a_lodger_stands_in_the_household_with_the_word_beneath_and_no_tie() -> None:
    plan = planned((CHILD, relative(1, "Mother", home=True), relative(2, "Lodger", home=True), relative(3, "Father")))
    lodger, father = of(plan, "Lodger"), of(plan, "Father")
    assert inside((lodger.x, lodger.y), plan.home)
    assert not inside((father.x, father.y), plan.home)
    assert "Lodger" in lodger.under
    assert not any(lodger.person.key in (*tie.over, *tie.under) for tie in plan.ties)


WORDS = (
    "Mother", "Father", "Step-father", "Father's partner", "Sister", "Brother", "Half-sister", "Maternal half-brother",
    "Paternal half-sister", "Maternal grandmother", "Maternal grandfather", "Paternal grandmother", "Maternal aunt",
    "Paternal uncle", "Lodger", "Family friend of a very long standing and with many words", "", "Unborn sibling",
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.booleans(), st.sampled_from(["5 years", "age not stated", "40 years"])),
        min_size=1,
        max_size=45,
    )
)
def test_the_household_holds_who_lives_there_and_nobody_overlaps(found: list[tuple[str, bool, str]]) -> None:
    people = (CHILD, *(relative(n, words, home=home, age=age) for n, (words, home, age) in enumerate(found, 1)))
    plan = planned(people)
    if any(symbol.person.at_home for symbol in plan.symbols if symbol.person.key != "child_1"):
        for symbol in plan.symbols:
            for y in (symbol.y, symbol.foot):
                assert inside((symbol.x + 0.01, y), plan.home) == symbol.person.at_home
    for symbol in plan.symbols:
        assert symbol.x - symbol.size / 2 >= 0
        assert symbol.x + symbol.size / 2 <= 160
        assert all(width(line) <= symbol.cell for line in symbol.under)
        for other in plan.symbols:
            if other is not symbol and other.row == symbol.row:
                assert abs(other.x - symbol.x) >= symbol.cell - 0.01
    assert len({symbol.person.key for symbol in plan.symbols}) == len(plan.symbols)
    assert len(plan.symbols) + plan.family.undrawn == len(people)
    assert plan.height < 240


def test_there_is_no_picture_when_the_form_names_nobody_but_the_child() -> None:
    assert genogram((CHILD,), {}) is None
    assert genogram((CHILD, relative(1, "Subject child")), {}) is None
    assert genogram((), {}) is None


def test_the_legend_explains_only_the_signs_used() -> None:
    plan = planned((CHILD, relative(1, "Mother"), relative(2, "Brother", deceased=True)))
    assert [sign.kind for sign in plan.signs] == ["male", "female", "index", "deceased", "descent"]


def test_no_name_of_the_form_enters_the_picture_or_its_words() -> None:
    answers = said(
        child_1_surname="Ashby",
        family_1_name="Carol Ashby",
        family_1_relationship="Mother",
        family_2_name="Dean Marsh",
        family_2_relationship="Friend of Carol",
    )
    people = people_of(answers)
    assert people[2].relation == "Friend of C"
    made = genogram(people, {"child_1": "J.A.", "family_1": "C.A."})
    assert made
    assert not any(name in made.says for name in ("Carol", "Ashby", "Jordan", "Dean", "Marsh"))
    assert "Person 2: Friend of C" in made.says


def test_labels_may_come_from_a_function() -> None:
    made = genogram(family("Mother"), lambda key: {"child_1": "Child A", "family_1": "Mother"}[key])
    assert made
    assert made.says == (
        "Picture of the family: 2 people. Mother: Mother, female, age not stated. "
        "Child A: the child the notification is about, male, 5 years. Under Mother: Child A. "
        "The form names nobody who lives with the child."
    )


def test_what_the_form_says_of_each_person_is_read() -> None:
    people = people_of(
        said(
            child_1_sex="female",
            child_1_outcome="died",
            child_1_home_address="1 Fen Lane",
            child_2_forename="Kit",
            child_2_role="sibling_harmed",
            child_2_home_address="1 Fen Lane",
            child_3_forename="Lee",
            child_3_role="alleged_perpetrator",
            family_1_relationship="Mother",
            family_1_dob_or_age="1989-04-05",
            family_1_lives_with_child="yes",
            family_2_relationship="Father",
            family_2_dob_or_age="34",
            family_2_note="Died in 2020.",
            family_3_relationship="Unborn sibling",
            family_4_relationship="Brother",
            family_4_dob_or_age="8 months",
        )
    )
    child, kit, lee, mother, father, unborn, baby = people
    assert (child.sex, child.age, child.deceased, child.index) == ("female", "5 years", True, True)
    assert (kit.tie, kit.at_home, kit.index, kit.deceased) == ("sibling", True, True, False)
    assert (lee.tie, lee.index) == ("", False)
    assert (mother.age, mother.at_home, mother.sex) == ("born 1989", True, "female")
    assert (father.age, father.deceased, father.at_home) == ("34 years", True, False)
    assert (unborn.unborn, unborn.age) == (True, "unborn")
    assert baby.age == "8 months"


def test_an_unborn_child_can_be_the_one_the_notification_is_about() -> None:
    answers = {f: a for f, a in said(child_1_edd="2024-06-01").answers.items() if f != "child_1_dob"}
    (child,) = people_of(Said(answers, the_dictionary()))
    assert child.unborn
    assert child.index


def test_the_same_family_gives_the_same_bytes_and_a_small_picture() -> None:
    people = family(*WORDS)
    made = [genogram(people, {}) for _ in range(2)]
    assert len({hashlib.sha256(one.png).hexdigest() for one in made if one}) == 1
    assert made[0]
    assert len(made[0].png) < 150_000
    assert (made[0].name, made[0].width) == ("genogram", 160)


def test_words_in_other_letters_are_said_to_be_so() -> None:
    made = genogram(family("мать"), {"family_1": "М.К."})
    assert made
    assert '"М.К." is written "Person 1" in the picture.' in made.says
