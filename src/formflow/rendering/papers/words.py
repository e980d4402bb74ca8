"""The words that templates may ask for: what the form says and what was worked out, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from formflow.deciding.ages import age_of
from formflow.deciding.case import Case
from formflow.deciding.decision import Deadline, Decision, Finding
from formflow.deciding.joining import SINCE
from formflow.deciding.questions import questions_of
from formflow.deciding.said import Said
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials
from formflow.rendering.names.shown import Shown
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import NOT_STATED, Statements, in_words, written
from formflow.settings import Partnership

STATUS = {
    "overdue": ("Overdue", "D4351C", True),
    "due_soon": ("Due soon", "FFDD00", False),
    "to_come": ("On time", "00703C", True),
    "done": ("Done", "D2E2F1", False),
    "done_late": ("Done late", "D2E2F1", False),
    "not_started": ("Not started", "EEEFEF", False),
}
"""A deadline's state: its word, the colour behind it, and whether the word is white."""

RESULTS = {"met": "Met", "may_be_met": "May be met", "not_met": "Not met", "cannot_tell": "Cannot tell yet"}

DUTY = {
    "abuse_neglect_death": "Death of a child; abuse or neglect is known or suspected",
    "abuse_neglect_harm": "Serious harm to a child; abuse or neglect is known or suspected",
    "looked_after_death": "Death of a looked-after child; abuse or neglect is not suspected",
    "care_leaver_death": "Death of a care leaver under 25",
    "other_authority": "An incident in another English authority's area",
    "none": "No duty to notify, on what the form says",
    "cannot_tell": "Not settled yet whether there is a duty to notify",
}

RECIPIENTS = {
    "panel": "Child Safeguarding Practice Review Panel",
    "secretary_of_state": "Secretary of State for Education",
    "ofsted": "Ofsted",
    "safeguarding_partners": "the safeguarding partners",
    "other_authorities": "the other local authorities named",
    "other_authority_in_whose_area": "the local authority in whose area it happened",
    "local_safeguarding_children_board": "the Local Safeguarding Children Board",
}

_CONFIRM = " (to be confirmed)"
_SHORT = 300
"""Characters of an answer that are quoted where it stands in full elsewhere."""


def words_for_notification(
    case: Case,
    decision: Decision,
    dictionary: Dictionary,
    partnership: Partnership,
    received: date,
    shown: Shown | None = None,
) -> Words:
    """Everything a paper about a notification may ask for; `shown` is how it shows people, by their initials if not."""
    shown = shown or Shown.of(case, "initials")
    said = Statements(case.answers, dictionary, shown=shown)
    newest = case.notification or case.submissions[-1]
    return {
        "ref": case.ref,
        "version": case.version,
        "received": shown.day(received),
        "marking": partnership.protective_marking,
        "partnership": partnership.name,
        "local_authority": partnership.local_authority,
        "contact": partnership.contact,
        "form": said.all_once(),
        "children": _children(case, said),
        "family": _family(said),
        "agencies": [cast("Word", said.row("agency", n)) for n in said.numbers("agency")],
        "events": [cast("Word", said.row("event", n)) for n in said.numbers("event")],
        "processes": [cast("Word", process) for process in said.processes()],
        "duty": _duty(decision, shown),
        "definition": _findings(decision, dictionary, "definition", shown),
        "criteria": _findings(decision, dictionary, "criteria", shown),
        "circumstances": _findings(decision, dictionary, "circumstances", shown),
        "national": _findings(decision, dictionary, "national", shown),
        "deadlines": [_deadline(made) for made in decision.deadlines],
        "next_deadline": _next(decision.deadlines),
        "notify_by": _notify_by(decision.deadlines),
        "routes": _routes(decision, shown),
        "flags": [shown.said(flag.says) for flag in decision.flags],
        "questions": [shown.said(one.says) for one in questions_of(case)],
        "not_stated": sum(1 for q in newest.queries if q.level == "note" and not q.message.startswith(SINCE)),
        "edition_notification": in_words(decision.edition["notification"] or "none"),
        "edition_review": in_words(decision.edition["review"] or "none"),
        "decided_on": shown.day(decision.on),
    }


def words_for_returned(
    file_name: str, problems: Sequence[str], partnership: Partnership, received: date, reason: str
) -> Words:
    """Everything the page "What to mend" may ask for."""
    return {
        "file_name": file_name,
        "received": written(received),
        "problems": list(problems),
        "count": len(problems),
        "to_mend": reason == "to-mend",
        "partnership": partnership.name,
        "marking": partnership.protective_marking,
        "contact": partnership.contact,
    }


def _children(case: Case, statements: Statements) -> list[Word]:
    said = Said(case.answers, statements.dictionary)
    children: list[Word] = []
    for number in statements.numbers("child"):
        row = statements.row("child", number)
        age = age_of(said, number)
        row["number"] = number
        row["initials"] = statements.shown.label(f"child_{number}", child_initials(case.answers, number))
        row["age"] = statements.shown.age(age.youngest, age.oldest, _age(age.youngest, age.oldest, unborn=age.unborn))
        words = f"age {NOT_STATED}" if row["age"] == NOT_STATED else str(row["age"])
        row["who"] = f"{row['initials']}, {words[:1].lower()}{words[1:].replace(NOT_STATED, NOT_STATED.lower())}"
        children.append(cast("Word", row))
    return children


