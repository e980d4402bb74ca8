"""How everything stands, for whoever looks after formflow: gathered from what is written down, changing nothing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from formflow.outbox.put import put
from formflow.places import Place
from formflow.recording.ledger_counts import open_sightings
from formflow.recording.register import Register
from formflow.recording.sighting import RECORDED, Sighting
from formflow.recording.signs import Inspected, Watching
from formflow.service.aside import set_aside_now
from formflow.service.balance import Balance, balance
from formflow.service.tracker.open_elsewhere import open_mark
from formflow.service.tracker.refresh import NAME
from formflow.service.tracker.tracker_state import TrackerState
from formflow.settings import WorkingFolder

STALE = timedelta(minutes=3)
"""A watch that gave no sign of life for so long is not at work: it gives one twice a minute."""
_BACKUP = "backup.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a working folder stands at a moment."""

    at: datetime
    balance: Balance
    inboxes: tuple[Inspected, ...]
    """Every inbox of the settings, as it was found last."""
    watches: tuple[Watching, ...]
    waiting: tuple[Sighting, ...] = field(repr=False)
    """What is arriving, waits, or was recorded and its papers wait."""
    left: tuple[Sighting, ...] = field(repr=False)
    """What is not ours to take and lies in an inbox still."""
    untidy: int
    """Files that were recorded and may not be moved out of their inbox."""
    aside: tuple[str, ...]
    """The names under which files lie set aside."""
    tracker_since: datetime | None
    """Since when the tracker waits to be brought up to date; None when it does not."""
    tracker_by: str = field(repr=False)
    """Who has it open, as far as that is known."""
    cases: int
    unfiled: int
    """Forms that were recorded and whose papers are not all out."""
    backup: datetime | None
    """When the last backup was made, as far as this machine knows."""

    @property
    def alive(self) -> bool:
        """Whether some watch is at work."""
        return any(self.works(watch) for watch in self.watches)

    def works(self, watch: Watching) -> bool:
        """Whether a watch is at work."""
        return not watch.ended and abs(self.at - datetime.fromisoformat(watch.at)) <= STALE

    @property
    def wants(self) -> tuple[str, ...]:
        """What somebody should look after, each in a sentence without any name of a file; empty when all is well."""
        found = [f'The inbox "{one.name}" cannot be looked at ({one.reason}).' for one in self.inboxes if one.reason]
        if tried := Counter(row.reason for row in self.waiting if row.reason):
            each = ", ".join(f"{number} {reason}" for reason, number in sorted(tried.items()))
            found.append(f"{_files(sum(tried.values()))} waiting ({each}).")
        if self.unfiled:
            found.append(f"Not all papers are out yet of what was recorded: {self.unfiled} to finish.")
        if self.untidy:
            found.append(f"{_files(self.untidy)} recorded and may not be moved out of the inbox.")
        if self.aside:
            found.append(f"{_files(len(self.aside))} set aside: {', '.join(self.aside)}.")
        if self.tracker_since is not None:
            found.append("The tracker is open in another program and waits to be brought up to date.")
        if any(not watch.ended for watch in self.watches) and not self.alive:
            found.append("The watch gave no sign of life lately: formflow is not running, or is stuck.")
        return tuple(found)

    @property
    def exit_code(self) -> int:
        """0 all well; 4 something wants looking after; 5 the counts do not balance."""
        return 5 if self.balance.problems else 4 if self.wants else 0


def standing(folder: WorkingFolder, register: Register, at: datetime) -> Standing:
    """How a working folder stands now."""
    open_now = open_sightings(register.engine)
    tracker = TrackerState.of(folder.register, register.evidence.key).held
    mark = open_mark(folder.outbox / NAME, at, folder.settings.tracker.lock_stale_after_hours)
    known = register.signs.inboxes()
    return Standing(
        at,
        balance(register),
        tuple(_found(place, known.get(place.name)) for place in folder.inboxes),
        register.signs.watches(),
        tuple(row for row in open_now if row.state in ("arriving", "waiting") or row.attempts),
        tuple(row for row in open_now if row.state == "left" and row.path),
        sum(1 for row in open_now if row.state in RECORDED and row.reason == "cannot-tidy"),
        tuple(set_aside_now(folder)),
        tracker.waiting_since,
        mark.who if mark else "",
        len(register.refs()),
        len(register.unfiled()),
        last_backup(folder),
    )


def note_backup(folder: WorkingFolder, at: datetime) -> None:
    """Remember when the last backup was made."""
    put(folder.register / _BACKUP, json.dumps({"made": at.isoformat(timespec="seconds")}).encode())


def last_backup(folder: WorkingFolder) -> datetime | None:
    """When the last backup was made, as far as this machine knows."""
    try:
        return datetime.fromisoformat(json.loads((folder.register / _BACKUP).read_bytes())["made"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files(number: int) -> str:
    return "1 file is" if number == 1 else f"{number} files are"


def _found(place: Place, known: Inspected | None) -> Inspected:
    if known is not None and known.path == str(place.path):
        return known
    if place.path.is_dir():
        return Inspected(place.name, str(place.path))
    return Inspected(place.name, str(place.path), reason="offline", says="The folder is not there.")
