"""What is handed over when a serious case review of the earlier rules was not finished in its time."""

from __future__ import annotations

from datetime import date

from formflow.deciding.actions import Action
from formflow.deciding.told import chosen
from formflow.rendering.papers.about import About
from formflow.rendering.plain import Word
from formflow.rendering.statements import written

_FORMS = {"notification": "Notification", "agency-return": "Agency return", "decision-record": "Decision record",
          "case-update": "Case update", "legacy-review": "Form of the serious case review"}  # fmt: skip

_TO = {
    "partners": "The safeguarding partners",
    "panel": "The Child Safeguarding Practice Review Panel",
    "dfe": "The Department for Education",
}
"""By the options of the form of the serious case review."""


def hand_over(about: About) -> Word:
    """To whom the case goes, what is done and what is open of the review and its actions."""
    case, tell = about.case, about.telling("legacy_unfinished")
    found = case.legacy
    due = next((one.due for one in about.decision.deadlines if one.key in ("legacy_hand_over", "legacy_review")), None)
    done = {
        "The review was commissioned": found.commissioned if found else None,
        "The review was completed": found.completed if found else None,
        "The report was published": found.published if found else None,
    }
    left = {
        "The review was commissioned": "The day on which the review was commissioned is not on the forms.",
        "The review was completed": "The review is not completed, as far as the forms tell.",
        "The report was published": "The report is not published, as far as the forms tell.",
    }
    actions = case.actions
    return {
        "to": [_addressee(to.name, to.told) for to in tell.to] if tell else _by_the_form(about),
        "ended": written(due) if due else "",
        "done": [*(f"{words} on {written(day)}." for words, day in done.items() if day), *_discharged(actions)],
        "open": [*(left[words] for words, day in done.items() if not day), *_open(actions)],
    }


def _addressee(name: str, told: date | None) -> Word:
    return {"name": name[:1].upper() + name[1:], "told": written(told) if told else ""}


def _by_the_form(about: About) -> list[Word]:
    """The three whom the transition rules name, with the day where the form says that the case was handed to them."""
    found, told = about.case.legacy, about.case.done("handed_over")
    to = chosen(about.case.submissions[found.form - 1].answers, "handed_over_to") if found else ()
    return [_addressee(name, told if key in to else None) for key, name in _TO.items()]


def documents(about: About) -> Word:
    """Every form of the case as it lies in its folder: what it is, when it came, and its name without its ending."""
    return [
        {
            "number": number,
            "what": _FORMS.get(form.kind, form.kind),
            "received": written(day),
            "file": f"{about.case.ref}_{'form' if form.kind == 'notification' else form.kind}_v{number}_{day:%Y%m%d}",
        }
        for number, day, form in about.case.forms()
    ]


def _discharged(actions: tuple[Action, ...]) -> list[Word]:
    done = sum(1 for one in actions if one.discharged)
    return [f"{done} of {len(actions)} actions {'is' if done == 1 else 'are'} complete or given up with a reason."] \
        if done else []  # fmt: skip


def _open(actions: tuple[Action, ...]) -> list[Word]:
    left = sum(1 for one in actions if not one.discharged)
    if left == 1:
        return ["1 action is still to be done; it stands below."]
    return [f"{left} actions are still to be done; they stand below."] if left else []
