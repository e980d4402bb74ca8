"""Which papers of a case are drawn when a form joins it: those due now whose contents that form may have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.rendering.names.lore import mode_of
from formflow.rendering.paper import Paper, kind_of
from formflow.rendering.papers.about import About
from formflow.rendering.papers.catalogue import PaperEvent, PaperKind, catalogue
from formflow.rendering.papers.occasions import OCCASIONS
from formflow.rendering.papers.prefilled import PREFILLED
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.papers.words_addressed import addressed, told_all_by
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.rendering.statements import written
from formflow.rendering.templates.fill import RECORD


@dataclass(frozen=True, slots=True)
class Drawing:
    """The papers drawn for a form, and which earlier ones they replace."""

    papers: Sequence[Paper]
    replaces: frozenset[str]
    """The names of earlier papers that are no longer current."""


def draw(about: About, before: Sequence[str], renderer: Renderer) -> Drawing:
    """The papers that follow from the newest form of a case; `before` names the papers there are already."""
    case = about.case
    there, changed = {kind_of(name) for name in before}, _changed(case)
    papers: list[Paper] = []
    due: set[str] = set()
    for name, event in catalogue().items():
        if not OCCASIONS[event.when](case, about.decision):
            continue
        asked = renderer.asks_for(name)
        due.update(asked)
        if changed & set(event.drawn_by) or not there.issuperset(asked):
            papers += _drawn(name, event, about, renderer)
    for form in PREFILLED:
        names = form.names(about)
        due.update(names)
        if names and (changed & form.drawn_by or not there.issuperset(names)):
            papers += _filled_in(names, form.made(about.showing("named")), about)
    return Drawing(papers, frozenset(_replaced(before, papers, due)))


def draw_by_day(about: About, before: Sequence[str], since: Decision, renderer: Renderer) -> tuple[Paper, ...]:
    """The papers whose occasion the calendar alone brought about, where they are not there yet.

    `about` holds what is decided for the day; `since` is what was decided when the newest form came.
    """
    there = {kind_of(name) for name in before}
    papers: list[Paper] = []
    for name, event in catalogue().items():
        occasion = OCCASIONS[event.when]
        begun = occasion(about.case, about.decision) and not occasion(about.case, since)
        if begun and not there.issuperset(renderer.asks_for(name)):
            papers += _drawn(name, event, about, renderer)
    return tuple(papers)


def _drawn(name: str, event: PaperEvent, about: About, renderer: Renderer) -> Iterator[Paper]:
    asked = renderer.asks_for(name)
    for template, wanted in asked.items():
        showing = about.showing(mode_of(template, about.settings))
        words = words_for(showing, wanted) | words_of_the_paper(event.kind(template), showing)
        pictures = showing.pictures if "pictures" in wanted else ()
        if paper := renderer.draw_one(name, template, words, stem(about), pictures):
            yield paper


def _filled_in(names: Sequence[str], made: Iterator[bytes], about: About) -> Iterator[Paper]:
    for name, content in zip(names, made, strict=True):
        yield Paper(stem(about).format(doc=name) + ".docx", content)


def stem(about: About) -> str:
    """How the papers drawn for a form are called; `{doc}` stands for the paper's own name."""
    return f"{about.case.ref}_{{doc}}_v{len(about.case.submissions)}_{about.received:%Y%m%d}"


STAND_IN: Words = {
    "title": "A paper",
    "draft": True,
    "status": "DRAFT, not approved.",
    "names": "initials",
    "is_due": True,
    "to": [{"name": "Ofsted", "address": "1 Market Street", "email": "inbox@ofsted.example", "told": "20 March 2026"}],
    "by": "This is to be sent by 20 March 2026.",
    "basis": "Children Act 2004 s16C(1)",
    "others": ["The safeguarding partners: told of the incident on 20 March 2026"],
}
"""The words `paper.…` for trying a template without a case."""


def words_of_the_paper(kind: PaperKind, about: About) -> Words:
    """The words that differ from paper to paper: its title, whether it is still a draft, and the head of a letter."""
    decision = about.case.decision
    ended = ""
    if kind.approved_by == "decision" and decision is not None and decision.taken and decision.decided_on:
        missing = f"; {len(decision.silent)} of 3 views not recorded" if decision.silent else ""
        ended = f"Approved with the partners' decision of {written(decision.decided_on)}{missing}."
    if kind.approved_by == "told" and (last := told_all_by(kind, about)):
        ended = f"Sent: everybody had been told by {written(last)}."
    draft = f"DRAFT, not approved. Drafted from the form received on {written(about.received)}."
    paper: Words = {"title": kind.title, "draft": not ended, "status": ended or draft, "names": about.names}
    return {"paper": {**paper, **addressed(kind, about)}, RECORD: about.record_line}


def _changed(case: Case) -> frozenset[str]:
    """What the newest form is, and `answers` when it changes what the notification's questions are answered with."""
    kind = case.submissions[-1].kind
    if kind == "notification" or case.notification is None:
        return frozenset({kind, "answers"} if kind == "notification" else {kind})
    earlier = Case(case.ref, case.submissions[:-1], case.received[:-1])
    return frozenset({kind, "answers"} if earlier.answers != case.answers else {kind})


def _replaced(before: Sequence[str], papers: Sequence[Paper], due: set[str]) -> Iterator[str]:
    """The earlier papers that were drawn anew, and those whose occasion is over."""
    drawn = {paper.name for paper in papers}
    kinds = {kind_of(name) for name in drawn}
    for name in before:
        if name not in drawn and (kind_of(name) in kinds or kind_of(name) not in due):
            yield name
