"""Between the nouns and their rows: entries, submissions and decisions as the tables hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from pydantic import TypeAdapter

from formflow.deciding.decision import Decision
from formflow.inbox.arrival import Arrival
from formflow.recording.entry import Entry, Outcome
from formflow.validating.submission import Submission

_DECISION = TypeAdapter(Decision)


def new_entry(arrival_id: str, arrival: Arrival, shown_name: str, outcome: str, more: Mapping[str, object]) -> Entry:
    """An entry for a form that opens no case."""
    return Entry(
        arrival_id,
        arrival.sha256,
        arrival.received,
        shown_name,
        cast("Outcome", outcome),
        str(more.get("reason", "")),
        str(more.get("case_ref", "")),
        cast("int", more.get("version", 0)),
        0,
        cast("tuple[str, ...]", more.get("problems", ())),
    )


def row_of(entry: Entry) -> dict[str, object]:
    """An entry as its row."""
    return {
        "id": entry.arrival,
        "sha256": entry.sha256,
        "received": entry.received.isoformat(),
        "shown_name": entry.shown_name,
        "outcome": entry.outcome,
        "reason": entry.reason,
        "case_ref": entry.case_ref,
        "version": entry.version,
        "questions": entry.questions,
        "problems": json.dumps(entry.problems, ensure_ascii=False),
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """A row as its entry."""
    return Entry(
        row["id"],
        row["sha256"],
        datetime.fromisoformat(row["received"]),
        row["shown_name"],
        row["outcome"],
        row["reason"],
        row["case_ref"],
        row["version"],
        row["questions"],
        tuple(json.loads(row["problems"])),
    )


def submission_json(submission: Submission) -> str:
    """A submission as text that reads back exactly."""
    return submission.model_dump_json()


def decision_json(decision: Decision) -> str:
    """A decision as text that reads back exactly."""
    return _DECISION.dump_json(decision).decode("utf-8")


def decision_of(text: str) -> Decision:
    """A decision from its text."""
    return _DECISION.validate_json(text)
