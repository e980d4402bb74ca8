from __future__ import annotations

from datetime import date

from formflow.deciding.decide import decide
from formflow.deciding.explaining import Explanation, explain
from formflow.deciding.history import History, PastCase
from makers import TODAY, a_case, the_dictionary, the_rules

EARLIER = History((PastCase("SIN-2025-001", date(2025, 3, 1), frozenset({"neglect"})),))


def explained(**answers: object) -> Explanation:
    case = a_case((), **answers)
    decision = decide(case, the_rules(), TODAY, EARLIER)
    return explain(case, decision, the_dictionary(), {"form": "0" * 64, "formflow": "0.1.0"})


def test_each_step_goes_from_the_answer_with_its_place_to_the_words_and_the_result() -> None:
    told = explained(abuse_neglect="suspected")
    step = next(step for step in told.steps if step.finding.key == "abuse_or_neglect")
    (ground,) = step.grounds
    assert ground.question == '2.12 "Is abuse or neglect known or suspected?"'
    assert (ground.read_as, ground.raw, ground.how) == ("Suspected", "suspected", "given")
    assert step.finding.wording
    assert step.finding.source
    assert step.finding.edition == "2023-12-15"


def test_what_the_register_shows_stands_beside_the_answers() -> None:
    told = explained(abuse_type=("neglect",))
    step = next(step for step in told.steps if step.finding.key == "recurrent_themes")
    assert [(one.ref, one.on) for one in step.beside] == [("SIN-2025-001", date(2025, 3, 1))]
    assert step.leads_to == ("local_review", "thematic_review")


def test_what_would_settle_it_is_asked_in_the_words_of_the_form() -> None:
    step = next(step for step in explained().steps if step.finding.key == "panel_considered")
    assert step.would_settle == ('9.7 "The Panel thinks a local review fits"',)


def test_the_duty_shows_every_answer_it_turns_on() -> None:
    fields = {ground.field for ground in explained().duty_grounds}
    assert {"nature", "abuse_neglect", "incident_in_area", "child_1_dob", "child_1_looked_after"} <= fields


def test_it_says_which_day_chose_the_guidance() -> None:
    told = explained()
    assert told.picked_by == {
        "notification": "2026-03-13, the day the council became aware",
        "review": "2026-03-20, the day itself: nothing is decided yet",
    }


def test_the_same_decision_is_always_explained_in_the_same_way() -> None:
    assert explained() == explained()
    assert list(explained().receipt) == sorted(explained().receipt)


def test_no_name_and_no_words_of_the_form_are_in_its_repr() -> None:
    told = repr(explained(crit_improvements_evidence="Jordan Ashby was not seen."))
    assert "Ashby" not in told
    assert "not seen" not in told
