"""What a case update, a Panel response, an action plan or an answered query sheet must say."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.validating.asked import Asked
from formflow.validating.process import actions, contradicts, in_order, not_in_the_future, progress
from formflow.validating.submission import Query

_ABOUT_THE_FORM = ("case", "record")
"""Sections that say which form this is, and tell nothing of the case."""


def case_update(asked: Asked) -> Iterator[Query]:
    """Everything that does not fit together on a form that tells of a change."""
    yield from _tells_something(asked)
    yield from not_in_the_future(asked)
    yield from in_order(asked, "date_of_death", "death_aware_date", "notified_again_date")
    yield from in_order(asked, "review_meeting_date", "rapid_review_completed_date", "rapid_review_sent_date")
    yield from in_order(asked, "sent_before_publication_date", "published_date")
    yield from in_order(asked, "panel_considered_date", "panel_response_date", "panel_reply_date")
    yield from _death(asked)
    yield from _panel(asked)
    yield from _publication(asked)
    yield from _actions_are_named(asked)
    yield from progress(asked)


def _tells_something(asked: Asked) -> Iterator[Query]:
    told = (field for field in asked.answers.values() if field.state != "blank")
    fields = (asked.dictionary.field(answer.field) for answer in told)
    if all(field is None or field.section in _ABOUT_THE_FORM for field in fields):
        words = "This form tells nothing new: every question but those of who and which case is blank."
        yield Query(level="blocker", field=None, message=words)


def _death(asked: Asked) -> Iterator[Query]:
    if asked.value("became_death") != "yes":
        for field in ("date_of_death", "death_aware_date", "notified_again_date"):
            if asked.answered(field):
                yield contradicts(asked, field, "a day is given, but not that a child has died.")


def _panel(asked: Asked) -> Iterator[Query]:
    if asked.value("panel_local_review") == "yes" and asked.open("panel_considered_date"):
        words = "the Panel finds a local review more appropriate. Please say when it considered the case."
        yield asked.say("query", "panel_considered_date", words)


def _publication(asked: Asked) -> Iterator[Query]:
    if asked.answered("published_date") and asked.open("publication_choice"):
        words = "a day of publication is given. Please say whether the report was published, or only the improvements."
        yield asked.say("query", "publication_choice", words)
    if asked.answered("published_date") and asked.open("sent_before_publication_date"):
        words = "not answered, and the report has been published. It goes to the Panel, the Secretary of State and "
        yield asked.say("query", "sent_before_publication_date", f"{words}Ofsted before that.")


def _actions_are_named(asked: Asked) -> Iterator[Query]:
    """Progress names its action; a plan's new actions are ones that can be followed."""
    if any("_text" in field for field in asked.answers if field.startswith("action_")):
        yield from actions(asked)
        return
    for number in asked.rows("action"):
        if asked.open(f"action_{number}_ref"):
            yield asked.say("query", f"action_{number}_ref", "this row does not say which action it is about.")
