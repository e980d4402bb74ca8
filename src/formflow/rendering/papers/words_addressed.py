"""The head of a letter: to whom it goes, by when, on what ground, and who else is told; from the events it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from formflow.deciding.decision import Addressee, Telling
from formflow.deciding.telling import addresses
from formflow.rendering.papers.about import About
from formflow.rendering.papers.catalogue import PaperKind
from formflow.rendering.papers.words import listed
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import written

INCIDENT = {
    "notifiable_incident": "of the incident",
    "notifiable_incident_partners": "of the incident",
    "incident_before_2018": "of the incident",
    "incident_before_2018_board": "of the incident",
    "other_authority_area": "of the incident",
    "looked_after_death": "of the death",
    "care_leaver_death": "of the death",
}
"""The events of the incident itself, each with what its recipients are told of."""
DECISION = {
    "rapid_review_complete": "of the outcome of the rapid review",
    "local_review_agreed": "of the local review and its reviewer",
    "not_notifiable_after_all": "that the incident was not notifiable",
}
"""The events of the partners' decision."""
_TOLD_TOO = {"referrer_told_date": "whoever referred the case", "family_told_date": "the family"}
"""Questions of the decision record that tell of others who were told of the decision."""


def addressed(kind: PaperKind, about: About) -> Words:
    """The words of a paper's head. `is_due` is false while the guidance asks for no such letter; then `to` is empty."""
    tellings = [one for event in kind.tells if (one := about.telling(event)) is not None]
    to = _recipients(tellings, kind.to)
    return {
        "is_due": bool(to),
        "to": [_addressee(one, about) for one in to],
        "by": _by(min(tellings, key=lambda one: one.due or date.max), to, about.decision.on) if to else "",
        "basis": "; ".join(dict.fromkeys(basis(one) for one in tellings)) if to else "",
        "others": list(_grouped(_others(kind, about, {one.recipient for one in to}))),
    }


def told_all_by(kind: PaperKind, about: About) -> date | None:
    """The day by which everybody to whom the paper goes had been told; None while somebody has not."""
    tellings = [one for event in kind.tells if (one := about.telling(event)) is not None]
    days = [one.told for one in _recipients(tellings, kind.to)]
    return max((day for day in days if day), default=None) if all(days) else None


def basis(one: Telling) -> str:
    """The paragraph a telling rests on, written out, with what is still to be confirmed."""
    source = re.sub(r"\bWT (\d{4})\b", r"Working Together \1", one.source)
    source = re.sub(r" chs\.(?=\d)", ", chapters ", re.sub(r" ch\.(?=\d)", ", chapter ", source))
    if source == "to be confirmed":
        return f"{one.title}: the paragraph is to be confirmed"
    return source if one.confirmed else f"{source} (to be confirmed)"


def begin(words: str) -> str:
    """Words as a sentence begins, without changing the rest."""
    return words[:1].upper() + words[1:]


def _recipients(tellings: Sequence[Telling], only: Sequence[str]) -> list[Addressee]:
    """Everybody the events name, once; one who is told of two events has been told when both are done."""
    found: dict[tuple[str, str], Addressee] = {}
    for one in (one for telling in tellings for one in telling.to if not only or one.recipient in only):
        before = found.get((one.recipient, one.name))
        if before is not None:
            told = max(before.told, one.told) if before.told and one.told else None
            one = Addressee(one.recipient, one.name, told)
        found[one.recipient, one.name] = one
    return list(found.values())


def _addressee(one: Addressee, about: About) -> Word:
    held = next((own for own in addresses(about.settings.local, one.recipient) if own.name == one.name), None)
    return {
        "name": begin(one.name.removeprefix("the ")),
        "address": held.address if held else "",
        "email": held.email if held else "",
        "told": written(one.told) if one.told else "",
    }


def _by(first: Telling, to: Sequence[Addressee], on: date) -> str:
    """By when it is to be sent, as a sentence or two."""
    days = [one.told for one in to if one.told]
    if len(days) == len(to):
        return f"{'Everybody had been told by' if len(to) > 1 else 'Told on'} {written(max(days))}."
    rule = first.by.partition(", see ")[0]
    if first.due is None:
        later = " The day itself cannot be worked out yet." if "working days" in rule else ""
        return f"This is to be sent {rule}.{later}"
    if first.due < on:
        return f"This was to be sent by {written(first.due)}, and nothing says yet that it was."
    return f"This is to be sent by {written(first.due)}, {rule}."


def _grouped(others: Iterator[tuple[str, str]]) -> Iterator[Word]:
    """A sentence for all who are told of the same in the same way."""
    held: dict[str, list[str]] = {}
    for who, what in others:
        if who not in held.setdefault(what, []):
            held[what].append(who)
    for what, names in held.items():
        yield f"{begin(listed(names))}: {what}"


def _others(kind: PaperKind, about: About, own: set[str]) -> Iterator[tuple[str, str]]:
    """Who else is told, and when: of the incident beside a notice of it, of the decision beside a letter about it."""
    told_of = next((group for group in (INCIDENT, DECISION) if set(kind.tells) & set(group)), {})
    for one in about.decision.tell:
        if one.event in told_of:
            yield from (
                (to.name, _other(one, to, told_of[one.event], about)) for to in one.to if to.recipient not in own
            )
    if told_of is DECISION and about.record is not None:
        for field, who in _TOLD_TOO.items():
            if day := about.record.text(field):
                yield who, f"told of the decision on {day}"


def _other(one: Telling, to: Addressee, of: str, about: About) -> str:
    if to.told:
        return f"told {of} on {written(to.told)}"
    if one.due is None:
        return f"to be told {of} {one.by.partition(', see ')[0]}"
    late = "; nothing says yet that it was done" if one.due < about.decision.on else ""
    return f"to be told {of} by {written(one.due)}{late}"
