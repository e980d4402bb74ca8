"""The rapid review report: a draft from the notification, drawn again as returns, chronology and decision come in."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from docx import Document

from formflow.pipeline import Pipeline
from formflow.rendering.papers.vocabulary import words_for
from formflow.service.run import run
from letter_cases import CASES
from makers import a_form, a_later_form, a_working_folder
from process_forms import DECISION, LONG, REF, RETURN

VOICE = "The baby was content when held by the grandmother."


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of the report after the notification, after an agency return, and after the decision."""
    folder = a_working_folder(tmp_path_factory.mktemp("report") / "work")
    forms = (
        (date(2026, 3, 20), a_form(national_notification_made="yes", national_date="2026-03-16")),
        (date(2026, 3, 25), a_later_form("air", **RETURN, analysis_child=VOICE, good_practice="A nurse rang twice.",
                                         learning="Missed visits are talked about.", event_1_date="2026-02-01",
                                         event_1_event="First seen in the clinic.", event_1_source="Clinic record")),
        (date(2026, 4, 3), a_later_form("drr", **(DECISION | {"view_improvements": "may",
                                        "view_improvements_reason": "A bruise protocol was asked for before.",
                                        "partner_police_view": "dissent",
                                        "partner_police_reason": "The police would wait for the inquest."}))),
    )  # fmt: skip
    found = []
    for day, content in forms:
        noon = partial(datetime, day.year, day.month, day.day, 12, tzinfo=UTC)
        with Pipeline.open(folder, noon) as pipeline:
            (folder.inbox / f"form {day}.docx").write_bytes(content)
            run(pipeline, noon)
        [path] = (folder.outbox / "cases" / REF).glob("*rapid-review-report*")
        found.append(text_of(path))
    return found


def text_of(path: Path) -> str:
    """Every word of a paper, a line for each paragraph and each row."""
    document = Document(io.BytesIO(path.read_bytes()))
    lines = []
    for element in document.element.body.iter():
        if element.tag.endswith("}p"):
            lines.append("".join(node.text or "" for node in element.iter() if node.tag.endswith("}t")))
    footer = document.sections[0].footer
    return "\n".join([*lines, *(paragraph.text for paragraph in footer.paragraphs)])


def section(text: str, begins: str, ends: str) -> str:
    return text[text.index(begins) : text.index(ends, text.index(begins))]


def test_the_first_draft_says_what_it_rests_on_and_what_is_still_to_come(reports: list[str]) -> None:
    first = reports[0]
    assert "drawn from the notification. Everything" in first
    assert "DRAFT, not approved. Drafted from the form received on 20 March 2026." in first
    assert "No decision is recorded yet" in first
    assert "None received yet." in section(first, "Annex B", "Annex C")


def test_an_agency_return_brings_the_childs_voice_good_practice_learning_and_the_chronology(reports: list[str]) -> None:
    second = reports[1]
    assert VOICE in section(second, "4  The child", "5  Family")
    assert "A nurse rang twice." in section(second, "9  Good practice", "10  Analysis")
    assert "Missed visits are talked about." in section(second, "11  Learning", "12  Decision")
    assert "First seen in the clinic." in section(second, "Annex A", "Annex B")
    assert "Fenwold Hospital Trust" in section(second, "Annex B", "Annex C")
    assert "DRAFT, not approved." in second


def test_a_decision_is_printed_with_its_reasons_both_ways_its_dissent_and_the_partners_own_view(
    reports: list[str],
) -> None:
    third = reports[2]
    decided = section(third, "12  Decision", "13  Actions")
    assert "The partners decided on 2 April 2026 to hold a local child safeguarding practice review." in decided
    assert decided.count(LONG.strip()) == 2
    assert "Police: The police would wait for the inquest." in decided
    assert "A bruise protocol was asked for before." in section(third, "What the partners think", "D  What is")
    assert "Write a protocol for bruises in babies" in section(third, "13  Actions", "14  Family")
    assert "Does not agree" in section(third, "15  Sign-off", "Annex A")


def test_the_report_is_a_draft_until_the_decision_that_approves_it_is_recorded(reports: list[str]) -> None:
    assert "DRAFT" not in reports[2]
    assert "Approved with the partners' decision of 2 April 2026." in reports[2]


def test_the_annex_shows_for_each_finding_its_words_its_paragraph_the_answer_and_where_it_stood(
    reports: list[str],
) -> None:
    annex = reports[0][reports[0].index("Annex D") :]
    assert "“The local authority knows or suspects that a child has been abused or neglected.”" in annex
    assert re.search(r"2\.12 \"Is abuse or neglect known or suspected\?\": .*\[table \d+, row \d+\]", annex)
    assert "Children Act 2004 s16C(1)" in annex
    assert "What would change it:" in annex


def test_the_annex_counts_every_day_and_names_what_the_decision_was_made_with(reports: list[str]) -> None:
    annex = reports[0][reports[0].index("Deadlines, day by day") :]
    assert re.search(r"Notify the Panel, .*day 0; .*day 1; .*day 5\.", annex)
    for word in ("formflow, version", "Newest form, SHA-256", "Templates, SHA-256", "Guidance 2023-12-15", "Layout"):
        assert word in annex, word
    assert re.search(r"\b[0-9a-f]{64}\b", annex)


def test_a_form_that_settles_nothing_never_says_that_nobody_is_to_be_told() -> None:
    case = CASES["nothing answered"].about()
    assert case.decision.duty.notify == "cannot_tell"
    told = words_for(case, ("duty",))["duty"]
    assert isinstance(told, dict)
    assert told["told_in_words"] == "Not settled yet"


def test_a_form_that_makes_no_duty_says_that_nobody_is_to_be_told_on_what_it_says() -> None:
    told = words_for(CASES["no duty"].about(), ("duty",))["duty"]
    assert isinstance(told, dict)
    assert told["told_in_words"] == "Nobody, on what the form says"
