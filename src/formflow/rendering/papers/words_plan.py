"""The action plan as a table by recommendation, with what is not SMART yet said in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from formflow.deciding.actions import Action
from formflow.rendering.papers.about import About
from formflow.rendering.papers.words import listed
from formflow.rendering.papers.words_decision import actions
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import written

_MISSING = {
    "owner": "Nobody is named who does it",
    "due": "No day is agreed",
    "measure": "It is not said how you will know that it worked",
}
_NONE = "Actions without a recommendation"


def plan(about: About) -> Word:
    """Every action under its recommendation, how many there are of each status, and what is not SMART yet."""
    told, drawn = about.case.actions, actions(about)
    assert isinstance(drawn, list)  # noqa: S101 - a list by its making; this narrows it for the type checker
    words = {action.ref: {**word, **_more(action)} for action, word in zip(told, drawn, strict=True)
             if isinstance(word, dict)}  # fmt: skip
    return {
        "groups": [{"recommendation": name, "actions": [words[one.ref] for one in held]}
                   for name, held in _by_recommendation(told)],
        "count": len(told),
        "standing": _standing([str(word["status"]) for word in words.values()]),
        "not_smart": list(_not_smart(told)),
    }  # fmt: skip


def _more(action: Action) -> Words:
    first = written(action.due) if action.due and action.revised else ""
    return {
        "group": action.group,
        "theme": action.theme,
        "moved": ", ".join(words for words in (f"from {first}" if first else "", action.revised_reason) if words),
    }


def _by_recommendation(told: Sequence[Action]) -> Iterator[tuple[str, list[Action]]]:
    """The recommendations in the order in which they first come; what answers none stands last."""
    first: dict[str, int] = {}
    for action in told:
        first.setdefault(" ".join(action.recommendation.split()), len(first))
    ordered = sorted(told, key=lambda one: (not one.recommendation, first[" ".join(one.recommendation.split())]))
    for name, held in groupby(ordered, key=lambda one: " ".join(one.recommendation.split())):
        yield name or (_NONE if len(first) > 1 else ""), list(held)


def _standing(statuses: Sequence[str]) -> str:
    """`3 overdue, 2 on time and 1 done`."""
    order = ("Overdue", "Due soon", "On time", "Not started", "Done", "Done late")
    return listed([f"{statuses.count(word)} {word.lower()}" for word in order if word in statuses])


def _not_smart(told: Sequence[Action]) -> Iterator[str]:
    """For each part that is missing, the actions that lack it; what is done or given up is left alone."""
    for part, says in _MISSING.items():
        refs = [one.ref for one in told if part in one.not_smart and not one.discharged]
        if refs:
            yield f"{says}: {listed(refs)}"
