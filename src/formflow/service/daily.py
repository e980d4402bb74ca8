"""The step of each day: papers that fall due by the calendar alone are drawn, although no form arrives."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from formflow.deciding.decide import decide
from formflow.errors import TryLater, plainly
from formflow.outbox.put import put
from formflow.pipeline import Pipeline
from formflow.recording.record import CaseRecord
from formflow.service.passing import letting_pass, why_passing

log = logging.getLogger("formflow")

_NAME = "daily.json"
"""In the register's folder: the day that was last gone through whole."""


def daily(pipeline: Pipeline, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Go through every case for the day, once; gives how many papers were drawn.

    What is open in another program is drawn when it is called again; a day that was gone through whole is not gone
    through twice.
    """
    note = pipeline.folder.register / _NAME
    if _last(note) == now.date():
        return 0
    unfiled = {entry.case_ref for entry in pipeline.register.unfiled()}
    count, troubles = 0, list(unfiled)
    for record in pipeline.register.each_case():
        if stopped():
            return count
        if record.ref in unfiled:  # its own papers come first
            continue
        try:
            count += _draw(pipeline, record, now.date())
        except Exception as fault:  # noqa: BLE001 - one case must never stop the others, nor the forms that arrive
            troubles.append(record.ref)
            passing = isinstance(fault, TryLater) or why_passing(fault)
            log.log(logging.INFO if passing else logging.ERROR, "case=%s %s", record.ref, plainly(fault))
    if not troubles:
        with letting_pass(lambda says: None):
            put(note, json.dumps({"day": now.date().isoformat()}).encode())
    return count


def _draw(pipeline: Pipeline, record: CaseRecord, day: date) -> int:
    decision = decide(record.case, pipeline.rules, day, pipeline.history)
    place = pipeline.folder.outbox / "cases" / record.ref
    made = pipeline.delivery.desk.put_by_day(record, decision, place, pipeline.register.papers(record.ref))
    if made:
        pipeline.register.drawn_by_day(record.ref, made)
        log.info("papers drawn by the calendar case=%s papers=%d", record.ref, len(made))
    return len(made)


def _last(note: Path) -> date | None:
    try:
        return date.fromisoformat(json.loads(note.read_bytes())["day"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
