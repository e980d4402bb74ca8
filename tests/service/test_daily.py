"""Papers that fall due by the calendar alone are drawn although no form arrives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from formflow.deciding.decide import decide
from formflow.recording.proof.verify import verify
from formflow.service.run import run
from formflow.service.watch import Watch
from makers import a_form, a_later_form, the_rules
from process_forms import DECISION, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    with made.pipeline:
        yield made


def test_a_review_that_becomes_late_has_its_delay_notice_on_the_day(office: Office) -> None:
    office.drop("form.docx", a_form())
    office.drop("decision.docx", a_later_form("drr", **DECISION), date(2026, 4, 2))
    before = office.papers()
    office.today = date(2026, 4, 3)
    run(office.pipeline, office.now)
    assert office.papers() == before
    office.today = date(2027, 4, 5)
    Watch(office.pipeline, office.now).once()
    begun = office.papers() - before
    assert begun == {"delay-notice"}
    names = sorted(path.name for path in (office.folder.outbox / "cases").rglob("*"))
    office.today = date(2027, 4, 6)
    run(office.pipeline, office.now)
    assert sorted(path.name for path in (office.folder.outbox / "cases").rglob("*")) == names
    office.pipeline.close()
    rules = the_rules()
    assert not verify(
        office.folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    ).problems
