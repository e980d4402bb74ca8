from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.deciding.case import Case
from formflow.deciding.chronology import chronology_of
from formflow.extracting.form import Answer, Precision
from formflow.validating.submission import Submission, TakenKind

DAY = date(2026, 3, 20)

Event = tuple[str, str]


def a_form_of(
    kind: TakenKind, agency: str, *events: Event, precision: Precision = "day", replaces: str = ""
) -> Submission:
    answers = {"agency_name": Answer("agency_name", "answered", agency)} if agency else {}
    if replaces:
        answers["resend_of"] = Answer("resend_of", "answered", replaces)
    for number, (when, what) in enumerate(events, 1):
        if when:
            answers[f"event_{number}_date"] = Answer(
                f"event_{number}_date", "answered", when, precision, raw=f"written {when}"
            )
        answers[f"event_{number}_event"] = Answer(f"event_{number}_event", "answered", what)
    return Submission(kind=kind, layout="", layout_certainty="recognised", answers=answers)


def a_case_of(*forms: Submission) -> Case:
    return Case("SIN-2026-001", forms, (DAY,) * len(forms))


def test_rows_of_all_forms_stand_in_order_with_who_tells_them() -> None:
    made = chronology_of(
        a_case_of(
            a_form_of("notification", "", ("2026-03-12", "Found at home")),
            a_form_of("agency-return", "School", ("2026-03-14", "Told the police"), ("2026-03-01", "Absent all week")),
        )
    )
    assert [(row.told_by, row.when, row.row) for row in made.rows] == [
        ("School", "written 2026-03-01", 2),
        ("Notification", "written 2026-03-12", 1),
        ("School", "written 2026-03-14", 1),
    ]


def test_only_the_newest_return_of_an_agency_and_the_newest_notification_tell() -> None:
    made = chronology_of(
        a_case_of(
            a_form_of("notification", "", ("2026-03-12", "First account")),
            a_form_of("agency-return", "School", ("2026-03-01", "Old row")),
            a_form_of("agency-return", "school", ("2026-03-02", "New row"), replaces="1 March"),
            a_form_of("notification", "", ("2026-03-12", "Second account")),
        )
    )
    assert [row.event for row in made.rows] == ["New row", "Second account"]


def test_a_row_without_a_date_comes_last_and_says_so() -> None:
    made = chronology_of(a_case_of(a_form_of("notification", "", ("", "A letter"), ("2026-03-12", "Found at home"))))
    assert [row.event for row in made.rows] == ["Found at home", "A letter"]
    assert made.rows[1].doubts == ("No date that can be read.",)


def test_one_event_told_with_two_days_is_marked_on_both_rows_and_neither_is_changed() -> None:
    made = chronology_of(
        a_case_of(
            a_form_of("agency-return", "Police", ("2026-03-10", "Called to the flat, domestic dispute, no arrest")),
            a_form_of("agency-return", "Housing", ("2026-03-12", "Police called to flat after domestic dispute")),
        )
    )
    assert made.contradictions == 1
    assert made.rows[0].doubts == ("Housing seems to tell of the same event on written 2026-03-12.",)
    assert made.rows[1].doubts == ("Police seems to tell of the same event on written 2026-03-10.",)


def test_the_same_day_is_no_contradiction_nor_are_different_events_nor_one_forms_own_rows() -> None:
    same = "Called to the flat, domestic dispute"
    for forms in (
        (a_form_of("agency-return", "A", ("2026-03-10", same)), a_form_of("agency-return", "B", ("2026-03-10", same))),
        (
            a_form_of("agency-return", "A", ("2026-03-10", same)),
            a_form_of("agency-return", "B", ("2026-03-12", "Weighed in clinic by nurse")),
        ),
        (a_form_of("agency-return", "A", ("2026-03-10", same), ("2026-03-12", same)),),
        (
            a_form_of("agency-return", "A", ("2026-03-10", same)),
            a_form_of("agency-return", "B", ("2026-03", same), precision="month"),
        ),
        (
            a_form_of("agency-return", "A", ("2026-03-10", same)),
            a_form_of("agency-return", "B", ("2026-03-12", same), precision="approximate"),
        ),
    ):
        assert chronology_of(a_case_of(*forms)).contradictions == 0


def test_a_long_silence_is_a_gap_and_a_span_that_covers_it_is_not() -> None:
    first, last = ("2025-06-01", "Referred"), ("2026-03-01", "Found")
    silent = chronology_of(a_case_of(a_form_of("notification", "", first, last)))
    assert [(gap.after, gap.before, gap.days) for gap in silent.gaps] == [(date(2025, 6, 1), date(2026, 3, 1), 273)]
    spanned = chronology_of(
        a_case_of(
            a_form_of("notification", "", first, last),
            a_form_of("agency-return", "School", ("2025-06-02/2026-02-20", "Weekly visits"), precision="range"),
        )
    )
    assert spanned.gaps == ()


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 3, 1)), max_size=30))
@settings(max_examples=50, deadline=None)
def test_whatever_order_rows_come_in_the_chronology_is_in_order_and_loses_none(days: list[date]) -> None:
    events = tuple((day.isoformat(), f"Event {number}") for number, day in enumerate(days))
    made = chronology_of(a_case_of(a_form_of("notification", "", *events)))
    found = [row.first for row in made.rows]
    assert found == sorted(days)
    assert {row.event for row in made.rows} == {what for _, what in events}


def test_two_hundred_rows_of_forty_agencies_are_merged_at_once() -> None:
    forms = [
        a_form_of(
            "agency-return", f"Agency {n}", *((f"2025-{1 + m % 12:02d}-{1 + n % 28:02d}", "Seen") for m in range(5))
        )
        for n in range(40)
    ]
    assert len(chronology_of(a_case_of(*forms)).rows) == 200
