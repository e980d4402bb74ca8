from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from formflow import shipped
from formflow.cli.template_samples import Samples, samples
from formflow.rendering.plain import Ready, plain
from formflow.rendering.templates.prove import Found, prove
from formflow.rendering.templates.shape import shape_of
from formflow.settings import Settings
from makers import the_dictionary, the_rules
from template_cases import a_template, every_case

CASES = [
    plain({
        "ref": "SIN-1", "marking": "OFFICIAL", "count": 3, "urgent": True, "empty": [],
        "duty": {"title": "A death", "reason": "Because"},
        "children": [{"who": "J.A.", "dob": {"text": "2019", "source": "[2]"}}], "flags": ["see first"],
    }),
    plain({
        "ref": "SIN-2", "marking": "OFFICIAL", "count": 0, "urgent": False, "empty": [],
        "duty": {"title": "", "reason": ""}, "children": [], "flags": [],
    }),
]  # fmt: skip
HEAD = "{{ ref }} {{ marking }}"


def found(body: str, *, header: str = HEAD) -> list[Found]:
    return list(prove("event/paper.docx", a_template(body, header=header), CASES))


@lru_cache(maxsize=1)
def the_samples() -> Samples:
    return samples(the_dictionary(), the_rules(), Settings())


@pytest.mark.parametrize("path", sorted(shipped.templates().rglob("*.docx")), ids=lambda path: path.stem)
def test_every_shipped_template_is_in_order_with_cases_at_the_edges(path: Path) -> None:
    cases = the_samples()[path.parent.name]
    assert prove(path.name, path.read_bytes(), [plain(words) for words in cases]) == ()


def test_a_template_with_known_words_has_nothing_to_mend() -> None:
    body = "{{ duty.title }}{% for c in children %}{{ c.who }} {{ c.dob.text | upper }}{% endfor %}"
    assert (
        found(
            body
            + "{{ flags | join('; ') }}"
            + "{{ count + 1 }}{% if urgent %}!{% endif %}{{ 'none' if not flags else flags[0] }}"
        )
        == []
    )


@pytest.mark.parametrize(
    ("body", "says", "instead"),
    [
        ("{{ reff }}", 'no word "reff"', "ref"),
        ("{{ duty.tilte }}", 'no word "tilte" of "duty"', "title"),
        ("{{ duty['tilte'] }}", 'no word "tilte" of "duty"', "title"),
        ("{% for c in children %}{{ c.dbo.text }}{% endfor %}", 'no word "dbo" of "children[]"', "dob"),
        ("{% for c in children %}{{ c.dob.txt }}{% endfor %}", 'no word "txt" of "children[].dob"', "text"),
        ("{% if duty.title == 'never' %}{{ duty.raeson }}{% endif %}", 'no word "raeson" of "duty"', "reason"),
        ("{% if urgent %}a{% elif count %}{{ duty.raeson }}{% else %}b{% endif %}", 'no word "raeson"', "reason"),
        ("{% for x in empty %}a{% else %}{{ duty.raeson }}{% endfor %}", 'no word "raeson"', "reason"),
        ("{% for c in children if c.whom %}a{% endfor %}", 'no word "whom" of "children[]"', "who"),
        ("{% set d = duty %}{{ d.raeson }}", 'no word "raeson" of "duty"', "reason"),
        ("{{ 'x' if urgent else duty.raeson }}", 'no word "raeson" of "duty"', "reason"),
        ("{{ children | map(attribute='whom') | join }}", 'no word "whom" of "children[]"', "who"),
        ("{{ children }}", '"children" is a list, which cannot be printed whole', ""),
        ("{{ duty }}", '"duty" is a group', ""),
        ("{% for c in ref %}a{% endfor %}", '"ref" is one word, not a list', ""),
    ],
)
def test_a_misspelt_word_is_found_however_deep_with_its_place_and_the_right_one(
    body: str, says: str, instead: str
) -> None:
    faults = [one for one in found(f"Before. {body}") if one.kind == "fault"]
    assert [one.instead for one in faults] == [instead]
    assert says in faults[0].says
    assert faults[0].part == "body"
    assert "Before." in faults[0].near


def test_a_misspelt_word_in_the_header_is_found_in_the_header() -> None:
    assert [(one.part, one.instead) for one in found("x", header=HEAD + "{{ markng }}")] == [("header", "marking")]


@pytest.mark.parametrize(
    ("body", "near"),
    [("Here {% if urgent %} is no end", "Here"), ("Here {{ ref | uper }}", "Here"), ("Here {% fro x in y %}", "Here")],
)
def test_a_fault_in_a_tag_is_told_with_the_words_beside_it(body: str, near: str) -> None:
    assert f'near "{near}' in found(body)[0].says


def test_what_goes_wrong_only_with_some_case_is_found_by_the_cases_at_the_edges() -> None:
    assert "cannot be filled" in found("{{ 10 // count }}")[0].says


def test_what_would_surprise_is_said_without_calling_it_a_fault() -> None:
    deleted = '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>{{ ref }}</w:t></w:r></w:ins></w:p>'
    assert [(one.kind, one.says.split(";")[0]) for one in found(deleted)] == [("note", "it holds tracked changes")]
    assert [one.says for one in found("x", header="{{ ref }}")] == ['it does not print "marking" anywhere']


def test_the_list_of_words_is_that_of_the_papers() -> None:
    for _, words in every_case().values():
        told = dict(shape_of([words]).every())
        assert set(words) <= set(told)
    shape = shape_of(CASES)
    assert [path for path, _ in shape.every()][-4:] == [
        "children[].dob.text",
        "children[].dob.source",
        "flags",
        "flags[]",
    ]
    assert {path: sorted(one.kinds) for path, one in shape.every()}["urgent"] == ["yes or no"]


def test_words_known_to_be_plain_are_not_looked_at_again() -> None:
    assert isinstance(CASES[0], Ready)
    assert plain(CASES[0]) is CASES[0]
