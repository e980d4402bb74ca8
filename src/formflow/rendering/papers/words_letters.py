"""What letters say besides their head: reasons in a few bullets, other areas, the referral, how the review stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.deciding.decision import Finding
from formflow.deciding.duty import other_areas
from formflow.deciding.said import Said
from formflow.deciding.told import IS_A_REVIEW, NEEDS_PUBLICATION, PartnersDecision
from formflow.rendering.papers.about import DECISION_RECORD, About
from formflow.rendering.papers.words import RESULTS
from formflow.rendering.papers.words_decision import views
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import NOT_STATED, Statements, written

MOST = 5
"""Reasons in one letter."""
_BRIEF = 300
"""Characters of a long answer in a letter."""
_LONG = ("immediate_action", "reasons_for", "reasons_against", "national_reasons", "instead", "how_agreed",
         "review_scope", "definition_reasons")  # fmt: skip
_IN_FEW_WORDS = {"The definition of a serious child safeguarding case is met": "The definition is met"}
_PLAIN = {
    "national_referral": "They recommend that the national Panel holds a national review. The Panel decides whether it "
    "does.",
    "local_review": "They will hold a local child safeguarding practice review. A reviewer will look at how agencies "
    "worked, so that all of us can learn from it.",
    "discretionary_local_review": "They will hold a local child safeguarding practice review, although the law does "
    "not ask for one, because they think that there is something to learn.",
    "multi_agency_learning_review": "The agencies will look at their work together in a learning review.",
    "single_agency_learning_review": "One agency will look at its own work in a learning review.",
    "thematic_review": "They will look at this case together with others like it, in a thematic review.",
    "no_further_review": "They will not hold a further review. What was learnt is taken forward without one.",
    "not_notifiable": "They found, on reflection, that what happened did not meet the test for a serious child "
    "safeguarding case.",
}
"""Each outcome as one would tell it to somebody who does not know the guidance."""


def brief(about: About) -> Word:
    """The long answers that a letter quotes, each cut where a letter has no room: by question."""
    made = about.record
    found: dict[str, Word] = {}
    for field in _LONG:
        one = (made or Statements({}, about.dictionary.of(DECISION_RECORD))).of(field)
        if field == "immediate_action" and not one["stated"]:
            one = about.said.of(field)
        found[field] = {**one, "text": in_brief(str(one["text"]))}
    return found


def in_brief(words: str) -> str:
    """The beginning of a long answer, in one paragraph, where the report holds the whole of it."""
    words = " ".join(words.split())
    return words if len(words) <= _BRIEF else f"{words[:_BRIEF].rsplit(' ', 1)[0]} … (in full in the report)"


def reasons(about: About) -> Word:
    """Why the Panel is notified, and why the partners decided as they did: at most five each, by criterion."""
    definition = [one for one in about.decision.findings if one.group == "definition"]
    of_decision = _of_the_decision(about)
    return {
        "to_notify": [_finding(one, about) for one in definition if one.result in ("met", "may_be_met")][:MOST],
        "of_decision": of_decision[:MOST],
        "more": max(0, len(of_decision) - MOST),
        "theirs": bool(_views_said(about)),
    }


def outcome(about: About) -> Word:
    """What the partners decided, as letters ask for it."""
    made = about.case.decision
    taken = made is not None and made.taken
    outcomes = made.outcomes if made is not None and taken else ()
    defined = 1 if made is not None and made.definition_met is not None else 0  # their view of it is the first
    return {
        "plain": list(_plainly(outcomes)),
        "withdrawn": "not_notifiable" in outcomes,
        "decided_by": [_decided(made, n) for n in range(len(made.partners)) if made.partners[n].name] if made else [],
        "found": [title for title, view, _ in _views_said(about)[defined:] if view in ("Yes", "May")],
        "not_found": [title for title, view, _ in _views_said(about)[defined:] if view == "No"],
        "definition": made.definition_met is True if defined and made is not None else False,
        "definition_said": bool(defined),
    }


def cross_border(about: About) -> Word:
    """The other authorities that the form names, and whether one of them has the duty to notify."""
    said = Said(about.case.answers, about.said.dictionary)
    recipients = about.decision.duty.recipients
    elsewhere = "other_authority_in_whose_area" in recipients
    fields = other_areas(said, about.settings.partnership.local_authority)
    named = {about.said.text(field).casefold(): about.said.of(field) for field in reversed(fields)}
    return {
        "names": list(reversed(named.values())),
        "in_its_area": elsewhere,
        "to_be_told": elsewhere or ("other_authorities" in recipients and about.decision.duty.notify == "yes"),
        "why": [_finding(one, about) for one in about.decision.findings if one.key == "cross_border"
                and one.result in ("met", "may_be_met")],
    }  # fmt: skip


def referral(about: About) -> Word:
    """The agency that sent the notification, where it is not the council's children's social care."""
    said, agency = about.said, about.said.text("notifier_agency")
    told = about.record.text("referrer_told_date") if about.record is not None else ""
    parts = ("notifier_name", "notifier_role", "notifier_organisation")
    return {
        "to": [words for part in parts if (words := said.text(part))],
        "agency": agency,
        "on": said.text("date_completed") or (written(about.case.received[0]) if about.case.received else NOT_STATED),
        "told": told,
    }


def review(about: About) -> Word:
    """How the local review stands: when it is due, and what has been learnt and acted on already."""
    held = {one.key: one for one in about.decision.deadlines}
    due, sent = held.get("local_review"), about.case.done("send_before_publication")
    completed = about.case.done("local_review")
    return {
        "due": written(due.due) if due and due.due else NOT_STATED,
        "overdue": due is not None and due.state == "overdue",
        "completed": written(completed) if completed else "",
        "sent_before_publication": written(sent) if sent else "",
        "delay_told": written(day) if (day := about.case.done("delay_told")) else "",
        "acted_on": list(_acted_on(about))[:MOST],
    }


def steps(about: About) -> Word:
    """The days of the rapid review, by their keys: those that can be worked out."""
    wanted = ("agency_returns", "rapid_review_meeting", "rapid_review")
    return [
        {"key": key, "title": one.title, "due": written(one.due), "done": written(one.done) if one.done else ""}
        for key in wanted
        for one in about.decision.deadlines
        if one.key == key and one.due is not None
    ]


def _plainly(outcomes: Sequence[str]) -> Iterator[Word]:
    """What was decided, a sentence or two for each outcome; a learning review is not a local review, and says so."""
    if IS_A_REVIEW & set(outcomes) and not NEEDS_PUBLICATION & set(outcomes):
        yield "They will not hold a local child safeguarding practice review."
    yield from (_PLAIN[one] for one in outcomes if one in _PLAIN)


def _finding(one: Finding, about: About) -> Word:
    return {
        "criterion": one.title,
        "says": about.shown.said(one.reason),
        "result": RESULTS[one.result],
        "source": one.source,
    }


def _views_said(about: About) -> list[tuple[str, str, str]]:
    said = about.record or Statements({}, about.dictionary.of(DECISION_RECORD))
    return [(str(one["title"]), str(one["view"]), str(one["reason"])) for one in _flat(said)]


def _flat(said: Statements) -> Iterator[Words]:
    for one in views(said):
        view, reason = one["view"], one["reason"]
        assert isinstance(view, dict) and isinstance(reason, dict)  # noqa: S101, PT018 - both are statements
        yield {"title": one["title"], "view": str(view["text"]),
               "reason": str(reason["text"]) if reason["stated"] else ""}  # fmt: skip


def _of_the_decision(about: About) -> list[Word]:
    """The partners' views with their reasons; those that speak the way they decided come first."""
    made = about.case.decision
    for_review = made is not None and bool({"national_referral", *IS_A_REVIEW} & set(made.outcomes))
    first = ("Yes", "May") if for_review else ("No",)
    found = sorted(_views_said(about), key=lambda one: one[1] not in first)
    found = [(_IN_FEW_WORDS.get(title, title), view, reason) for title, view, reason in found]
    if found:
        speaks = [one for one in found if one[1] in first]
        found = speaks if for_review and speaks else found
        return [{"criterion": title, "says": in_brief(reason), "result": view} for title, view, reason in found]
    return [_finding(one, about) for one in about.decision.findings if one.group in ("criteria", "circumstances")
            and one.result in ("met", "may_be_met")]  # fmt: skip


def _decided(made: PartnersDecision, number: int) -> str:
    view = made.partners[number]
    agrees = {True: "agrees", False: "does not agree", None: "view not recorded"}[view.agrees]
    return f"{view.name}{f', {view.role}' if view.role else ''}: {agrees}"


def _acted_on(about: About) -> Iterator[Word]:
    """Actions that are done, and learning that agencies and partners say they have shared."""
    for one in about.case.actions:
        if one.discharged and one.text:
            yield f"{in_brief(one.text)}{f' (done on {written(one.closed)})' if one.closed else ''}"
    for held in about.case.returns:
        if words := about.statements_of(held.form).text("learning_shared"):
            yield f"{held.agency}: {in_brief(words)}"
    if about.record is not None and (words := about.record.text("learning")):
        yield in_brief(words)
