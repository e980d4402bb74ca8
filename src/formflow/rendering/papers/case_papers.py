"""Which papers of a case are drawn when a form joins it: those whose contents that form may have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision
from formflow.deciding.questions import open_questions
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.forms.query_sheet import query_sheet
from formflow.rendering.names.by_mode import render_by_mode
from formflow.rendering.names.identities import Identities
from formflow.rendering.names.shown import Shown
from formflow.rendering.paper import Paper
from formflow.rendering.papers.words import words_for_notification
from formflow.rendering.papers.words_process import words_for_chronology, words_for_correction
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.settings import Names, Partnership, Settings

_OF_THE_RETURNS = "combined-chronology"
"""The paper that stays when a corrected notification's other papers are set aside: it is drawn anew beside them."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The papers drawn for a form, and which earlier ones they replace."""

    papers: Sequence[Paper]
    replaces: frozenset[str]
    """The names of earlier papers that are no longer current."""


def draw(
    case: Case,
    decision: Decision,
    received: date,
    before: Sequence[str],
    renderer: Renderer,
    dictionary: Dictionary,
    settings: Settings,
) -> Drawing:
    """The papers that follow from the newest form of a case; `before` names the papers there are already."""
    partnership, who = settings.partnership, Identities.of(case)
    stem = f"{case.ref}_{{doc}}_v{len(case.submissions)}_{received:%Y%m%d}"
    anew = _says_something_new(case)
    papers: list[Paper] = []

    def of_incident(mode: Names) -> Words:
        return words_for_notification(case, decision, dictionary, partnership, received, Shown(mode, who, case))

    def of_returns(mode: Names) -> Words:
        return words_for_chronology(case, partnership, received, Shown(mode, who, case))

    if anew:
        papers += render_by_mode(renderer, "notification", stem, settings, of_incident)
        papers += _sheet(case, stem, dictionary, partnership)
    if case.submissions[-1].kind == "notification" and case.version > 1:
        papers += renderer.render("correction", words_for_correction(case, dictionary, partnership, received), stem)
    if case.returns and case.submissions[-1].kind in ("agency-return", "notification"):
        papers += render_by_mode(renderer, "agency-return", stem, settings, of_returns)
    return Drawing(papers, frozenset(_replaced(before, papers, all_of_them=anew)))


def _says_something_new(case: Case) -> bool:
    """Whether the newest form is a notification, or changes what the notification's questions are answered with."""
    if case.notification is None:
        return False
    earlier = Case(case.ref, case.submissions[:-1], case.received[:-1])
    return case.submissions[-1].kind == "notification" or earlier.answers != case.answers


def _sheet(case: Case, stem: str, dictionary: Dictionary, partnership: Partnership) -> Iterator[Paper]:
    """The query sheet, while the notification leaves questions open; what is only to be checked is not the sender's."""
    asked = [one for one in open_questions(case) if one.kind == "notification" and not one.query.check]
    if asked:
        yield Paper(stem.format(doc="query-sheet") + ".docx", query_sheet(case.ref, asked, dictionary, partnership))


def _replaced(before: Sequence[str], papers: Sequence[Paper], *, all_of_them: bool) -> Iterator[str]:
    drawn = {paper.name for paper in papers}
    kinds = {_kind(name) for name in drawn}
    for name in before:
        if name not in drawn and (_kind(name) in kinds or (all_of_them and _kind(name) != _OF_THE_RETURNS)):
            yield name


def _kind(name: str) -> str:
    """`SIN-2026-001_panel-notice_v1_20260320.docx` → `panel-notice`."""
    return name.split("_")[1] if name.count("_") >= 2 else name
