"""Taking back what people wrote in the tracker: every word is kept in the register before anything is drawn over it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from formflow.errors import TryLater
from formflow.pipeline import Pipeline
from formflow.recording.note import Note, Source
from formflow.rendering.workbook.carry import OwnSheet, own_sheets
from formflow.rendering.workbook.cells import tidy
from formflow.rendering.workbook.merge import Known, Merged, merge, settled, strays, typed_over
from formflow.rendering.workbook.tracker import Desk, rows_of
from formflow.rendering.workbook.tracker_sheets import OFFICERS, CaseLine, Layout, Value
from formflow.rendering.workbook.typed import TypedBook, TypedRow
from formflow.service.tracker.lines import desk_of, line_of
from formflow.service.tracker.tracker_state import TrackerState

_PARTLY = "Something on {names} could not be carried over as it was (pictures, charts, comments or the like)."


@dataclass(slots=True)
class TakeBack:
    """Reads a workbook that lies in the tracker's place, and keeps what people wrote in it."""

    pipeline: Pipeline
    state: TrackerState
    made_at: datetime
    drawn: str
    """The name of the workbook as it was drawn last, in the folder of the register."""
    not_whole: str = ""
    """What could not be carried over, in words; empty when everything could."""
    _lines: dict[str, CaseLine | None] = field(default_factory=dict, repr=False)
    _desk: Desk | None = None

    def take(self, workbook: Path) -> tuple[OwnSheet, ...]:
        """Keep what people wrote; gives the sheets that they made themselves."""
        with closing(TypedBook(workbook, self.state.held.layouts)) as book:
            return self._take(book)

    def _take(self, book: TypedBook) -> tuple[OwnSheet, ...]:
        held = self.state.held
        ours = self.state.ours(book.stamp)
        current = ours and book.stamp is not None and book.stamp.drawing >= held.put
        register = self.pipeline.register
        stood = register.notebook.stood(book.stamp.note) if ours and book.stamp else {}
        known = Known(register.notebook.of, stood, register.refs(), current, register.erased(), ours)
        merged = merge(book.rows(), known, book.source)
        for row in merged.over:
            merged.conflicts.extend(typed_over(row.sheet, row, self._now(row), book.source))
        drawn = held.plain.get(str(book.stamp.drawing), {}) if ours and book.stamp else {}
        if drawn:
            merged.conflicts.extend(strays(book.plain(), drawn, book.source))
        self._officers(book, merged, current=current)
        self._settle(merged, book.source)
        register.keep_words(merged.notes, merged.conflicts)
        held.layouts = self._layouts(book.layouts, current=current)
        return self._own(book, current=current)

    def own_of_drawn(self) -> tuple[OwnSheet, ...]:
        """People's own sheets as they were drawn last, where the tracker itself holds none or is gone."""
        try:
            drawn = self.state.whole(self.drawn)
            if drawn is None:
                return ()
            with closing(TypedBook(drawn, self.state.held.layouts)) as book:
                return own_sheets(book.package, book.own)
        except (OSError, TryLater):
            return ()

    def _own(self, book: TypedBook, *, current: bool) -> tuple[OwnSheet, ...]:
        own = own_sheets(book.package, book.own)
        partly = [sheet.name for sheet in own if not sheet.whole] + list(book.drawn_on())
        if partly:
            self.not_whole = _PARTLY.format(names=", ".join(f'"{name}"' for name in partly))
        if not current:
            there = {sheet.name.casefold(): sheet for sheet in own}
            before = self.own_of_drawn()
            own = (*own, *(sheet for sheet in before if sheet.name.casefold() not in there))
            if any(there.get(sheet.name.casefold(), sheet) != sheet for sheet in before):
                self.not_whole = (
                    "An older copy of the tracker was put back whose own sheets differ from the newer ones."
                )
        return own

    def _layouts(self, found: Mapping[str, Layout], *, current: bool) -> dict[str, Layout]:
        kept = dict(self.state.held.layouts)
        for name, layout in found.items():
            if current:
                kept[name] = layout
            else:  # an older copy does not say how people want it now, but may hold columns of theirs
                now = kept.get(name, Layout())
                added = (*now.added, *(head for head in layout.added if head not in now.added))
                kept[name] = replace(now, added=added)
        return kept

    def _officers(self, book: TypedBook, merged: Merged, *, current: bool) -> None:
        """The list of lead officers: what is taken off an older copy's list stays on ours."""
        found = book.officers()
        if found is None:
            return
        before = self.pipeline.register.notebook.of([""]).get("", {}).get(OFFICERS, "")
        names = found if current else dict.fromkeys((*filter(None, before.split("\n")), *found))
        if (text := "\n".join(names)) != before:
            merged.notes.append(Note("", OFFICERS, text, book.source))

    def _settle(self, merged: Merged, source: Source) -> None:
        """Where people picked on "Conflicts" which words count, those words become the note."""
        choices = {note.name: note.text for note in merged.notes if not note.ref}
        if choices:
            merged.notes.extend(settled(self.pipeline.register.notebook.conflicts(), choices, source))

    def _now(self, row: TypedRow) -> Mapping[str, str]:
        """What formflow would write in a row today, by head."""
        ref = row.key.partition("/")[0]
        if ref not in self._lines:
            record = self.pipeline.register.case(ref)
            self._lines[ref] = line_of(self.pipeline, record, self.made_at) if record else None
        line = self._lines[ref]
        self._desk = self._desk or desk_of(self.pipeline, self.made_at)
        for made in rows_of(line, self._desk) if line else ():
            if made.key == row.key and made.sheet is row.sheet:
                return {head: _text(value) for head, value in zip(made.sheet.heads, made.values, strict=True)}
        return {}


def _text(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else tidy(str(value))
