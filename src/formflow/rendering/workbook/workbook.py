"""Drawing the tracker as an Excel workbook, whole, and opening it again to check it."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO

import xlsxwriter
from xlsxwriter.workbook import Workbook

from formflow.errors import Stop, TryLater
from formflow.recording.entry import Entry
from formflow.recording.note import BETWEEN, Conflict
from formflow.rendering.workbook.assemble import assemble
from formflow.rendering.workbook.carry import OwnSheet, write_own
from formflow.rendering.workbook.cells import shown
from formflow.rendering.workbook.frame import write_frame
from formflow.rendering.workbook.package import Package
from formflow.rendering.workbook.page import Page, days_left
from formflow.rendering.workbook.tally import Tally
from formflow.rendering.workbook.tracker import Desk, deadlines_of, rows_of
from formflow.rendering.workbook.tracker_forms import intake_row
from formflow.rendering.workbook.tracker_process import theme_words
from formflow.rendering.workbook.tracker_sheets import (
    CONFLICTS,
    INTAKE,
    KEY,
    RETURNS,
    SHEETS,
    THEMES,
    CaseLine,
    Layout,
    Row,
    Sheet,
    Stamp,
    Waiting,
)
from formflow.rendering.workbook.workbook_lists import Lists, write_about, write_lists
from formflow.rendering.workbook.workbook_look import Looks
from formflow.rendering.workbook.workbook_summary import Summary

_MOST_GONE = 500
STAMP = "formflow"
"""The property of the file that holds its stamp."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the workbook shows. Cases and entries are gone through once, and may come from a stream."""

    lines: Iterable[CaseLine]
    entries: Iterable[Entry]
    """The intake log, newest first."""
    desk: Desk
    made_at: datetime
    stages: tuple[str, ...] = ()
    settings: tuple[tuple[str, str, str], ...] = ()
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    """How people left the columns, by sheet."""
    officers: tuple[str, ...] = ()
    conflicts: Sequence[Conflict] = ()
    own: Sequence[OwnSheet] = ()
    """Sheets of people's own that are carried over."""
    told: Sequence[str] = ()
    """Lines that people must see on the summary."""
    stamp: Stamp | None = None
    waiting: Waiting | None = None


@dataclass(slots=True)
class _Gone:
    """Words of people whose row is no longer shown."""

    words: list[tuple[str, str, str]] = field(default_factory=list)

    def see(self, line: CaseLine, shown_names: set[str]) -> None:
        for name, text in line.notes.items():
            if text and BETWEEN in name and name not in shown_names and len(self.words) < _MOST_GONE:
                self.words.append((line.ref, name, text))


