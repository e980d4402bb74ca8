"""Forms of the later process in words, and an office that drops them; for tests. Everybody in them is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from formflow.deciding.case import Case
from formflow.pipeline import Pipeline
from formflow.service.run import Run, run
from formflow.settings import WorkingFolder
from makers import a_working_folder

REF = "SIN-2026-001"
LONG = "The agencies each held a part of the picture, and nobody put the parts together until it was too late for him. "
RECORDED: dict[str, object] = {"recorded_by": "Ines Calder", "date_completed": "2026-03-18"}
RETURN: dict[str, object] = {
    "case_ref": REF,
    "agency_name": "Fenwold Hospital Trust",
    "author_name": "Sam Oakes",
    "author_contact": "sam.oakes@fenwold.example",
    "records_secured": "yes",
    "records_secured_date": "2026-03-16",
    "involvement_summary": "The child was seen twice in the emergency department.",
    "still_involved": "no",
    "declared_name": "Sam Oakes",
    "declared_date": "2026-03-18",
}
"""Answers of an agency return that leaves nothing to ask."""


def decision_record(completed: str, decided: str) -> dict[str, object]:
    """Answers of a decision record that leaves nothing to ask: the review completed on one day, decided on another."""
    partners = ("local_authority", "icb", "police")
    view = {"name": "A Delegate", "role": "Partner", "date": decided, "view": "agree"}
    return {
        "case_ref": REF,
        "rapid_review_completed_date": completed,
        "definition_met": "yes",
        "recommendation": "local_review",
        "recommendation_date": completed,
        "outcome": ("local_review",),
        "decision_date": decided,
        "reasons_for": LONG,
        "reasons_against": LONG,
        "national_view": "no",
        "national_reasons": "Nothing in it goes beyond the area.",
        "reviewer_not_yet": "yes",
        "recorded_by": "Ines Calder",
        "date_completed": decided,
        **{f"partner_{partner}_{part}": value for partner in partners for part, value in view.items()},
    }


DECISION: dict[str, object] = {
    **decision_record("2026-04-01", "2026-04-02"),
    "rapid_review_sent_date": "2026-04-02",
    "action_1_text": "Write a protocol for bruises in babies",
    "action_1_owner": "Named nurse",
    "action_1_due": "2026-09-01",
    "action_1_measure": "Audit of 20 cases",
}


class Office:
    """A working folder and a clock that people can move on."""

    def __init__(self, root: Path) -> None:
        self.folder: WorkingFolder = a_working_folder(root / "work")
        self.today = date(2026, 3, 20)
        self.pipeline = Pipeline.open(self.folder, self.now)

    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)

    def drop(self, name: str, content: bytes, on: date | None = None) -> Run:
        self.today = on or self.today
        (self.folder.inbox / name).write_bytes(content)
        return run(self.pipeline, self.now)

    def case(self, ref: str = REF) -> Case:
        record = self.pipeline.register.case(ref)
        assert record is not None
        return record.case

    def refs(self) -> list[str]:
        return [record.ref for record in self.pipeline.register.cases()]

    def asked(self) -> list[str]:
        """The questions of the newest form."""
        return [query.message for query in self.case().submissions[-1].queries if query.level == "query"]

    def papers(self, ref: str = REF) -> set[str]:
        return {path.name.split("_")[1] for path in (self.folder.outbox / "cases" / ref).glob("*_*")}
