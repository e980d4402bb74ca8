"""Keeping cases for their time, and erasing one everywhere when it has come."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path

import typer

from formflow.cli import show
from formflow.cli.shapes import Json
from formflow.cli.work import now
from formflow.errors import Stop
from formflow.pipeline import rulebook, the_dictionary
from formflow.recording.register import Register
from formflow.service.keeping.erase import Erased, Wish
from formflow.service.keeping.erase import erase as erase_case
from formflow.service.keeping.retention import Keeping
from formflow.service.keeping.retention import retention as how_long
from formflow.settings import WorkingFolder


def erase(ref: str, folder: Path, before_time: str, also: tuple[str, ...], *, sure: bool) -> None:
    """Erase a case once its reference was typed again, and say what is left to do by hand.

    Raises `Stop` where it may not be erased or the reference was not typed again, `TryLater` while a file is open.
    """
    ref = ref.strip().upper()
    working = WorkingFolder.open(folder)
    if not sure:
        show.title(f"Everything formflow holds of {ref} will be erased: forms, papers, notes, decisions")
        show.out.print("It cannot be undone. Close the case tracker and every paper of the case first.")
        typed = typer.prompt("Type the reference again to go on", default="", show_default=False)
        if typed.strip().upper() != ref:
            raise Stop("That was not the same reference. Nothing was erased.")
    _tell(erase_case(working, Wish(ref, _account(), before_time.strip(), also), now))


def retention(folder: Path, *, as_json: bool) -> None:
    """List closed cases and those on legal hold, with how long each is kept."""
    working = WorkingFolder.open(folder)
    today = now().date()
    with Register.of(working, now, writing=False) as register:
        found = list(how_long(working, rulebook(working, the_dictionary()), register, today))
    if as_json:
        show.put_json([_shape(one, today) for one in found])
        return
    show.title("formflow retention")
    years = working.settings.retention.years
    if years is None:
        says = 'No period is set: write "years" under [retention] in formflow.toml once it is decided.'
        show.out.print(says, markup=False)
    rows = [(one.ref, show.day(one.kept.since), show.day(one.kept.until), _says(one, today)) for one in found]
    if rows:
        show.table(("Case", "Closed", "Kept until", ""), rows)
    else:
        show.out.print("No case is closed or on legal hold.")
    over = [one.ref for one in found if one.kept.over(today)]
    if over:
        show.last(f"formflow erases nothing by itself. To erase one whose period is over: formflow erase {over[0]}")
    else:
        show.last("Nothing is to be erased.")


def _says(one: Keeping, today: date) -> str:
    if one.kept.hold:
        return "on legal hold: to be kept"
    if not one.closed:
        return "not closed"
    return "the period is over: look whether anything still needs it, then erase it" if one.kept.over(today) else ""


def _shape(one: Keeping, today: date) -> dict[str, Json]:
    return {
        "ref": one.ref,
        "closed": one.closed,
        "since": one.kept.since.isoformat() if one.kept.since else None,
        "until": one.kept.until.isoformat() if one.kept.until else None,
        "legal_hold": one.kept.hold,
        "over": one.kept.over(today),
    }


def _tell(done: Erased) -> None:
    show.title(f"{done.ref} is erased")
    show.table(
        ("Taken away", ""),
        [
            ("Rows of the register", str(done.rows)),
            ("Original forms", str(done.originals)),
            ("Forms that had been returned", str(done.returned)),
            ("Copies of the tracker", ", ".join(done.copies) or "none"),
        ],
    )
    for message, other in done.shared:
        show.out.print(f"The message {message} stays, which also brought a form of {other}. It may name the child.")
    if done.mentioned:
        show.out.print(f"The tracker still names {done.ref}: on a sheet of your own, or in a linked case. Look there.")
    if done.backups:
        show.out.print("These backups still hold the case. Delete them, once there is a new one:", soft_wrap=True)
        for name in done.backups:
            show.out.print(f"  {name}", soft_wrap=True)
    show.out.print(
        "Look yourself for what formflow does not know of: backups of the whole computer, papers that were sent or "
        "copied elsewhere, forms of this child in outbox/returned (erase those with --also).",
        soft_wrap=True,
    )
    show.last("To see that the record is whole without it: formflow verify")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an account without a name"
