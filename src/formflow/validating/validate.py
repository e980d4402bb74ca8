"""Checking a form: everything that is wrong or open is named at once, by its place on the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer, Form
from formflow.extracting.plain import fold
from formflow.validating.agency_return import agency_return
from formflow.validating.asked import Asked
from formflow.validating.case_update import case_update
from formflow.validating.decision_record import decision_record
from formflow.validating.legacy_review import legacy_review
from formflow.validating.missing import missing
from formflow.validating.of_the_file import OF_THE_FILE
from formflow.validating.settled import settled, unsettled
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
        return _submission(form, form.answers, queries)
    more = settled(form, dictionary, today.year + 1)
    asked = Asked(form.answers, dictionary.of(form.layout), today)
    found = (*_all(form, asked), *unsettled(form, asked, more))
    queries = tuple(sorted(_once(iter(found)), key=lambda query: _RANK[query.level]))
    return _submission(form, {**form.answers, **more}, queries)


def _submission(form: Form, answers: Mapping[str, Answer], queries: tuple[Query, ...]) -> Submission:
    return Submission(
        kind=form.kind,
        layout=form.layout,
        layout_certainty=form.layout_certainty,
        answers=answers,
        queries=queries,
        notes=form.notes,
    )


def _all(form: Form, asked: Asked) -> Iterator[Query]:
    yield from _about_the_form(form)
    yield from unclear(asked)
    yield from _suggested(form, asked)
    match form.kind:
        case "notification":
            yield from together(asked)
        case "agency-return":
            yield from agency_return(asked)
        case "decision-record":
            yield from decision_record(asked)
        case "case-update":
            yield from case_update(asked)
        case "legacy-review":
            yield from legacy_review(asked)
        case kind:
            raise ValueError(f"no rules for a form of kind {kind}")
    yield from missing(asked)


def _about_the_form(form: Form) -> Iterator[Query]:
    if form.layout_certainty == "related":
        says = form.layout_says or "This is another edition of our form than formflow knows."
        words = f"{says} Please check every answer against the form."
        yield Query(level="query", field=None, message=words)
    for note, (level, words) in OF_THE_FILE.items():
        if note in form.notes:
            yield Query(level=level, field=None, message=words)


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
