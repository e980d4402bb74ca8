"""Checking a form: everything that is wrong or open is named at once, by its place on the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Form
from formflow.extracting.plain import fold
from formflow.validating.asked import Asked
from formflow.validating.missing import missing
from formflow.validating.submission import Query, Submission
from formflow.validating.together import together
from formflow.validating.unclear import unclear

_RANK = {"blocker": 0, "query": 1, "note": 2}


def validate(form: Form, dictionary: Dictionary, today: date) -> Submission:
    """The submission a form makes, with its blockers, queries and notes, blockers first.

    A document that is no form comes out with one blocker: the sentence for its sender.
    """
    if form.kind in ("not-a-form", "unreadable"):
        queries: tuple[Query, ...] = (Query(level="blocker", field=None, message=form.says),)
    else:
        asked = Asked(form.answers, dictionary, today)
        queries = tuple(sorted(_once(_all(form, asked)), key=lambda query: _RANK[query.level]))
    return Submission(
        kind=form.kind,
        layout=form.layout,
        layout_certainty=form.layout_certainty,
        answers=form.answers,
        queries=queries,
        notes=form.notes,
    )


def _all(form: Form, asked: Asked) -> Iterator[Query]:
    yield from _about_the_form(form)
    yield from unclear(asked)
    yield from _suggested(form, asked)
    yield from together(asked)
    yield from missing(asked)


def _about_the_form(form: Form) -> Iterator[Query]:
    if form.layout_certainty == "related":
        says = form.layout_says or "This is another edition of our form than formflow knows."
        words = f"{says} Please check every answer against the form."
        yield Query(level="query", field=None, message=words)
    if "revisions" in form.notes:
        words = (
            "The form holds tracked changes that nobody has accepted. Please accept or reject them and send it again."
        )
        yield Query(level="query", field=None, message=words)
    if "attachments" in form.notes:
        yield Query(level="note", field=None, message="Other documents are embedded in the form; they were not read.")
    if "converted" in form.notes:
        words = (
            "The form was saved in an old format or by another program, and was read through a conversion. Please "
            "check its answers against the form, or ask for it as Word (.docx) or PDF."
        )
        yield Query(level="query", field=None, message=words)
    if "charset" in form.notes:
        words = "Some letters of the e-mail may be wrong (names with accents). Please check them against the e-mail."
        yield Query(level="query", field=None, message=words)
    if "macros" in form.notes:
        yield Query(level="note", field=None, message="The file holds macros. They were not run.")


def _suggested(form: Form, asked: Asked) -> Iterator[Query]:
    """A question in words that nothing declares, put to a person with the field it is most like."""
    for suggestion in form.suggestions:
        title = asked.dictionary.label(suggestion.field).partition(": ")[2]
        words = f"asked as “{fold(suggestion.asked_as)}” ({suggestion.place}); is it the answer to {title}?"
        yield asked.say("query", suggestion.field, words)


def _once(queries: Iterator[Query]) -> Iterator[Query]:
    """Each thing is said once: the first query about a field, and everything else about it that differs."""
    said: set[tuple[str | None, str]] = set()
    for query in queries:
        if (query.field, query.message) not in said:
            said.add((query.field, query.message))
            yield query
