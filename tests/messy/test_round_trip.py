"""What is written into our own forms comes back exactly, whatever it is, or not at all and with the reason why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formflow.extracting.dictionary import Field
from formflow.extracting.extract import extract
from formflow.extracting.form import Answer
from formflow.extracting.plain import fold
from formflow.extracting.values import state_of
from formflow.reading.read import read
from makers import TODAY, a_form, a_pdf_form, blank_form, the_dictionary, the_knowledge

FORMS = [pytest.param(a_form, "form.docx", id="word"), pytest.param(a_pdf_form, "form.pdf", id="pdf")]
Make = Callable[..., bytes]
few = settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)  # fmt: skip
"""Without making a failing form smaller, which takes minutes."""
LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no Word file can hold."""
ROWS = {"N": "1", "P": "police"}


def asked(*types: str) -> list[str]:
    """Fields of the dictionary of these types, of the first child, row and process."""
    found = [field for field in the_dictionary().fields.values() if field.type in types]
    return [re.sub(r"_([NP])(?=_|$)", lambda m: "_" + ROWS[m[1]], field.id) for field in found]


WORDS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), min_size=1, max_size=120),
    st.text(
        st.characters(min_codepoint=0x590, max_codepoint=0x6FF, exclude_categories=("Cs", "Cn")),
        min_size=1,
        max_size=60,
    ),
    st.text("🙂👩‍👧☂️🏴󠁧󠁢󠁥󠁮󠁧󠁿é́ñ", min_size=1, max_size=20),
    st.text("\x00\x07\x1b\x7f\u200b\u202e\ufeff ab\n\t", min_size=1, max_size=40),
    st.text("<>&\"'{}()\\[]%#=+-@/☐☒✓", min_size=1, max_size=40),
)


def read_back(make: Make, name: str, answers: dict[str, object]) -> dict[str, Answer]:
    return dict(extract(read(make((), **answers), name), the_knowledge(), TODAY).answers)


def came_back(answer: Answer | None, text: str) -> bool:
    """Whether words came back as they are; or as no answer, which then says why or was plainly none."""
    same = {fold(text), fold(LOST.sub("", text))}
    if answer is None:
        return same == {""}
    if answer.state == "answered":
        return answer.value in same
    return bool(answer.because) or any(not one or state_of(one) is not None for one in same)


@pytest.mark.parametrize(("make", "name"), FORMS)
@given(st.dictionaries(st.sampled_from(asked("text", "long_text")), WORDS, min_size=3, max_size=25))
@few
def test_any_words_in_many_fields_at_once_come_back(make: Make, name: str, written: dict[str, str]) -> None:
    answers = read_back(make, name, dict(written))
    assert [field for field, text in written.items() if not came_back(answers.get(field), text)] == []


@pytest.mark.parametrize(("make", "name"), FORMS)
@pytest.mark.parametrize("letter", ["a", "é", "ש", "🙂", "<", "\\"])
def test_thirty_thousand_letters_come_back(make: Make, name: str, letter: str) -> None:
    story = (letter * 99 + " ") * 300
    same = read_back(make, name, {"incident_summary": story})["incident_summary"].value == fold(story)
    assert same


BOXES = [control.name for control in read(blank_form(), "form.docx").controls if ":" in control.name]


def _value(field_id: str, field: Field) -> st.SearchStrategy[object] | None:
    """Sound answers to a question, where it has boxes those it has a box for; None where they are plain words."""
    boxed = [name.partition(":")[2] for name in BOXES if name.startswith(f"{field_id}:")]
    chosen_from = boxed or sorted(field.options)
    options = st.sampled_from(chosen_from) if chosen_from else st.nothing()
    letters = st.text("abcdefghij", min_size=1, max_size=12)
    given: dict[str, st.SearchStrategy[object]] = {
        "date": st.dates(date(1930, 1, 1), date(2026, 12, 31)).map(str),
        "time": st.times().map(lambda time: f"{time:%H:%M}"),
        "yes_no": options,
        "choice": options,
        "choices": st.sets(options.filter(lambda one: one != "not_known"), min_size=1).map(
            lambda chosen: tuple(sorted(chosen))
        ),
        "integer": st.integers(0, 25).map(str),
        "nhs_number": st.integers(0, 10**10 - 1).map(lambda number: f"{number:010}"),
        "postcode": st.sampled_from(["AB1 2CD", "ZZ99 3VZ", "M1 1AA"]),
        "email": letters.map(lambda name: f"{name}@council.example"),
        "phone": st.integers(0, 999).map(lambda number: f"01632 960{number:03}"),
    }
    return given.get(field.type)


SOUND = {
    field_id: strategy
    for field_id in asked(*{field.type for field in the_dictionary().fields.values()} - {"text", "long_text"})
    if (field := the_dictionary().field(field_id)) is not None and (strategy := _value(field_id, field)) is not None
}


@pytest.mark.parametrize(("make", "name"), FORMS)
@given(st.sets(st.sampled_from(sorted(SOUND)), min_size=10, max_size=60).flatmap(
    lambda chosen: st.fixed_dictionaries({field: SOUND[field] for field in sorted(chosen)})
))  # fmt: skip
@few
def test_a_sound_answer_of_every_type_comes_back_as_itself(make: Make, name: str, written: dict[str, object]) -> None:
    answers = read_back(make, name, written)
    wrong = {}
    for field, value in written.items():
        answer = answers[field]
        got = answer.value if answer.state == "answered" else answer.state
        if got != value and not (isinstance(got, tuple) and isinstance(value, tuple) and set(got) == set(value)):
            wrong[field] = (value, str(got))
    assert {field: pair for field, pair in wrong.items() if str(pair[0]) != pair[1]} == {}
