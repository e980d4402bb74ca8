"""What the form of a serious case review of the earlier rules must say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from formflow.validating.asked import Asked
from formflow.validating.process import actions, in_order, not_in_the_future, progress
from formflow.validating.submission import Query

LAST_DAY = date(2020, 9, 29)
"""The last day for completing and publishing a serious case review, whatever day the arrangements began."""


def legacy_review(asked: Asked) -> Iterator[Query]:
    """Everything that does not fit together on a legacy review form."""
    yield from not_in_the_future(asked)
    yield from in_order(asked, "incident_date", "commissioned_date", "review_completed_date", "published_date")
    yield from _commissioned_in_time(asked)
    yield from _handed_over(asked)
    yield from actions(asked, ("owner", "due"))
    yield from progress(asked)


def _commissioned_in_time(asked: Asked) -> Iterator[Query]:
    """No new review could be commissioned once the partners' arrangements operated."""
    commissioned, began = asked.day("commissioned_date"), asked.day("arrangements_date")
    if commissioned and began and commissioned >= began:
        words = "by then the partners' own arrangements had begun, and no serious case review could be commissioned."
        yield asked.say("query", "commissioned_date", f"{words} Please check both dates.")


def _handed_over(asked: Asked) -> Iterator[Query]:
    """What was not published in time goes to the partners, the Panel and the Department."""
    if asked.today > LAST_DAY and asked.open("published_date") and asked.open("handed_over_date"):
        words = (
            "the review is not published, and the last day for it, 29 September 2020, has passed. Please hand it to "
            "the safeguarding partners, the Panel and the Department for Education, and give the day."
        )
        yield asked.say("query", "handed_over_date", words)
    to = asked.value("handed_over_to")
    if isinstance(to, tuple) and len(to) < len(asked.dictionary.options["handover"]):
        yield asked.say("query", "handed_over_to", "it goes to all three. Please say when the others were given it.")
