"""What a form asks of people when it joins a case: what changed, what it contradicts, what a decision rested on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from formflow.deciding import told
from formflow.deciding.case import DATES, Case
from formflow.deciding.changes import Change, changes
from formflow.deciding.stages import owed_by
from formflow.extracting.dictionary import Dictionary, Level
from formflow.validating.submission import Query, Submission

_RECURS = frozenset({"monitored", "written_request", "delay_told", "reviewer_appointed", "panel_responded", "closed",
                     "returns_due"})  # fmt: skip
"""What can be done more than once, so that a second day contradicts nothing."""


SINCE = "Since version"
"""How the notes on what a corrected notification changed begin."""


def joined(before: Case, form: Submission, received: date, dictionary: Dictionary, *, must_decide: bool = True) -> Case:
    """The case with one more form, and with that form the questions that follow from the forms before it.

    Nothing earlier is touched: the earlier versions and a decision already taken stay as they are recorded.
    `must_decide` says whether the case needs a decision of the partners before it can be closed.
    """
    after = before.with_form(form, received)
    asked: tuple[Query, ...] = ()
    if before.submissions:
        asked = (*_asks(before, after, form, dictionary), *_closing(after, form, must_decide=must_decide))
    return before.with_form(form.asking(asked), received)


def _asks(before: Case, after: Case, form: Submission, dictionary: Dictionary) -> Iterator[Query]:
    found = changes(before.answers, after.answers, dictionary)
    corrected = form.kind == "notification" and before.version > 0
    if corrected:
        yield from _corrected(before, found)
    if found and (corrected or form.kind == "case-update"):
        yield from _after_a_decision(before, found)
    yield from _contradicted(before, form, dictionary)
    match form.kind:
        case "decision-record":
            yield from _decided_again(before, form, dictionary)
            yield from _panel_first(before, form)
        case "case-update":
            yield from _death(before, form)
            yield from _unknown_actions(before, form)
        case "agency-return":
            yield from _again(before, form)


def _corrected(before: Case, found: Sequence[Change]) -> Iterator[Query]:
    """The differences of a corrected notification, each as a note."""
    if not found:
        yield _query("note", None, f"{SINCE} {before.version}: no answer differs.")
    for change in found:
        yield _query("note", change.field, f"{SINCE} {before.version}: {change.says}")


def _after_a_decision(before: Case, found: Sequence[Change]) -> Iterator[Query]:
    """Facts that change after a decision are put to the partners; the decision stands as it is recorded."""
    decision = before.decision
    if decision is None or not decision.taken or decision.decided_on is None:
        return
    listed = " ".join(change.says for change in found[:6])
    more = f" And {len(found) - 6} more." if len(found) > 6 else ""
    yield _query(
        "query",
        None,
        f"The facts changed after the partners decided on {_day(decision.decided_on)}. {listed}{more} The decision "
        "stands as it is recorded. Do the partners confirm it? If not, please send a new decision record.",
    )


def _contradicted(before: Case, form: Submission, dictionary: Dictionary) -> Iterator[Query]:
    """Another day for something that an earlier form has dated."""
    if form.kind == "notification":
        return
    for key, fields in DATES.items():
        held = before.dates.get(key)
        for field in fields:
            new = told.day(form.answers, field)
            if held is None or new is None or new == held.day or key in _RECURS or _replaces(before, form, held.form):
                continue
            question = dictionary.of(form.layout).label(field)
            words = f"{_day(new)} is given, and {_day(held.day)} on an earlier form. Which is right?"
            yield _query("query", field, f"{question}: {words}")


def _replaces(before: Case, form: Submission, number: int) -> bool:
    """Whether a form is the newer version of the one with this number, and so corrects it."""
    return before.submissions[number - 1].layout == form.layout and bool(told.text(form.answers, "resend_of"))


def _decided_again(before: Case, form: Submission, dictionary: Dictionary) -> Iterator[Query]:
    """A second decision record stands beside the first, and is asked about where it decides otherwise."""
    earlier, now = before.decision, told.chosen(form.answers, "outcome")
    if earlier is None or not earlier.outcomes or set(now) == set(earlier.outcomes):
        return
    if not now:
        day = f" of {_day(earlier.decided_on)}" if earlier.decided_on else ""
        yield _query("note", "outcome", f"This record gives no decision; the decision{day} stands.")
        return
    words = dictionary.of(form.layout).options["outcome"]
    old, new = ("; ".join(words.get(one, one) for one in outcomes) for outcomes in (earlier.outcomes, now))
    yield _query(
        "query",
        "outcome",
        f"An earlier record decided otherwise. It was: {old}. It is now: {new}. Both are kept; the newer one counts. "
        "Please confirm that the partners decided again.",
    )


def _panel_first(before: Case, form: Submission) -> Iterator[Query]:
    """Regulation 11(d) cannot be met before the Panel has considered the case."""
    if told.text(form.answers, "view_panel") in ("yes", "may") and before.panel_response is None:
        words = "The Panel's view is relied on, but the case holds no response of the Panel. Please send it."
        yield _query("query", "view_panel", words)


def _death(before: Case, form: Submission) -> Iterator[Query]:
    death = told.death(form.answers, 0, date.min)
    if death is None:
        return
    if before.deaths or "died" in told.chosen(before.answers, "nature"):
        yield _query("query", "became_death", "The case already tells of a death. Is this another child?")
    if death.notified_again is None:
        words = "Harm became death. Please tell the Panel again, and give the day with a case update."
        yield _query("query", "notified_again_date", words)


def _unknown_actions(before: Case, form: Submission) -> Iterator[Query]:
    """Progress of an action that the case does not have."""
    known = {action.ref for action in before.actions}
    for row in told.filled_rows(form.answers, "action"):
        ref, says = (told.text(form.answers, f"action_{row}_{part}") for part in ("ref", "text"))
        if ref and not says and ref.upper() not in known:
            listed = ", ".join(sorted(known)) or "none"
            words = f'The case has no action "{ref.upper()}". It has: {listed}. Which one is meant?'
            yield _query("query", f"action_{row}_ref", words)


def _closing(after: Case, form: Submission, *, must_decide: bool) -> Iterator[Query]:
    """A case that owes something stays open, and says what it owes."""
    if told.truth(form.answers, "close_case") is not True:
        return
    owed = tuple(owed_by(after, must_decide=must_decide))
    if owed:
        yield _query("query", "close_case", f"The case cannot be closed yet. {' '.join(owed)}")


def _again(before: Case, form: Submission) -> Iterator[Query]:
    """A second return under one agency's name: it replaces the first only when it says so."""
    name = told.text(form.answers, "agency_name")
    earlier = [one for one in before.returns if told.agency_key(one.agency) == told.agency_key(name)]
    if not earlier or not name:
        return
    if told.replaces(form.answers):
        words = f"This return of {name} replaces the earlier one, which is kept."
        yield _query("note", "agency_name", words)
    else:
        words = (
            f"There is a return of {name} already. Both count. If this one replaces the earlier, please send it again "
            'and say so under "If this replaces an earlier return".'
        )
        yield _query("query", "agency_name", words)


def _query(level: Level, field: str | None, message: str) -> Query:
    return Query(level=level, field=field, message=message)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
