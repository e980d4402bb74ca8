"""Words of many cases, for tests of templates: everybody in them is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from formflow import shipped
from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.extracting.form import Answer
from formflow.rendering import word_kit as kit
from formflow.rendering.paper import Paper
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import STAND_IN
from formflow.rendering.papers.catalogue import catalogue
from formflow.rendering.papers.sharing import sharing
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.papers.words import words_for_returned
from formflow.rendering.picture import Picture
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.settings import Partnership, Settings
from formflow.validating.submission import Submission, TakenKind
from makers import TODAY, a_case, a_submission, the_dictionary, the_rules

HARD = {
    "markup": """Tom & Co <b>"said" it's</b> &amp; 1 < 2 > 0""",
    "emoji": "👩‍👧‍👦 safe 🙂, 𝔊othic, ẞ, e\u0301",
    "right to left": "قالت الأم إن الطفل بخير؛ האם אמרה, then English",
    "braces": "{{ 7*7 }} {% if x %} {# no #} {_{ }_} {{{ }}} { }",
    "long": "word & more. " * 2308,
    "lines": "first line\nsecond line\n\nfourth line",
    "spaces": "two  spaces, a no-break\u00a0space, a soft\u00adhyphen",
}
"""Answers that have gone wrong somewhere before, each by what is hard about it."""


FEW = ("nothing answered", "everything at full length", "a death", "hard: markup", "hard: braces")
"""The cases with which every template is filled; the notice and the report are filled with all."""


def a_form(kind: TakenKind, /, **answers: str) -> Submission:
    """A form of the process with these answers."""
    made = {field: Answer(field, "answered", value, raw=value) for field, value in answers.items()}
    return Submission(kind=kind, layout="", layout_certainty="recognised", answers=made)


def words_of(case: Case) -> Words:
    """Every word that the papers of a case may ask for."""
    about = About(case, decide(case, the_rules(), TODAY), the_dictionary(), Settings(), TODAY, {"form": "ab" * 32})
    return {**words_for(about), "paper": STAND_IN}


def an_empty_case() -> Case:
    """A case whose notification answers nothing at all."""
    return Case("SIN-2026-001", (a_form("notification"),), (TODAY,))


def a_full_case(agencies: int = 40, events: int = 100, length: int = 30_000) -> Case:
    """A case with everything at full length."""
    much: dict[str, object] = {f"agency_{n}_name": f"Agency {n} & partners" for n in range(1, agencies + 1)}
    much |= {f"event_{n}_event": f"Event {n}: " + "it happened. " * 30 for n in range(1, events + 1)}
    much |= {f"family_{n}_relationship": "Aunt" for n in range(1, 9)}
    return a_case((), **much, incident_summary=("word & " * length)[:length], immediate_action="a\nb\n\nc")


def returns(rows: int) -> Words:
    """The words of the chronology, with so many rows from two agencies."""
    told = {f"event_{n}_event": f"Row {n} <&> told" for n in range(1, rows + 1)}
    dates = {f"event_{n}_date": (TODAY - timedelta(days=7 * n)).isoformat() for n in range(1, rows + 1, 2)}
    forms = tuple(a_form("agency-return", agency_name=name, **(told | dates)) for name in ("School", "Health"))
    return words_of(Case("SIN-2026-001", (a_submission(), *forms), (TODAY,) * 3))


def correction(**changed: object) -> Words:
    """The words of what a corrected notification changed."""
    return words_of(Case("SIN-2026-001", (a_submission(), a_submission((), **changed)), (TODAY, TODAY)))


def returned(file: str, reason: str, *problems: str) -> Words:
    """The words of the page that says what to mend."""
    return words_for_returned(file, problems, Partnership(), TODAY, reason)


class _Keeping(Renderer):
    """A renderer that keeps the words it was given for what goes with a version for sharing."""

    def __init__(self) -> None:
        super().__init__(shipped.templates())
        self.kept: dict[str, Words] = {}

    def render(self, event: str, words: Words, stem: str, pictures: Sequence[Picture] = ()) -> list[Paper]:
        self.kept[event] = words
        return super().render(event, words, stem, pictures)


def shared() -> dict[str, Words]:
    """The words of the check and the key that go with a version for sharing."""
    case = a_case((), incident_summary="Jordan Ashby of 14 High Street & <others>")
    about = About(case, decide(case, the_rules(), TODAY), the_dictionary(), Settings(), TODAY)
    keeping = _Keeping()
    sharing(about, keeping, "pseudonym", TODAY)
    return keeping.kept


def every_case() -> dict[str, tuple[str, Words]]:
    """For each case by its name: the event, and the words of its papers."""
    cases = {
        "nothing answered": an_empty_case(),
        "a sound form": a_case(),
        "everything at full length": a_full_case(),
        "a death": a_case((), nature=("died",), date_of_death="2026-03-14"),
        "looked after": a_case((), nature=("died",), abuse_neglect="no", child_1_looked_after="yes"),
        "no duty": a_case((), abuse_neglect="no"),
        "not known where": a_case((), incident_in_area={"state": "not_known"}),
        "done late": a_case((), national_notification_made="yes", national_date="2026-03-27"),
        "processes": a_case((), process_police="yes", process_inquest={"state": "not_known"}),
        "three children": a_case(
            (), child_2_forename="Mary-Jane", child_2_surname="O'Neil", child_3_role="sibling_harmed"
        ),
    }
    hard = {f"hard: {what}": a_case((), incident_summary=said, incident_place=said) for what, said in HARD.items()}
    drawn = {name: words_of(case) for name, case in (cases | hard).items()}
    return {
        **{
            f"{event}: {name}": (event, words)
            for name, words in drawn.items()
            for event in catalogue()
            if event in ("notification", "panel") or name in FEW
        },
        **{f"for sharing, {event}": (event, words) for event, words in shared().items()},
        "no returned rows": ("agency-return", returns(0)),
        "a chronology": ("agency-return", returns(9)),
        "a long chronology": ("agency-return", returns(200)),
        "nothing changed": ("correction", correction()),
        "much changed": ("correction", correction(incident_place='<A&E> "ward" 4', incident_summary="one\ntwo")),
        "to mend": ("returned", returned("a & b.docx", "to-mend", "x < y", "two\nlines")),
        "cannot be read": ("returned", returned("a.pdf", "scan-no-text", "It is a picture.")),
    }


def a_template(body: str, *, header: str = "", footer: str = "") -> bytes:
    """A Word file with these words, or with this markup where it is some."""
    pieces = [piece if piece.startswith("<w:") else kit.para(kit.run(piece)) for piece in (body, header, footer)]
    return kit.package(
        pieces[0] + kit.section(kit.PORTRAIT, last=True), header=pieces[1], footer=pieces[2], title="A paper"
    )
