"""The duty to notify: which kind of incident the form describes, who must be told, whether a rapid review follows."""

from __future__ import annotations

import re

from formflow.deciding.decision import Duty, DutyType, Recipient, Ternary
from formflow.deciding.edition import Edition
from formflow.deciding.facts import Facts, facts_of
from formflow.deciding.said import Said


def duty_of(said: Said, edition: Edition, local_authority: str) -> Duty:
    """The duty of Children Act 2004 s16C(1), of the guidance on looked-after children and on care leavers.

    `edition` is the one in force when the council became aware; `local_authority` is our own, so that it is not told
    of itself. What is not known stays so: only a known answer makes it yes or no.
    """
    facts = facts_of(said)
    others: tuple[Recipient, ...] = ("other_authorities",) if other_areas(said, local_authority) else ()
    if facts.adult is True and facts.turned_18 and facts.abuse is not False and facts.ours is not False:
        return _came_of_age(edition, others)
    if facts.adult is True:
        return _adult(facts, edition)
    if facts.abuse is True and facts.happened is True:
        return _abuse(facts, edition, others)
    if facts.abuse is False and facts.died is False:
        return Duty("none", "no", (), "no", "Abuse or neglect is neither known nor suspected, and no child has died.")
    if facts.died is True and facts.looked_after is True:
        return _looked_after(facts, edition, others)
    if facts.died is True and facts.care_leaver is True and edition.care_leavers:
        return _young_care_leaver(facts)
    if facts.abuse is False and facts.died is True and facts.looked_after is False:
        return _no_ground(facts, edition)
    if facts.ours is False and facts.died is False:
        return _elsewhere_and_open(facts)
    return Duty("cannot_tell", "cannot_tell", (), "cannot_tell", _missing(facts))


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


def _abuse(facts: Facts, edition: Edition, others: tuple[Recipient, ...]) -> Duty:
    told = (*_first_told(edition), *others)
    kind: DutyType = "abuse_neglect_death" if facts.died else "abuse_neglect_harm"
    match facts.where:
        case "area" | "outside" if facts.unborn:
            reason = "The child was not yet born: a person must decide whether the duty applies."
            return Duty("cannot_tell", "cannot_tell", told, "cannot_tell", reason)
        case "area":
            reason = "It happened in this area, and abuse or neglect is known or suspected."
            return _notify(kind, told, edition, reason)
        case "outside":
            return _notify(kind, told, edition, "It happened outside England to a child who normally lives here.")
        case "other_english":
            reason = "It happened in the area of another English authority, which has the duty to notify the Panel."
            return Duty("other_authority", "no", ("other_authority_in_whose_area",), "no", reason)
        case "not_resident":
            reason = "It happened outside England to a child who does not normally live in this area."
            return Duty("none", "no", (), "no", reason)
        case None:
            reason = "Abuse or neglect is known or suspected, but the form does not settle where it happened"
            reason += " or whether the child normally lives in this area."
            return Duty("cannot_tell", "cannot_tell", told, "cannot_tell", reason)


def _first_told(edition: Edition) -> tuple[Recipient, ...]:
    if edition.route == "ofsted":
        return ("ofsted", "local_safeguarding_children_board")
    return ("panel", "safeguarding_partners")


def _notify(kind: DutyType, told: tuple[Recipient, ...], edition: Edition, reason: str) -> Duty:
    """A notification on abuse or neglect; from 2018 a rapid review always follows it, before there was none."""
    if edition.route == "ofsted":
        reason += " The rules of 2015 applied: Ofsted and the Local Safeguarding Children Board were told, and there "
        return Duty(kind, "yes", told, "no", reason + "were no rapid reviews yet.")
    return Duty(kind, "yes", told, "yes", reason)


def _looked_after(facts: Facts, edition: Edition, others: tuple[Recipient, ...]) -> Duty:
    told: tuple[Recipient, ...] = ("secretary_of_state", "ofsted", *others)
    if facts.abuse is False:
        reason = "A looked-after child has died; abuse or neglect is neither known nor suspected, so no rapid review "
        return Duty("looked_after_death", "yes", told, "no", reason + "follows from this alone.")
    asked = "the Panel" if edition.route == "panel" else "the Board"
    reason = f"A looked-after child has died, which must be told in any case; whether {asked} must be told as well "
    review: Ternary = "no" if edition.route == "ofsted" else "cannot_tell"
    return Duty("cannot_tell", "yes", told, review, reason + "turns on whether abuse or neglect is suspected.")


def _young_care_leaver(facts: Facts) -> Duty:
    """A care leaver of 16 or 17: told of as one, and the definition is tested as for any child."""
    told: tuple[Recipient, ...] = ("secretary_of_state", "ofsted")
    if facts.abuse is False:
        reason = (
            "A care leaver under 25 has died: the Secretary of State and Ofsted should be told. Abuse or neglect is "
        )
        return Duty("care_leaver_death", "yes", told, "no", reason + "not suspected, so no rapid review is required.")
    reason = "A care leaver has died, which should be told in any case; whether the Panel must be notified as well "
    return Duty("cannot_tell", "yes", told, "cannot_tell", reason + "turns on whether abuse or neglect is suspected.")


def _no_ground(facts: Facts, edition: Edition) -> Duty:
    reason = "Abuse or neglect is neither known nor suspected, and the child was not looked after."
    if edition.care_leavers and facts.care_leaver_open:
        reason += " The form does not settle whether a care leaver has died, whose death should be told."
        return Duty("cannot_tell", "cannot_tell", (), "no", reason)
    return Duty("none", "no", (), "no", reason)


def _elsewhere_and_open(facts: Facts) -> Duty:
    """Not ours, whatever the abuse question turns out to be; another English authority is told all the same."""
    told: tuple[Recipient, ...] = ("other_authority_in_whose_area",) if facts.where == "other_english" else ()
    reason = "It did not happen where this authority would have the duty. Whether another one has turns on whether "
    return Duty("cannot_tell", "no", told, "no", reason + "abuse or neglect is known or suspected.")


def _came_of_age(edition: Edition, others: tuple[Recipient, ...]) -> Duty:
    """Harmed as a child, dead as an adult: the harm may have been notifiable, and the death alone is not."""
    reason = "Somebody may have been under 18 when the harm was done and was 18 or over at the death: a person must "
    told = (*_first_told(edition), *others)
    return Duty("cannot_tell", "cannot_tell", told, "cannot_tell", reason + "decide whether the duty applies.")


def _adult(facts: Facts, edition: Edition) -> Duty:
    if facts.beyond_25 is True:
        return Duty("none", "no", (), "no", "The person was 25 or over.")
    if facts.died is False:
        return Duty("none", "no", (), "no", "The person was 18 or over and has not died.")
    if facts.died is None:
        reason = "The person was 18 or over; the form does not say what happened."
        return Duty("cannot_tell", "cannot_tell", (), "no", reason)
    if not edition.care_leavers:
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
