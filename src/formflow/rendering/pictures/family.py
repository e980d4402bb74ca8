"""Who stands in which row of the family picture, and who is tied to whom: only what the form states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from formflow.rendering.pictures.people import Person

MOST_OTHERS = 21
"""People without a tie who are drawn; more would not stay on the page."""
MOST, MOST_ADULTS = 12, 10
"""People in the row of the children, and in that of the parents, which may need room at its ends."""


@dataclass(frozen=True, slots=True)
class Family:
    """The rows from left to right, and the ties between the people in them."""

    above: tuple[tuple[Person, ...], tuple[Person, ...]]
    """Parents of the father and of the mother."""
    beside: tuple[tuple[Person, ...], tuple[Person, ...]]
    """Brothers and sisters of the father and of the mother."""
    parents: tuple[Person, ...]
    """None, one or two; a father on the left."""
    partners: tuple[tuple[Person, ...], tuple[Person, ...]]
    """Other partners of the father and of the mother."""
    children: tuple[Person, ...]
    """The child with brothers and sisters, oldest first."""
    half: tuple[tuple[Person, ...], tuple[Person, ...], tuple[Person, ...]]
    """Children of the father alone, of the mother alone, and of one of them, not said which."""
    household: tuple[tuple[Person, ...], tuple[Person, ...]]
    """Adults and children who live with the child without a tie that is stated."""
    others: tuple[Person, ...]
    """Everybody else, without a tie; those who live with the child first."""
    undrawn: int = 0
    """How many more there are, for whom there is no room."""

    @property
    def father(self) -> Person | None:
        """The one parent who is male; None when there is none, or two."""
        return _only(self.parents, "male")

    @property
    def mother(self) -> Person | None:
        """The one parent who is female; None when there is none, or two."""
        return _only(self.parents, "female")

    @property
    def adults(self) -> tuple[Person, ...]:
        """The row of the parents from left to right."""
        return (
            *self.beside[0],
            *reversed(self.partners[0]),
            *self.parents,
            *self.partners[1],
            *self.beside[1],
            *self.household[0],
        )

    @property
    def young(self) -> tuple[Person, ...]:
        """The row of the children from left to right."""
        return (*self.half[0], *self.children, *self.half[2], *self.half[1], *self.household[1])


def family_of(people: Sequence[Person]) -> Family:
    """The family round the first child; who has no place that the form states stands among the others.

    More than two parents, a tie to a mother or father who is not on the form, and whoever finds no room in a row:
    all these keep their words and get no line.
    """
    tied = {person.key: person for person in people}
    parents = _parents([person for person in people if person.tie == "parent"])
    father, mother = _only(parents, "male"), _only(parents, "female")

    def who(tie: str, of: object, most: int) -> tuple[Person, ...]:
        found = [person for person in people if person.tie == tie and of is not None][:most]
        return tuple(tied.pop(person.key) for person in found)

    for person in parents:
        tied.pop(person.key)
    child = people[0]
    tied.pop(child.key)
    siblings = who("sibling", child, MOST - 1)
    room = MOST - 1 - len(siblings)
    halves: list[tuple[Person, ...]] = []
    for tie, of in (("fathers_child", father), ("mothers_child", mother), ("half_sibling", child)):
        halves.append(_by_age(who(tie, of, room)))
        room -= len(halves[-1])
    above = (_couple(who("fathers_parent", father, 2)), _couple(who("mothers_parent", mother, 2)))
    partners = (who("fathers_partner", father, 3), who("mothers_partner", mother, 3))
    left = MOST_ADULTS - len(parents) - sum(map(len, partners))
    beside = (who("fathers_sibling", father, left // 2), who("mothers_sibling", mother, left // 2))
    left -= sum(map(len, beside))
    rest = [person for person in tied.values() if person.key != child.key and person.tie != "self"]
    adults = tuple([person for person in rest if person.at_home and person.adult][: max(0, left)])
    young = tuple([person for person in rest if person.at_home and not person.adult][: max(0, room)])
    placed = {person.key for person in (*adults, *young)}
    others = tuple(sorted((p for p in rest if p.key not in placed), key=lambda person: not person.at_home))
    return Family(
        above,
        beside,
        parents,
        partners,
        _by_age((child, *siblings)),
        (halves[0], halves[1], halves[2]),
        (adults, young),
        others[:MOST_OTHERS],
        max(0, len(others) - MOST_OTHERS),
    )


def _parents(found: Sequence[Person]) -> tuple[Person, ...]:
    """The two parents, a father on the left; with more than two none is certain."""
    return _couple(found) if len(found) <= 2 else ()


def _couple(found: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(found, key=lambda person: person.sex != "male"))


def _only(parents: Sequence[Person], sex: str) -> Person | None:
    found = [person for person in parents if person.sex == sex]
    return found[0] if len(found) == 1 else None


def _by_age(found: Iterable[Person]) -> tuple[Person, ...]:
    """Oldest first; those whose age is not known after them, the unborn last."""
    return tuple(sorted(found, key=lambda person: (person.unborn, person.born is None, person.born or date.max)))
