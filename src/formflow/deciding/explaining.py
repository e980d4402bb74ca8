"""How a decision was reached, from the answer on the form through each criterion to the advice, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as detail
from datetime import date, timedelta

from formflow.deciding.case import Case
from formflow.deciding.decision import Advice, Because, Deadline, Decision, Duty, Evidence, Finding, Flag, Telling
from formflow.deciding.said import Said
from formflow.extracting.dictionary import Dictionary


@dataclass(frozen=True, slots=True)
class Ground:
    """An answer something rests on: the question, what stands on the form, and how it was read."""

    field: str
    question: str
    """The question's number and words: `2.11 "Is abuse or neglect known or suspected?"`."""
    read_as: str = detail(repr=False)
    raw: str = detail(repr=False)
    """Letter for letter; empty where nothing stands there."""
    place: str
    how: str
    """How it was found: `tag`, `label`, `position`, `given`."""


@dataclass(frozen=True, slots=True)
class DayCounted:
    """One day of a deadline's working."""

    day: date
    number: int | None
    """Which working day it is, 0 for the first; None for a day that does not count."""
    why: str
    """What a day that does not count is: `Saturday`, `Good Friday`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion: the words it rests on, the answers, what formflow gathered, and what came of it."""

    finding: Finding
    grounds: tuple[Ground, ...]
    beside: tuple[Evidence, ...]
    would_settle: tuple[str, ...]
    """The questions that would settle it, in words."""
    leads_to: tuple[str, ...]
    """The routes for which it speaks."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision taken apart. The same case, decision and receipt always give the same one."""

    ref: str
    on: date
    editions: Mapping[str, str]
    picked_by: Mapping[str, str]
    duty: Duty
    duty_grounds: tuple[Ground, ...]
    steps: tuple[Step, ...]
    deadlines: tuple[tuple[Deadline, tuple[DayCounted, ...]], ...]
    tell: tuple[Telling, ...]
    advice: tuple[Advice, ...]
    flags: tuple[Flag, ...]
    receipt: Mapping[str, str]


_DUTY = ("nature", "abuse_neglect", "incident_in_area", "outside_england_resident", "country", "other_la",
         "date_of_death", "la_aware_date", "national_date")  # fmt: skip
_DUTY_CHILD = ("dob", "edd", "age_if_no_dob", "looked_after", "care_leaver")


def explain(case: Case, made: Decision, dictionary: Dictionary, receipt: Mapping[str, str]) -> Explanation:
    """Everything that led to a decision, in the order in which it is worked out."""
    asked = (*_DUTY, *(f"child_{n}_{part}" for n in _children(case) for part in _DUTY_CHILD))
    stated = (f for f in asked if f in case.answers and case.answers[f].state != "blank")
    rests = Said(case.answers, dictionary).because(*stated)
    return Explanation(
        case.ref,
        made.on,
        made.edition,
        made.picked_by,
        made.duty,
        tuple(_ground(case, because, dictionary) for because in rests),
        tuple(_step(case, finding, made, dictionary) for finding in made.findings),
        tuple((deadline, tuple(working(deadline))) for deadline in made.deadlines),
        made.tell,
        made.advice,
        made.flags,
        dict(sorted(receipt.items())),
    )


def working(deadline: Deadline) -> Iterator[DayCounted]:
    """Each calendar day from a deadline's start to the day it falls due, with what it counts for.

    A deadline that is counted backwards (so many working days before publication) runs backwards here too. One that
    is counted in months, or not yet, has no days to show.
    """
    if deadline.start is None or deadline.due is None or not deadline.counted:
        return
    numbers = {day: number for number, day in enumerate(deadline.counted, 1)}
    names = {skipped.day: skipped.why for skipped in deadline.skipped}
    step = timedelta(days=1 if deadline.due >= deadline.start else -1)
    day = deadline.start
    yield DayCounted(day, 0, "")
    while day != deadline.due:
        day += step
        yield DayCounted(day, numbers.get(day), "" if day in numbers else names.get(day, f"{day:%A}"))


def _step(case: Case, finding: Finding, made: Decision, dictionary: Dictionary) -> Step:
    speaks = f"{finding.title}: {finding.reason}"
    return Step(
        finding,
        tuple(_ground(case, because, dictionary) for because in finding.because),
        finding.beside,
        tuple(_question(name, dictionary) for name in finding.would_settle),
        tuple(route.outcome for route in made.advice if speaks in route.for_),
    )


def _ground(case: Case, because: Because, dictionary: Dictionary) -> Ground:
    answer = case.answers.get(because.field)
    raw, how = (answer.raw.strip(), answer.how) if answer is not None else ("", "")
    return Ground(
        because.field, _question(because.field, dictionary), because.value, raw,
        because.place or (answer.place if answer is not None else ""), how,
    )  # fmt: skip


def _question(name: str, dictionary: Dictionary) -> str:
    """A question by its number on the form and its words; its id where the dictionary does not know it."""
    asked = dictionary.field(name)
    if asked is None:
        return name
    child = f", child {name.split('_')[1]}" if name.startswith("child_") and name.split("_")[1].isdigit() else ""
    return f'{dictionary.number(name)}{child} "{asked.title}"'


def _children(case: Case) -> tuple[str, ...]:
    """The numbers of the children on the form, in order."""
    found = {f.split("_")[1] for f in case.answers if f.startswith("child_") and f.split("_")[1].isdigit()}
    return tuple(sorted(found, key=int))
