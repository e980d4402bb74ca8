"""The tracker's rows about forms: what is still to be asked about them, and what became of each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby

from formflow.deciding.questions import open_questions
from formflow.extracting.dictionary import Dictionary
from formflow.recording.entry import Entry
from formflow.rendering.form_name import form_name
from formflow.rendering.workbook.on_the_form import words_written
from formflow.rendering.workbook.tracker_sheets import INTAKE, QUERIES, CaseLine, Row
from formflow.validating.submission import asked_in

KINDS = {"notification": "Notification", "agency-return": "Agency return", "decision-record": "Decision record",
         "case-update": "Case update", "legacy-review": "Legacy review"}  # fmt: skip
_OUTCOMES = {"taken": "Taken", "returned": "Returned", "duplicate": "Received again", "opened": "Message opened",
             "enclosed": "Kept with its form"}  # fmt: skip
Replaced = Mapping[tuple[str, int], int]
"""Which form of a case speaks for an earlier one, by the case and the number of the earlier."""


def shown_form(line: CaseLine, number: int) -> str:
    """A form in words: `Agency return (form 2)`."""
    kind = line.case.submissions[number - 1].kind
    return f"{KINDS.get(kind, kind)} (form {number})"


def file_of(line: CaseLine, number: int) -> str:
    """Where the file of a form lies, seen from the tracker; empty where that is not known."""
    if number not in line.endings or number > len(line.case.received):
        return ""
    kind, received = line.case.submissions[number - 1].kind, line.case.received[number - 1]
    return f"cases/{line.ref}/{form_name(line.ref, kind, number, received, line.endings[number])}"


def source_file(line: CaseLine) -> str:
    """Where the form lies that the case is read from: its newest notification, else its first form."""
    numbers = [number for number, _, _ in line.case.forms("notification")]
    return file_of(line, numbers[-1] if numbers else 1)


def query_rows(line: CaseLine, dictionary: Dictionary) -> Iterator[Row]:
    """One row for each thing that is still to be asked, by form."""
    asked = groupby(open_questions(line.case), key=lambda one: (one.form, one.received))
    for (number, day), of_one in asked:
        received = day if line.case.received else line.opened
        form = line.case.submissions[number - 1]
        words = dictionary.of(form.layout)
        for says, field in asked_in(one.query for one in of_one):
            within = sha256(f"{number} {says}".encode()).hexdigest()[:10]
            raw = words_written(field, form.answers, words, line.case.who) if field else ""
            values = (
                line.ref, received, shown_form(line, number), says, raw, file_of(line, number), None, None, None,
            )  # fmt: skip
            yield Row(QUERIES, line.ref, within, 0, values)


def intake_row(entry: Entry, replaced: Replaced) -> Row:
    """What became of a file."""
    outcome = _OUTCOMES[entry.outcome]
    if entry.outcome == "taken":
        newer = replaced.get((entry.case_ref, entry.version))
        outcome = f"Replaced by form {newer}" if newer else "Taken, with questions" if entry.questions else outcome
    where = f"returned/{entry.arrival}" if entry.outcome == "returned" else f"cases/{entry.case_ref}"
    where = "" if entry.outcome == "opened" else where
    reason = {"": "", "to-mend": "To mend"}.get(entry.reason, entry.reason.replace("-", " "))
    values = (
        entry.received.date(), f"{entry.received:%H:%M}", entry.shown_name, outcome, entry.case_ref,
        entry.version or None, entry.questions if entry.outcome == "taken" else None, where, reason, entry.sha256[:12],
    )  # fmt: skip
    return Row(INTAKE, "", entry.arrival, 0, values)
