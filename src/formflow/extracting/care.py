"""Whether a child is looked after, told in one answer together with the legal status and the placing authority."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from formflow.extracting.date_pieces import without_dates
from formflow.extracting.form import Answer
from formflow.extracting.plain import bare, fold
from formflow.extracting.sense import Sense, conflicting
from formflow.extracting.wordings import Wordings
from formflow.extracting.yes_no import read_yes_no

_IN_CARE = frozenset({"s20", "interim_care_order", "care_order", "placement_order", "remand"})
"""Legal statuses under which a child is looked after (Children Act 1989, section 22; for remand, the Act of 2012)."""
_COUNCIL = re.compile(r"[A-Z][\w'’-]+.*\b(?:Council|Borough|MBC|CC|LBC|Local Authority|LA)$")
_PART = re.compile(r"\s*[,;()]\s*|\s+[-–—]\s+|\s*[–—]\s*")
_LEAD = re.compile(r"^(?:placed by|accommodated by|in the care of|under|by|to)\s+", re.IGNORECASE)


def care_answers(
    child: int, raw: str, wordings: Wordings, *, place: str, how: str, authorities: Collection[str] = ()
) -> dict[str, Answer]:
    """The answers that one text gives about a child in care, by field id: `Yes – section 20, Tarrowdale`.

    Whether the child is looked after always; the legal status, placement and placing authority where they are named.
    A place is taken for the placing authority when it says that it is a council, or is one of `authorities`.
    """
    words = fold(raw)
    looked_after = read_yes_no(words, wordings.yes_no.get("child_N_looked_after"))
    told = _told(looked_after.rest if looked_after.state == "answered" else words, wordings, authorities)
    status = told.get("legal_status")
    if looked_after.state == "answered" and looked_after.value == "no" and status in _IN_CARE:
        looked_after = conflicting("the legal status that is named means that the child is looked after")
    derived = looked_after.state == "unreadable" and status in _IN_CARE
    if derived:
        looked_after = Sense("answered", "yes", because="worked out from the legal status")
    answers = {"looked_after": _answer(child, "looked_after", looked_after, raw, place, "derived" if derived else how)}
    for name, value in told.items():
        answers[name] = _answer(child, name, Sense("answered", value), raw, place, how)
    return {f"child_{child}_{name}": answer for name, answer in answers.items()}


def _told(words: str, wordings: Wordings, authorities: Collection[str]) -> Mapping[str, str]:
    """What the parts of the words name beyond doubt; what is named twice differently is left out."""
    found: dict[str, set[str]] = {}
    for part in _PART.split(without_dates(words)):
        plain = bare(re.sub(r"\b(?:since|from)\s*$", "", part, flags=re.IGNORECASE))
        if status := wordings.named("legal_status").meant.get(plain):
            found.setdefault("legal_status", set()).add(status)
        elif placement := wordings.named("placement").meant.get(plain):
            found.setdefault("placement_type", set()).add(placement)
        elif name := _authority(part, authorities):
            found.setdefault("placing_la", set()).add(name)
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def _authority(part: str, authorities: Collection[str]) -> str:
    name = _LEAD.sub("", part.strip(" ."))
    named = bare(name) in {bare(one) for one in authorities} or bool(_COUNCIL.search(name))
    return name if named and name[:1].isupper() else ""


def _answer(child: int, name: str, sense: Sense, raw: str, place: str, how: str) -> Answer:
    field_id = f"child_{child}_{name}"
    return Answer(field_id, sense.state, sense.value, None, raw, place, how, sense.confidence, sense.because)
