"""What a reviewer is told on being appointed, and what has been established of the reviewer."""

from __future__ import annotations

from formflow.deciding.told import IS_A_REVIEW
from formflow.rendering.papers.about import DECISION_RECORD, About
from formflow.rendering.papers.words import ROUTES, listed
from formflow.rendering.plain import Word
from formflow.rendering.statements import NOT_STATED, Statements, written


def appointment(about: About) -> Word:
    """The review that the reviewer leads: what it is, scope, days, and the reviewer test point by point."""
    case, found, made = about.case, about.case.reviewer, about.case.decision
    said = about.record or Statements({}, about.dictionary.of(DECISION_RECORD))
    points = about.dictionary.of(DECISION_RECORD).options["reviewer_test"]
    tested = _tested(about)
    reviews = [ROUTES[one] for one in case.outcomes if one in IS_A_REVIEW]
    target = _target(about)
    who = [found.name, found.organisation] if found else ["To be confirmed"]
    return {
        "who": ", ".join(part for part in who if part),
        "decided": bool(reviews),
        "review": listed([name[:1].lower() + name[1:] for name in reviews]) or "review",
        "decided_on": written(made.decided_on) if made and made.decided_on else NOT_STATED,
        "start": written(found.appointed) if found and found.appointed else NOT_STATED,
        "target": target,
        "scope": said.of("review_scope"),
        "interests": said.of("reviewer_conflict"),
        "established": [words for key, words in points.items() if key in tested],
        "not_established": [words for key, words in points.items() if key not in tested],
    }


def _tested(about: About) -> tuple[str, ...]:
    """The points ticked for this reviewer; what was ticked for somebody else counts for nobody."""
    found, made = about.case.reviewer, about.case.decision
    if found is None:
        return ()
    same = made is not None and made.reviewer.name.casefold() == found.name.casefold()
    return found.tested or (made.reviewer.tested if made is not None and same else ())


def _target(about: About) -> str:
    """The day planned now: a later form's new day, the record's, else the day the rules give."""
    later = [about.statements_of(number).text("review_target_date") for number, _, _ in about.case.forms("case-update")]
    if moved := next((words for words in reversed(later) if words), ""):
        return moved
    made = about.case.decision
    if made is not None and made.target:
        return written(made.target)
    due = next((one.due for one in about.decision.deadlines if one.key == "local_review"), None)
    return f"{written(due)} (6 months from the decision)" if due else NOT_STATED
