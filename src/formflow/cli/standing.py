"""How everything stands, for a person or for a monitoring program; and trying again what was set aside."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from formflow.cli import show
from formflow.cli.shapes import Json
from formflow.cli.show import shown
from formflow.cli.work import now
from formflow.recording.register import Register
from formflow.recording.sighting import Sighting
from formflow.service.aside import retry as put_back
from formflow.service.standing import Standing, standing
from formflow.settings import WorkingFolder

_SHOWN = 20
"""Lines of a table at most; the rest is counted."""


def status(folder: Path, *, as_json: bool) -> int:
    """Say how everything stands; gives the exit code: 0 all well, 4 something waits, 5 the counts do not balance."""
    working = WorkingFolder.open(folder)
    with Register.of(working, now, writing=False) as register:
        found = standing(working, register, now())
    if as_json:
        show.put_json(_json(found, working))
    else:
        _tell(found)
    return found.exit_code


def retry(arrival: str, folder: Path) -> None:
    """Put what was set aside back into the inbox."""
    count = put_back(WorkingFolder.open(folder), arrival)
    show.title(f"{count} {'file is' if count == 1 else 'files are'} in the inbox again")
    show.last("A watch that is running takes them at its next look; else: formflow run")


def _tell(found: Standing) -> None:
    show.title("How formflow stands" if not found.exit_code else "How formflow stands: something is to be looked after")
    show.table(("Inbox", "How it is", "Last looked through"), [
        (one.name, one.says or "can be looked at", f"{_day(one.looked)} by {one.by}" if one.looked else "not yet")
        for one in found.inboxes
    ])  # fmt: skip
    watches = "; ".join(
        f"{one.host}: {'at work' if found.works(one) else 'stopped' if one.ended else 'no sign of life'}, "
        f"last {_day(one.ended or one.at)}"
        for one in found.watches
    )
    show.table(("", ""), [
        ("Files", found.balance.says),
        ("Do the counts balance?", "yes" if not found.balance.problems else " ".join(found.balance.problems)),
        ("Watch", watches or "never started here"),
        ("Tracker", _tracker(found)),
        ("Register", f"{found.cases} cases, {found.unfiled} forms not brought to their end"),
        ("Last backup", f"{found.backup:%d %B %Y, %H:%M}" if found.backup else "not known here"),
    ])  # fmt: skip
    _rows("What waits", found.waiting)
    _rows("Left where it is", found.left)
    for want in found.wants:
        show.out.print(want, soft_wrap=True)
    if found.aside:
        show.last("To try again what was set aside: formflow retry all")


def _rows(title: str, rows: tuple[Sighting, ...]) -> None:
    if not rows:
        return
    show.title(title)
    lines = [
        (shown(Path(row.path).name) or row.arrival, row.says or row.reason or "has not settled yet",
         _day(row.next_try) if row.next_try else "") for row in rows[:_SHOWN]
    ]  # fmt: skip
    if len(rows) > _SHOWN:
        lines.append((f"and {len(rows) - _SHOWN} more", "", ""))
    show.table(("File", "Why", "Tried again"), lines)


def _tracker(found: Standing) -> str:
    if found.tracker_since is None:
        return "up to date"
    by = f" by {shown(found.tracker_by)}" if found.tracker_by else ""
    return f"open{by}, waits since {found.tracker_since:%d %B %Y, %H:%M}"


def _day(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%d %B %Y, %H:%M}"


def _json(found: Standing, folder: WorkingFolder) -> Json:
    """Data for a monitoring program: no names of files or people, as monitoring is read by many."""
    return {
        "at": found.at.isoformat(timespec="seconds"),
        "well": found.exit_code == 0,
        "wants": list(found.wants),
        "seen": found.balance.seen,
        "counts": dict(found.balance.counts),
        "balances": not found.balance.problems,
        "problems": list(found.balance.problems),
        "inboxes": [
            {"name": one.name, "reachable": not one.reason, "reason": one.reason, "looked": one.looked, "by": one.by}
            for one in found.inboxes
        ],
        "waiting": [_row(row) for row in found.waiting],
        "left": [_row(row) for row in found.left],
        "set_aside": list(found.aside),
        "cannot_tidy": found.untidy,
        "tracker": {
            "up_to_date": found.tracker_since is None,
            "waiting_since": found.tracker_since.isoformat() if found.tracker_since else None,
            "open": bool(found.tracker_since),
        },
        "register": {"cases": found.cases, "unfinished": found.unfiled, "folder": str(folder.register)},
        "watch": [
            {"host": one.host, "alive": found.works(one), "at": one.at, "ended": one.ended} for one in found.watches
        ],
        "backup": found.backup.isoformat() if found.backup else None,
    }


def _row(row: Sighting) -> Json:
    return {
        "inbox": row.inbox, "ending": Path(row.path).suffix.lower(), "first_seen": row.first_seen, "state": row.state,
        "attempts": row.attempts, "reason": row.reason, "next_try": row.next_try, "arrival": row.arrival,
    }  # fmt: skip
