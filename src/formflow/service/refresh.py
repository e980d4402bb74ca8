"""Drawing the case tracker anew: what people typed in it is read and kept first, then the book is built and swapped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from formflow.deciding.decide import decide
from formflow.errors import TryLater
from formflow.outbox.put import put
from formflow.pipeline import Pipeline, stage_plan
from formflow.rendering.workbook.tracker import book
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.rendering.workbook.workbook import check, draw, people_wrote

NAME = "Case tracker.xlsx"


def refresh(pipeline: Pipeline, made_at: datetime) -> Path:
    """Draw the tracker as of now and put it in the outbox; gives its path.

    Raises `TryLater` while somebody has it open: nothing is lost, the next refresh brings it up to date.
    """
    target = pipeline.folder.outbox / NAME
    _refuse_while_open(target)
    if target.exists():
        _keep_what_people_wrote(pipeline, target)
    content = book(
        _lines(pipeline, made_at.date()),
        pipeline.register.entries(),
        made_at,
        pipeline.folder.settings.partnership,
        pipeline.knowledge.dictionary,
        pipeline.rules.working_days.holidays,
    )
    content = replace(content, troubles=tuple(map(str, pipeline.delivery.renderer.troubles())))
    written = draw(content)
    check(written, content)
    put(target, written)
    return target


def _lines(pipeline: Pipeline, today: date) -> tuple[CaseLine, ...]:
    plan = stage_plan(pipeline.folder)
    return tuple(
        CaseLine(
            record.ref,
            record.case,
            decide(record.case, pipeline.rules, today, pipeline.history),
            record.opened,
            record.notes,
            plan,
        )
        for record in pipeline.register.cases()
    )


def _keep_what_people_wrote(pipeline: Pipeline, target: Path) -> None:
    for ref, columns in people_wrote(target.read_bytes()).items():
        kept = pipeline.register.notes(ref)
        for column, text in columns.items():
            if text != kept.get(column, ""):
                pipeline.register.keep_note(ref, column, text)


def _refuse_while_open(target: Path) -> None:
    # Excel and LibreOffice leave their mark beside an open book; on Linux nothing else would stop the swap.
    for mark in (target.with_name(f"~${target.name}"), target.with_name(f".~lock.{target.name}#")):
        if mark.exists():
            raise TryLater(
                f"The {target.stem.lower()} is open in another program, so it could not be brought up to date. Close "
                f'it and it is refreshed with the next form. (If nobody has it open, delete "{mark.name}" beside it.)'
            )
