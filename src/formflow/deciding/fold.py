"""The notification's answers as they hold now: what was sent, with what later forms tell laid upon it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from formflow.deciding import told
from formflow.extracting.form import Answer
from formflow.extracting.rows import children
from formflow.validating.settled import SETTLED, SETTLES
from formflow.validating.submission import Submission

_TOLD_LATER = ("national_notification_made", "national_ref", "national_date")
"""Questions of the notification that later forms ask again, because their answer often comes later."""
_ABOUT_THE_FORM = frozenset({"case_ref", "resend_of", "what_changed"})
"""Questions about which form this is: an answer to one ends the question and tells nothing of what happened."""


def folded(submissions: Sequence[Submission]) -> Mapping[str, Answer]:
    """The answers of the newest notification, and upon them what the forms after the first one tell.

    An answer that was open is filled, and one that was asked about is what the answered query sheet says. A clear
    answer that a later form contradicts becomes a conflict, for people to settle: a newer notification settles it. A
    death after harm is added, never written over the harm.
    """
    newest = max((n for n, form in enumerate(submissions) if form.kind == "notification"), default=None)
    if newest is None:
        return {}
    held = dict(submissions[newest].answers)
    asked = {query.field for query in submissions[newest].queries if query.level == "query"}
    for number, form in enumerate(submissions):
        if form.kind == "notification":
            continue
        for answer in _tells(form):
            before = held.get(answer.field)
            settles = answer.how == SETTLED and answer.field in asked and number > newest
            if settles or before is None or before.state != "answered":
                held[answer.field] = answer
            elif before.value != answer.value and number > newest:
                held[answer.field] = _conflict(before, answer)
        held |= _death(form, held)
    return held


def _tells(form: Submission) -> Iterator[Answer]:
    for name in _TOLD_LATER:
        if (answer := told.answered(form.answers, name)) is not None:
            yield replace(answer, place=f"{form.kind}: {answer.place}")
    for name, answer in form.answers.items():
        if (
            name.startswith(SETTLES)
            and answer.state == "answered"
            and name.removeprefix(SETTLES) not in _ABOUT_THE_FORM
        ):
            yield replace(answer, field=name.removeprefix(SETTLES), place=f"answered question: {answer.place}")


def _conflict(before: Answer, now: Answer) -> Answer:
    because = "the notification and a later form give different answers"
    return Answer(now.field, "conflict", raw=f"{before.raw} | {now.raw}", place=now.place, how=now.how,
                  confidence=0.0, because=because)  # fmt: skip


def _death(form: Submission, held: Mapping[str, Answer]) -> dict[str, Answer]:
    """What a death told later adds: the nature, the date, and the outcome of the child it concerns."""
    said = told.answered(form.answers, "became_death")
    if said is None or said.value != "yes":
        return {}
    nature, place = held.get("nature"), f"{form.kind}: {said.place}"
    before = nature.value if nature and nature.state == "answered" and isinstance(nature.value, tuple) else ()
    kept = before if len(children(held, certain=True)) > 1 else ()
    found = {"nature": replace(said, field="nature", value=tuple(dict.fromkeys(("died", *kept))), place=place)}
    when, old = told.answered(form.answers, "date_of_death"), held.get("date_of_death")
    if when is not None and (old is None or old.state != "answered"):
        found["date_of_death"] = replace(when, place=place)
    child = told.text(form.answers, "death_child") or "1"
    outcome = f"child_{child}_outcome"
    return found | {outcome: replace(said, field=outcome, value="died", place=place)}
