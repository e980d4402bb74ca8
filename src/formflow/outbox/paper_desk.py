"""Drawing the papers of a case and putting them in its folder; the register is asked for nothing meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formflow.deciding.decision import Decision
from formflow.extracting.dictionary import Dictionary
from formflow.outbox.drafts import Drawn, draw_drafts, is_draft
from formflow.outbox.put import put_all_unless_edited, set_aside
from formflow.recording.entry import Entry
from formflow.recording.record import CaseRecord
from formflow.rendering.drafts.draw import Sender
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import draw, draw_by_day
from formflow.rendering.render import Renderer
from formflow.settings import Settings


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """Where papers are drawn. It may stand in another process than the register."""

    settings: Settings
    renderer: Renderer
    dictionary: Dictionary

    def put_papers(
        self, record: CaseRecord, entry: Entry, place: Path, before: Mapping[str, str], record_line: str = ""
    ) -> dict[str, str]:
        """Draw what follows from the newest form of a case into the folder `place`; gives what was put there.

        `before` holds the papers there are, `put` those that were drawn: by name, with the fingerprint of what was
        written. `record_line` is the line of the audit chain that the papers tell of. Raises `TryLater` when one is
        open in another program; it may be done again after any interruption.
        """
        about = About(
            record.case,
            record.decision,
            self.dictionary,
            self.settings,
            entry.received.date(),
            record.receipt,
            record_line=record_line,
        )
        drawn = draw(about, tuple(name for name in before if not is_draft(name)), self.renderer)
        set_aside(place, drawn.replaces)
        put_all_unless_edited([(place / paper.name, paper.content, before.get(paper.name)) for paper in drawn.papers])
        put = {paper.name: hashlib.sha256(paper.content).hexdigest() for paper in drawn.papers}
        current = {name: sha256 for name, sha256 in {**before, **put}.items() if name not in drawn.replaces}
        return put | self._put_drafts(record, entry, place, current)

    def put_by_day(
        self, record: CaseRecord, decision: Decision, place: Path, before: Mapping[str, str]
    ) -> dict[str, str]:
        """Draw what the calendar alone made due, by `decision` of today; gives what was put, as `put_papers` does.

        Nothing is replaced, and no message is drafted. Raises `TryLater` when a paper is open in another program.
        """
        about = About(
            record.case, decision, self.dictionary, self.settings, record.case.received[-1], record.receipt
        )  # fmt: skip
        papers = draw_by_day(about, tuple(before), record.decision, self.renderer)
        put_all_unless_edited([(place / paper.name, paper.content, before.get(paper.name)) for paper in papers])
        return {paper.name: hashlib.sha256(paper.content).hexdigest() for paper in papers}

    def _put_drafts(self, record: CaseRecord, entry: Entry, place: Path, current: Mapping[str, str]) -> dict[str, str]:
        """Draft the messages to everybody who is to be told; where none are wanted, earlier ones are set aside."""
        stem = f"{record.ref}_{{doc}}_v{entry.version}_{entry.received:%Y%m%d}"
        drawn = Drawn(replaces=frozenset(filter(is_draft, current)))
        if self.settings.papers.drafts:
            sender = Sender(self.settings.partnership, self.settings.local)
            drawn = draw_drafts(stem, record.decision, entry.received.date(), place, current, sender)
        set_aside(place, drawn.replaces)
        put_all_unless_edited([(place / paper.name, paper.content, current.get(paper.name)) for paper in drawn.papers])
        return {paper.name: hashlib.sha256(paper.content).hexdigest() for paper in drawn.papers}
