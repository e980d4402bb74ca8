"""A partnership's tracker, for tests: forms come, people type, formflow draws anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from formflow import shipped
from formflow.pipeline import Pipeline
from formflow.reading.apart import ReadingRoom
from formflow.recording.note import Conflict
from formflow.service.tracker.refresh import NAME, refresh
from formflow.settings import WorkingFolder
from makers import NOON, a_case, the_knowledge
from registered import take_case


class TrackerDesk:
    """A working folder with some cases, its tracker, and a clock that moves on."""

    def __init__(self, root: Path, cases: int = 3) -> None:
        for name in ("inbox", "outbox", "templates"):
            (root / "work" / name).mkdir(parents=True)
        (root / "work" / "formflow.toml").write_text(shipped.text("formflow.toml"), encoding="utf-8")
        self._begin(root / "work")
        self.open()
        for number in range(1, cases + 1):
            self.add_case(number)

    def _begin(self, folder: Path) -> None:
        self.folder = WorkingFolder.open(folder)
        self.now = NOON
        self.path = self.folder.outbox / NAME

    @classmethod
    def at(cls, folder: Path) -> TrackerDesk:
        """The same, over a working folder that is there; its register is not open."""
        desk = cls.__new__(cls)
        desk._begin(folder)
        return desk

    def add_case(self, number: int) -> str:
        """One more case, as if its form had come."""
        return take_case(self.pipeline, number, a_case((), child_1_surname=f"Ellery{number}").submissions[0])

    def draw(self, hours: float = 1) -> Path:
        """Draw the tracker, some hours later."""
        self.now += timedelta(hours=hours)
        return refresh(self.pipeline, self.now)

    def edit(self, act: Callable[[Workbook], object]) -> None:
        """Change the workbook through openpyxl, as a program that knows little of Excel would."""
        book = load_workbook(self.path)
        act(book)
        book.save(self.path)

    def type(self, row: int, head: str, words: object, sheet: str = "Open cases") -> None:
        """Type in a cell; rows count from 1 below the heads."""
        self.edit(lambda book: cell(book[sheet], row, head, words))

    def seen(self, row: int, head: str, sheet: str = "Open cases") -> object:
        """What stands in a cell now."""
        page = load_workbook(self.path)[sheet]
        return page.cell(row + 1, heads(page).index(head) + 1).value

    def notes(self, number: int) -> dict[str, str]:
        """What is kept of a case."""
        return dict(self.pipeline.register.notes(f"SIN-2026-{number:03d}"))

    def conflicts(self) -> tuple[Conflict, ...]:
        """What is in conflict."""
        return self.pipeline.register.notebook.conflicts()

    def words(self) -> str:
        """Everything that stands anywhere in the tracker."""
        book = load_workbook(io.BytesIO(self.path.read_bytes()))
        return "\n".join(str(c.value) for page in book for row in page.iter_rows() for c in row if c.value is not None)

    def open(self) -> None:
        """Take hold of the register, as formflow does when it is started."""
        # No form is read here, and what is shipped need not be gone through for every test.
        knowledge = the_knowledge()
        with patch.object(ReadingRoom, "warm"), patch("formflow.pipeline.the_knowledge", return_value=knowledge):
            self.pipeline = Pipeline.open(self.folder, lambda: self.now)

    def close(self) -> None:
        """Let go of the register."""
        self.pipeline.close()


def heads(page: Worksheet) -> list[object]:
    """The heads of a sheet."""
    return [cell.value for cell in page[1]]


def cell(page: Worksheet, row: int, head: str, words: object) -> None:
    """Write in a cell."""
    page.cell(row + 1, heads(page).index(head) + 1).value = words  # type: ignore[assignment]  # whatever a test types


def rows_of(page: Worksheet) -> list[list[object]]:
    """The rows below the heads."""
    return [[one.value for one in row] for row in page.iter_rows(min_row=2)]


def put_rows(page: Worksheet, rows: list[list[object]]) -> None:
    """The same sheet with these rows below its heads."""
    page.delete_rows(2, page.max_row)
    for row in rows:
        page.append(row)


def at(hour: int) -> datetime:
    """An hour of the day the tests take as today."""
    return NOON.replace(hour=hour)
