"""The cases of the register as the tracker needs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from formflow.deciding.decide import decide
from formflow.pipeline import Pipeline, stage_plan
from formflow.recording.record import CaseRecord
from formflow.rendering.workbook.tracker import Desk
from formflow.rendering.workbook.tracker_sheets import CaseLine


def line_of(pipeline: Pipeline, record: CaseRecord, made_at: datetime) -> CaseLine:
    """A case, decided for the day."""
    decision = decide(record.case, pipeline.rules, made_at.date(), pipeline.history)
    plan = stage_plan(pipeline.folder)
    return CaseLine(record.ref, record.case, decision, record.opened, record.notes, plan, record.endings)


def lines_of(pipeline: Pipeline, made_at: datetime) -> Iterator[CaseLine]:
    """Every case, decided for the day, a few at a time however many there are."""
    for record in pipeline.register.each_case():
        yield line_of(pipeline, record, made_at)


def desk_of(pipeline: Pipeline, made_at: datetime) -> Desk:
    """What the tracker's rows are worked out with."""
    settings, rules = pipeline.folder.settings, pipeline.rules
    return Desk(
        made_at.date(), rules.working_days, pipeline.knowledge.dictionary, settings.partnership,
        rules.due_soon_working_days, settings.tracker.marked_done_counts, settings.retention,
    )  # fmt: skip
