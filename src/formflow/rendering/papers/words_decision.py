"""What the partners decided, who is told, what was promised: the words of papers about the decision and after it."""

from __future__ import annotations

from datetime import date

from formflow.deciding.actions import Action
from formflow.deciding.decision import Telling
from formflow.deciding.told import NEEDS_PUBLICATION, PartnersDecision, PartnerView
from formflow.rendering.names.shown import Shown
from formflow.rendering.papers.about import DECISION_RECORD, LEGACY, About
from formflow.rendering.papers.words import RECIPIENTS, ROUTES, STATUS, listed
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import NOT_STATED, Statements, written

_VIEWS = {True: "Agrees", False: "Does not agree", None: "Not recorded"}
_VIEWS_ASKED = {
    "definition_met": ("The definition of a serious child safeguarding case is met", "definition_reasons"),
    **{
        f"view_{key}": (title, f"view_{key}_reason")
        for key, title in {
            "improvements": "Improvements needed",
            "recurrent_themes": "Recurrent themes",
            "agencies_together": "Agencies working together",
            "panel": "The Panel finds a local review more appropriate",
            "single_agency": "Concern about a single agency",
            "no_involvement": "No agency was involved, and that is a concern",
            "cross_border": "More than one area is involved",
            "institutional": "Children in institutional settings",
        }.items()
    },
}
"""The questions of the decision record about the tests, with the words of the report and where the reasons stand."""
_PLAN = "formflow-acp-1"
_TO = {
    "national_referral": "to recommend a national review",
    "local_review": "to hold a local child safeguarding practice review",
    "discretionary_local_review": "to hold a local review although the definition is not met",
    "multi_agency_learning_review": "to hold a multi-agency learning review",
    "single_agency_learning_review": "to hold a single-agency learning review",
    "thematic_review": "to hold a thematic review, with other cases",
    "no_further_review": "to hold no further review",
    "not_notifiable": "that the incident was not notifiable",
}
"""What they decided, as their decision in one sentence goes on."""
_NATIONAL = {
    "commissions": "The Panel commissions a national review",
    "considering": "The Panel is still considering a national review",
    "does_not": "The Panel does not commission a national review",
}
_GROUNDS = {
    "national_improvements": "Improvements needed nationally",
    "legislative_change": "A change of law, or of guidance under it",
    "national_recurrent_themes": "Themes that recur nationally",
}
_REVIEW_DATES = ("agencies_asked", "returns_due", "rapid_review_meeting", "rapid_review_completed", "rapid_review",
                 "notify_panel", "tell_partners")  # fmt: skip


def decision(about: About) -> Word:
    """The partners' decision as its record gives it; `taken` is false while outcome and day are not both recorded."""
    made, said = about.case.decision, about.record
    if made is None or said is None:
        said = _no_statements(about, DECISION_RECORD)
    health = about.decision.terms.get("health_partner", "health partner")
    held = made.partners if made is not None else ()
    return {
        "taken": made is not None and made.taken,
        "recorded": made is not None,
        "form": said.all_once(),
        "outcomes": [ROUTES.get(one, one) for one in made.outcomes] if made else [],
        "in_words": _in_words(made),
        "on": written(made.decided_on) if made and made.decided_on else NOT_STATED,
        "is_a_review": bool(made and NEEDS_PUBLICATION & set(made.outcomes)),
        "national_recommended": bool(made and "national_referral" in made.outcomes),
        "views": list(views(said)),
        "grounds": [
            {"title": _GROUNDS[ground], "reason": said.of(f"ground_{ground}_reason")}
            for ground in (made.national_grounds if made else ())
        ],
        "partners": [_partner(view, health, about.shown) for view in held],
        "dissent": [_partner(view, health, about.shown) for view in held if view.agrees is False],
        "silent": listed([_body(view, health) for view in held if view.agrees is None]),
        "target": written(made.target) if made and made.target else NOT_STATED,
        "themes": [_theme(about, theme) for theme in about.case.themes],
    }


def reviewer(about: About) -> Word:
    """The reviewer whom the newest form names; `named` is false while none is."""
    found = about.case.reviewer
    return {
        "named": found is not None,
        "name": about.shown.answer("reviewer_name", found.name) if found else "To be confirmed",
        "organisation": (found.organisation if found else "") or NOT_STATED,
        "appointed": written(found.appointed) if found and found.appointed else NOT_STATED,
    }


def panel(about: About) -> Word:
    """What the Panel answered to the rapid review; `answered` is false while nothing has come."""
    found = about.case.panel_response
    agrees = {True: "agrees with the partners' decision", False: "does not agree with the partners' decision"}
    return {
        "answered": found is not None,
        "on": written(found.on) if found and found.on else NOT_STATED,
        "agrees": agrees.get(found.agrees, "does not say whether it agrees") if found and found.agrees is not None
        else "does not say whether it agrees",
        "national": _NATIONAL.get(found.national, "What the Panel does about a national review is not stated")
        if found else "",
        "reply_by": written(found.reply_by) if found and found.reply_by else "",
        "words": about.shown.cover(found.words) if found else "",
    }  # fmt: skip


def actions(about: About) -> Word:
    """Every action of the case, as the newest form that speaks of it leaves it."""
    words = about.dictionary.of(_PLAN).options.get("action_status", {})
    return [_action(one, words.get(one.status, "Not stated"), about) for one in about.case.actions]


def tell(about: About) -> Word:
    """Everybody who must be told of something, by event of the guidance."""
    return {one.event: _telling(one) for one in about.decision.tell}


