"""The page to check a reading by, written where the person asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from formflow.cli import show
from formflow.cli.desk import Desk, Reading
from formflow.errors import Stop
from formflow.outbox.put import put
from formflow.reading.picture import Pictures
from formflow.rendering.page.form_page import MADE_BY, Sheet, form_page
from formflow.rendering.page.review import review

_ENDINGS = (".html", ".htm")
_HEAD = 4_000
"""Bytes at the start of a file in which a page of ours says what it is."""


def may_be_written(page: Path) -> None:
    """Refuse a page that would take the place of anything but an earlier one. Raises `Stop`."""
    called = show.shown(page.name)
    if page.suffix.lower() not in _ENDINGS:
        raise Stop(
            f'The page to write must have a name that ends in .html, and "{called}" does not. '
            "Write for instance: formflow read FORM --html check.html"
        )
    if not page.parent.is_dir():
        raise Stop(f'The folder for the page "{called}" is not there. Make it first, or name another.')
    if page.is_dir() or (page.exists() and MADE_BY.encode() not in _head(page)):
        raise Stop(f'There is already something else under the name "{called}". Choose another name for the page.')


def _head(page: Path) -> bytes:
    with page.open("rb") as opened:
        return opened.read(_HEAD)


def write(page: Path, readings: Sequence[Reading], desk: Desk, now: datetime) -> None:
    """Write the page. Raises `TryLater` when somebody has it open."""
    put(page, form_page([_sheet(reading, desk) for reading in readings], now))
    page.chmod(0o600)  # it holds what the form holds


def told(page: Path) -> str:
    """Where the page is, and what to mind."""
    return f"The page to check by: {show.shown(str(page))}. It holds personal data: delete it after use."


def _sheet(reading: Reading, desk: Desk) -> Sheet:
    name, inside = show.shown(reading.file), show.shown(reading.inside)
    if reading.form is None or reading.submission is None or not reading.is_form:
        says = reading.fault.says if reading.fault else reading.form.says if reading.form else ""
        return Sheet(name, inside, reading.sha256, says=says or "This file cannot be read.")
    return Sheet(
        name,
        inside,
        reading.sha256,
        form=reading.form,
        document=reading.document,
        review=review(reading.form, reading.submission, desk.dictionary),
        pictures=desk.room.draw(reading.content, reading.inside or reading.file) if reading.content else Pictures(),
    )
