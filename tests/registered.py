"""Cases put straight into a register, for tests and benchmarks that need many and look at other things than forms."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from formflow.deciding.decide import decide
from formflow.inbox.arrival import Arrival
from formflow.pipeline import Pipeline
from formflow.validating.submission import Submission


def take_case(pipeline: Pipeline, number: int, submission: Submission, at: datetime | None = None) -> str:
    """Record a form as the first of the case of that number; gives its reference."""
    from formflow.deciding.case import Case

    ref, when = f"SIN-2026-{number:03d}", at or datetime.fromisoformat("2026-03-20T12:00:00+00:00")
    content = f"form {number}".encode()
    arrival = Arrival(f"{when:%Y%m%d-%H%M%S}-{number}", Path("form.docx"), sha256(content).hexdigest(), when, content)
    decision = decide(Case(ref, (submission,), (when.date(),)), pipeline.rules, when.date(), pipeline.history)
    entry = pipeline.register.take(arrival, "form.docx", ref, submission, decision, {})
    pipeline.register.filed(entry.arrival)
    return ref
