from __future__ import annotations

from formflow.deciding.case import Case
from formflow.deciding.comparing import CaseChange, compare_cases, compare_editions
from formflow.deciding.edition import Edition
from formflow.deciding.history import history_of
from makers import TODAY, a_submission, the_rules


def edition(name: str) -> Edition:
    found = the_rules().guidance.named(name)
    assert found is not None
    return found


def cases() -> list[Case]:
    leaver = a_submission((), nature=("died",), child_1_dob="2004-01-01", child_1_care_leaver="yes")
    return [Case("SIN-2026-001", (a_submission(),), (TODAY,)), Case("SIN-2026-002", (leaver,), (TODAY,))]


def compared(old: str, new: str) -> list[CaseChange]:
    held = cases()
    return list(compare_cases(held, edition(old), edition(new), the_rules(), TODAY, history_of(held)))


def test_a_rule_that_was_added_changes_only_the_cases_it_speaks_of() -> None:
    (change,) = compared("2018", "2023")
    assert change.ref == "SIN-2026-002"
    found = {(one.what, one.key): (one.old, one.new) for one in change.changes}
    assert found["duty", "type"] == ("none", "care_leaver_death")
    assert found["duty", "notify"] == ("no", "yes")
    assert ("deadline", "notify_secretary_of_state_and_ofsted") in found


def test_an_edition_against_itself_changes_nothing() -> None:
    assert compared("2026", "2026") == []
    assert list(compare_editions(edition("2026"), edition("2026"))) == []


def test_a_limit_that_was_shortened_changes_the_day() -> None:
    new = edition("2026")
    shorter = new.limits["notify_panel"].model_copy(update={"working_days": 4, "rule": "4 working days"})
    draft = new.model_copy(update={"limits": {**new.limits, "notify_panel": shorter}})
    held = cases()
    first = next(iter(compare_cases(held, new, draft, the_rules(), TODAY, history_of(held))))
    assert ("deadline", "notify_panel", "2026-03-20", "2026-03-19") in {
        (one.what, one.key, one.old, one.new) for one in first.changes
    }
    assert [(one.what, one.key) for one in compare_editions(new, draft)] == [("limit", "notify_panel")]


def test_what_became_uncertain_is_listed() -> None:
    kinds = {one.what for one in compare_editions(edition("2023"), edition("2026"))}
    assert "to be confirmed" in kinds
