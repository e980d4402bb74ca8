"""A person in one answer: the name, with the post, a yes or a day behind it; or the name in two boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from formflow.extracting.date_words import MONTH
from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.form import Answer
from formflow.extracting.names import full_name, looks_like_a_name
from formflow.extracting.yes_no import read_yes_no

HALVES = ("_forename", "_surname")
"""How the two boxes end in which a notifier's or a lead's name may be asked."""
_PEOPLE = ("notifier", "lead")
_APART = re.compile(r"\s*[,;()]\s*|\s+[-–—]\s+|\s*[–—]\s*|(?<=\w\w)\.\s+")
_POST = re.compile(
    r"\b(?:manager|officer|lead|leader|nurse|midwife|doctor|gp|consultant|director|head|teacher|headteacher|principal|deputy|"
    r"assistant|adviser|advisor|worker|practitioner|coordinator|co-ordinator|visitor|sergeant|inspector|superintendent|"
    r"constable|detective|paediatrician|psychologist|psychiatrist|therapist|solicitor|chair|chief|executive|supervisor|"
    r"specialist|administrator|coroner|warden|governor|dsl|ddsl|dco|lado|idva|isva|iro|senco|sio|oic|ssw|swm)s?\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:council|trust|constabulary|nhs|hospital|academy|college|partnership|county|borough|service|court|charity|"
    r"company|limited|ltd|foundation|university|association|housing)\b",
    re.IGNORECASE,
)
"""Words of bodies, whose names are shaped like a person's."""
_NO_POST = re.compile(
    r"\d|\b(?:is|was|has|have|who|will|says?|said|and i|my|on leave|not|called|rang|told|see)\b", re.IGNORECASE
)
_AGREED = re.compile(
    r"(?:(?:he|she|they|who|and)\s+)*(?:has\s+|have\s+)?(?:agrees?|agreed|approves?|approved|supports?|authorised)\b"
    r"(?:\s+(?:it|this|that|to it|with it))?(?:\s+(?:by|on))?\s*",
    re.IGNORECASE,
)
_DAY_ONLY = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{MONTH})\.?", re.IGNORECASE)
"""A day without its year, which is no date."""
_LONGEST_POST = 8
"""Words."""


Words = Callable[[str, str, Answer], "Answer | None"]
"""Reads words as the answer of a field, placed like another answer; None where there is no such field."""


@dataclass(frozen=True, slots=True)
class Person:
    """What stands in one answer about a person; empty where it does not."""

    name: str
    post: str = ""
    agrees: str = ""
    day: str = ""


def person_in(text: str, *, latest: int) -> Person | None:
    """The one person named in an answer with what stands beside the name; None where a piece may be something else."""
    parts = [part for each in _APART.split(text) for part in _without_agreement(each.strip(" .,;"))]
    names = [part for part in parts if looks_like_a_name(part) and not _BODY.search(part)]
    if len(parts) < 2 or len(names) != 1:
        return None
    found: dict[str, str] = {}
    for part in parts:
        if part == names[0]:
            continue
        kind = _kind(part, latest)
        if kind is None or (kind in found and kind != "post" and part.casefold() != found[kind].casefold()):
            return None
        if kind in found and kind != "post":
            continue
        found[kind] = f"{found[kind]}, {part}" if kind in found else part
    found.pop("undated", None)
    return Person(names[0], **found)


def _without_agreement(part: str) -> Iterator[str]:
    """A piece without the words that say somebody agreed, which are a yes of their own: `agreed by Jo Webb`."""
    found = _AGREED.match(part)
    if found and part:
        yield "yes"
        part = part[found.end() :].strip()
    if part:
        yield part


def _kind(part: str, latest: int) -> str | None:
    said = read_yes_no(part)
    if said.state == "answered" and not said.rest:
        return "agrees"
    if not isinstance(read_date(part, latest=latest), NoDate):
        return "day"
    if _DAY_ONLY.fullmatch(part):
        return "undated"
    is_post = _POST.search(part) and not _NO_POST.search(part) and len(part.split()) <= _LONGEST_POST
    return "post" if is_post else None


def of_lead(targets: Sequence[str], text: str, latest: int) -> dict[str, str]:
    """What an answer about the lead says by field, where all of it is told: `Yes, Jo Webb (Named Nurse)`."""
    person = person_in(text, latest=latest) if {"lead_name", "lead_agreed"} & {*targets} else None
    if person is None:
        return {}
    told = {"lead_name": person.name, "lead_role": person.post, "lead_agreed": person.agrees}
    return {field: words for field, words in {**told, "lead_agreed_date": person.day}.items() if words}


def beside_names(given: Mapping[str, Sequence[Answer]], latest: int, words: Words) -> dict[str, list[Answer]]:
    """For answers where a person is named: the name alone, and what stands beside it for questions left open."""
    changed: dict[str, list[Answer]] = {}
    for field_id, answers in given.items():
        places = _beside(field_id)
        filled = [answer for answer in answers if answer.state == "answered"]
        person = person_in(str(filled[0].value), latest=latest) if places and len(filled) == 1 else None
        if person is None or any(getattr(person, kind) and kind not in places for kind in ("post", "agrees", "day")):
            continue
        changed[field_id] = [replace(filled[0], value=person.name)]
        for kind, beside in places.items():
            said = getattr(person, kind)
            if said and all(answer.state == "blank" for answer in given.get(beside, ())):
                more = words(beside, said, filled[0])
                if more is not None and more.state == "answered":
                    changed[beside] = [more]
    return changed


def _beside(field_id: str) -> Mapping[str, str]:
    """The questions that what stands beside a name may answer, by what it is."""
    if field_id.startswith("agency_") and field_id.endswith("_professional"):
        return {"post": field_id.replace("_professional", "_role")}
    match field_id:
        case "notifier_name":
            return {"post": "notifier_role", "day": "date_completed"}
        case "lead_name":
            return {"post": "lead_role", "agrees": "lead_agreed", "day": "lead_agreed_date"}
        case "declared_name":
            return {"post": "declared_role", "day": "declared_date"}
        case _:
            return {}


def is_half(target: str) -> bool:
    """Whether a target is one of the two boxes of a notifier's or a lead's name."""
    return any(target == f"{person}{half}" for person in _PEOPLE for half in HALVES)


def whole_names(halves: Mapping[str, Answer], has: Callable[[str], bool]) -> dict[str, Answer]:
    """Names whose two boxes are both filled in, where the name is not asked for as one."""
    found: dict[str, Answer] = {}
    for person in _PEOPLE:
        forename, surname = (halves.get(f"{person}{half}") for half in HALVES)
        field_id = f"{person}_name"
        if forename is not None and surname is not None and forename.raw and surname.raw and not has(field_id):
            name = full_name(forename.raw, surname.raw)
            found[field_id] = replace(forename, field=field_id, state="answered", value=name, raw=name)
    return found
