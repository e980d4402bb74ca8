"""The forms that go out with what is known already written in, and are read back when they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formflow.deciding.actions import Action
from formflow.deciding.case import Case
from formflow.deciding.questions import OpenQuestion, open_questions
from formflow.deciding.told import day, text
from formflow.extracting.form import Answer
from formflow.rendering.forms.blank_plan import load_blank
from formflow.rendering.forms.blank_word import blank_word, kept_blank
from formflow.rendering.forms.fill_word import fill_each, fill_word
from formflow.rendering.forms.filled import Raw
from formflow.rendering.forms.query_sheet import query_sheet
from formflow.rendering.papers.about import DECISION_RECORD, About
from formflow.rendering.papers.occasions import OCCASIONS
from formflow.rendering.papers.words_request import RETURN_FORM, agencies_named, period, searched
from formflow.rendering.statements import Statements, written

AGENCY_RETURN, ACTION_PLAN = "formflow-air-1", "formflow-acp-1"
_RECORD, _PLAN, _QUERIES = "record-to-complete", "action-plan-to-update", "query-sheet"
_NEW_ACTIONS = 2
"""Empty blocks after the actions that there are."""
_ACTION = ("ref", "theme", "recommendation", "text", "owner", "agency", "group", "status", "start", "due", "measure",
           "revised", "closed", "revised_reason", "evidence", "impact")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A kind of prefilled form. None goes by a name that a form goes by when it has been received."""

    called: str
    """How its name begins, between reference and version: `return-form`."""
    drawn_by: frozenset[str]
    """Kinds of form that may change what is written in it; `answers` as in `papers.toml`."""
    names: Callable[[About], Sequence[str]]
    """What each is called; none while there is no occasion for it."""
    made: Callable[[About], Iterator[bytes]]
    """Each as `.docx`, in the same order."""


def _return_form_names(about: About) -> Sequence[str]:
    if not OCCASIONS["rapid_review"](about.case, about.decision):
        return ()
    named = range(1, len(agencies_named(about.case)) + 1)
    return (*(f"{RETURN_FORM}-{number}" for number in named), f"{RETURN_FORM}-other")


def return_forms(about: About) -> Iterator[bytes]:
    """A return form for each agency that the notification names, then one for any other."""
    asked = about.dictionary.of(AGENCY_RETURN)
    blank = kept_blank(asked, about.settings.partnership)
    start, end = period(about)
    answers: dict[str, object] = {"case_ref": about.case.ref, "search_for": searched(about.said)}
    answers |= {"period_from": start.isoformat(), "period_to": end.isoformat()} if start and end else {}
    if happened := day(about.case.answers, "incident_date"):
        answers["incident_date"] = happened.isoformat()
    yield from fill_each(blank, answers, "agency_name", agencies_named(about.case), asked)
    yield fill_word(blank, answers, asked)


def record_to_complete(about: About) -> Iterator[bytes]:
    """The decision record with what an earlier record says and what else is known, for the partners to complete."""
    asked, case = about.dictionary.of(DECISION_RECORD), about.case
    known: dict[str, object] = {"case_ref": case.ref}
    if happened := day(case.answers, "incident_date"):
        known["incident_date"] = happened.isoformat()
    if ref := text(case.answers, "national_ref"):
        known["national_ref"] = ref
    for field, key in _DAYS.items():
        if when := case.done(key):
            known[field] = when.isoformat()
    if considered := _considered(about):
        known["agencies_considered"] = considered
    if case.decision is not None:
        known |= _again(about.statements_of(case.decision.form))
    yield fill_word(kept_blank(asked, about.settings.partnership), known, asked)


_DAYS: Mapping[str, str] = {
    "review_meeting_date": "rapid_review_meeting",
    "rapid_review_completed_date": "rapid_review_completed",
    "rapid_review_sent_date": "rapid_review",
    "national_date": "notify_panel",
    "partners_told_date": "tell_partners",
}


def _considered(about: About) -> str:
    held = {True: "holds nothing", False: "return"}
    return "\n".join(f"{one.agency}: {held[one.nothing_held]}, {written(one.received)}" for one in about.case.returns)


def _again(said: Statements) -> dict[str, object]:
    """What a form says, to be written once more; who completed it and when is for the next one to say."""
    asked = said.dictionary
    return {
        name: _value(answer)
        for name, answer in said.answers.items()
        if answer.state == "answered" and (field := asked.field(name)) is not None and field.section != "record"
    }


def _value(answer: Answer) -> object:
    uncertain = answer.precision not in (None, "day")
    return Raw(answer.raw) if uncertain else answer.value


def plan_to_update(about: About) -> Iterator[bytes]:
    """The action plan with every action as it stands, for progress to be written in."""
    asked, actions = about.dictionary.of(ACTION_PLAN), about.case.actions
    blank = load_blank(ACTION_PLAN).model_copy(update={"cards": {"action": len(actions) + _NEW_ACTIONS}})
    answers: dict[str, object] = {"case_ref": about.case.ref} | _of_the_plan(about.case)
    for number, action in enumerate(actions, 1):
        answers |= {f"action_{number}_{part}": value for part, value in _written(action)}
    yield fill_word(blank_word(asked, about.settings.partnership, blank), answers, asked)


def _written(action: Action) -> Iterator[tuple[str, object]]:
    for part in _ACTION:
        if value := getattr(action, part):
            yield part, value if isinstance(value, str) else value.isoformat()


def _of_the_plan(case: Case) -> dict[str, object]:
    """Where the plan comes from, its group and its holder, as the newest plan says; else what it must come from."""
    plans = [form.answers for _, _, form in case.forms("case-update") if form.layout == ACTION_PLAN]
    found: dict[str, object] = {
        field: words
        for field in ("plan_source", "plan_group", "plan_owner")
        if (words := next((said for answers in reversed(plans) if (said := text(answers, field))), ""))
    }
    if case.legacy is not None:
        return {"plan_source": "legacy_review"} | found
    after = "local_review" if case.done("local_review") else "rapid_review"
    return ({"plan_source": after} | found) if case.decision is not None else found


def _asked(about: About) -> Sequence[OpenQuestion]:
    """The questions the notification leaves open; what is only to be checked is not the sender's."""
    return [one for one in open_questions(about.case) if one.kind == "notification" and not one.query.check]


def _sheet(about: About) -> Iterator[bytes]:
    yield query_sheet(about.case.ref, _asked(about), about.dictionary, about.settings.partnership)


def _once(name: str, occasion: str) -> Callable[[About], Sequence[str]]:
    """The one name of a form that is drawn on an occasion."""
    return lambda about: (name,) if OCCASIONS[occasion](about.case, about.decision) else ()


PREFILLED: Sequence[Prefilled] = (
    Prefilled(RETURN_FORM, frozenset({"notification", "answers"}), _return_form_names, return_forms),
    Prefilled(
        _RECORD,
        frozenset({"notification", "answers", "agency-return", "decision-record", "case-update"}),
        _once(_RECORD, "undecided"),
        record_to_complete,
    ),
    Prefilled(
        _PLAN,
        frozenset({"agency-return", "decision-record", "case-update", "legacy-review"}),
        _once(_PLAN, "actions_agreed"),
        plan_to_update,
    ),
    Prefilled(_QUERIES, frozenset({"answers"}), lambda about: (_QUERIES,) if _asked(about) else (), _sheet),
)
"""Every kind, in the order in which they are drawn."""


def is_prefilled(name: str) -> bool:
    """Whether a paper is one of these forms, by its name between reference and version: `return-form-2`."""
    return name.startswith(tuple(form.called for form in PREFILLED))
