from __future__ import annotations

import tomllib

import pytest

from formflow import shipped
from formflow.rendering.pictures.letters import drawable, lines_of, width
from formflow.rendering.pictures.outline import outline
from formflow.rendering.pictures.relations import relation_of


@pytest.mark.parametrize(
    ("words", "tie", "sex"),
    [
        ("Mother", "parent", "female"),
        ("child's father", "parent", "male"),
        ("Mother and main carer", "parent", "female"),
        ("Step Father", "mothers_partner", "male"),
        ("Mother’s partner", "mothers_partner", "unknown"),
        ("Older half-sister", "half_sibling", "female"),
        ("maternal half brother", "mothers_child", "male"),
        ("MGM", "mothers_parent", "female"),
        ("Mother / Father's partner", "", "female"),
        ("Mother's ex-boyfriend", "", "male"),
        ("friend of mother", "", "unknown"),
        ("Lodger", "", "unknown"),
    ],
)
def test_words_of_relationship_are_understood(words: str, tie: str, sex: str) -> None:
    found = relation_of(words)
    assert (found.tie, found.sex) == (tie, sex)


def test_no_word_of_relationship_stands_for_two_ties() -> None:
    data = tomllib.loads(shipped.text("relationships.toml"))
    ties = [
        word
        for tie, by in data.items()
        if tie not in ("sex", "passed_over", "doubtful")
        for w in by.values()
        for word in w
    ]
    assert len(ties) == len(set(ties))


def test_every_word_of_relationship_is_written_as_it_is_looked_up() -> None:
    data = tomllib.loads(shipped.text("relationships.toml"))
    for tie, by in data.items():
        if tie not in ("sex", "passed_over", "doubtful"):
            for words in by.values():
                for word in words:
                    assert relation_of(word).tie == tie, word


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Tŷ Hafan", "Ty Hafan"),
        ("Łódź", "Lódz"),
        ("Café “No. 1” – £5", "Café “No. 1” – £5"),
        ("東京", None),
        ("🙂", None),
    ],
)
def test_letters_are_drawn_as_they_are_or_without_their_accents(text: str, drawn: str | None) -> None:
    assert drawable(text) == drawn


def test_a_line_of_words_is_never_wider_than_its_room() -> None:
    text = "A description of considerable length with Donaudampfschifffahrtsgesellschaftskapitän in it"
    lines = lines_of(text, 20, 4)
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert all(width(line) <= 20 for line in lines)


def test_the_outline_of_rectangles_that_touch_is_one_ring() -> None:
    (ring,) = outline([(0, 0, 10, 10), (10, 0, 20, 10), (5, 10, 15, 20)])
    assert set(ring) == {(0, 0), (20, 0), (20, 10), (15, 10), (15, 20), (5, 20), (5, 10), (0, 10)}


def test_a_hole_has_a_ring_of_its_own() -> None:
    frame = [(0, 0, 30, 10), (0, 10, 10, 20), (20, 10, 30, 20), (0, 20, 30, 30)]
    assert len(outline([(float(a), float(b), float(c), float(d)) for a, b, c, d in frame])) == 2
