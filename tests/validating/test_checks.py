"""What is only to be checked is one question for people, and stays one query an answer for programs."""

from __future__ import annotations

from formflow.extracting.form import Answer, Certainty, Form
from formflow.validating.submission import Submission
from formflow.validating.validate import validate
from makers import TODAY, the_dictionary


def submission(*answers: Answer, says: str = "") -> Submission:
    certainty: Certainty = "related" if says else "unknown"
    form = Form("notification", "", certainty, {answer.field: answer for answer in answers}, layout_says=says)
    return validate(form, the_dictionary(), TODAY)


def said(field: str, confidence: float = 0.85, how: str = "label") -> Answer:
    return Answer(field, "answered", "2026-03-12", "day", "12/03/2026", "table 1, row 1", how, confidence)


def test_every_answer_of_an_unknown_form_has_a_query_of_its_own() -> None:
    queries = submission(said("incident_date"), said("la_aware_date")).queries
    checks = {query.field: query.message for query in queries if query.check}
    assert set(checks) == {"incident_date", "la_aware_date"}
    assert checks["incident_date"].endswith('read as "12/03/2026". Please check it against the form.')


def test_people_see_them_as_one_question_after_the_real_ones() -> None:
    made = submission(said("incident_date"), said("la_aware_date"), said("date_completed", 0.5))
    *real, last = made.questions
    assert any("it is not certain" in question for question in real)
    assert last.startswith(
        "Read by the words beside them; please check against the form: Section 2, What has happened:"
    )
    assert '"Date of the incident", "Date the local authority became aware"' in last
    assert sum("please check against the form" in question for question in made.questions) == 1


def test_a_single_one_is_said_as_it_is() -> None:
    assert any(
        "Please check it against the form" in question for question in submission(said("incident_date")).questions
    )


def test_a_question_in_words_nobody_declared_is_a_real_question() -> None:
    query = next(q for q in submission(said("incident_date", 0.7, "key")).queries if q.field == "incident_date")
    assert "asked in words formflow does not know" in query.message
    assert not query.check


def test_a_nearly_certain_answer_is_no_question() -> None:
    assert not any(q.check for q in submission(said("incident_date", 0.95)).queries)


def test_a_related_form_says_what_it_is_related_to() -> None:
    queries = submission(said("incident_date"), says="This is the form X in an edition formflow does not know.").queries
    assert any(q.message.startswith("This is the form X in an edition") and q.field is None for q in queries)
