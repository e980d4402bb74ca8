"""The door: a form without blockers goes on, any other goes back with everything that is to be mended."""

from __future__ import annotations

from formflow.errors import Returned
from formflow.validating.submission import Submission


def accept(submission: Submission) -> Submission:
    """The submission itself when it can be taken. Raises `Returned` with every blocker at once."""
    problems = tuple(query.message for query in submission.blockers)
    if not problems:
        return submission
    if submission.kind in ("not-a-form", "unreadable"):
        raise Returned(submission.kind, problems[0], problems)
    things = "1 thing" if len(problems) == 1 else f"{len(problems)} things"
    raise Returned("to-mend", f"{things} on this form must be mended before it can be taken.", problems)
