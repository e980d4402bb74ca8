"""Setting a file aside that harms whoever tries to take it, and taking it again when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from formflow.errors import Stop, TryLater
from formflow.inbox.arrival import arrival_id
from formflow.inbox.sweep import Look
from formflow.outbox.put import fingerprint, move_beside, put
from formflow.settings import WorkingFolder

FOLDER = "set aside"
_PAGE = "What happened.txt"
_AGAIN = "taken again"
"""In the register's folder: a note for each file that was put back, until the ledger knows of it."""

_WHY = {
    "beyond-limits": "Twice, reading this file took more time or memory than any form needs, or ended the program that "
    "reads. It may be damaged, or made to do harm.",
    "fault": "Twice, formflow met something it did not expect with this file. The fault is formflow's, not the "
    "sender's.",
}


def put_aside(folder: WorkingFolder, path: Path, reason: str, now: datetime) -> str:
    """Move a file out of the inbox into "set aside", with a page that says what happened; gives its folder's name.

    Raises `TryLater` or `OSError` where it cannot be moved.
    """
    arrival = arrival_id(now, fingerprint(path))
    place = folder.outbox / FOLDER / arrival
    put(place / _PAGE, _page(arrival, path, reason, folder, now))
    move_beside(path, place / path.name)
    return arrival


def set_aside_now(folder: WorkingFolder) -> dict[str, Path]:
    """The files that lie in "set aside", by the names of their folders."""
    found: dict[str, Path] = {}
    try:
        places = sorted(place for place in (folder.outbox / FOLDER).iterdir() if place.is_dir())
    except OSError:
        return {}
    for place in places:
        for path in sorted(place.iterdir()):
            if path.is_file() and path.name != _PAGE and not path.name.startswith("."):
                found[place.name] = path
    return found


def retry(folder: WorkingFolder, arrival: str) -> int:
    """Put a file that was set aside, or `all` of them, back into the inbox; gives how many.

    It is taken by the next look, as if it had just come. Raises `Stop` when there is none of this name, `TryLater`
    where one cannot be moved.
    """
    lying = set_aside_now(folder)
    if arrival != "all" and arrival not in lying:
        known = f"There are: {', '.join(lying)}." if lying else "Nothing is set aside."
        raise Stop(f"Nothing is set aside under the name {arrival}. {known}")
    chosen = lying if arrival == "all" else {arrival: lying[arrival]}
    inbox = next((place.path for place in folder.inboxes if place.path.is_dir()), None)
    if chosen and inbox is None:
        raise TryLater("No inbox can be reached just now, so nothing was put back. Connect the drive and try again.")
    for name, path in chosen.items():
        assert inbox is not None  # noqa: S101 - looked at above
        target = _free(inbox / path.name)
        note = folder.register / _AGAIN / name
        put(note, str(target).encode("utf-8", "surrogateescape"))
        try:
            move_beside(path, target)
        except OSError as fault:
            note.unlink(missing_ok=True)
            raise TryLater("The file cannot be put back into the inbox just now. Nothing is lost.") from fault
        (path.parent / _PAGE).unlink(missing_ok=True)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    return len(chosen)


def taken_again(folder: WorkingFolder, seen: Look) -> Iterator[tuple[str, Path]]:
    """What was put back and lies in the inbox now: the name it was set aside under, and where it lies."""
    try:
        notes = sorted((folder.register / _AGAIN).iterdir())
    except OSError:
        return
    for note in notes:
        path = note.read_bytes().decode("utf-8", "surrogateescape")
        if path in seen.marks:
            yield note.name, Path(path)
            note.unlink(missing_ok=True)


def _free(path: Path) -> Path:
    names = (path, *(path.with_name(f"{path.stem} ({number}){path.suffix}") for number in range(2, 1000)))
    return next(name for name in names if not name.exists())


def _page(arrival: str, path: Path, reason: str, folder: WorkingFolder, now: datetime) -> bytes:
    lines = (
        f"{now:%d %B %Y, %H:%M}. This file was set aside by formflow: {path.name}",
        "",
        _WHY[reason],
        "",
        "It is untouched, and is not tried again by itself. No case was made of it, and no deadline is watched for it.",
        "",
        "What to do now:",
        "1. Look at the form on a computer that is protected against viruses. If it is a notification, act on it: its "
        "deadlines run whether formflow reads it or not.",
        "2. Ask its sender to save the form alone as a new file, or to copy the answers into the blank form, and drop "
        "that in the inbox.",
        f"3. Or have it tried again: formflow retry {arrival}",
        "4. Tell whoever looks after formflow.",
        "",
        f"Questions: {folder.settings.partnership.contact}",
    )
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8", "backslashreplace")
