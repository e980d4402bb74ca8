"""Forms laid out by chance from declared labels: no answer ever stands under another field, and blank is never no."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable

import pytest

from formflow import shipped
from messy.words import INCIDENT, REFERRER, TITLE, bold, heading, pairs, taken
from reading.word_maker import docx, paragraph, row, table

LABELS = tomllib.loads(shipped.text("labels.toml"))
CHILD_TEXT = ("child_N_school", "child_N_gp", "child_N_religion", "child_N_local_id", "child_N_carer_at_incident")
TEXTS = ("incident_place", "other_la", "immediate_action", "immediate_learning", "good_practice", "lead_name")
DATES = ("incident_date", "la_aware_date", "strategy_discussion_date", "national_date")
YES_NO = ("harm_long_term", "harm_life_threatening", "other_children_at_risk", "family_aware", "media_interest",
          "process_police", "process_inquest", "process_lado", "crit_improvements", "circ_single_agency")  # fmt: skip
PLACES = ("Foundry", "Mill", "Harbour", "Chapel", "Quarry", "Orchard", "Station", "Weir")
Answers = list[tuple[str, str, str]]
"""Field, label and answer."""


def asked(chance: random.Random) -> Answers:
    """Questions in words that are declared for them, with answers of their own; some are left blank."""
    fields = chance.sample([*CHILD_TEXT, *TEXTS, *DATES, *YES_NO], 12)
    made: Answers = []
    for number, field in enumerate(fields):
        label = chance.choice(LABELS[field]["anywhere"]).replace("{area}", "Fenwold").capitalize()
        if chance.random() < 0.25:
            answer = ""
        elif field in DATES:
            answer = f"{number + 1} {chance.choice(['March', 'April', 'May'])} 2025"
        elif field in YES_NO:
            answer = chance.choice(["Yes", "No"])
        else:
            answer = f"{chance.choice(PLACES)} {chance.choice(PLACES)} {number}x{chance.randint(100, 999)}"
        made.append((field.replace("_N_", "_1_"), label, answer))
    return made


def two_columns(made: Answers) -> str:
    return table(*(row(label, answer) for _, label, answer in made))


def four_columns(made: Answers) -> str:
    both = zip(made[::2], made[1::2], strict=True)
    return table(*(row(one[1], one[2], two[1], two[2]) for one, two in both))


def under_labels(made: Answers) -> str:
    return "".join(paragraph(bold(label)) + paragraph(answer) for _, label, answer in made)


def after_a_colon(made: Answers) -> str:
    return "".join(paragraph(f"{label.rstrip('?')}: {answer}") for _, label, answer in made)


def under_a_header(made: Answers) -> str:
    parts = [made[n : n + 3] for n in range(0, len(made), 3)]
    heads = (
        table(row(*(paragraph(bold(each[1])) for each in part), header=True), row(*(each[2] for each in part)))
        for part in parts
    )
    return "".join(each + paragraph() for each in heads)


LAYOUTS: list[Callable[[Answers], str]] = [two_columns, four_columns, under_labels, after_a_colon, under_a_header]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("seed", range(30))
def test_no_answer_ever_stands_under_another_field_and_blank_is_never_no(
    layout: Callable[[Answers], str], seed: int
) -> None:
    made = asked(random.Random(seed))  # noqa: S311 - the same forms at every run
    base = {label: answer for label, answer in INCIDENT.items() if "Date" not in label}
    form = taken(
        docx(
            paragraph(TITLE, style="Title"), heading("1. Referrer"), pairs(REFERRER), heading("2. The incident"),
            pairs(base), heading("3. Further questions"), layout(made),
        )
    )  # fmt: skip
    answers = form.form.answers
    texts = {answer: field for field, _, answer in made if answer and answer not in ("Yes", "No")}
    strayed = {
        (texts[answer.raw], field)
        for field, answer in answers.items()
        if answer.state == "answered" and answer.raw in texts and not field.startswith(texts[answer.raw])
    }
    assert strayed == set(), "answers under another field than their own"
    for field, label, answer in made:
        if not answer:
            assert form.value(field) in ("(blank)", "(conflict)", "(unreadable)"), (field, label)
        elif answer in ("Yes", "No"):
            assert form.value(field) in (answer.lower(), "(blank)", "(conflict)", "(unreadable)"), (field, label)
