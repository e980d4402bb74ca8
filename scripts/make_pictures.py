"""Draws the timeline and the picture of a family that docs/pictures shows; everybody in them is invented.

python scripts/make_pictures.py [FOLDER]
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from formflow.deciding.chronology import Chronology, Gap, Row
from formflow.extracting.form import Answer
from formflow.rendering.pictures.genogram import genogram
from formflow.rendering.pictures.people import Person
from formflow.rendering.pictures.relations import relation_of
from formflow.rendering.pictures.timeline import timeline

POLICE, HEALTH, SCHOOL, HOSPITAL = (
    "Fenwold Police",
    "Fenwold Health Visiting Service",
    "Marsh End Primary School",
    "Fenwold District Hospitals NHS Foundation Trust",
)
EVENTS = (
    ((2023, 2, 6), (2023, 2, 6), HEALTH, "day", False),
    ((2023, 3, 1), (2023, 3, 31), SCHOOL, "month", False),
    ((2023, 4, 18), (2023, 4, 18), HOSPITAL, "day", True),
    ((2023, 4, 21), (2023, 4, 21), HEALTH, "day", True),
    ((2023, 5, 9), (2023, 5, 9), POLICE, "day", False),
    ((2023, 10, 2), (2023, 10, 2), SCHOOL, "day", False),
    ((2023, 10, 16), (2023, 10, 16), SCHOOL, "day", False),
    ((2023, 11, 20), (2023, 11, 20), HEALTH, "approximate", False),
    ((2024, 1, 8), (2024, 1, 8), POLICE, "day", False),
    ((2024, 2, 19), (2024, 2, 19), "Notification", "day", False),
    ((2024, 3, 12), (2024, 3, 12), "Notification", "day", False),
    ((2024, 3, 12), (2024, 3, 12), HOSPITAL, "day", False),
)
FAMILY = (
    ("Mother", "34 years", True),
    ("Father", "born 1985", False),
    ("Step-father", "40 years", True),
    ("Brother", "9 years", True),
    ("Unborn sibling", "unborn", True),
    ("Maternal half-sister", "2 years", True),
    ("Maternal grandmother", "61 years", False),
    ("Lodger", "age not stated", True),
)


def a_timeline() -> bytes:
    """A year before an incident, told by four agencies."""
    rows = tuple(
        Row(date(*first), date(*last), "", precision, "", by, 1, 1, "", "", doubts=("To check.",) if doubted else ())
        for first, last, by, precision, doubted in EVENTS
    )
    undated = Row(None, None, "last summer", "", "", SCHOOL, 1, 1, "", "")
    gaps = (Gap(date(2023, 5, 9), date(2023, 10, 2)),)
    made = timeline(Chronology((*rows, undated), gaps, 1), {}, Answer("incident_date", "answered", "2024-03-12", "day"))
    assert made
    return made.png


def a_family() -> bytes:
    """A child who died, with a household of six."""
    child = Person("child_1", index=True, tie="self", sex="male", age="5 years", deceased=True, at_home=True)
    people = [child]
    for number, (words, age, home) in enumerate(FAMILY, 1):
        found = relation_of(words)
        born = date(2015, 1, 1) if words == "Brother" else None
        unborn = age == "unborn"
        people.append(
            Person(f"family_{number}", False, found.tie, words, found.sex, age, born, unborn=unborn, at_home=home)
        )
    labels = dict(
        zip(
            (p.key for p in people),
            ("J.A.", "C.A.", "D.M.", "R.H.", "K.A.", "Baby", "E.H.", "M.A.", "T.W."),
            strict=True,
        )
    )
    made = genogram(people, labels)
    assert made
    return made.png


def main() -> None:
    """Write both pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs" / "pictures"
    (folder / "timeline.png").write_bytes(a_timeline())
    (folder / "genogram.png").write_bytes(a_family())


if __name__ == "__main__":
    main()
