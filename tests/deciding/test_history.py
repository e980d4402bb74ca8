from __future__ import annotations

from datetime import date
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.deciding.history import History, PastCase, day_known, history_of, past_of
from formflow.deciding.progress import Agreed
from formflow.extracting.form import Answer
from formflow.validating.submission import Submission
from makers import TODAY, a_submission, the_rules

ONE = PastCase("SIN-2025-001", date(2025, 3, 1), frozenset({"neglect"}))
TWO = PastCase("SIN-2025-002", date(2025, 2, 1), frozenset({"neglect", "sexual"}))
THREE = PastCase("SIN-2025-003", date(2025, 3, 1), frozenset({"physical"}))


def a_case(ref: str, **answers: object) -> Case:
    return Case(ref, (a_submission((), **answers),), (TODAY,))


def earlier(history: History, theme: str, day: date, ref: str = "") -> list[str]:
    return [past.ref for past in history.newest(theme, ref, day)]


def test_earlier_cases_come_newest_first_and_only_up_to_the_day() -> None:
    history = History((ONE, TWO, THREE))
    assert earlier(history, "neglect", date(2025, 3, 1)) == ["SIN-2025-001", "SIN-2025-002"]
    assert earlier(history, "neglect", date(2025, 2, 28)) == ["SIN-2025-002"]
    assert earlier(history, "domestic_abuse", date(2025, 3, 1)) == []


THEMES = st.frozensets(st.sampled_from(["neglect", "sexual", "physical"]), max_size=3)
DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 9))
ACTIONS = st.lists(st.builds(Agreed, st.just("A1"), st.just(""), st.none() | DAYS, st.booleans()), max_size=2)
PASTS = st.builds(PastCase, st.sampled_from(["a", "b", "c", "d", "e"]), DAYS, THEMES, ACTIONS.map(tuple))


@given(st.lists(PASTS, max_size=12), THEMES, DAYS, st.sampled_from(["a", "z"]))
def test_what_is_found_by_halving_is_what_going_through_every_case_finds(
    said: list[PastCase], themes: frozenset[str], day: date, ref: str
) -> None:
    history = History(said)
    cases = {past.ref: past for past in said}.values()  # what was said last of a case holds
    alike = [past for past in cases if past.ref != ref and past.known <= day and past.themes & themes]
    alike.sort(key=lambda past: (past.known, past.ref), reverse=True)
    assert history.count(themes, ref, day) == len(alike)
    acted = [(past.ref, action) for past in alike for action in past.actions if action.agreed and action.agreed <= day]
    assert list(history.improvements(themes, ref, day)) == acted
    assert history.agreed(themes, ref, day) == len(acted)
    for theme in themes:
        assert list(history.newest(theme, ref, day)) == [past for past in alike if theme in past.themes]


def test_a_case_never_looks_at_itself() -> None:
    history = History((ONE, TWO))
    assert earlier(history, "neglect", date(2026, 1, 1), ONE.ref) == [TWO.ref]
    case = a_case("SIN-2026-001", abuse_type=("neglect",))
    decision = decide(case, the_rules(), TODAY, history_of((case,)))
    assert decision == decide(case, the_rules(), TODAY)


def test_a_case_that_has_changed_is_remembered_as_it_is_now() -> None:
    history = History((ONE, TWO))
    history.add(PastCase(ONE.ref, ONE.known, frozenset({"physical"})))
    assert earlier(history, "neglect", date(2026, 1, 1)) == [TWO.ref]
    assert earlier(history, "physical", date(2026, 1, 1)) == [ONE.ref]


def test_the_fingerprint_is_that_of_the_cases_in_whatever_order_and_without_ones_own() -> None:
    prints = {History(order).fingerprint() for order in permutations((ONE, TWO, THREE))}
    assert len(prints) == 1
    assert History((ONE, TWO, THREE)).fingerprint(but=TWO.ref) == History((ONE, THREE)).fingerprint()
    assert History((ONE, TWO)).fingerprint() != History((ONE, THREE)).fingerprint()
    assert History().fingerprint() == History((ONE,)).fingerprint(but=ONE.ref) == ""


def test_a_settled_action_changes_the_fingerprint() -> None:
    def with_action(*, settled: bool) -> str:
        action = Agreed("A1", "School", date(2025, 4, 1), settled=settled)
        return History((PastCase(ONE.ref, ONE.known, ONE.themes, (action,)),)).fingerprint()

    assert with_action(settled=True) != with_action(settled=False)


def test_a_case_is_known_from_the_day_the_council_knew_else_the_incident_else_the_form() -> None:
    assert day_known(a_case("x")) == date(2026, 3, 13)
    assert day_known(a_case("x", la_aware_date="2026-02")) == date(2026, 2, 28)
    without = Case("x", (a_submission(("la_aware_date",)),), (TODAY,))
    assert day_known(without) == date(2026, 3, 12)
    assert day_known(Case("x", (a_submission(("la_aware_date", "incident_date")),), (TODAY,))) == TODAY


def test_what_a_case_tells_later_ones_holds_no_name_and_no_story() -> None:
    told = past_of(a_case("SIN-2026-001", abuse_type=("neglect", "other")))
    assert told.themes == {"neglect"}
    for word in ("Ashby", "Jordan", "neighbour"):
        assert word not in repr(told)


def test_actions_of_an_earlier_case_come_from_its_later_forms() -> None:
    answers = {
        f"action_1_{part}": Answer(f"action_1_{part}", "answered", value)
        for part, value in {"text": "Train staff", "agency": "School", "start": "2025-05-01"}.items()
    }
    plan = Submission(kind="decision-record", layout="", layout_certainty="recognised", answers=answers)
    earlier = Case(
        "SIN-2025-001", (a_submission((), abuse_type=("neglect",), la_aware_date="2025-03-13"), plan), (TODAY,) * 2
    )
    case = a_case("SIN-2026-001", abuse_type=("neglect",), crit_improvements="no")
    decision = decide(case, the_rules(), TODAY, history_of((earlier,)))
    finding = next(f for f in decision.findings if f.key == "improvements_needed")
    assert finding.result == "may_be_met"
    assert [(e.ref, e.on) for e in finding.beside] == [("SIN-2025-001", date(2025, 5, 1))]
    assert "Train staff" not in repr(finding)
