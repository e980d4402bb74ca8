"""Erasing a case everywhere: register, originals, outbox, tracker; cut short, it is gone on with where it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from formflow.errors import NotVerified, Stop, TryLater
from formflow.outbox.put import clear_unfinished, put
from formflow.outbox.take_away import take_away
from formflow.pipeline import Pipeline, rulebook, the_dictionary
from formflow.recording import acts
from formflow.recording.erase import Plan, erase_rows, plan_of
from formflow.recording.record import CaseRecord
from formflow.rendering.workbook.package import holds_words
from formflow.service.keeping.retention import keeping_of
from formflow.service.tracker import status
from formflow.service.tracker.refresh import NAME, PREVIOUS, refresh
from formflow.service.tracker.tracker_state import TrackerState
from formflow.settings import WorkingFolder

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be erased, why, and by whom."""

    ref: str
    by: str
    """The account that asks for it."""
    before_time: str = ""
    """Why it is erased before its period is over; empty where it is over."""
    also: tuple[str, ...] = ()
    """Forms that were returned and belong to it, by the names of their folders."""

    @property
    def told(self) -> Mapping[str, object]:
        """What the register keeps of it."""
        return {"reason": self.before_time or "the period of retention is over", "by": self.by}


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away, and what people must still do."""

    ref: str
    rows: int
    originals: int
    returned: int
    backups: tuple[str, ...]
    """Backups made while the case was there; they hold it, and are deleted by hand."""
    copies: tuple[str, ...]
    """Copies of the tracker that people had left beside it, and that held the case."""
    shared: tuple[tuple[str, str], ...]
    """Messages that stay, since they also brought a form of another case: id and that case."""
    mentioned: bool
    """Whether the tracker still names the reference: on a sheet of people's own, or since another case is linked."""


def refuse(folder: WorkingFolder, record: CaseRecord, wish: Wish, today: datetime, *, begun: bool = False) -> None:
    """Raise `Stop` for a case on legal hold, and without a reason for one that is to be kept longer.

    One whose erasure was `begun` had its reason then.
    """
    keeping = keeping_of(folder, rulebook(folder, the_dictionary()), record, today.date())
    if keeping.kept.hold:
        raise Stop(
            f"{wish.ref} is on legal hold (retention.legal_hold in formflow.toml) and is not erased, whatever the "
            "reason. When the hold has ended, take it off that list first."
        )
    if keeping.kept.over(today.date()) or wish.before_time or begun:
        return
    until = keeping.kept.until
    if not keeping.closed:
        why = "is not closed"
    else:
        why = f"is kept until {until.day} {until:%B %Y}" if until else "has no period: retention.years is not set"
    raise Stop(
        f"{wish.ref} {why}. Nothing was erased. Where it must be erased all the same (the law, a court, a form dropped "
        f'by mistake), say why: formflow erase {wish.ref} --before-time "the reason"'
    )


def erase(folder: WorkingFolder, wish: Wish, clock: Clock) -> Erased:
    """Erase a case. Raises `Stop` where it may not be, `TryLater` while somebody has one of its files open."""
    rows = 0
    with Pipeline.open(folder, clock) as pipeline:
        register = pipeline.register
        open_one = register.unfinished()
        if open_one is not None and open_one.subject != wish.ref:
            raise Stop(f"First finish erasing {open_one.subject}: formflow erase {open_one.subject}")
        if record := register.case(wish.ref):
            refuse(folder, record, wish, clock(), begun=open_one is not None)
            told = open_one.told if open_one else {**wish.told, "also": list(wish.also)}
            refresh(pipeline, clock())  # what people typed is read now: not from a tracker that shows what is gone
            with register.looking() as connection:
                plan = plan_of(connection, wish.ref, tuple(map(str, cast("list[str]", told["also"]))))
            plan.keep(folder.register)
            if open_one is None:
                register.act(acts.BEGUN, wish.ref, told)
            rows = erase_rows(register, plan, told)
        elif open_one is None:
            Plan.drop(folder.register)  # one that was cut short as the last thing
            raise _none(register.erased(), wish.ref)
    return _finish(folder, wish.ref, clock, rows)


