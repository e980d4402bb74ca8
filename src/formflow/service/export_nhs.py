"""Writing the NHS export in the outbox: every case of the register, decided for the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from formflow.deciding.decide import decide
from formflow.deciding.history import history_of
from formflow.outbox.put import put
from formflow.pipeline import rulebook, stage_plan, the_dictionary
from formflow.recording.register import Register
from formflow.rendering.export.nhs_files import nhs_csv, nhs_workbook
from formflow.rendering.export.nhs_rows import NhsExport
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.settings import WorkingFolder

NAME = "NHS case review export"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    cases: int
    paths: tuple[Path, ...]


def export(folder: WorkingFolder, made_at: datetime) -> Exported:
    """Write the workbook and its twin as plain text; formflow may be at work meanwhile, since nothing is recorded.

    Raises `TryLater` while somebody has one of the two open.
    """
    dictionary = the_dictionary()
    rules, plan, partnership = rulebook(folder, dictionary), stage_plan(folder), folder.settings.partnership
    with Register.of(folder, lambda: made_at, writing=False) as register:
        records = register.cases()
    history = history_of(record.case for record in records)
    shape = NhsExport(partnership, dictionary)
    rows = [
        shape.row(CaseLine(one.ref, one.case, decide(one.case, rules, made_at.date(), history), one.opened, plan=plan))
        for one in records
    ]
    paths = (folder.outbox / f"{NAME}.xlsx", folder.outbox / f"{NAME}.csv")
    for path, content in zip(paths, (nhs_workbook(rows, partnership, made_at), nhs_csv(rows)), strict=True):
        put(path, content)
    return Exported(len(rows), paths)
