"""The words of the papers that follow from later forms: the combined chronology, and what a corrected form changed."""

from __future__ import annotations

from datetime import date
from itertools import chain

from formflow.deciding.case import Case
from formflow.deciding.changes import changes
from formflow.deciding.chronology import Chronology, Gap, Row, chronology_of
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import written
from formflow.settings import Partnership

_SEEN = {True: "Yes", False: "No", None: "Not stated"}


def words_for_chronology(case: Case, partnership: Partnership, received: date) -> Words:
    """Everything the combined chronology may ask for."""
    made = chronology_of(case)
    return _head(case, partnership, received) | {
        "agencies": [_agency(one.agency, one.version, one.received, nothing=one.nothing_held) for one in case.returns],
        "rows": [word for _, word in sorted(chain(_rows(made), _gaps(made)), key=lambda pair: pair[0])],
        "gaps": len(made.gaps),
        "contradictions": made.contradictions,
        "undated": sum(1 for row in made.rows if row.first is None),
    }


def words_for_correction(case: Case, dictionary: Dictionary, partnership: Partnership, received: date) -> Words:
    """Everything the paper on what a corrected notification changed may ask for."""
    versions = [form for _, _, form in case.forms("notification")]
    found = changes(versions[-2].answers, versions[-1].answers, dictionary)
    decision = case.decision
    day = decision.decided_on if decision is not None and decision.taken else None
    return _head(case, partnership, received) | {
        "version": case.version,
        "before": case.version - 1,
        "changes": [{"question": one.question, "old": one.old, "new": one.new} for one in found],
        "decided_on": written(day) if day else "",
        "questions": [query.message for query in case.submissions[-1].queries if query.level == "query"],
    }


def _head(case: Case, partnership: Partnership, received: date) -> Words:
    return {
        "ref": case.ref,
        "version": len(case.submissions),
        "received": written(received),
        "marking": partnership.protective_marking,
        "partnership": partnership.name,
        "contact": partnership.contact,
    }


def _agency(name: str, version: int, received: date, *, nothing: bool) -> Word:
    return {
        "name": name,
        "received": written(received) + (f" (return {version})" if version > 1 else ""),
        "holds": "Nothing held" if nothing else "Return received",
    }


def _rows(made: Chronology) -> list[tuple[tuple[date, int, int], Word]]:
    return [((row.first or date.max, 1, number), _row(row)) for number, row in enumerate(made.rows)]


def _row(row: Row) -> Word:
    return {
        "when": row.when or "No date",
        "time": row.time,
        "told_by": row.told_by,
        "source": row.source,
        "event": row.event or "Not stated on the form",
        "response": row.response,
        "comment": row.comment,
        "seen": _SEEN[row.child_seen],
        "doubts": list(row.doubts),
        "gap": False,
    }


def _gaps(made: Chronology) -> list[tuple[tuple[date, int, int], Word]]:
    return [((gap.before, 0, number), _gap(gap)) for number, gap in enumerate(made.gaps)]


def _gap(gap: Gap) -> Word:
    return {
        "when": "",
        "time": "",
        "told_by": "",
        "source": "",
        "event": f"No form tells of anything from {written(gap.after)} to {written(gap.before)}: {gap.days} days.",
        "response": "",
        "comment": "",
        "seen": "",
        "doubts": [],
        "gap": True,
    }
