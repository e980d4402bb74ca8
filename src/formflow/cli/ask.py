"""Asking: what a form says, what follows from it, and how the open cases stand. Nothing here records anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from formflow.cli import check_page, shapes, show, tell, tell_explained, tell_reading
from formflow.cli.desk import Desk, Reading
from formflow.deciding.decide import decide as decide_case
from formflow.deciding.explaining import explain as explain_decision
from formflow.deciding.history import history_of
from formflow.deciding.stages import stage_of
from formflow.errors import Returned, Stop
from formflow.pipeline import rulebook, stage_plan, the_dictionary
from formflow.recording.register import Register
from formflow.settings import WorkingFolder


def read(files: Sequence[Path], *, as_json: bool, page: Path | None = None, layouts: Path | None = None) -> int:
    """Read and check forms one by one; gives 3 when one of them could not be taken, else 0.

    With `page` they are also laid out on one page to check them by; `layouts` is a folder of layouts of one's own.
    """
    if page is not None:
        check_page.may_be_written(page)
    read_on, every = _now(), []
    with Desk.open(layouts=layouts) as desk:
        for path in files:
            readings = _readings(desk, path, read_on)
            for reading in readings:
                _show(desk, reading, as_json=as_json, one_line=len(files) > 1 or len(readings) > 1)
            every.append(readings)
        if page is not None:
            check_page.write(page, [reading for readings in every for reading in readings], desk, read_on)
            if not as_json:
                show.last(check_page.told(page))
    return 0 if all(map(_can_be_taken, every)) else 3


def _readings(desk: Desk, path: Path, now: datetime) -> tuple[Reading, ...]:
    """What was found in one file, or in each form in a message."""
    try:
        return desk.read(path, now)
    except Returned as fault:
        return (Reading(path.name, desk.fingerprint(path), fault=fault),)


def _can_be_taken(readings: Sequence[Reading]) -> bool:
    # A paper that came in a message beside a sound form holds nothing up.
    forms = [reading for reading in readings if reading.is_form] or readings
    return all(reading.submission is not None and not reading.submission.blockers for reading in forms)


def _show(desk: Desk, reading: Reading, *, as_json: bool, one_line: bool) -> None:
    name = f"{reading.file}, {reading.inside}" if reading.inside else reading.file
    if as_json:
        show.put_json(shape_of(reading), one_line=one_line)
    elif reading.form is None or reading.submission is None:
        show.title(show.shown(name))
        show.last(reading.fault.says if reading.fault else "")
    else:
        tell_reading.reading(show.shown(name), reading.form, reading.submission, desk.dictionary)


def shape_of(reading: Reading) -> shapes.Json:
    """What `formflow read --json` says of one reading."""
    if reading.form is None or reading.submission is None:
        reason, says = (reading.fault.reason, reading.fault.says) if reading.fault else ("", "")
        shape = shapes.unreadable(reading.file, reading.sha256, reason, says)
    else:
        shape = shapes.reading(reading.file, reading.sha256, reading.form, reading.submission)
    return shapes.attached(shape, reading.inside, reading.notes) if reading.inside else shape


def decide(file: Path, on: date | None, history: Path | None, *, as_json: bool) -> int:
    """Hold a form against the guidance in force on a day; gives 3 when a form could not be taken, else 0."""
    day = on or _now().date()
    with Desk.open(history) as desk:
        submission = desk.submission(file, day)
        case, decision = desk.decide(submission, day)
    if as_json:
        show.put_json(shapes.decision(decision, case.submissions[-1].queries, case.answers))
    else:
        tell.decision(file.name, decision)
    # Answers handed in as data are no form that could go back to anybody: what is open is among the queries.
    return 3 if case.submissions[-1].blockers and file.suffix.lower() != ".json" else 0


def explain(ref: str, folder: Path, *, as_json: bool) -> None:
    """Show how a case's findings were reached. Raises `Stop` when there is no such case."""
    working = WorkingFolder.open(folder)
    address = working.settings.register_address
    with Register.open(working.register, _now, writing=False, address=address) as register:
        record = register.case(ref.strip().upper())
    if record is None:
        raise Stop(f"There is no case {ref} in this working folder. To see the cases there are: formflow cases --all")
    told = explain_decision(record.case, record.decision, the_dictionary(), record.receipt)
    if as_json:
        show.put_json(shapes.explanation(record, told))
    else:
        tell_explained.explanation(told)


def cases(folder: Path, *, everything: bool, as_json: bool) -> None:
    """List the open cases, their stage and what is due next; with `everything` the closed ones too."""
    working = WorkingFolder.open(folder)
    rules, plan = rulebook(working, the_dictionary()), stage_plan(working)
    address = working.settings.register_address
    with Register.open(working.register, _now, writing=False, address=address) as register:
        records = register.cases()
    today = _now().date()
    history = history_of(record.case for record in records)
    standing = []
    for record in records:
        now = decide_case(record.case, rules, today, history)
        stage = stage_of(record.case, plan, must_decide=now.duty.rapid_review != "no")
        if everything or not stage.closed:
            standing.append((record, now, stage))
    if as_json:
        show.put_json([shapes.case(record, now, stage) for record, now, stage in standing])
    else:
        tell.cases(standing, today, everything=everything)


def _now() -> datetime:
    return datetime.now().astimezone()