def draw(content: Content, out: IO[bytes], room: Path | None = None) -> None:
    """Write the workbook to `out`; what does not fit in memory is kept in `room` meanwhile.

    The same content gives the same bytes.
    """
    frame = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(frame, options)
    workbook.set_properties({"title": "Case tracker", "author": "", "company": "", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed day, so that the file tells nothing
    workbook.set_calc_mode("auto")
    if content.stamp is not None:
        workbook.set_custom_property(STAMP, str(content.stamp), "text")
    looks = Looks(workbook, locked=content.waiting is not None)
    summary = Summary(workbook, looks, content.desk.partnership)
    with ExitStack() as stack:
        pages = {
            sheet.name: stack.enter_context(closing(_page(sheet, content, looks, room)))
            for sheet in (*SHEETS, CONFLICTS)
        }
        tally, agencies = _fill(pages, content)
        if not pages[CONFLICTS.name].count:
            del pages[CONFLICTS.name]
        for page in pages.values():
            write_frame(workbook, looks, page, content.desk.partnership, content.made_at)
        beyond = sum(page.left_out for page in pages.values())
        _write_rest(workbook, looks, summary, content, tally, agencies, beyond)
        workbook.close()
        assemble(frame.getvalue(), tuple(pages.values()), out)


def _page(sheet: Sheet, content: Content, looks: Looks, room: Path | None) -> Page:
    return Page(sheet, content.layouts.get(sheet.name, Layout()), looks, room)


def _fill(pages: Mapping[str, Page], content: Content) -> tuple[Tally, set[str]]:
    """Write every row; gives the figures and the agencies that were met."""
    tally, gone, agencies = Tally(content.desk), _Gone(), set[str]()
    themed: list[tuple[Row, Mapping[str, str]]] = []
    replaced: dict[tuple[str, int], int] = {}
    for line in content.lines:
        if len(line.case.submissions) > 1:
            replaced.update(((line.ref, number), newer) for number, newer in line.case.replaced_by.items())
        tally.see(line, deadlines_of(line, content.desk))
        names: set[str] = set()
        for row in rows_of(line, content.desk):
            tally.see_row(row)
            if row.sheet is THEMES:
                themed.append((row, line.notes))
            else:
                _add(pages[row.sheet.name], row, line.notes, content.desk)
            if row.sheet is RETURNS:
                agencies.add(str(row.values[1]))
            if line.notes:
                names.update(row.sheet.note(row.within, head) for head in row.sheet.heads)
                names.update(row.sheet.note(row.within, head) for head in _added(content, row.sheet))
        if line.notes and not line.stage.closed:
            gone.see(line, names)
    _fill_themes(pages[THEMES.name], themed)
    for entry in content.entries:
        tally.forms += 1
        tally.returned += entry.outcome == "returned" and entry.received.year == content.desk.today.year
        pages[INTAKE.name].add(intake_row(entry, replaced), {})
    _fill_conflicts(pages[CONFLICTS.name], content.conflicts, gone)
    return tally, agencies


def _added(content: Content, sheet: Sheet) -> tuple[str, ...]:
    layout = content.layouts.get(sheet.name)
    return layout.added if layout else ()


def _add(page: Page, row: Row, notes: Mapping[str, str], desk: Desk) -> None:
    left = None
    if row.sheet.due:
        due = row.values[row.sheet.heads.index(row.sheet.due)]
        left = days_left(row, desk.left(due)) if isinstance(due, date) else None
    page.add(row, notes, left)


def _fill_themes(page: Page, themed: Sequence[tuple[Row, Mapping[str, str]]]) -> None:
    also: dict[str, list[str]] = defaultdict(list)
    for row, _ in themed:
        also[row.within].append(row.ref)
    for row, notes in themed:
        others = ", ".join(ref for ref in also[row.within] if ref != row.ref)
        values = (*row.values[:2], others, *row.values[3:])
        page.add(Row(row.sheet, row.ref, row.within, row.order, values), notes)


def _fill_conflicts(page: Page, conflicts: Sequence[Conflict], gone: _Gone) -> None:
    for one in conflicts:
        values = (
            one.key, one.ref, one.name, shown(one.stands), shown(one.text), one.source.author, _day(one.source.saved),
            _day(one.at), one.why, None,
        )  # fmt: skip
        page.add(Row(CONFLICTS, "", one.key, 0, values), {})
    for ref, name, text in gone.words:
        why = "The row in which this stood is no longer shown. The words are kept."
        page.add(Row(CONFLICTS, ref, name, 1, ("", ref, name, "", shown(text), "", None, None, why, None)), {})


def _day(moment: str) -> date | None:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


def _write_rest(
    workbook: Workbook, looks: Looks, summary: Summary, content: Content, tally: Tally, agencies: set[str], beyond: int
) -> None:
    desk = content.desk
    holidays = tuple(sorted(desk.days.named.items()))
    lists = Lists(
        holidays, theme_words(desk.dictionary), content.stages, tuple(sorted(agencies)), content.settings,
        content.officers,
    )  # fmt: skip
    write_lists(workbook, looks, lists, desk.partnership, desk.today)
    write_about(workbook, looks, desk.partnership, content.stamp, beyond)
    for own in content.own:
        write_own(workbook, own)
    summary.write(tally, content.made_at, content.told, content.waiting)


def check(written: bytes | Path) -> None:
    """Open the workbook again. Raises `Stop` when a part is damaged or a data sheet has not its heads."""
    try:
        with closing(Package(written)) as opened:
            broken = opened.broken()
            parts = {sheet.name: sheet.part for sheet in opened.sheets}
            for sheet in SHEETS:
                number, cells = next(chain(opened.rows(parts[sheet.name]), [(0, {})]))
                heads = {cell.raw for cell in cells.values()}
                if broken or number != 1 or not {*sheet.heads, KEY} <= heads:
                    raise Stop(f'The sheet "{sheet.name}" of the new tracker is not complete, so the old one was kept.')
    except (zipfile.BadZipFile, KeyError, ValueError, TryLater) as fault:
        raise Stop("The new tracker cannot be opened again, so the old one was kept. Please report this.") from fault
