"""The one vocabulary of all papers of a case: every word a template may ask for, each made only when one asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from formflow.deciding.questions import questions_of
from formflow.rendering.papers import (
    words,
    words_appointment,
    words_decision,
    words_explained,
    words_hand_over,
    words_letters,
    words_plan,
    words_process,
    words_request,
    words_sharing,
)
from formflow.rendering.papers.about import About
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import in_words

Maker = Callable[[About], Word]

PICTURES = ("timeline", "genogram")
"""The pictures there may be: `pictures.timeline` is true where it is drawn."""

VOCABULARY: Mapping[str, Maker] = {
    "ref": lambda about: about.case.ref,
    "version": lambda about: len(about.case.submissions),
    "form_version": lambda about: about.case.version,
    "received": lambda about: about.shown.day(about.received),
    "marking": lambda about: about.settings.partnership.protective_marking,
    "partnership": lambda about: about.settings.partnership.name,
    "local_authority": lambda about: about.settings.partnership.local_authority,
    "contact": lambda about: about.settings.partnership.contact,
    "form": lambda about: about.said.all_once(),
    "children": words.children,
    "family": words.family,
    "events": lambda about: [about.said.row("event", n) for n in about.said.numbers("event")],
    "processes": lambda about: list(about.said.processes()),
    "duty": words.duty,
    "definition": partial(words.findings, group="definition"),
    "criteria": partial(words.findings, group="criteria"),
    "circumstances": partial(words.findings, group="circumstances"),
    "national": partial(words.findings, group="national"),
    "deadlines": words.deadlines,
    "next_deadline": words.next_deadline,
    "notify_by": words.notify_by,
    "routes": words.routes,
    "flags": lambda about: [about.shown.said(flag.says) for flag in about.decision.flags],
    "aims": lambda about: list(about.decision.aims),
    "terms": lambda about: dict(about.decision.terms),
    "questions": lambda about: [about.shown.said(one.says) for one in questions_of(about.case)],
    "not_stated": words.not_stated,
    "edition_notification": lambda about: in_words(about.decision.edition["notification"] or "none"),
    "edition_review": lambda about: in_words(about.decision.edition["review"] or "none"),
    "worked_out_on": lambda about: about.shown.day(about.decision.on),
    "agencies": words_process.agencies,
    "returns": words_process.returns,
    "chronology": words_process.chronology,
    "correction": words_process.correction,
    "learning": words_process.learning,
    "decision": words_decision.decision,
    "reviewer": words_decision.reviewer,
    "panel": words_decision.panel,
    "actions": words_decision.actions,
    "tell": words_decision.tell,
    "done": words_decision.done,
    "publication": words_decision.publication,
    "legacy": words_decision.legacy,
    "changed": words_decision.changed,
    "explained": words_explained.explained,
    "pictures": lambda about: {name: any(one.name == name for one in about.pictures) for name in PICTURES},
    "request": words_request.request,
    "appointment": words_appointment.appointment,
    "plan": words_plan.plan,
    "sharing": words_sharing.sharing,
    "hand_over": words_hand_over.hand_over,
    "documents": words_hand_over.documents,
    "brief": words_letters.brief,
    "reasons": words_letters.reasons,
    "outcome": words_letters.outcome,
    "cross_border": words_letters.cross_border,
    "referral": words_letters.referral,
    "review": words_letters.review,
    "steps": words_letters.steps,
}
"""Every word by its name at the top level of a template."""

OF_THE_PAPER = frozenset({"paper"})
"""The words that differ from paper to paper: `paper.title`, `paper.draft`, `paper.status`, and what `words_addressed`
gives of its head: `paper.to`, `paper.by`, `paper.basis`, `paper.others`, `paper.is_due`."""


def words_for(about: About, asked: Iterable[str] | None = None) -> Words:
    """The words that are asked for, or all; one that there is not is left out, and its template says so by failing."""
    wanted = set(VOCABULARY if asked is None else asked)
    for name, make in VOCABULARY.items():
        if name in wanted and name not in about.words:
            about.words[name] = make(about)
    return {name: about.words[name] for name in VOCABULARY if name in wanted}