def done(about: About) -> Word:
    """When each step of the process was done, as the forms tell it; empty while none does."""
    return {key: written(day) if (day := about.case.done(key)) else "" for key in _REVIEW_DATES}


def publication(about: About) -> Word:
    """What becomes of a review's report."""
    found = about.case.publication
    choices = {"publish": "The report is to be published", "improvements_only": "Only the improvements are published"}
    return {
        "choice": choices.get(found.choice, "Not decided yet, as far as the forms tell"),
        "planned": _day(found.planned),
        "published": _day(found.published),
        "why_not": about.shown.cover(found.why_not),
        "improvements_only": found.choice == "improvements_only",
    }


def legacy(about: About) -> Word:
    """The serious case review of the earlier rules, where the case is one."""
    found = about.case.legacy
    return {
        "is": found is not None,
        "commissioned": _day(found.commissioned if found else None),
        "arrangements_from": _day(found.arrangements_from if found else None),
        "completed": _day(found.completed if found else None),
        "published": _day(found.published if found else None),
        "why_not": about.shown.cover(found.why_not) if found else "",
        "handed_over": _day(about.case.done("handed_over")),
        "form": (about.statements_of(found.form) if found else _no_statements(about, LEGACY)).all_once(),
    }


def changed(about: About) -> Word:
    """What came to light after the notification: harm that became death, a national review suggested by it."""
    suggested, deaths = about.case.national_suggested, about.case.deaths
    forms = [about.statements_of(number) for number, _, _ in about.case.forms("case-update")]
    return {
        "national_suggested": suggested is not None,
        "national_on": written(suggested.day) if suggested else "",
        "national_why": _newest(forms, "national_new_information"),
        "became_death": bool(deaths),
        "death_on": _day(deaths[-1].on if deaths else None),
        "death_known_on": _day(deaths[-1].known_on if deaths else None),
        "death_notified": _day(deaths[-1].notified_again if deaths else None),
        "delayed": _newest(forms, "delayed") == "Yes",
        "delay_reasons": _newest(forms, "delay_reason"),
        "delay_until": _newest(forms, "review_target_date"),
    }


def _no_statements(about: About, layout: str) -> Statements:
    return Statements({}, about.dictionary.of(layout), shown=about.shown)


def views(said: Statements) -> list[Words]:
    """What the partners think of the definition, each criterion and each circumstance, where they say so."""
    return [
        {"title": title, "view": said.of(field), "reason": said.of(reason)}
        for field, (title, reason) in _VIEWS_ASKED.items()
        if said.text(field)
    ]


def _newest(forms: list[Statements], field: str) -> str:
    return next((words for said in reversed(forms) if (words := said.text(field))), "")


def _day(day: date | None) -> str:
    return written(day) if day else NOT_STATED


def _in_words(made: PartnersDecision | None) -> str:
    """The decision in one sentence."""
    if made is None or not made.outcomes:
        return "No decision is recorded yet"
    when = f" on {written(made.decided_on)}" if made.decided_on else ", on a day that is not recorded,"
    return f"The partners decided{when} {listed([_TO.get(one, one) for one in made.outcomes])}"


def _body(view: PartnerView, health: str) -> str:
    return {"local_authority": "the local authority", "icb": f"the {health}", "police": "the police"}[view.partner]


def _partner(view: PartnerView, health: str, shown: Shown) -> Words:
    body = _body(view, health).removeprefix("the ")
    return {
        "partner": body[:1].upper() + body[1:],
        "name": shown.answer(f"partner_{view.partner}_name", view.name) or NOT_STATED,
        "role": view.role,
        "view": _VIEWS[view.agrees],
        "agrees": view.agrees is True,
        "reason": shown.cover(view.reason),
        "on": shown.day(view.on) if view.on else NOT_STATED,
    }


def _theme(about: About, theme: str) -> str:
    return about.dictionary.of(DECISION_RECORD).options.get("theme", {}).get(theme, theme)


def _action(one: Action, stand: str, about: About) -> Words:
    on, shown = about.decision.on, about.shown
    due = one.due_now
    state = "done" if one.discharged else "not_started" if due is None else "overdue" if due < on else "to_come"
    word, fill, white = STATUS[state]
    return {
        "ref": one.ref,
        "text": shown.cover(one.text) or NOT_STATED,
        "recommendation": shown.cover(one.recommendation),
        "owner": shown.answer("action_N_owner", one.owner) or NOT_STATED,
        "agency": one.agency,
        "due": written(due) if due else "No day agreed",
        "revised": written(one.revised) if one.revised else "",
        "measure": shown.cover(one.measure) or NOT_STATED,
        "stand": stand,
        "status": word,
        "fill": fill,
        "white": white,
        "evidence": shown.cover(one.evidence),
        "impact": shown.cover(one.impact),
        "closed": written(one.closed) if one.closed else "",
    }


def _telling(one: Telling) -> Words:
    word, fill, white = STATUS[one.state]
    return {
        "title": one.title,
        "who": {"local_authority": "the local authority"}.get(one.who, one.who.replace("_", " ")),
        "to": [{"name": to.name, "told": written(to.told) if to.told else ""} for to in one.to],
        "to_in_words": listed([to.name for to in one.to]) or RECIPIENTS["safeguarding_partners"],
        "what": one.what,
        "due": written(one.due) if one.due else "",
        "by": f"by {written(one.due)}" if one.due else one.by,
        "status": word,
        "fill": fill,
        "white": white,
        "source": one.source + ("" if one.confirmed else " (to be confirmed)"),
    }
