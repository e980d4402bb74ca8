"""What must be done by when after the partners' decision: the local review, its publication, actions, old reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from formflow.deciding.clock import Clock, every, months_after
from formflow.deciding.decision import Deadline
from formflow.deciding.edition import Edition, Guidance, Legacy
from formflow.deciding.progress import Agreed, Progress
from formflow.local import Local

_PARTNERS = "safeguarding_partners"
ALL_BEGAN = date(2019, 9, 29)
"""By this day the arrangements had to operate everywhere (WT 2018, transition); what counts while the partnership has
not said when its own began."""


def began(local: Local) -> date:
    """The day the partners' own arrangements began to operate, or the last day they could have."""
    return local.arrangements_began or ALL_BEGAN


def review_deadlines_of(since: Progress, guidance: Guidance, clock: Clock, local: Local) -> Iterator[Deadline]:
    """The deadlines of everything that follows the partners' decision; none before there is one."""
    if since.review_agreed is not None:
        edition = guidance.review_on(since.review_agreed, began(local))
        if edition is not None and edition.regime == "practice_review":
            yield from _local_review(since, since.review_agreed, edition, clock, local)
    if since.legacy is not None:
        yield from _legacy(since, guidance, clock, local)
    for action in since.actions:
        if not action.settled or action.done is not None:
            yield _action(action, clock)


def _local_review(since: Progress, agreed: date, edition: Edition, clock: Clock, local: Local) -> Iterator[Deadline]:
    finished = since.published if since.published and not since.review_complete else since.review_complete
    yield clock.limit(edition, "local_review", agreed, finished, who=_PARTNERS)
    if finished is None:
        yield _monitoring(since, agreed, clock, local)
    if since.publication_planned is not None or since.published is not None:
        start = since.published or since.publication_planned
        yield clock.limit(edition, "send_before_publication", start, since.sent_before_publication, who=_PARTNERS)


def _monitoring(since: Progress, agreed: date, clock: Clock, local: Local) -> Deadline:
    """SI 2018/789 reg 14: the partners look at the time taken and the quality of the review at regular intervals."""
    start = max((agreed, *since.monitored))
    due = every(agreed, local.monitor_every_days, since.monitored)
    rule = f"{local.monitor_every_days} days after the review was last looked at (a setting of this partnership)"
    return Deadline(
        "monitor_review", "Look at the review's progress and quality", start, due, None, clock.state(due, None), rule,
        "SI 2018/789 reg 14", (), None, True, None, _PARTNERS,
    )  # fmt: skip


def legacy_due(rules: Legacy, local: Local) -> date:
    """The last day for a serious case review: a year after the partners began, and never after 29 September 2020."""
    return min(months_after(began(local), rules.months), rules.last_day)


def ended_by(guidance: Guidance) -> tuple[Edition, Legacy] | None:
    """The edition that ended serious case reviews, and how; None when none is held."""
    return next(((edition, edition.legacy) for edition in guidance.editions if edition.legacy), None)


def _legacy(since: Progress, guidance: Guidance, clock: Clock, local: Local) -> Iterator[Deadline]:
    """An old review is done only when it is completed and published; after its day the case is handed over."""
    found = ended_by(guidance)
    if found is None or since.legacy is None:
        return
    edition, rules = found
    known = local.arrangements_began or since.legacy.arrangements_began
    local = local.model_copy(update={"arrangements_began": known})
    due = legacy_due(rules, local)
    done = since.legacy.finished
    handed = [t.on for t in since.told if t.event == "legacy_unfinished"]
    yield Deadline(
        "legacy_review", "Complete and publish the serious case review", began(local), due, None,
        clock.state(due, done), rules.rule, rules.source, (), done,
        rules.confirmed and local.arrangements_began is not None, rules.months, "local_safeguarding_children_board",
        (), edition.id,
    )  # fmt: skip
    if done is None and clock.on > due:
        told = max(handed) if len(handed) >= len(edition.events["legacy_unfinished"].to) else None
        yield Deadline(
            "legacy_hand_over", "Hand the unfinished serious case review over", due, due, None,
            clock.state(due, told), "at the end of its time, to everybody whom the edition names",
            rules.source, (), told, rules.confirmed, None, "local_safeguarding_children_board", (), edition.id,
        )  # fmt: skip


def _action(action: Agreed, clock: Clock) -> Deadline:
    """An action, due on the day its agency agreed to."""
    return Deadline(
        f"action:{action.ref}", f"Action {action.ref}", action.agreed, action.due, None,
        clock.state(action.due, action.done), "the day agreed in the action plan", "Action plan", (), action.done,
        True, None, action.agency,
    )  # fmt: skip
