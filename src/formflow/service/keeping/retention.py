"""Which closed cases have been kept for long enough. Nothing is taken away by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from formflow.deciding.decide import Rulebook, decide
from formflow.deciding.history import History
from formflow.deciding.retention import Kept, kept
from formflow.deciding.stages import stage_of
from formflow.pipeline import stage_plan
from formflow.recording.record import CaseRecord
from formflow.recording.register import Register
from formflow.settings import WorkingFolder


@dataclass(frozen=True, slots=True)
class Keeping:
    """A case and how long it is kept."""

    ref: str
    closed: bool
    kept: Kept


def keeping_of(folder: WorkingFolder, rules: Rulebook, record: CaseRecord, today: date) -> Keeping:
    """How long one case is kept."""
    settings = folder.settings.retention
    duty = decide(record.case, rules, today, History()).duty
    closed = stage_of(record.case, stage_plan(folder), must_decide=duty.rapid_review != "no").closed
    hold = record.ref in settings.held
    return Keeping(record.ref, closed, kept(record.case, closed=closed, years=settings.years, hold=hold))


def retention(folder: WorkingFolder, rules: Rulebook, register: Register, today: date) -> Iterator[Keeping]:
    """Every case that is closed or on legal hold, in the order of the references."""
    for record in register.each_case():
        keeping = keeping_of(folder, rules, record, today)
        if keeping.closed or keeping.kept.hold:
            yield keeping
