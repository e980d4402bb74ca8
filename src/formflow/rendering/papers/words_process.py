"""What the agencies returned and what a corrected form changed, as words of papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

from formflow.deciding.changes import changes
from formflow.deciding.chronology import Chronology, Gap, Row
from formflow.deciding.told import AgencyReturn, agency_key
from formflow.rendering.names.shown import Shown
from formflow.rendering.papers.about import About
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import NOT_STATED, written

_SEEN = {True: "Yes", False: "No", None: "Not stated"}
_RETURNED = ("involvement_summary", "involvement_from", "involvement_to", "period_from", "period_to", "still_involved",
             "involved_with", "records_secured", "author_name", "author_role", "context", "analysis_child",
             "analysis_identity", "analysis_episodes", "analysis_worked", "analysis_why", "analysis_together",
             "analysis_before", "good_practice", "learning", "learning_shared", "immediate_action",
             "nothing_held_search")  # fmt: skip


def agencies(about: About) -> Word:
    """The agencies that the notification names, each with its return; those that returned unasked come after them."""
    said, returned = about.said, {agency_key(one.agency): one for one in about.case.returns}
    rows: list[Word] = []
    for number in said.numbers("agency"):
        one = returned.pop(agency_key(said.text(f"agency_{number}_name")), None)
        rows.append({**said.row("agency", number), "returned": _returned(one, about.shown)})
    blank: Words = {part: {"text": "", "source": "", "stated": False} for part in said.row("agency", 0)}
    for one in returned.values():
        name: Words = {"text": about.shown.organisation(one.agency), "source": "[Agency return]", "stated": True}
        rows.append({**blank, "name": name, "returned": _returned(one, about.shown)})
    return rows


def returns(about: About) -> Word:
    """Every agency return that counts, with everything its form says."""
    return [_return(about, one) for one in about.case.returns]


def chronology(about: About) -> Word:
    """The combined chronology: `rows` in order with the silences between them, and how many doubts it holds."""
    made, shown = about.chronology, about.shown
    return {
        "rows": [word for _, word in sorted(chain(_rows(made, shown), _gaps(made, shown)), key=lambda pair: pair[0])],
        "count": len(made.rows),
        "gaps": len(made.gaps),
        "contradictions": made.contradictions,
        "undated": sum(1 for row in made.rows if row.first is None),
    }


def correction(about: About) -> Word:
    """What a corrected notification changed: each question with its old and its new answer; empty without one."""
    versions = [form for _, _, form in about.case.forms("notification")]
    if len(versions) < 2:
        return {"changes": [], "before": 0, "questions": [], "decided_on": ""}
    found = changes(versions[-2].answers, versions[-1].answers, about.dictionary)
    decision = about.case.decision
    day = decision.decided_on if decision is not None and decision.taken else None
    return {
        "before": about.case.version - 1,
        "changes": [
            {
                "question": one.question,
                "old": about.shown.answer(one.field, one.old),
                "new": about.shown.answer(one.field, one.new),
            }
            for one in found
        ],
        "decided_on": written(day) if day else "",
        "questions": [query.message for query in about.case.submissions[-1].queries if query.level == "query"],
    }


def learning(about: About) -> Word:
    """Good practice and learning, each with who tells of it: from the notification, the returns and the decision."""
    found: dict[str, list[Word]] = {"good_practice": [], "learning": [], "shared": [], "at_once": []}
    fields = {"good_practice": ("good_practice",), "learning": ("learning", "immediate_learning"),
              "shared": ("learning_shared",), "at_once": ("immediate_action",)}  # fmt: skip
    tellers = [("Notification", about.said)] if about.case.notification is not None else []
    for one in about.case.returns:
        name = about.shown.organisation(one.agency)
        tellers.append((name, about.statements_of(one.form, name)))
    tellers += [("The partners' decision", about.record)] if about.record is not None else []
    for who, said in tellers:
        for part, names in fields.items():
            for name in names:
                if words := said.text(name):
                    found[part].append({"who": who, "text": words, "source": str(said.of(name)["source"])})
    return {**found, "any": bool(found["good_practice"] or found["learning"])}


def _returned(one: AgencyReturn | None, shown: Shown) -> str:
    if one is None:
        return "Not received yet"
    held = "Nothing held, " if one.nothing_held else "Received "
    return f"{held}{shown.day(one.received)}" + (f" (return {one.version})" if one.version > 1 else "")


def _return(about: About, one: AgencyReturn) -> Words:
    name = about.shown.organisation(one.agency)
    said = about.statements_of(one.form, name)
    return {
        "agency": name,
        "received": about.shown.day(one.received) + (f" (return {one.version})" if one.version > 1 else ""),
        "holds": "Nothing held" if one.nothing_held else "Return received",
        "nothing_held": one.nothing_held,
        **{name: said.of(name) for name in _RETURNED},
    }


def _rows(made: Chronology, shown: Shown) -> list[tuple[tuple[date, int, int], Word]]:
    told_by = {row.told_by: shown.organisation(row.told_by) for row in made.rows}
    rows = enumerate(made.rows, 1)
    return [((row.first or date.max, 1, number), _row(row, number, shown, told_by)) for number, row in rows]


def _row(row: Row, number: int, shown: Shown, told_by: Mapping[str, str]) -> Word:
    return {
        "number": number,
        "when": shown.said(row.when) or "No date",
        "time": row.time,
        "told_by": told_by[row.told_by],
        "source": shown.cover(row.source),
        "event": shown.cover(row.event) or NOT_STATED,
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
        "number": 0,
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
