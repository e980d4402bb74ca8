"""Telling a person what was worked out: decisions, explanations and the standing of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from formflow.cli import show
from formflow.deciding.decision import Deadline, Decision, Finding, Telling
from formflow.deciding.questions import open_questions
from formflow.deciding.stages import Stage
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer, Form
from formflow.recording.record import CaseRecord
from formflow.rendering.statements import Statements, in_words
from formflow.validating.submission import Submission

DUTY = {
    "abuse_neglect_death": "A child has died, and abuse or neglect is known or suspected",
    "abuse_neglect_harm": "A child was seriously harmed, and abuse or neglect is known or suspected",
    "looked_after_death": "A looked-after child has died; abuse or neglect is not suspected",
    "care_leaver_death": "A care leaver under 25 has died",
    "other_authority": "It happened in another English authority's area: that authority notifies",
    "none": "No duty to notify was found on what the form says",
    "cannot_tell": "It cannot be told yet whether there is a duty to notify",
}
GROUPS = {
    "definition": "The definition and the duty to notify",
    "criteria": "Criteria that must be taken into account",
    "circumstances": "Circumstances to have regard to",
    "national": "Grounds for a national review",
}


def reading(name: str, form: Form, submission: Submission, dictionary: Dictionary) -> None:
    """The answers and questions of a form."""
    show.title(f"{name}: {form.kind.replace('-', ' ')}, layout {form.layout or 'not known'}")
    stated = [answer for answer in form.answers.values() if answer.state != "blank"]
    asked_by = dictionary.of(form.layout)
    show.table(
        ("Question", "Answer", "Where"), [(asked_by.label(a.field), _said(a, asked_by), a.place) for a in stated]
    )
    asked = [query for query in submission.queries if query.level != "note"]
    if asked:
        show.out.print()
        words = {"blocker": "To mend", "query": "Question"}
        show.table(("", "What to mend or answer"), [(words[q.level], q.message) for q in asked])
    show.last(f"{len(form.answers) - len(stated)} questions are not answered. Nothing was recorded.")


def decision(name: str, made: Decision) -> None:
    """A decision in full."""
    show.title(f"{name}, on {show.day(made.on)}")
    _body(made)
    show.last("The safeguarding partners decide; this lays out what the form says. Nothing was recorded.")


def cases(standing: Sequence[tuple[CaseRecord, Decision, Stage]], today: date, *, everything: bool) -> None:
    """The cases, each with its stage and what is due next."""
    show.title(f"{'Cases' if everything else 'Open cases'} on {show.day(today)}: {len(standing)}")
    rows = []
    for record, now, stage in standing:
        following = _next(now.deadlines)
        due = [f"{following.title}, {show.day(following.due)}", show.status(following.state)] if following else ["", ""]
        questions = len(open_questions(record.case))
        rows.append((record.ref, show.day(record.opened), stage.title, DUTY[now.duty.type], *due, str(questions)))
    show.table(("Case", "Opened", "Stage", "Duty", "Next", "Status", "Questions open"), rows)
    show.last("For one case in full: formflow explain REF")


_OPEN = {
    "not_known": "not known",
    "not_applicable": "not applicable",
    "conflict": "not clear",
    "unreadable": "cannot be read",
}


def _said(answer: Answer, dictionary: Dictionary) -> str:
    if answer.state == "answered":
        return Statements({answer.field: answer}, dictionary).text(answer.field)
    words = _OPEN[answer.state]
    return f"{words}: {answer.raw}" if answer.raw and answer.state in ("conflict", "unreadable") else words


def _body(made: Decision) -> None:
    show.out.print(Text(f"{DUTY[made.duty.type]}. {made.duty.reason}"))
    show.out.print(
        Text(
            f"Guidance: {in_words(made.edition.get('notification') or 'none')} for the notification, "
            f"{in_words(made.edition.get('review') or 'none')} for the review."
        )
    )
    for group, heading in GROUPS.items():
        show.out.print()
        show.table((heading, "Finding", "Why"), [_row(f) for f in made.findings if f.group == group])
    show.out.print()
    if made.deadlines:
        show.table(
            ("Deadline", "Due", "Status", "How it was worked out"),
            [(d.title, show.day(d.due), show.status(d.state), _working(d)) for d in made.deadlines],
        )
    else:
        show.out.print("No deadline follows from what the form says.")
    if made.tell:
        show.out.print()
        show.table(("To be told", "Of what", "By when", "Status"), [_told(t) for t in made.tell])
    if made.flags:
        show.out.print()
        show.table(("To see", ""), [("-", flag.says) for flag in made.flags])


def _row(finding: Finding) -> tuple[str, str, str]:
    return finding.title, show.RESULT[finding.result], finding.reason


def _told(made: Telling) -> tuple[str, str, str, Text]:
    due = show.day(made.due) if made.due else made.by
    return "; ".join(to.name for to in made.to), made.title, due, show.status(made.state)


def _working(deadline: Deadline) -> str:
    counted = ", ".join(f"{day.day} {day:%b}" for day in deadline.counted)
    return deadline.rule + (f" Counted: {counted}." if counted else "")


def _next(deadlines: Sequence[Deadline]) -> Deadline | None:
    waiting = [d for d in deadlines if d.due is not None and d.state not in ("done", "done_late")]
    return min(waiting, key=lambda d: (d.due or date.max, d.key), default=None)
