"""What the duty to notify turns on: each fact known to be so, known not to be so, or not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from formflow.deciding.ages import Age, age_of, turned_18
from formflow.deciding.said import Said
from formflow.deciding.truth import Truth, all_of, any_of

Where = Literal["area", "outside", "not_resident", "other_english"]

_ENGLAND = re.compile(r"england(?:\s(?:uk|gb|united kingdom|great britain))?")
_UNITED_KINGDOM = re.compile(r"(?:the )?(?:uk|gb|united kingdom|great britain|britain)")


@dataclass(frozen=True, slots=True)
class Facts:
    """The limbs of the definition, as far as the form settles them."""

    abuse: Truth
    died: Truth
    harmed: Truth
    where: Where | None
    looked_after: Truth
    """A child who died, or may have, was looked after."""
    care_leaver: Truth
    care_leaver_open: bool
    """The form says that it is not known whether somebody was a care leaver."""
    adult: Truth
    """Every person on the form was 18 or over."""
    beyond_25: Truth
    turned_18: bool
    """Somebody may have been harmed under 18 and died at 18 or over."""
    unborn: bool

    @property
    def ours(self) -> Truth:
        """Whether the place, or the place and the residence, make it this authority's duty."""
        return None if self.where is None else self.where in ("area", "outside")

    @property
    def happened(self) -> Truth:
        """Whether a child died or was seriously harmed."""
        return any_of((self.died, self.harmed))

    @property
    def notifiable(self) -> Truth:
        """Children Act 2004 s16C(1), limb by limb. The age is looked at apart: only one that is known excludes."""
        return all_of((self.abuse, self.happened, self.ours))


def facts_of(said: Said) -> Facts:
    """The facts as far as the form settles them; blank is never no."""
    nature = said.chosen("nature")
    ages = [age_of(said, number) for number in said.children()]
    dead = _who_died(said)
    leavers = [said.answers.get(f"child_{n}_care_leaver") for n in dead]
    return Facts(
        abuse={"known": True, "suspected": True, "no": False}.get(said.choice("abuse_neglect") or ""),
        died=died(said),
        harmed=None if nature is None else "seriously_harmed" in nature,
        where=where(said),
        looked_after=any_of(said.truth(f"child_{n}_looked_after") for n in dead),
        care_leaver=any_of(said.truth(f"child_{n}_care_leaver") for n in dead),
        care_leaver_open=any(a is not None and a.state in ("not_known", "conflict", "unreadable") for a in leavers),
        adult=_all_at_least(ages, 18),
        beyond_25=_all_at_least(ages, 25),
        turned_18=any(turned_18(said, number) for number in said.children()),
        unborn=all(age.unborn for age in ages),
    )


def died(said: Said) -> Truth:
    """Whether a child has died; not known where "died" is not ticked and a death is spoken of all the same."""
    nature = said.chosen("nature")
    if nature is None or "died" in nature:
        return None if nature is None else True
    spoken_of = said.answered("date_of_death") or any(
        said.choice(f"child_{number}_outcome") == "died" for number in said.children()
    )
    return None if spoken_of else False


def where(said: Said) -> Where | None:
    """Where it happened, as the duty divides the world: England is one side, Wales and Scotland are the other."""
    if (here := said.truth("incident_in_area")) is not False:
        return "area" if here else None
    country, resident = _plain(said.text("country")), said.truth("outside_england_resident")
    if _ENGLAND.fullmatch(country):
        return None if resident is True else "other_english"
    if resident is True:
        return "outside"
    if country and not _UNITED_KINGDOM.fullmatch(country):
        return "not_resident" if resident is False else None
    return "other_english" if resident is False else None


def _who_died(said: Said) -> tuple[int, ...]:
    """The children who died, or of whom it is not said; all of them where each is said to live."""
    outcomes = {number: said.choice(f"child_{number}_outcome") for number in said.children()}
    dead = tuple(number for number, outcome in outcomes.items() if outcome in (None, "died"))
    return dead or tuple(outcomes)


def _all_at_least(ages: list[Age], years: int) -> Truth:
    if any(age.oldest is not None and age.oldest < years for age in ages) or any(age.unborn for age in ages):
        return False
    return True if all(age.youngest is not None and age.youngest >= years for age in ages) else None


def _plain(country: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", country.casefold()).split())
