"""A child protection plan told in one answer: whether there is one, its category, when it began and ended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.extracting.date_pieces import Period, period_in, without_dates
from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.empties import state_first, state_of
from formflow.extracting.form import Answer
from formflow.extracting.options import MULTIPLE
from formflow.extracting.plain import bare, fold, quoted
from formflow.extracting.sense import Sense, conflicting, doubtful, unreadable
from formflow.extracting.wordings import Wording, Wordings

_NOW_OR_BEFORE = "it does not say whether the plan is now or was in the past"
_BEFORE = "it does not say whether there was a plan in the past"

_WAS = re.compile(
    r"\b(?:previously|previous|in the past|historic(?:al(?:ly)?)?|was|were|no longer|ended|closed|ceased)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:current(?:ly)?|now|ongoing|at present|is|still)\b", re.IGNORECASE)
_IS_NOT = re.compile(r"^\s*not (?:currently|now|at present)\b", re.IGNORECASE)
_HEAD = re.compile(r"^\s*(?:yes|no|y|n)\b(?! longer)[\s,;:.–—-]*", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|n|nor|none)\b|n[’']t\b", re.IGNORECASE)
_NO_LONGER = re.compile(r"\bno longer\b", re.IGNORECASE)
_NEVER = re.compile(r"\bnever\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SAYS_WHEN = re.compile(
    rf"{_WAS.pattern}|{_IS.pattern}|{_NOT.pattern}|{_NEVER.pattern}|\d|\b(?:until|since|from|yes)\b", re.I
)
_KNOWN_WORDS = """
    yes no y n not never now currently current previously previous past in the a an of for under on
    and with to from since until till was were is been has had subject plan plans child protection
    cp cpp category categories abuse registered register made began started start ended end closed
    ceased date dates present ongoing at historic historical no longer conference initial pre birth
    icpc rcpc review all three two both children but still it they he she have
"""
"""What may stand around the category and the dates without changing what they say."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one answer says of a child protection plan."""

    plan: Sense
    category: Sense | None = None
    """None where no category is named."""
    begin: str = ""
    end: str = ""
    """The dates as written; empty where none is told."""
    clear: bool = True
    """False where a date is given but not whether the plan began or ended then."""


def read_plan(raw: str, wordings: Wordings, *, ever: bool | None = None) -> Plan:
    """Whether there is or was a plan, with its category and dates as far as the words give them beyond doubt.

    `ever` says what the form asks: True "is or was the child …", False "is the child now …", None where it is not
    known. Words that say more than can be understood leave the plan open and keep their reason.
    """
    words = fold(raw)
    if stated := state_of(words) or state_first(words):
        return Plan(Sense(stated[0], because=stated[1]))
    if doubtful(words):
        return Plan(unreadable(f"it is not certain: {quoted(words)}"))
    if exact := wordings.named("cp_plan").meant.get(bare(words)):
        return Plan(Sense("answered", exact))
    categories = wordings.named("cp_category")
    words = _without_remarks(words, categories)
    period, named = period_in(words), _categories(without_dates(words), categories)
    if unknown := _not_understood(without_dates(words), named, categories):
        return Plan(unreadable(f"more is written than can be read for certain: {quoted(' '.join(unknown))}"))
    plan = _whether(words, period, ever, bool(named))
    if plan.value == "never" and (named or period.begin or period.end or not period.clear):
        return Plan(conflicting('both "never" and a plan are told'))
    if plan.because == _BEFORE:
        return Plan(plan)
    category = Sense("answered", named[0] if len(named) == 1 else MULTIPLE) if named else None
    return Plan(plan, category, period.begin, period.end, period.clear)


def _without_remarks(words: str, categories: Wording) -> str:
    """The words without what stands in brackets and says nothing of when, of yes and no, or of a category."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if _SAYS_WHEN.search(found[0]) or _categories(found[0], categories) else " "

    return _IN_BRACKETS.sub(kept, words)


def plan_answers(
    child: int, raw: str, wordings: Wordings, *, place: str, how: str, latest: int, ever: bool | None = None
) -> dict[str, Answer]:
    """The answers that one text gives to the questions about a child's plan, by field id; only those it speaks to."""
    read = read_plan(raw, wordings, ever=ever)
    senses = {"cp_plan": read.plan}
    if read.category is not None:
        senses["cp_category"] = read.category
    if not read.clear:
        senses["cp_from"] = unreadable("a date is given, but not whether the plan began or ended then")
    for name, written in (("cp_from", read.begin), ("cp_to", read.end)):
        if written:
            senses[name] = _dated(written, latest)
    return {
        f"child_{child}_{name}": Answer(
            f"child_{child}_{name}", s.state, s.value, s.precision, raw, place, how, s.confidence, s.because
        )
        for name, s in senses.items()
    }


def _dated(written: str, latest: int) -> Sense:
    when = read_date(written, latest=latest)
    if isinstance(when, NoDate):
        return unreadable(when.why)
    return conflicting(when.doubt) if when.doubt else Sense("answered", when.value, precision=when.precision)


def _whether(words: str, period: Period, ever: bool | None, category: bool) -> Sense:
    head = bare(words).split(" ")[0]
    said = _HEAD.sub("", words)
    not_now = bool(_IS_NOT.match(said))
    said = _IS_NOT.sub("", said)
    if _NEVER.search(said):
        told_otherwise = _WAS.search(said) or _IS.search(said)
        return conflicting('both "never" and a plan are told') if told_otherwise else Sense("answered", "never")
    if _NOT.search(_NO_LONGER.sub("", said)):
        return conflicting(_NOW_OR_BEFORE)
    was, current = bool(_WAS.search(said)), bool(_IS.search(said))
    if was and current:
        return conflicting(_NOW_OR_BEFORE)
    if was:
        return Sense("answered", "previously")
    if not_now or head in ("no", "n"):
        never = ever and not not_now and not current and not period.begin and not period.end and not category
        return Sense("answered", "never") if never else conflicting(_BEFORE)
    if current or period.open_ended:
        return Sense("answered", "now")
    if period.begin and period.end:
        return Sense("answered", "previously")
    if head in ("yes", "y") and ever is False and not period.end:
        return Sense("answered", "now")
    return conflicting(_NOW_OR_BEFORE) if head in ("yes", "y") or category else unreadable(_NOW_OR_BEFORE)


def _categories(words: str, categories: Wording) -> tuple[str, ...]:
    """Each category that is named, once; "neglect" in "no neglect" is none, and leaves the words not understood."""
    inside = f" {bare(words)} "
    return tuple(
        dict.fromkeys(
            option for wording, option in categories.meant.items() if f" {wording} " in inside and option != MULTIPLE
        )
    )


def _not_understood(words: str, named: tuple[str, ...], categories: Wording) -> list[str]:
    known = set(_KNOWN_WORDS.split())
    for wording, option in categories.meant.items():
        if option in named:
            known |= set(wording.split())
    return [word for word in bare(words).split() if word not in known]
