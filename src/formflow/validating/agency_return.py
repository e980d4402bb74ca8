"""What an agency return must say: what the agency held and did, or that it holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.validating.asked import Asked
from formflow.validating.process import actions, contradicts, in_order, not_in_the_future
from formflow.validating.submission import Query

_HELD = ("involvement_summary", "involvement_from", "involvement_to", "records_seen", "analysis_episodes")


def agency_return(asked: Asked) -> Iterator[Query]:
    """Everything that does not fit together on an agency return."""
    yield from not_in_the_future(asked)
    yield from in_order(asked, "period_from", "period_to")
    yield from in_order(asked, "involvement_from", "involvement_to")
    yield from in_order(asked, "incident_date", "request_date", "declared_date")
    yield from _something_or_nothing(asked)
    yield from _records(asked)
    yield from _chronology(asked)
    yield from actions(asked)


def _something_or_nothing(asked: Asked) -> Iterator[Query]:
    """A nil return is said by its tick: blank is never "nothing held"."""
    nothing = asked.value("nothing_held") == "yes"
    said = [field for field in _HELD if asked.answered(field)]
    if nothing and (said or asked.rows("event")):
        yield contradicts(asked, "nothing_held", "ticked, but involvement is described as well.")
    if not nothing and not said and not asked.rows("event"):
        words = (
            "the return says neither what you hold nor that you hold nothing. Please describe your involvement in "
            "section 4, or tick this box."
        )
        yield asked.say("blocker", "nothing_held", words)


def _records(asked: Asked) -> Iterator[Query]:
    if asked.value("records_secured") == "no":
        words = "the records are not secured yet. Please secure them now, and say when that was done."
        yield asked.say("query", "records_secured", words)
    if asked.value("still_involved") == "yes" and asked.answered("involvement_to"):
        yield contradicts(asked, "involvement_to", "a last contact is given, but you say you are still involved.")


def _chronology(asked: Asked) -> Iterator[Query]:
    """A row of the chronology has its date, what happened, and the record it comes from."""
    for number in asked.rows("event"):
        start = f"event_{number}_"
        if asked.open(f"{start}event"):
            yield asked.say("query", f"{start}event", "this row does not say what happened.")
        elif asked.open(f"{start}date"):
            yield asked.say("query", f"{start}date", "this row has no date, so it cannot be put in order.")
        elif asked.open(f"{start}source"):
            yield asked.say("note", f"{start}source", "this row does not say from which record it comes.")
