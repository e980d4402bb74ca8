"""The numbers that the tracker counts with, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.deciding.decide import Rulebook
from formflow.rendering.workbook.tally import SOON
from formflow.settings import Settings

_OURS = "formflow.toml"


def counts_of(rules: Rulebook, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What, how much, and its source: the limits of the newest edition of the guidance, then the settings."""
    if rules.guidance.editions:
        newest = max(rules.guidance.editions, key=lambda edition: edition.id)
        for limit in newest.limits.values():
            if limit.months:
                much = f"{limit.months} months"
            elif limit.working_days:
                much = f"{limit.working_days} working days"
            else:
                much = f"{limit.working_days_before} working days before"
            yield limit.title, much, limit.source
    for step in settings.local.milestones:
        yield step.title, f"{step.working_days} working days", f"{_OURS}, local.milestones"
    yield "The rapid review is counted from", rules.rapid_review_starts, f"{_OURS}, deadlines.rapid_review_starts"
    soon = f"{rules.due_soon_working_days} working days"
    yield "Due soon, deadlines", soon, f"{_OURS}, deadlines.due_soon_working_days"
    yield "Due soon, actions", "4 weeks", "formflow"
    yield "Pressing on the summary", f"{SOON} working days", "formflow"
