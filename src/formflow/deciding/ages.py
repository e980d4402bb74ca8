"""How old a child was when it happened, as far as the form allows to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formflow.deciding.said import Said


@dataclass(frozen=True, slots=True)
class Age:
    """Age in completed years: the youngest and oldest it can have been; None where the form does not settle it."""

    youngest: int | None
    oldest: int | None
    unborn: bool = False


def age_of(said: Said, number: int) -> Age:
    """The age of a child at death, or at the incident when it lived; from the date of birth, else the stated age."""
    born = said.span(f"child_{number}_dob")
    if born is None and said.answered(f"child_{number}_edd"):
        return Age(None, None, unborn=True)
    happened = _when(said, number)
    if born is not None and happened is not None:
        return Age(years(born[1], happened[0]), years(born[0], happened[1]))
    stated = said.answers.get(f"child_{number}_age_if_no_dob")
    if stated is not None and stated.state == "answered" and isinstance(stated.value, int):
        return Age(stated.value, stated.value)
    return Age(None, None)


def turned_18(said: Said, number: int) -> bool:
    """Whether a child may have been under 18 when it was harmed, and was 18 or over when it died of it."""
    born, harmed = said.span(f"child_{number}_dob"), said.span("incident_date")
    at_death = age_of(said, number)
    if born is None or harmed is None or at_death.youngest is None or at_death.youngest < 18:
        return False
    return years(born[1], harmed[0]) < 18


def years(born: date, on: date) -> int:
    """Completed years; one born on 29 February completes a year on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _when(said: Said, number: int) -> tuple[date, date] | None:
    outcome = said.choice(f"child_{number}_outcome")
    died = outcome == "died" or (outcome is None and "died" in (said.chosen("nature") or ()))
    if died and (number == 1 or outcome == "died") and (death := said.span("date_of_death")):
        return death
    return said.span("incident_date") or said.span("date_of_death")
