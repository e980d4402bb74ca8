"""What the notification says and what was worked out of it, as words of papers: plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from formflow.deciding.ages import age_of
from formflow.deciding.decision import Deadline, Evidence, Finding
from formflow.deciding.joining import SINCE
from formflow.deciding.said import Said
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials
from formflow.rendering.names.shown import Shown
from formflow.rendering.papers.about import About
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import NOT_STATED, written
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
_SHORT = 200
"""Characters of an answer that are quoted where it stands in full elsewhere."""


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


def children(about: About) -> Word:
    """Every child on the form, with initials and the age worked out from the date of birth."""
    case, statements = about.case, about.said
    said = Said(case.answers, statements.dictionary)
    found: list[Word] = []
    for number in statements.numbers("child"):
        row = statements.row("child", number)
        age = age_of(said, number)
        row["number"] = number
        row["initials"] = about.shown.label(f"child_{number}", child_initials(case.answers, number))
        row["age"] = about.shown.age(age.youngest, age.oldest, _age(age.youngest, age.oldest, unborn=age.unborn))
        words = f"age {NOT_STATED}" if row["age"] == NOT_STATED else str(row["age"])
        row["who"] = f"{row['initials']}, {words[:1].lower()}{words[1:].replace(NOT_STATED, NOT_STATED.lower())}"
        found.append(cast("Word", row))
    return found


def _age(youngest: int | None, oldest: int | None, *, unborn: bool) -> str:
    if unborn:
        return "Unborn"
    if youngest is None or oldest is None:
        return NOT_STATED
    words = f"{youngest}" if youngest == oldest else f"{youngest} or {oldest}"
    words = "Under 1 year" if words == "0" else f"{words} year{'' if words == '1' else 's'}"
    return f"{words}, when it happened (worked out from the date of birth)"


def family(about: About) -> Word:
    """Every person of the family and household on the form, by initials."""
    said = about.said
    rows: list[Word] = []
    for number in said.numbers("family"):
        row = said.row("family", number)
        row["initials"] = about.shown.label(f"family_{number}", NOT_STATED)
        rows.append(cast("Word", row))
    return rows


def duty(about: About) -> Word:
    """The duty to notify: its kind, its reason, and who is told."""
    duty = about.decision.duty
    told = [RECIPIENTS[recipient] for recipient in duty.recipients]
    nobody = "not settled yet" if duty.notify == "cannot_tell" else "nobody, on what the form says"
    addressees: list[str] = [RECIPIENTS[r] for r in duty.recipients if r in ("panel", "secretary_of_state", "ofsted")]
    return {
        "type": duty.type,
        "title": DUTY[duty.type],
        "notify": duty.notify,
        "rapid_review": duty.rapid_review,
        "reason": about.shown.said(duty.reason),
        "told": list(told),
        "told_in_words": _sentence(listed(told) or nobody),
        "addressees": list(addressees),
        "others_told": _sentence(listed([words for words in told if words not in addressees])),
    }


def not_stated(about: About) -> Word:
    """How many questions the newest notification leaves open that nobody has to answer."""
    newest = about.case.notification or about.case.submissions[-1]
    return sum(1 for query in newest.queries if query.level == "note" and not query.message.startswith(SINCE))


def findings(about: About, group: str) -> Word:
    """The findings of one group (`definition`, `criteria`, `circumstances`, `national`)."""
    return [_finding(one, about.dictionary, about.shown) for one in about.decision.findings if one.group == group]


def deadlines(about: About) -> Word:
    """Every deadline, with its rule and how it stands."""
    return [_deadline(made) for made in about.decision.deadlines]


def next_deadline(about: About) -> Word:
    """What is due first of what is not done; empty when nothing is."""
    held = about.decision.deadlines
    waiting = [d for d in held if d.due and d.state not in ("done", "done_late") and "warning" not in d.key]
    first = min(waiting, key=lambda d: d.due or date.max, default=None)
    return _by(first) if first else ""


def notify_by(about: About) -> Word:
    """By when the notification itself is to be made, and whether it was; empty when there is no such duty."""
    keys = ("notify_panel", "notify_secretary_of_state_and_ofsted")
    return "; ".join(_by(made) for made in about.decision.deadlines if made.key in keys)


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
        "beside": [shown.said(beside(one)) for one in finding.beside],
        "would_settle": listed(settle),
        "would_meet": finding.would_meet,
        "source": finding.source + ("" if finding.confirmed else _CONFIRM),
    }


def beside(one: Evidence) -> str:
    """What formflow gathered itself, with the case and the day it comes from."""
    return ", ".join(part for part in (one.says, one.ref, written(one.on) if one.on else "") if part)


def in_short(value: str) -> str:
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


def routes(about: About) -> Word:
    """The routes open to the partners, with what speaks for and against each."""
    return [
        {
            "title": ROUTES[route.outcome],
            "open": _OPEN[route.open],
            "speaks_for": about.shown.said("\n".join(route.for_)) or "Nothing on the form",
            "speaks_against": about.shown.said("\n".join(route.against)) or "Nothing on the form",
        }
        for route in about.decision.advice
        if route.outcome != "legacy_review"
    ]


def listed(words: Sequence[str]) -> str:
    """`a, b and c`; empty for none."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