def _age(youngest: int | None, oldest: int | None, *, unborn: bool) -> str:
    if unborn:
        return "Unborn"
    if youngest is None or oldest is None:
        return NOT_STATED
    words = f"{youngest}" if youngest == oldest else f"{youngest} or {oldest}"
    words = "Under 1 year" if words == "0" else f"{words} year{'' if words == '1' else 's'}"
    return f"{words}, when it happened (worked out from the date of birth)"


def _family(said: Statements) -> list[Word]:
    rows: list[Word] = []
    for number in said.numbers("family"):
        row = said.row("family", number)
        row["initials"] = said.shown.label(f"family_{number}", NOT_STATED)
        rows.append(cast("Word", row))
    return rows


def _duty(decision: Decision, shown: Shown) -> Words:
    duty = decision.duty
    told = [RECIPIENTS[recipient] for recipient in duty.recipients]
    addressees: list[str] = [RECIPIENTS[r] for r in duty.recipients if r in ("panel", "secretary_of_state", "ofsted")]
    return {
        "type": duty.type,
        "title": DUTY[duty.type],
        "notify": duty.notify,
        "rapid_review": duty.rapid_review,
        "reason": shown.said(duty.reason),
        "told": list(told),
        "told_in_words": _sentence(_listed(told) or "nobody, on what the form says"),
        "addressees": list(addressees),
        "others_told": _sentence(_listed([words for words in told if words not in addressees])),
    }


def _findings(decision: Decision, dictionary: Dictionary, group: str, shown: Shown) -> list[Word]:
    return [_finding(finding, dictionary, shown) for finding in decision.findings if finding.group == group]


def _finding(finding: Finding, dictionary: Dictionary, shown: Shown) -> Word:
    rests = [
        (f'{dictionary.number(b.field)} "{_title(dictionary, b.field)}": ', shown.said(shown.answer(b.field, b.value)))
        for b in finding.because
    ]
    settle = [f'{dictionary.number(field)} "{_title(dictionary, field)}"' for field in finding.would_settle]
    return {
        "key": finding.key,
        "title": finding.title,
        "result": RESULTS[finding.result],
        "is_met": finding.result in ("met", "may_be_met"),
        "reason": shown.said(finding.reason),
        "rests_on": "\n".join(question + value for question, value in rests),
        "rests_on_in_short": "; ".join(question + _in_short(value).removesuffix(".") for question, value in rests),
        "would_settle": _listed(settle),
        "would_meet": finding.would_meet,
        "source": finding.source + ("" if finding.confirmed else _CONFIRM),
    }


def _in_short(value: str) -> str:
    """The beginning of a long answer, where the whole of it stands elsewhere in the same paper."""
    return value if len(value) <= _SHORT else f"{value[:_SHORT].rsplit(' ', 1)[0]} … (in full in section 10)"


def _title(dictionary: Dictionary, field_id: str) -> str:
    field = dictionary.field(field_id)
    return field.title if field is not None else field_id


def _deadline(made: Deadline) -> Word:
    word, fill, white = STATUS[made.state]
    counted = ", ".join(f"{day:%a} {day.day} {day:%b}" for day in made.counted)
    return {
        "key": made.key,
        "title": made.title,
        "start": written(made.start) if made.start else "not certain yet",
        "due": written(made.due) if made.due else "cannot be worked out yet",
        "done": written(made.done) if made.done else "",
        "status": word,
        "fill": fill,
        "white": white,
        "rule": made.rule + ("" if made.confirmed else _CONFIRM),
        "source": made.source,
        "counted": counted,
    }


def _next(deadlines: Sequence[Deadline]) -> str:
    """What is due first of what is not done; empty when nothing is."""
    waiting = [d for d in deadlines if d.due and d.state not in ("done", "done_late") and "warning" not in d.key]
    first = min(waiting, key=lambda d: d.due or date.max, default=None)
    return _by(first) if first else ""


def _notify_by(deadlines: Sequence[Deadline]) -> str:
    """By when the notification itself is to be made, and whether it was; empty when there is no such duty."""
    own = [d for d in deadlines if d.key in ("notify_panel", "notify_secretary_of_state_and_ofsted")]
    return "; ".join(_by(made) for made in own)


def _by(made: Deadline) -> str:
    if made.due is None:
        return f"{made.title}: the day cannot be worked out until it is certain when the council became aware"
    due = f"{made.title} by {written(made.due)}"
    match made.state:
        case "overdue":
            return f"{made.title}: was due by {written(made.due)}, and nothing says yet that it was done"
        case "done" | "done_late" if made.done:
            return f"{due}; it was done on {written(made.done)}"
        case _:
            return due


def _sentence(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]


ROUTES = {
    "national_referral": "Recommend a national review",
    "local_review": "Local child safeguarding practice review",
    "discretionary_local_review": "Local review although the definition is not met",
    "multi_agency_learning_review": "Multi-agency learning review",
    "single_agency_learning_review": "Single-agency learning review",
    "thematic_review": "Thematic review, with other cases",
    "no_further_review": "No further review",
    "not_notifiable": "Found not to be notifiable",
    "legacy_review": "Serious case review of the earlier rules",
}
_OPEN = {"yes": "Open", "no": "Not open", "cannot_tell": "Cannot tell yet"}


def _routes(decision: Decision, shown: Shown) -> list[Word]:
    return [
        {
            "title": ROUTES[route.outcome],
            "open": _OPEN[route.open],
            "speaks_for": shown.said("\n".join(route.for_)) or "Nothing on the form",
            "speaks_against": shown.said("\n".join(route.against)) or "Nothing on the form",
        }
        for route in decision.advice
        if route.outcome != "legacy_review"
    ]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
