from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tracker_desk import TrackerDesk, heads

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Edit(path As String)
  Dim none() As New com.sun.star.beans.PropertyValue
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  kind(0).Name = "FilterName"
  kind(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL(path, "_blank", 0, hidden())
  page = book.Sheets.getByName("Open cases")
  Dim first(0) As New com.sun.star.table.TableSortField
  Dim sorting(1) As New com.sun.star.beans.PropertyValue
  first(0).Field = 0
  first(0).IsAscending = False
  sorting(0).Name = "SortFields"
  sorting(0).Value = first()
  sorting(1).Name = "ContainsHeader"
  sorting(1).Value = True
  For at = 0 To 60
    If page.getCellByPosition(at, 0).String = "Notes" Then page.getCellByPosition(at, 1).String = "typed in LibreOffice"
  Next
  cursor = page.createCursor()
  cursor.gotoEndOfUsedArea(False)
  page.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow).sort(sorting())
  book.calculateAll()
  book.storeToURL(path, kind())
  book.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TrackerDesk]:
    made = TrackerDesk(tmp_path)
    made.draw()
    yield made
    made.close()


def test_what_is_typed_in_libreoffice_is_kept_and_its_figures_are_ours(desk: TrackerDesk, tmp_path: Path) -> None:
    soffice(desk.path, tmp_path)
    assert _figures(desk.path), "LibreOffice calculated the days that are left"
    before = desk.conflicts()
    page = load_workbook(desk.path)["Open cases"]
    assert page.protection.sheet, "the protection was not taken off"
    assert [page.cell(row, 1).value for row in (2, 4)] == ["SIN-2026-003", "SIN-2026-001"], "and yet it was sorted"
    desk.draw()
    assert desk.seen(1, "Notes") == "typed in LibreOffice"
    assert desk.notes(1) == {"Notes": "typed in LibreOffice"}
    assert desk.conflicts() == before == ()
    assert len(list(desk.folder.outbox.glob("*.xlsx"))) == 1


def test_libreoffice_counts_the_working_days_as_formflow_does(desk: TrackerDesk, tmp_path: Path) -> None:
    soffice(desk.path, tmp_path)
    today = date.today()  # noqa: DTZ011 - LibreOffice counts from the machine's own day
    days = desk.pipeline.rules.working_days
    figures = _figures(desk.path)
    assert figures
    for due, left in figures:
        wanted = days.between(today, due) if due >= today else -_past(days.days, due, today)
        assert left == wanted


def _past(working: tuple[date, ...], due: date, today: date) -> int:
    return sum(1 for day in working if due < day <= today)


def _figures(path: Path) -> list[tuple[date, object]]:
    page = load_workbook(path, data_only=True)["Deadlines"]
    at = {head: column for column, head in enumerate(heads(page))}
    return [
        (due.date(), row[at["Working days left"]])
        for row in page.iter_rows(min_row=2, values_only=True)
        if isinstance(due := row[at["Due"]], datetime) and row[at["Working days left"]] is not None
    ]


def soffice(path: Path, room: Path) -> None:
    """Type in a workbook through LibreOffice's own scripting, and save it there."""
    profile = room / "profile"
    start = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=240)
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(_LIBRARIES)
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY)
    (basic / "Standard" / "Module1.xba").write_text(_MACRO)
    subprocess.run(
        [*start, f'macro:///Standard.Module1.Edit("{path.as_uri()}")'], check=True, capture_output=True, timeout=240
    )
