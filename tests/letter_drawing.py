"""A case made from answers alone, and the letters drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from formflow import shipped
from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.extracting.form import Answer, Form
from formflow.extracting.values import answer_to
from formflow.local import Address, Local
from formflow.rendering.names.lore import mode_of
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import words_of_the_paper
from formflow.rendering.papers.catalogue import catalogue
from formflow.rendering.papers.occasions import OCCASIONS
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.render import Renderer
from formflow.settings import Partnership, Settings
from formflow.validating.submission import Submission
from formflow.validating.validate import validate
from makers import a_submission, the_dictionary, the_rules

LETTERS = {
    "panel-notice": "panel",
    "partners-notice": "partners",
    "other-area-notice": "other-areas",
    "secretary-of-state-notice": "secretary-of-state",
    "decision-notice": "decision",
    "reviewer-named": "reviewer-named",
    "changed-decision": "new-information",
    "withdrawal-notice": "withdrawn",
    "delay-notice": "delay",
    "publication-notice": "publication",
    "referrer-outcome": "referrer",
}
"""Every letter, and the folder its template lies in."""
PAPERS = LETTERS | {
    "rapid-review-report": "notification",
    "combined-chronology": "agency-return",
    "what-changed": "correction",
    "agency-request": "agencies",
    "partners-decision": "partners-decision",
    "reviewer-appointment": "reviewer",
    "action-plan": "actions",
    "learning-sheet": "learning",
    "hand-over": "legacy",
}
"""Every paper of a case."""
FENWOLD = Settings(
    partnership=Partnership(
        name="Fenwold Safeguarding Children Partnership",
        local_authority="Fenwold Council",
        contact="Ines Calder, business unit, 01632 960 100",
    )
)
AREA_WITH_ADDRESSES = FENWOLD.model_copy(
    update={
        "local": Local(
            recipients=(
                Address(recipient="safeguarding_partners", name="Fenwold Council", email="partners@fenwold.example"),
                Address(
                    recipient="safeguarding_partners",
                    name="Northmere Integrated Care Board",
                    address="1 Mere Street, Northmere",
                ),
                Address(recipient="safeguarding_partners", name="Tarrowdale Police"),
                Address(
                    recipient="panel", name="Child Safeguarding Practice Review Panel", email="mailbox@panel.example"
                ),
            )
        )
    }
)
_KINDS = {"air": "agency-return", "drr": "decision-record", "cup": "case-update"}
RENDERER = Renderer(shipped.templates())


@dataclass(frozen=True)
class LetterCase:
    """A case by its forms: the notification, what came later by day, and the settings of its area."""

    notification: Mapping[str, object]
    later: tuple[tuple[date, str, Mapping[str, object]], ...] = ()
    on: date = date(2026, 3, 20)
    settings: Settings = field(default_factory=lambda: FENWOLD)
    empty: bool = False

    def about(self) -> About:
        """The case with what was worked out of it on its last day."""
        first = Submission(kind="notification", layout="", layout_certainty="recognised", answers={})
        if not self.empty:
            first = a_submission((), **self.notification)
        case = Case("SIN-2026-001", (first,), (date(2026, 3, 17),))
        for day, form, answers in self.later:
            case = case.with_form(a_later(form, day, answers), day)
        on = max([self.on, *(day for day, _, _ in self.later)])
        rules = replace(
            the_rules(), local_authority=self.settings.partnership.local_authority, local=self.settings.local
        )
        return About(case, decide(case, rules, on), the_dictionary(), self.settings, on)


def a_later(form: str, day: date, answers: Mapping[str, object]) -> Submission:
    """A checked form after the notification, made without any file."""
    dictionary = the_dictionary().of(f"formflow-{form}-1")
    given: dict[str, Answer] = {}
    for name, value in answers.items():
        question = dictionary.field(name)
        assert question is not None, name
        given[name] = (
            Answer(name, "answered", value, None, ", ".join(value), how="given")
            if isinstance(value, tuple)
            else answer_to(question, name, str(value), place="", how="given", latest=2100)
        )
        assert given[name].state == "answered", name
    kind = _KINDS[form]
    return validate(Form(kind, f"formflow-{form}-1", "recognised", given), the_dictionary(), day)  # type: ignore[arg-type]  # one of the kinds there are


def drawn_for(about: About) -> set[str]:
    """The letters whose occasion has come."""
    there = {event for event, told in catalogue().items() if OCCASIONS[told.when](about.case, about.decision)}
    return {letter for letter, event in LETTERS.items() if event in there}


def letter(name: str, about: About) -> bytes:
    """One letter of a case, whether or not its occasion has come."""
    event, about = PAPERS[name], about.showing(mode_of(name, about.settings))
    words = words_for(about, RENDERER.asks_for(event)[name])
    words |= words_of_the_paper(catalogue()[event].kind(name), about)
    return RENDERER.render_one(event, name, words, "{doc}").content
