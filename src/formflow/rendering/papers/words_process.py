"""The words of the papers that follow from later forms: the combined chronology, and what a corrected form changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

from formflow.deciding.case import Case
from formflow.deciding.changes import changes
from formflow.deciding.chronology import Chronology, Gap, Row, chronology_of
from formflow.deciding.told import AgencyReturn
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.names.shown import Shown
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import written
from formflow.settings import Partnership

_SEEN = {True: "Yes", False: "No", None: "Not stated"}


def words_for_chronology(case: Case, partnership: Partnership, received: date, shown: Shown | None = None) -> Words:
    """Everything the combined chronology may ask for; `shown` is how it shows people, by their initials if not."""
    shown, made = shown or Shown.of(case, "initials"), chronology_of(case)
    return _head(case, partnership, received) | {
        "received": shown.day(received),
        "agencies": [_agency(one, shown) for one in case.returns],
        "rows": [word for _, word in sorted(chain(_rows(made, shown), _gaps(made, shown)), key=lambda pair: pair[0])],
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


def _agency(one: AgencyReturn, shown: Shown) -> Word:
    return {
        "name": shown.organisation(one.agency),
        "received": shown.day(one.received) + (f" (return {one.version})" if one.version > 1 else ""),
        "holds": "Nothing held" if one.nothing_held else "Return received",
    }


def _rows(made: Chronology, shown: Shown) -> list[tuple[tuple[date, int, int], Word]]:
    told_by = {row.told_by: shown.organisation(row.told_by) for row in made.rows}
    return [((row.first or date.max, 1, number), _row(row, shown, told_by)) for number, row in enumerate(made.rows)]


def _row(row: Row, shown: Shown, told_by: Mapping[str, str]) -> Word:
    return {
        "when": shown.said(row.when) or "No date",
        "time": row.time,
        "told_by": told_by[row.told_by],
        "source": shown.cover(row.source),
        "event": shown.cover(row.event) or "Not stated on the form",
        "response": shown.cover(row.response),
        "comment": shown.cover(row.comment),
        "seen": _SEEN[row.child_seen],
        "doubts": [_doubt(doubt, shown, told_by) for doubt in row.doubts],
        "gap": False,
    }


def _doubt(doubt: str, shown: Shown, told_by: Mapping[str, str]) -> str:
    """A doubt about a row, with the agency it speaks of as the paper shows it."""
    whose = next((name for name in sorted(told_by, key=len, reverse=True) if doubt.startswith(name)), "")
    said = doubt.removeprefix(whose)
    if whose and shown.published:  # "on" and a day, of which only the month would be left
        said = f"{said.rpartition(' on ')[0]} on another day."
    return told_by.get(whose, "") + shown.said(said)


def _gaps(made: Chronology, shown: Shown) -> list[tuple[tuple[date, int, int], Word]]:
    return [((gap.before, 0, number), _gap(gap, shown)) for number, gap in enumerate(made.gaps)]


def _gap(gap: Gap, shown: Shown) -> Word:
    after, before = shown.day(gap.after), shown.day(gap.before)
    return {
        "when": "",
        "time": "",
        "told_by": "",
        "source": "",
        "event": f"No form tells of anything from {after} to {before}: {gap.days} days.",
        "response": "",
        "comment": "",
        "seen": "",
        "doubts": [],
        "gap": True,
    }
