"""What was read on a form, laid out for the person who checks it."""

from __future__ import annotations

from dataclasses import replace

from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.reading.read import read
from formflow.rendering.page.review import Review, review
from formflow.validating.validate import validate
from makers import TODAY, a_form, the_dictionary, the_knowledge


def a_read_form(without: tuple[str, ...] = ()) -> Form:
    return extract(read(a_form(without), "form.docx"), the_knowledge(), TODAY)


def reviewed(form: Form) -> Review:
    return review(form, validate(form, the_dictionary(), TODAY), the_dictionary())


def test_what_must_be_mended_comes_first_and_is_numbered() -> None:
    made = reviewed(a_read_form(without=("incident_date", "child_1_surname")))
    assert [asked.number for asked in made.asked] == list(range(1, len(made.asked) + 1))
    assert made.asked[0].word == "To mend"
    line = next(line for line in made.lines if line.field == "incident_date")
    assert (line.standing, line.status) == ("ask", "Not answered")
    assert line.asked


def test_what_was_only_read_by_its_label_is_no_question_but_is_to_be_checked() -> None:
    form = a_read_form()
    guessed = replace(form.answers["incident_place"], how="label", confidence=0.85)
    made = reviewed(replace(form, answers={**form.answers, "incident_place": guessed}))
    line = next(line for line in made.lines if line.field == "incident_place")
    assert (line.standing, line.status, line.asked) == ("check", "Please check", ())
    assert not made.asked
    assert made.count("check") == 1


def test_answers_stand_by_section_and_child_in_the_words_of_the_form() -> None:
    parts = {part.title: part for part in reviewed(a_read_form()).parts}
    assert "Section 3, The child, child 1" in parts
    line = next(line for line in parts["Section 2, What has happened"].lines if line.field == "nature")
    assert line.words == "A child has been seriously harmed"
    assert line.sure == "Sure, by its name"


def test_every_answer_is_told_once() -> None:
    form = a_read_form()
    assert sorted(line.field for line in reviewed(form).lines) == sorted(form.answers)
