"""The duty to notify: which kind of incident the form describes, who must be told, whether a rapid review follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from formflow.deciding.ages import Age, age_of
from formflow.deciding.decision import Duty, Recipient
from formflow.deciding.said import Said
from formflow.deciding.truth import Truth, any_of

Where = Literal["area", "outside", "not_resident", "other_english", "not_here"]

_ENGLAND = re.compile(r"england", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the duty turns on, each known or not."""

    abuse: Truth
    died: Truth
    harmed: Truth
    where: Where | None
    looked_after: Truth
    care_leaver: Truth
    adult: Truth
    """Every person on the form was 18 or over."""
    beyond_25: Truth
    unborn: bool


def facts_of(said: Said) -> Facts:
    """The facts as far as the form settles them."""
    nature = said.chosen("nature")
    ages = [age_of(said, number) for number in said.children()]
    return Facts(
        abuse={"known": True, "suspected": True, "no": False}.get(said.choice("abuse_neglect") or ""),
        died=None if nature is None else "died" in nature,
        harmed=None if nature is None else "seriously_harmed" in nature,
        where=_where(said),
        looked_after=any_of(said.truth(f"child_{n}_looked_after") for n in said.children()),
        care_leaver=any_of(said.truth(f"child_{n}_care_leaver") for n in said.children()),
        adult=_all_at_least(ages, 18),
        beyond_25=_all_at_least(ages, 25),
        unborn=all(age.unborn for age in ages),
    )


def duty_of(said: Said, *, care_leavers: bool, local_authority: str) -> Duty:
    """The duty of Children Act 2004 s16C(1), of the guidance on looked-after children and on care leavers.

    `care_leavers` says whether the edition covers them; `local_authority` is our own, so that it is not told of itself.
    """
    facts = facts_of(said)
    if facts.adult is True:
        return _adult(facts, care_leavers)
    if facts.abuse is True and (facts.died or facts.harmed):
        return _abuse(said, facts, local_authority)
    if facts.abuse is False and facts.died is False:
        return Duty("none", "no", (), "no", "Abuse or neglect is neither known nor suspected, and no child has died.")
    if facts.died is True and facts.looked_after is True:
        return _looked_after(said, facts, local_authority)
    if facts.abuse is False and facts.died is True and facts.looked_after is False:
        reason = "Abuse or neglect is neither known nor suspected, and the child was not looked after."
        return Duty("none", "no", (), "no", reason)
    return Duty("cannot_tell", "cannot_tell", (), "cannot_tell", _missing(facts))


def _abuse(said: Said, facts: Facts, local_authority: str) -> Duty:
    kind: Literal["abuse_neglect_death", "abuse_neglect_harm"] = (
        "abuse_neglect_death" if facts.died else "abuse_neglect_harm"
    )
    others: tuple[Recipient, ...] = ("other_authorities",) if other_areas(said, local_authority) else ()
    told: tuple[Recipient, ...] = ("panel", "safeguarding_partners", *others)
    match facts.where:
        case "area" | "outside" if facts.unborn:
            reason = "The child was not yet born: a person must decide whether the duty applies."
            return Duty("cannot_tell", "cannot_tell", told, "cannot_tell", reason)
        case "area":
            return Duty(
                kind, "yes", told, "yes", "It happened in this area, and abuse or neglect is known or suspected."
            )
        case "outside":
            reason = "It happened outside England to a child who normally lives here."
            return Duty(kind, "yes", told, "yes", reason)
        case "other_english":
            reason = "It happened in the area of another English authority, which has the duty to notify the Panel."
            return Duty("other_authority", "no", ("other_authority_in_whose_area",), "no", reason)
        case "not_resident":
            reason = "It happened outside England to a child who does not normally live in this area."
            return Duty("none", "no", (), "no", reason)
        case _:
            reason = "Abuse or neglect is known or suspected, but the form does not settle where it happened"
            reason += " or whether the child normally lives in this area."
            return Duty("cannot_tell", "cannot_tell", told, "cannot_tell", reason)


def _looked_after(said: Said, facts: Facts, local_authority: str) -> Duty:
    others: tuple[Recipient, ...] = ("other_authorities",) if other_areas(said, local_authority) else ()
    told: tuple[Recipient, ...] = ("secretary_of_state", "ofsted", *others)
    if facts.abuse is False:
        reason = "A looked-after child has died; abuse or neglect is neither known nor suspected, so no rapid review "
        return Duty("looked_after_death", "yes", told, "no", reason + "follows from this alone.")
    reason = (
        "A looked-after child has died, which must be told in any case; whether the Panel must be notified as well "
    )
    return Duty("cannot_tell", "yes", told, "cannot_tell", reason + "turns on whether abuse or neglect is suspected.")


def _adult(facts: Facts, care_leavers: bool) -> Duty:
    if facts.beyond_25 is True:
        return Duty("none", "no", (), "no", "The person was 25 or over.")
    if facts.died is not True:
        told = facts.died is False
        reason = "The person was 18 or over" + (
            " and has not died." if told else "; the form does not say what happened."
        )
        return Duty("none", "no", (), "no", reason) if told else Duty("cannot_tell", "cannot_tell", (), "no", reason)
    if not care_leavers:
        return Duty("none", "no", (), "no", "The person was 18 or over; this edition has no rule for care leavers.")
    match facts.care_leaver:
        case True if facts.beyond_25 is False:
            reason = "A care leaver of 18 to 24 has died: the Secretary of State and Ofsted should be told. No rapid "
            reason += "review is required; the partners may still choose to learn from it."
            return Duty("care_leaver_death", "yes", ("secretary_of_state", "ofsted"), "no", reason)
        case False:
            return Duty("none", "no", (), "no", "The person was 18 or over and not a care leaver.")
        case _:
            reason = "The person was 18 or over; the form does not settle whether a care leaver under 25 has died."
            return Duty("cannot_tell", "cannot_tell", (), "no", reason)


def other_areas(said: Said, local_authority: str) -> tuple[str, ...]:
    """The fields that name another local authority than our own."""
    ours = _plain(local_authority)
    fields = ("other_la", *(f"child_{number}_placing_la" for number in said.children()))
    named = {field: _plain(said.text(field)) for field in fields if said.text(field)}
    sender = _plain(said.text("notifier_organisation"))
    return tuple(
        field
        for field, name in named.items()
        if field == "other_la" or not (name == ours or (name and (name in sender or (sender and sender in name))))
    )


def _where(said: Said) -> Where | None:
    if (here := said.truth("incident_in_area")) is not False:
        return "area" if here else None
    country, resident = said.text("country"), said.truth("outside_england_resident")
    if country and _ENGLAND.search(country) and resident is not True:
        return "other_english"
    if resident is True:
        return "outside"
    if country:
        return "not_resident" if resident is False else None
    return "other_english" if resident is False else None


def _all_at_least(ages: list[Age], years: int) -> Truth:
    if any(age.oldest is not None and age.oldest < years for age in ages) or any(age.unborn for age in ages):
        return False
    return True if all(age.youngest is not None and age.youngest >= years for age in ages) else None


def _missing(facts: Facts) -> str:
    if facts.died is None:
        return "The form does not settle what happened."
    if facts.abuse is None:
        return "The form does not settle whether abuse or neglect is known or suspected."
    return "A child has died, and the form does not settle whether the child was looked after."


def _plain(name: str) -> str:
    words = re.sub(r"[^\w\s]", " ", name.casefold())
    words = re.sub(
        r"\b(?:the|county|city|borough|district|metropolitan|council|local authority|of|royal|london)\b", " ", words
    )
    return " ".join(words.split())
