"""How the findings were reached, as words of the annex that lets a reader follow and defend every line."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.deciding.decision import Deadline
from formflow.deciding.explaining import DayCounted, Ground, Step, explain
from formflow.rendering.names.shown import Shown
from formflow.rendering.papers.about import About
from formflow.rendering.papers.words import RESULTS, ROUTES, STATUS, beside, in_short
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import in_words, written

_CONFIRM = " (to be confirmed)"
_GROUPS = {
    "definition": "The definition and the duty to notify",
    "criteria": "Criteria that must be taken into account",
    "circumstances": "Circumstances to have regard to",
    "national": "Grounds for a national review",
}
_RECEIPT = {"formflow": "formflow, version", "form": "Newest form, SHA-256", "templates": "Templates, SHA-256",
            "history": "Earlier cases, SHA-256", "rapid review starts": "Rapid review counted from",
            "due soon": "Due soon, working days", "local authority": "Local authority"}  # fmt: skip
_NOT_SHOWN = {"local settings"}


def explained(about: About) -> Word:
    """The way from each answer to each finding and deadline, and what the decision was made with."""
    told, shown = explain(about.case, about.decision, about.dictionary, about.receipt), about.shown
    return {
        "on": shown.day(told.on),
        "editions": [
            _edition(which, edition, told.picked_by.get(which, "")) for which, edition in told.editions.items()
        ],
        "groups": [
            {"title": title, "steps": [_step(step, shown) for step in told.steps if step.finding.group == group]}
            for group, title in _GROUPS.items()
        ],
        "duty": [_ground(ground, shown) for ground in told.duty_grounds],
        # Days and fingerprints are for the office: in a version for sharing they would tell which case it is.
        "deadlines": [] if about.published else [_deadline(one, days) for one, days in told.deadlines if one.due],
        "receipt": [
            {"what": _RECEIPT.get(what, what[:1].upper() + what[1:]), "is": value or "none"}
            for what, value in told.receipt.items()
            if what not in _NOT_SHOWN and not about.published
        ],
    }


def _edition(which: str, edition: str, picked_by: str) -> Words:
    day, _, why = picked_by.partition(", ")
    chosen = ", ".join(part for part in (in_words(day), why) if part)
    return {"which": which, "from": in_words(edition or "none"), "chosen_by": chosen}


def _step(step: Step, shown: Shown) -> Words:
    finding = step.finding
    return {
        "title": finding.title,
        "result": RESULTS[finding.result],
        "wording": finding.wording,
        "source": finding.source + ("" if finding.confirmed else _CONFIRM),
        "edition": in_words(finding.edition or "not recorded"),
        "grounds": [_ground(ground, shown) for ground in step.grounds],
        "beside": [shown.said(beside(one)) for one in step.beside],
        "reason": shown.said(finding.reason),
        "would_change": _would_change(step),
        "speaks_for": "; ".join(ROUTES.get(route, route) for route in step.leads_to),
    }


def _would_change(step: Step) -> str:
    """What would settle it, or what would have met it; empty where it is met."""
    if step.would_settle:
        return f"An answer to {'; '.join(step.would_settle)}"
    return step.finding.would_meet


def _ground(ground: Ground, shown: Shown) -> Words:
    raw = ground.raw if ground.raw and ground.raw.casefold() != ground.read_as.casefold() else ""
    return {
        "question": ground.question,
        "read_as": in_short(shown.said(shown.answer(ground.field, ground.read_as))),
        "raw": in_short(shown.said(shown.answer(ground.field, " ".join(raw.split())))),
        "place": ground.place,
    }


def _deadline(made: Deadline, days: Sequence[DayCounted]) -> Words:
    return {
        "title": made.title,
        "due": written(made.due) if made.due else "",
        "status": STATUS[made.state][0],
        "rule": made.rule,
        "source": made.source + ("" if made.confirmed else _CONFIRM),
        "days": "; ".join(f"{one.day:%a} {one.day.day} {one.day:%b} {one.why or f'day {one.number}'}" for one in days),
    }
