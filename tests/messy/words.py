"""Messy forms in words, and what formflow makes of them: read, extracted and checked the way every form is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formflow.extracting.extract import extract
from formflow.extracting.form import Answer, Form
from formflow.reading.read import read
from formflow.service.run import Run, run
from formflow.settings import WorkingFolder
from formflow.validating.submission import Submission
from formflow.validating.validate import validate
from makers import NOON, TODAY, a_pipeline, the_dictionary, the_knowledge
from reading.word_maker import docx, paragraph, row, table
from reading.word_maker import run as words

NOTHING = Answer("", "blank")
TITLE = "Serious Incident Notification Form"
REFERRER = {"Name": "Priya Nand", "Role": "Team manager", "Email": "priya.nand@fenwold.example"}
INCIDENT = {
    "Date of incident": "10 March 2024",
    "Nature of incident": "Seriously harmed",
    "Is abuse or neglect known or suspected?": "Suspected",
    "Date the local authority became aware": "11 March 2024",
    "What happened": "A neighbour heard crying and called for help.",
}
CHILD = {"Name of child": "Jordan Ashby", "Date of birth": "3 February 2019"}


@dataclass(frozen=True)
class Taken:
    """What was made of a file."""

    form: Form
    submission: Submission

    def __getitem__(self, field: str) -> Answer:
        return self.form.answers.get(field, NOTHING)

    def value(self, field: str) -> object:
        """The value of an answer; its state in brackets while it is open."""
        answer = self[field]
        return answer.value if answer.state == "answered" else f"({answer.state})"

    def values(self, *fields: str) -> list[object]:
        return [self.value(field) for field in fields]

    def asked(self, field: str) -> list[str]:
        """What a person is asked about a field: its queries and blockers."""
        return [q.message for q in self.submission.queries if q.field == field and q.level != "note"]

    @property
    def says(self) -> list[str]:
        return [query.message for query in self.submission.queries]


def taken(content: bytes, name: str = "form.docx", today: date = TODAY) -> Taken:
    """What formflow makes of a file of this name."""
    form = extract(read(content, name), the_knowledge(), today)
    return Taken(form, validate(form, the_dictionary(), today))


def heading(text: str) -> str:
    return paragraph(text, style="Heading2")


def bold(text: str) -> str:
    return words(text, "<w:b/>")


def pairs(answers: Mapping[str, str]) -> str:
    """A table of two columns: what is asked, and what was written."""
    return table(*(row(label, answer) for label, answer in answers.items()))


def a_notification(
    *child: str,
    incident: Mapping[str, str] | None = None,
    referrer: Mapping[str, str] | None = None,
    more: str = "",
    title: str = TITLE,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A notification on nobody's form in particular; what stands about the child is the matter of a test."""
    return docx(
        paragraph(title, style="Title"),
        heading("1. Referrer"), pairs(REFERRER if referrer is None else referrer),
        heading("2. The child"), *(child or (pairs(CHILD),)),
        heading("3. The incident"), pairs(INCIDENT if incident is None else incident),
        more, parts=parts,
    )  # fmt: skip


def changed(answers: Mapping[str, str], **others: str) -> dict[str, str]:
    """Answers with some of them changed, by words without blanks: `Date_of_incident`."""
    return {**answers, **{label.replace("_", " "): answer for label, answer in others.items()}}


def drop(folder: WorkingFolder, name: str, content: bytes) -> Path:
    path = folder.inbox / name
    path.write_bytes(content)
    return path


def take_all(folder: WorkingFolder) -> Run:
    """One pass over the inbox of a working folder."""
    with a_pipeline(folder.root) as pipeline:
        return run(pipeline, lambda: NOON)
