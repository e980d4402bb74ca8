"""Words of invented cases at the edges: nothing answered, and everything at full length; for trying templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook, decide
from formflow.deciding.told import PARTNERS
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import STAND_IN
from formflow.rendering.papers.catalogue import catalogue
from formflow.rendering.papers.sharing import words_of_check, words_of_key
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.papers.words import words_for_returned
from formflow.rendering.plain import Words
from formflow.settings import Settings
from formflow.validating.submission import Submission, TakenKind

_DAY = date(2026, 3, 20)
_LONG = 30_000
"""Characters of a long answer: more than any form was ever sent with."""
_ROWS = {"agency": 40, "event": 100, "family": 12, "child": 6, "attachment": 6}
_LATER: tuple[tuple[str, TakenKind], ...] = (
    ("formflow-air-1", "agency-return"),
    ("formflow-drr-1", "decision-record"),
    ("formflow-prr-1", "case-update"),
    ("formflow-cup-1", "case-update"),
    ("formflow-acp-1", "case-update"),
    ("formflow-lsr-1", "legacy-review"),
)
_HARD = 'Tom & Co. said <"it\'s fine">\nتم {{ 1 }} 🙂 '

Samples = Mapping[str, Sequence[Words]]
"""For each event of papers, the words of cases at the edges."""


def samples(dictionary: Dictionary, rules: Rulebook, settings: Settings) -> Samples:
    """The words of every event, each made on the way that real cases go."""
    later = [_full(dictionary, 40, layout, kind) for layout, kind in _LATER]
    cases = (
        _case(_form("notification", {})),
        _case(_full(dictionary, 30), _full(dictionary, 40), *later),
        _case(_full(dictionary, _LONG), _full(dictionary, 200, *_LATER[0])),
    )
    receipt = {"form": "ab" * 32}
    # Named, for covering names in texts of such length takes long and changes nothing about a template.
    abouts = [
        About(case, decide(case, rules, _DAY), dictionary, settings, _DAY, receipt, names="named") for case in cases
    ]
    drawn = [{**words_for(about), "paper": STAND_IN} for about in abouts]
    partnership = settings.partnership
    return {
        **dict.fromkeys(catalogue(), drawn),
        "returned": [
            words_for_returned("form.docx", [], partnership, _DAY, "to-mend"),
            words_for_returned("form.docx", [_HARD * 20] * 40, partnership, _DAY, "scan-no-text"),
        ],
        "share": [words_of_check(about, "pseudonym", _DAY) for about in abouts],
        "key": [words_of_key(about, "pseudonym", _DAY) for about in abouts],
    }


def _case(*forms: Submission) -> Case:
    return Case("SIN-2026-001", forms, (_DAY,) * len(forms))


def _form(kind: TakenKind, answers: Mapping[str, Answer], layout: str = "") -> Submission:
    return Submission(kind=kind, layout=layout, layout_certainty="recognised", answers=answers)


def _full(dictionary: Dictionary, length: int, layout: str = "", kind: TakenKind = "notification") -> Submission:
    """A form with every question answered, long answers so many characters long."""
    asked = dictionary.of(layout)
    every = (answer for field in asked.fields.values() for answer in _every(asked, field, length))
    return _form(kind, {answer.field: answer for answer in every}, layout)


def _every(dictionary: Dictionary, field: Field, length: int) -> Iterator[Answer]:
    block = field.id.partition("_N_")[0] if "_N_" in field.id else ""
    if "_P" in field.id:
        for name in dictionary.options.get("process", PARTNERS):
            yield _answer(field.id.replace("_P", f"_{name}", 1), field, length, 1)
    elif block:
        for number in range(1, _ROWS.get(block, 3) + 1):
            # Rows are many and short, but for the first: all of them at full length is no form anybody sends.
            yield _answer(field.id.replace("_N_", f"_{number}_"), field, length if number == 1 else 200, number)
    else:
        yield _answer(field.id, field, length, 1)


def _answer(field_id: str, field: Field, length: int, number: int) -> Answer:
    match field.type:
        case "date":
            day = (_DAY - timedelta(days=8 + 7 * number)).isoformat()
            return Answer(field_id, "answered", day, "day", day)
        case "yes_no":
            return Answer(field_id, "answered", "yes", raw="Yes")
        case "choice":
            chosen = next(iter(field.options), "")
            return Answer(field_id, "answered", chosen, raw=field.options.get(chosen, ""))
        case "choices":
            return Answer(field_id, "answered", tuple(field.options), raw="; ".join(field.options.values()))
        case "long_text":
            words = _of_length(length)
        case "integer":
            words = "3"
        case "time":
            words = "14:30"
        case _:
            words = _of_length(min(length, 60)) if field.type == "text" else "x"
    return Answer(field_id, "answered", words, raw=words)


@lru_cache(maxsize=8)
def _of_length(length: int) -> str:
    return (_HARD * (length // len(_HARD) + 1))[:length].strip()
