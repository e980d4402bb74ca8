"""Forms in words, for tests: everybody in them is invented."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from formflow import pipeline, shipped
from formflow.cli.make import make_folder
from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook
from formflow.deciding.edition import Guidance
from formflow.deciding.working_days import england
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.extract import extract
from formflow.extracting.form import Answer
from formflow.extracting.given import form_given
from formflow.extracting.knowledge import Knowledge
from formflow.pipeline import Pipeline
from formflow.reading.read import read
from formflow.rendering.forms.blank_pdf import blank_pdf
from formflow.rendering.forms.blank_word import blank_word
from formflow.rendering.forms.fill_pdf import fill_pdf
from formflow.rendering.forms.fill_word import fill_word
from formflow.settings import Partnership, WorkingFolder
from formflow.validating.submission import Submission
from formflow.validating.validate import validate

TODAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)

SOUND: dict[str, object] = {
    "notifier_name": "Priya Nand",
    "notifier_email": "priya.nand@fenwold.example",
    "date_completed": "2026-03-16",
    "nature": ("seriously_harmed",),
    "incident_date": "2026-03-12",
    "la_aware_date": "2026-03-13",
    "incident_place": "At home",
    "incident_in_area": "yes",
    "abuse_neglect": "suspected",
    "incident_summary": "A neighbour heard the child cry and called for help.",
    "child_1_forename": "Jordan",
    "child_1_surname": "Ashby",
    "child_1_dob": "2019-02-03",
    "child_1_ethnicity": "white_british",
    "child_1_looked_after": "no",
    "immediate_action": "The child is safe with an aunt.",
    "other_children_at_risk": "no",
    "crit_improvements": "yes",
}
"""Answers of a form that can be taken and leaves nothing to ask."""


@lru_cache(maxsize=1)
def the_dictionary() -> Dictionary:
    """The field dictionary that is shipped, with those of the other forms of the process."""
    return the_knowledge().dictionary


@lru_cache(maxsize=1)
def the_knowledge() -> Knowledge:
    """Everything that is shipped about forms: the dictionary, the layouts, ways of asking and of answering."""
    return pipeline.the_knowledge()


@lru_cache(maxsize=1)
def the_rules() -> Rulebook:
    """The rules that are shipped, with the default settings."""
    return Rulebook(Guidance.parse(shipped.texts("guidance")), england({}, ()), the_dictionary(), "notified", 3)


@lru_cache(maxsize=1)
def blank_form() -> bytes:
    """Our Word form, blank."""
    return blank_word(the_dictionary(), Partnership())


@lru_cache(maxsize=1)
def blank_pdf_form() -> bytes:
    """Our PDF form, blank."""
    return blank_pdf(the_dictionary(), Partnership())


def a_form(without: tuple[str, ...] = (), **answers: object) -> bytes:
    """A Word form that can be taken, with some answers changed and some left out."""
    return fill_word(blank_form(), _answers(without, answers), the_dictionary())


def a_pdf_form(without: tuple[str, ...] = (), **answers: object) -> bytes:
    """The same as a PDF."""
    return fill_pdf(blank_pdf_form(), _answers(without, answers), the_dictionary())


@lru_cache(maxsize=16)
def blank_later_form(form: str) -> bytes:
    """A blank form of the process after the notification, by the short name of its layout: `air`, `drr`, `cup` …"""
    return blank_word(the_dictionary().of(f"formflow-{form}-1"), Partnership())


@lru_cache(maxsize=16)
def blank_later_pdf(form: str) -> bytes:
    """The same as a PDF."""
    return blank_pdf(the_dictionary().of(f"formflow-{form}-1"), Partnership())


def a_later_form(form: str, /, **answers: object) -> bytes:
    """A filled-in Word form of the process after the notification."""
    return fill_word(blank_later_form(form), answers, the_dictionary().of(f"formflow-{form}-1"))


def a_later_pdf(form: str, /, **answers: object) -> bytes:
    """The same as a PDF."""
    return fill_pdf(blank_later_pdf(form), answers, the_dictionary().of(f"formflow-{form}-1"))


def a_later_submission(form: str, /, **answers: object) -> Submission:
    """A checked form of the process after the notification."""
    read_in = extract(read(a_later_form(form, **answers), "form.docx"), the_knowledge(), TODAY)
    return validate(read_in, the_dictionary(), TODAY)


def a_submission(without: tuple[str, ...] = (), /, **answers: object) -> Submission:
    """A checked form with these answers, without any file."""
    raw = {field: list(v) if isinstance(v, tuple) else v for field, v in _answers(without, answers).items()}
    return validate(form_given({"answers": raw}, the_dictionary()), the_dictionary(), TODAY)


def a_case(without: tuple[str, ...] = (), /, **answers: object) -> Case:
    """A case of one form with these answers."""
    return Case("SIN-2026-001", (a_submission(without, **answers),), (TODAY,))


def answered(**answers: str) -> dict[str, Answer]:
    """Answers by field, each answered."""
    return {field: Answer(field, "answered", value) for field, value in answers.items()}


def a_working_folder(root: Path) -> WorkingFolder:
    """A working folder that takes files at once."""
    if root.exists():
        make_folder(root)
    else:
        shutil.copytree(_as_made(), root)
    settings = root / "formflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("settle_seconds = 2.0", "settle_seconds = 0.0"))
    return WorkingFolder.open(root)


@lru_cache(maxsize=1)
def _as_made() -> Path:
    """A working folder to be copied: making one takes seconds."""
    root = Path(tempfile.mkdtemp(prefix="formflow-tests-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return make_folder(root)


def lying_in(inbox: Path) -> set[str]:
    """What lies in an inbox, without formflow's own marks."""
    return {path.name for path in inbox.iterdir() if not path.name.startswith(".formflow-")}


def a_pipeline(root: Path) -> Pipeline:
    """A pipeline over a working folder at `root`, at noon on the day the tests take as today."""
    return Pipeline.open(WorkingFolder.open(root), lambda: NOON)


def _answers(without: tuple[str, ...], answers: dict[str, object]) -> dict[str, object]:
    return {field: value for field, value in (SOUND | answers).items() if field not in without}
