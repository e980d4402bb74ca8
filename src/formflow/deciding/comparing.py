"""What a new edition would change for the cases there are, before it goes live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook, decide
from formflow.deciding.decision import Decision
from formflow.deciding.edition import Edition
from formflow.deciding.history import History


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would come out differently, or be worded differently."""

    what: str
    """`duty`, `finding`, `deadline`, `tell`, `advice`; for the editions themselves `limit`, `criterion`, `event` …"""
    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What would change for one case."""

    ref: str
    changes: tuple[Change, ...]


def compare_cases(
    cases: Iterable[Case], old: Edition, new: Edition, rules: Rulebook, on: date, history: History
) -> Iterator[CaseChange]:
    """Every case for which the new edition gives something else than the old, each held as if always in force."""
    before = replace(rules, guidance=replace(rules.guidance, only=old))
    after = replace(rules, guidance=replace(rules.guidance, only=new))
    for case in cases:
        changes = tuple(changes_of(decide(case, before, on, history), decide(case, after, on, history)))
        if changes:
            yield CaseChange(case.ref, changes)


def changes_of(old: Decision, new: Decision) -> Iterator[Change]:
    """What differs between two decisions on the same case, by what people act on; wording and sources stay apart."""
    yield from _differ("duty", _duty(old), _duty(new))
    yield from _differ("finding", {f.key: f.result for f in old.findings}, {f.key: f.result for f in new.findings})
    yield from _differ("deadline", _deadlines(old), _deadlines(new))
    yield from _differ("tell", _told(old), _told(new))
    yield from _differ("advice", {a.outcome: a.open for a in old.advice}, {a.outcome: a.open for a in new.advice})
    yield from _differ("term", dict(old.terms), dict(new.terms))


def compare_editions(old: Edition, new: Edition) -> Iterator[Change]:
    """What differs between the editions themselves, word for word."""
    for what, one, other in (
        ("limit", {k: x.rule for k, x in old.limits.items()}, {k: x.rule for k, x in new.limits.items()}),
        ("criterion", {k: x.wording for k, x in old.criteria.items()}, {k: x.wording for k, x in new.criteria.items()}),
        ("event", {k: _event(old, k) for k in old.events}, {k: _event(new, k) for k in new.events}),
        ("to be confirmed", _unconfirmed(old), _unconfirmed(new)),
    ):
        yield from _differ(what, one, other)


def _differ(what: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for key in (*old, *(key for key in new if key not in old)):
        if old.get(key, "") != new.get(key, ""):
            yield Change(what, key, old.get(key, ""), new.get(key, ""))


def _duty(made: Decision) -> dict[str, str]:
    duty = made.duty
    return {
        "type": duty.type,
        "notify": duty.notify,
        "rapid_review": duty.rapid_review,
        "recipients": ", ".join(duty.recipients),
    }


def _deadlines(made: Decision) -> dict[str, str]:
    return {one.key: one.due.isoformat() if one.due else "not known yet" for one in made.deadlines}


def _told(made: Decision) -> dict[str, str]:
    return {one.event: ", ".join(to.recipient for to in one.to) for one in made.tell}


def _event(edition: Edition, key: str) -> str:
    event = edition.events[key]
    return f"{', '.join(event.to)}, {event.by}: {event.what}"


def _unconfirmed(edition: Edition) -> dict[str, str]:
    """Every part of an edition that has not been checked against its source."""
    parts = {"limits": edition.limits, "criteria": edition.criteria, "events": edition.events}
    return {
        f"{name}.{key}": "to be confirmed"
        for name, held in parts.items()
        for key, part in held.items()
        if not part.confirmed
    }
