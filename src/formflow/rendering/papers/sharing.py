"""The version of a case's papers that is shared, with the check that goes before it and the key that stays behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from formflow.deciding.case import Case
from formflow.errors import Stop
from formflow.rendering.names.carries import carries
from formflow.rendering.names.identities import Identities
from formflow.rendering.names.inside import parts_of
from formflow.rendering.names.left import Find, left_in
from formflow.rendering.names.lore import lore
from formflow.rendering.names.people import Person
from formflow.rendering.paper import Paper
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import STAND_IN
from formflow.rendering.papers.catalogue import PaperKind, catalogue
from formflow.rendering.papers.occasions import OCCASIONS
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.plain import Word, Words
from formflow.rendering.render import Renderer
from formflow.rendering.statements import written
from formflow.settings import Partnership

SharedMode = Literal["pseudonym", "initials"]

_HOW = {"pseudonym": "pseudonyms", "initials": "initials"}
_LEFT_OUT = "This version does not hold the questions on the form."
_UNTITLED = {"rapid-review-report": "Rapid review report", "combined-chronology": "Combined chronology"}


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is made when a case is shared."""

    papers: Sequence[Paper]
    check: Paper
    """What was found in them. It quotes what it found, so it is not shared."""
    key: Paper
    """Who is who. Never shared."""
    finds: Sequence[Find] = field(repr=False)
    carried: Sequence[tuple[str, str]] = ()
    """What a paper carries beside its words: the paper, and what."""


def sharing(about: About, renderer: Renderer, mode: SharedMode, on: date) -> Sharing:
    """The shared version of the papers a case has, checked. Raises `Stop` when it has none, or lacks a template."""
    case = about.case
    stem = f"{case.ref}_{{doc}}_{mode}_{on:%Y%m%d}"
    shared = about.showing(mode, published=mode == "pseudonym")
    papers = [
        renderer.render_one(event, template, _words(shared, wanted, held.kind(template)), stem, shared.pictures)
        for event, held in catalogue().items()
        if OCCASIONS[held.when](case, about.decision)
        for template, wanted in renderer.asks_for(event).items()
        if template in lore().shared
    ]
    if not papers:
        raise Stop(f"{case.ref} has no paper yet that can be shared: no notification, and no agency return.")
    finds = left_in([part for paper in papers for part in parts_of(paper)], case, mode)
    carried = [(paper.kind, says) for paper in papers for says in carries(paper.content)]
    check = renderer.render("share", words_of_check(about, mode, on, papers, finds, carried), stem)[0]
    key = renderer.render("key", words_of_key(about, mode, on), stem)[0]
    return Sharing(papers, check, key, finds, carried)


def _words(shared: About, wanted: Iterable[str], kind: PaperKind) -> Words:
    """The words of a paper for sharing; one with pseudonyms holds nothing of the office's own."""
    words = words_for(shared, wanted)
    marking = shared.settings.partnership.protective_marking
    words["marking"] = f"{marking} – {_HOW[shared.names]} only"
    words["paper"] = {**STAND_IN, "title": kind.title, "status": "A version for sharing. Check it before it leaves."}
    return words | (_without_office(words) if shared.published else {})


def _without_office(words: Words) -> Words:
    """Deadlines, flags and questions are for the office, and their days tell when it happened."""
    # "Child A" is heading enough: the template puts the number before initials that are not "Child" and the number.
    children: list[Word] = [
        child | {"number": str(child["initials"]).removeprefix("Child ")}
        for child in cast("list[dict[str, Word]]", words.get("children", []))
    ]
    return {
        "children": children,
        "deadlines": [],
        "notify_by": "",
        "next_deadline": "not shown in a version for sharing",
        "flags": [],
        "questions": [_LEFT_OUT],
    }


def _head(case: Case, partnership: Partnership, on: date, mode: SharedMode) -> Words:
    return {
        "ref": case.ref,
        "marking": partnership.protective_marking,
        "partnership": partnership.name,
        "contact": partnership.contact,
        "paper": {**STAND_IN, "title": "", "draft": False, "status": ""},
        "made_on": written(on),
        "how": _HOW[mode],
    }


def words_of_check(
    about: About,
    mode: SharedMode,
    on: date,
    papers: Sequence[Paper] = (),
    finds: Sequence[Find] = (),
    carried: Sequence[tuple[str, str]] = (),
) -> Words:
    """Everything "check before sharing" may ask for."""
    return _head(about.case, about.settings.partnership, on, mode) | {
        "papers": [_title(paper.kind) for paper in papers],
        "finds": [
            {
                "kind": find.kind[:1].upper() + find.kind[1:],
                "found": find.found,
                "paper": _title(find.paper),
                "place": find.place,
                "quote": find.quote,
                "times": find.times,
            }
            for find in finds
        ],
        "count": len(finds),
        "carried": [{"paper": _title(paper), "says": says} for paper, says in carried],
    }


def words_of_key(about: About, mode: SharedMode, on: date) -> Words:
    """Everything the key sheet may ask for."""
    people = Identities.of(about.case).people
    return _head(about.case, about.settings.partnership, on, mode) | {
        "people": [_person(one, mode) for one in people if one.kind != "professional"],
        "professionals": [_person(one, mode) for one in people if one.kind == "professional"],
    }


def _person(person: Person, mode: SharedMode) -> Word:
    others = [called.full for called in person.called[1:]]
    return {
        "label": person.label(mode),
        "name": person.called[0].full if person.called else "Not stated on the form",
        "others": "; ".join(others),
        "relation": person.relation or ("Child" if person.kind == "child" else "Not stated on the form"),
        "born": "; ".join(written(day) for day in sorted(person.born)) or "Not stated on the form",
    }


def _title(template: str) -> str:
    return _UNTITLED.get(template, template.replace("-", " ").capitalize())
