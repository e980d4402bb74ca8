"""Killed at any step of a drawing and started again, the tracker opens, and every word that was typed is there."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from formflow.errors import TryLater
from formflow.recording.register import Register
from formflow.service.tracker import refresh as drawing
from formflow.service.tracker import tracker_state
from formflow.service.tracker.refresh import DRAWN, NAME, PREVIOUS, Refresh
from formflow.service.tracker.take_back import TakeBack
from formflow.service.tracker.tracker_state import TrackerState
from tracker_desk import TrackerDesk, cell

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

WORD = "ring the school"
NO_TIME = timedelta()


def _die(*_: object, **__: object) -> None:
    signal.raise_signal(signal.SIGKILL)


def _before(holder: object, name: str) -> Callable[[], None]:
    return lambda: setattr(holder, name, _die)


def _after(holder: object, name: str, times: int = 1) -> Callable[[], None]:
    def dying() -> None:
        real, left = getattr(holder, name), [times]

        def act(*given: Any, **more: Any) -> None:
            real(*given, **more)
            left[0] -= 1
            if not left[0]:
                _die()

        setattr(holder, name, act)

    return dying


def _putting(name: str, *, after: bool) -> Callable[[], None]:
    """Die just before, or just after, a file of this name is put."""

    def dying() -> None:
        for where, way in ((drawing, "put_copy"), (tracker_state, "put_copy"), (tracker_state, "swap")):
            setattr(where, way, putting(getattr(where, way)))

    def putting(real: Callable[[Path, Path], object]) -> Callable[[Path, Path], object]:
        def act(target: Path, source: Path) -> object:
            if target.name.startswith(name) and not after:
                _die()
            made = real(target, source)
            if target.name.startswith(name):
                _die()
            return made

        return act

    return dying


def _swapping(name: str) -> Callable[[], None]:
    """Die with the new file written beside, before it takes the place of this one."""

    def dying() -> None:
        real = Path.replace

        def act(path: Path, target: Path) -> Path:
            if Path(target).name == name:
                _die()
            return real(path, target)

        setattr(Path, "replace", act)  # noqa: B010 - a method of the library's

    return dying


MOMENTS: dict[str, Callable[[], None]] = {
    "with a copy to read from": _before(TakeBack, "take"),
    "before the words are kept": _before(Register, "keep_words"),
    "after the words were kept": _after(Register, "keep_words"),
    "before the drawing": _before(Refresh, "_draw"),
    "after the drawing": _after(Refresh, "_draw"),
    "before the state is saved": _before(TrackerState, "save"),
    "with the state written beside": _swapping("tracker.json"),
    "after the state was saved": _after(TrackerState, "save"),
    "before the previous one is kept": _putting(PREVIOUS, after=False),
    "with the previous one written beside": _swapping(PREVIOUS),
    "after the previous one was kept": _putting(PREVIOUS, after=True),
    "with the drawn one written beside": _swapping(DRAWN),
    "after the drawn one was kept": _putting(DRAWN, after=True),
    "with the new one written beside": _swapping(NAME),
    "after the swap": _putting(NAME, after=True),
    "after all": _after(TrackerState, "save", 2),
}


@pytest.fixture(scope="module")
def typed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder whose tracker somebody typed in everywhere."""
    desk = TrackerDesk(tmp_path_factory.mktemp("typed in"), 2)
    desk.draw()
    desk.edit(_type_everywhere)
    desk.close()
    return desk.folder.root


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_drawing_that_was_killed_loses_no_word_and_is_done_in_the_end(
    tmp_path: Path, typed_in: Path, moment: str
) -> None:
    desk = TrackerDesk.at(shutil.copytree(typed_in, tmp_path / "work"))
    left = desk.path.read_bytes()
    _killed(desk, MOMENTS[moment])
    load_workbook(desk.path)
    desk.open()
    desk.draw()
    assert desk.notes(1) == {"Notes": WORD, "School": "Mill Lane"}
    assert desk.seen(1, "Notes") == WORD
    assert desk.seen(1, "School") == "Mill Lane"
    assert load_workbook(desk.path)["Rota"]["A1"].value == "week 12"
    assert [one.text for one in desk.conflicts()] == ["typed over"]
    desk.draw()
    assert (desk.folder.register / PREVIOUS).read_bytes() == left, "the workbook as people left it is kept"
    assert _unfinished(desk) == []
    assert sorted(path.name for path in desk.folder.outbox.glob("*.xlsx")) == [NAME]
    desk.close()


def test_a_copy_kept_beside_is_told_of_also_when_the_drawing_was_killed_just_then(tmp_path: Path) -> None:
    desk = TrackerDesk(tmp_path, 1)
    desk.draw()

    def remark(book: Workbook) -> None:
        page = book.create_sheet("Rota")
        page["A1"] = "Week"
        page["A1"].comment = Comment("ask Sam", "Ines")

    desk.edit(remark)
    desk.close()
    _killed(desk, _putting("Case tracker (as left", after=True))
    desk.open()
    desk.draw()
    kept = [path.name for path in desk.folder.outbox.glob("*as left*")]
    assert len(kept) == 1
    assert kept[0] in desk.words()
    desk.close()


def test_a_copy_for_reading_goes_also_when_the_drawing_was_killed_just_then(tmp_path: Path) -> None:
    desk = TrackerDesk(tmp_path, 1)
    desk.draw()
    desk.close()
    mark = desk.path.with_name(f".~lock.{desk.path.name}#")
    mark.write_text(",ines,desk7,20.03.2026 12:00,file:///x;", encoding="utf-8")

    def waiting_since_long() -> None:
        _putting("Case tracker (pending", after=True)()
        setattr(drawing, "timedelta", lambda **_: NO_TIME)  # noqa: B010 - no waiting here

    _killed(desk, waiting_since_long, times=2)
    assert len(list(desk.folder.outbox.glob("*pending*"))) == 1
    mark.unlink()
    desk.open()
    desk.draw()
    assert list(desk.folder.outbox.glob("*pending*")) == []
    desk.close()


def _type_everywhere(book: Workbook) -> None:
    page = book["Open cases"]
    cell(page, 1, "Notes", WORD)
    cell(page, 1, "Nature", "typed over")
    end = page.max_column + 1
    page.cell(1, end).value, page.cell(2, end).value = "School", "Mill Lane"
    book.create_sheet("Rota").append(["week 12"])


def _killed(desk: TrackerDesk, dying: Callable[[], None], times: int = 1) -> None:
    """Draw in a process of its own that dies at some step."""

    def act() -> None:
        dying()
        desk.open()
        for _ in range(times):
            try:
                desk.draw()
            except TryLater:
                continue

    process = multiprocessing.get_context("fork").Process(target=act)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def _unfinished(desk: TrackerDesk) -> list[str]:
    return [path.name for path in desk.folder.root.rglob(".*.tmp")]