def _finish(folder: WorkingFolder, ref: str, clock: Clock, rows: int) -> Erased:
    """Everything but the rows; from the journal, so that it can be gone on with."""
    plan = Plan.kept(folder.register)
    if plan is None or plan.ref != ref:
        raise NotVerified(
            f"The list of what is to be taken away with {ref} (erasing.json in the folder of the register) is gone. "
            f"Look for what is left with formflow verify, and in {folder.outbox / 'cases' / ref}."
        )
    with Pipeline.open(folder, clock) as pipeline:  # anew: what it had learnt of the case is forgotten
        register = pipeline.register
        rows = rows or _counted(register.acts_of(acts.ERASED), ref)
        _keep_shared(pipeline, plan)
        for place in _places(folder, plan):
            take_away(place)
        for sha256 in plan.originals:
            register.evidence.drop(sha256)
        copies = _clear_tracker(pipeline, ref, clock())
        backups = tuple(
            act.subject for act in register.acts_of(acts.BACKUP) if _moment(act.told.get("at")) >= _moment(plan.since)
        )
        register.compact()
        register.act(acts.FINISHED, ref, {"backups": sorted(backups)})
        Plan.drop(folder.register)
    mentioned = holds_words((folder.outbox / NAME).read_bytes(), ref)
    shared = tuple((message, other) for message, _, _, other in plan.shared)
    return Erased(ref, rows, len(plan.originals), len(plan.returned), backups, copies, shared, mentioned)


def _places(folder: WorkingFolder, plan: Plan) -> list[Path]:
    return [
        folder.outbox / "cases" / plan.ref,
        *(folder.outbox / "returned" / arrival for arrival in plan.arrivals),
        folder.outbox / status.NAME,  # drawn anew below; a page that is held by something must not stay
    ]


def _keep_shared(pipeline: Pipeline, plan: Plan) -> None:
    """A message that also brought a form of another case goes to that case's folder, if it lay in this one."""
    cases = pipeline.folder.outbox / "cases"
    for message, sha256, ending, other in plan.shared:
        if (cases / plan.ref / f"{plan.ref}_message_{message}{ending}").exists():
            put(cases / other / f"{other}_message_{message}{ending}", pipeline.register.evidence.get(sha256))


def _clear_tracker(pipeline: Pipeline, ref: str, now: datetime) -> tuple[str, ...]:
    """Draw the tracker without the case, and take away every copy of it that shows the case."""
    outbox, register = pipeline.folder.outbox, pipeline.folder.register
    refresh(pipeline, now)
    if not (outbox / status.NAME).exists():
        raise TryLater("The status page cannot be written now. Begin again in a moment.")
    clear_unfinished(outbox)
    clear_unfinished(register)
    take_away(register / PREVIOUS)
    gone = []
    for path in sorted(outbox.glob("Case tracker (*.xlsx")):
        try:
            holds = holds_words(path.read_bytes(), ref)
        except OSError as fault:
            raise TryLater(f'"{path.name}" is open in another program. Close it there and begin again.') from fault
        if holds and take_away(path):
            gone.append(path.name)
    state = TrackerState.of(register, pipeline.register.evidence.key)
    state.held.plain = {number: words for number, words in state.held.plain.items() if number == str(state.held.put)}
    state.save()
    return tuple(gone)


def _counted(done: tuple[acts.Act, ...], ref: str) -> int:
    return sum(len(act.told_list("rows")) for act in done if act.subject == ref)


def _none(erased: frozenset[str], ref: str) -> Stop:
    if ref in erased:
        return Stop(f"{ref} was erased already. formflow verify lists the cases that were.")
    return Stop(f"There is no case {ref} in this working folder. To see the cases there are: formflow cases --all")


def _moment(text: object) -> datetime:
    return datetime.fromisoformat(str(text))
