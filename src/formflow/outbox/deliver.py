"""Bringing a recorded form to its place in the outbox, with its papers; may be done again after any interruption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formflow.outbox.paper_desk import PaperDesk
from formflow.outbox.put import move_in, put
from formflow.recording.entry import Entry
from formflow.recording.proof.anchors import said
from formflow.recording.record import CaseRecord
from formflow.recording.register import Register
from formflow.rendering.form_name import form_name
from formflow.rendering.papers.words import words_for_returned
from formflow.rendering.render import Renderer
from formflow.rendering.templates.fill import RECORD
from formflow.settings import WorkingFolder


@dataclass(frozen=True, slots=True)
class Drawing:
    """Papers that are to be drawn, with all that is needed for it."""

    record: CaseRecord
    entry: Entry
    place: Path
    before: Mapping[str, str] = field(repr=False)
    """The papers of the case there are, by name with their fingerprints."""
    line: str = ""
    """The line of the audit chain that the papers tell of."""

    def done_at(self, desk: PaperDesk) -> dict[str, str]:
        """Draw them and put them in their place; gives them by name with their fingerprints."""
        return desk.put_papers(self.record, self.entry, self.place, self.before, self.line)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where recorded forms and their papers go."""

    folder: WorkingFolder
    register: Register
    desk: PaperDesk

    @property
    def renderer(self) -> Renderer:
        """The templates, ready to be filled."""
        return self.desk.renderer

    def deliver(self, entry: Entry, dropped: Path | None, name: str = "") -> Entry:
        """Write the papers, move the dropped file beside them, and note in the register that it is done.

        `dropped` is where the file lies in the inbox, or None when it is no longer there or came in a message; `name`
        is what it was called, where that is known. Raises `TryLater` when something is open in another program; the
        form is recorded by then, and nothing is done twice.
        """
        with self.register.hold(f"case {entry.case_ref or entry.arrival}"):
            drawing = self.drawing(entry)
            return self.finish(entry, dropped, name, drawing.done_at(self.desk) if drawing else {})

    def drawing(self, entry: Entry) -> Drawing | None:
        """The papers to be drawn for a form; None where there are none."""
        record = self.register.case(entry.case_ref) if entry.outcome == "taken" else None
        # When a newer form was recorded meanwhile, its papers are the current ones and these are not drawn.
        if record is None or len(record.case.submissions) != entry.version:
            return None
        line = said(self.register.line_of(entry.arrival))
        return Drawing(record, entry, self._place(entry), self.register.papers(record.ref), line)

    def finish(self, entry: Entry, dropped: Path | None, name: str, put: Mapping[str, str]) -> Entry:
        """Move the dropped file to its place when its papers lie there, and note in the register that it is done."""
        match entry.outcome:
            case "taken":
                self._to_its_case(entry, dropped)
            case "returned":
                self._back_to_sender(entry, dropped, name)
            case "duplicate":
                place = self._place(entry) / "received again"
                self._move_in(entry, dropped, place / f"{entry.arrival}{_suffix(entry)}")
            case "enclosed":
                place = self._place(entry) / "received with the form"
                self._move_in(entry, dropped, place / f"{entry.arrival}{_suffix(entry)}")
            case "opened":
                self._move_in(entry, dropped, self._place_of_message(entry))
        self.register.filed(entry.arrival, put, entry.case_ref)
        return entry

    def _place_of_message(self, entry: Entry) -> Path:
        """A message goes where the first form in it went: to its case, else beside what was returned."""
        inside = self.register.inside(entry.arrival)
        for held in inside:
            if held.case_ref:
                return (
                    self.folder.outbox / "cases" / held.case_ref
                    / f"{held.case_ref}_message_{entry.arrival}{_suffix(entry)}"
                )  # fmt: skip
        place = inside[0].arrival if inside else entry.arrival
        return self.folder.outbox / "returned" / place / f"message as received{_suffix(entry)}"

    def _to_its_case(self, entry: Entry, dropped: Path | None) -> None:
        record = self.register.case(entry.case_ref)
        assert record is not None, "an entry that was taken has a case"  # noqa: S101 - the register promises it
        kind = record.case.submissions[entry.version - 1].kind
        form = form_name(entry.case_ref, kind, entry.version, entry.received.date(), _suffix(entry))
        self._move_in(entry, dropped, self._place(entry) / form)

    def _place(self, entry: Entry) -> Path:
        return self.folder.outbox / "cases" / entry.case_ref

    def _back_to_sender(self, entry: Entry, dropped: Path | None, called: str) -> None:
        place = self.folder.outbox / "returned" / entry.arrival
        name = dropped.name if dropped else called or entry.shown_name
        partnership = self.folder.settings.partnership
        words = words_for_returned(name, entry.problems, partnership, entry.received.date(), entry.reason)
        words[RECORD] = said(self.register.line_of(entry.arrival))
        for paper in self.renderer.render("returned", words, "{doc}"):
            put(place / paper.name, paper.content)
        self._move_in(entry, dropped, place / f"form as received{_suffix(entry)}")

    def _move_in(self, entry: Entry, dropped: Path | None, target: Path) -> None:
        move_in(dropped, target, entry.sha256, lambda: self.register.evidence.get(entry.sha256))


def _suffix(entry: Entry) -> str:
    return Path(entry.shown_name).suffix.lower()
