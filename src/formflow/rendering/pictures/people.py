"""The people of a form, as far as a picture of the family needs them; no name among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from formflow.deciding.ages import age_of
from formflow.deciding.said import Said
from formflow.extracting.dates import When, read_date, span_of
from formflow.extracting.rows import children, rows
from formflow.rendering.initials import without_names
from formflow.rendering.pictures.relations import Sex, relation_of, says_dead, says_unborn

NO_AGE = "age not stated"
_AGE = re.compile(r"(?:aged?\s*|approx\.?\s*|about\s*)?(\d{1,3})\s*(?:years?|yrs?|y/?o)?(?:\s*old)?\.?", re.IGNORECASE)
_MONTHS = re.compile(r"(?:aged?\s*)?(\d{1,2})\s*(months?|weeks?|days?)(?:\s*old)?\.?", re.IGNORECASE)
_OLDEST = 115


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the family or household, known by the place on the form: `child_1`, `family_2`."""

    key: str
    index: bool = False
    """Whether the notification is about this child."""
    tie: str = ""
    """How the form relates them to the first child (data/relationships.toml); empty draws no line."""
    relation: str = ""
    """The form's own words for it, names in them cut to initials."""
    sex: Sex = "unknown"
    age: str = NO_AGE
    """`7 years`, `born 1989`, `unborn`."""
    born: date | None = None
    """About when, to put brothers and sisters in order; None where nothing tells."""
    unborn: bool = False
    deceased: bool = False
    at_home: bool = False
    """Whether the form says that they live with the child."""

    @property
    def adult(self) -> bool:
        """Whether they stand among the adults: known to be 18, or not known to be a child."""
        if self.unborn:
            return False
        found = re.search(r"(\d+) (year|month|week|day)", self.age)
        return found is None or (found[2] == "year" and int(found[1]) >= 18)


def people_of(said: Said) -> tuple[Person, ...]:
    """The children of a form and everybody in its table of family and household, in the order of the form."""
    return (*_children(said), *_family(said))


def _children(said: Said) -> Iterator[Person]:
    numbers = children(said.answers, certain=True)
    for number in numbers:
        part = f"child_{number}_"
        role = said.choice(part + "role")
        age, born = age_of(said, number), said.span(part + "dob")
        died = said.choice(part + "outcome") == "died" or (
            len(numbers) == 1 and "died" in (said.chosen("nature") or ())
        )
        yield Person(
            f"child_{number}",
            index=role != "alleged_perpetrator",
            tie="self" if number == 1 else "sibling" if role == "sibling_harmed" else "",
            relation="" if number == 1 else "brother or sister" if role == "sibling_harmed" else "tie not stated",
            sex=_recorded(said.choice(part + "sex")),
            age="unborn" if age.unborn else _years(age.youngest, age.oldest),
            born=born[0] if born else _before(said, age.oldest),
            unborn=age.unborn,
            deceased=died,
            at_home=number == 1 or _same_home(said, number),
        )


def _family(said: Said) -> Iterator[Person]:
    for number in rows(said.answers, "family"):
        part = f"family_{number}_"
        told, age = said.text(part + "relationship"), said.text(part + "dob_or_age")
        relation = relation_of(told)
        words, born = _aged(said, age)
        unborn = says_unborn(f"{told} {age}")
        dead = says_dead(" ".join((told, age, said.text(part + "address_if_different"))))
        yield Person(
            f"family_{number}",
            tie=relation.tie,
            relation=without_names(told, said.answers) or "relationship not stated",
            sex=relation.sex,
            age="unborn" if unborn else words,
            born=born,
            unborn=unborn,
            deceased=dead or bool(re.match(r"\W*(?:deceased|died|dead)\b", said.text(part + "note"), re.IGNORECASE)),
            at_home=said.truth(part + "lives_with_child") is True,
        )


def _aged(said: Said, text: str) -> tuple[str, date | None]:
    """Age or year of birth as it is shown, and about when they were born."""
    happened = _happened(said)
    when = read_date(text, latest=happened.year if happened else 2099, past=True)
    span = span_of(text) or (span_of(when.value) if isinstance(when, When) else None)
    if span:
        return f"born {span[0].year}", span[0]
    if (found := _AGE.fullmatch(text)) and int(found[1]) <= _OLDEST:
        return _years(int(found[1]), int(found[1])), _before(said, int(found[1]))
    if found := _MONTHS.fullmatch(text):
        unit = found[2].lower().rstrip("s")
        return f"{int(found[1])} {unit}{'' if int(found[1]) == 1 else 's'}", _before(said, 0)
    return without_names(text, said.answers) or NO_AGE, None


def _years(youngest: int | None, oldest: int | None) -> str:
    if youngest is None or oldest is None:
        return NO_AGE
    if oldest == 0:
        return "under 1 year"
    words = f"{youngest}" if youngest == oldest else f"{youngest} or {oldest}"
    return f"{words} year{'' if words == '1' else 's'}"


def _before(said: Said, years: int | None) -> date | None:
    happened = _happened(said)
    return date(max(1, happened.year - years), 1, 1) if happened and years is not None else None


def _happened(said: Said) -> date | None:
    span = said.span("incident_date") or said.span("date_of_death") or said.span("date_completed")
    return span[0] if span else None


def _same_home(said: Said, number: int) -> bool:
    """Whether a child's home address is the first child's, letter for letter."""
    homes = [said.text(f"child_{n}_home_address").casefold() for n in (1, number)]
    return bool(homes[0]) and homes[0] == homes[1]


def _recorded(sex: str | None) -> Sex:
    match sex:
        case "female" | "male":
            return "female" if sex == "female" else "male"
        case None:
            return "unknown"
        case _:
            return "other"
