"""Word forms with elements taken out, doubled, moved and renamed at random: read or refused, and never told wrong."""

from __future__ import annotations

import copy
import random

import pytest
from lxml import etree

from formflow.errors import Returned
from formflow.reading.document import Document, paragraphs
from formflow.reading.word import read_word
from formflow.reading.xml import Element
from reading import told
from reading import word_maker as word
from reading.word_maker import cell, choice, control, day, deleted, inserted, legacy, paragraph, row, run, table, tick

LISTED = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList>'
BODY = [
    paragraph("The child", style="Heading1"),
    paragraph("Surname: ", control("Smith", tag="a"), " born ", day("5 March 2024", "2024-03-05T00:00:00Z", tag="b")),
    table(
        row("Name", "Relationship", header=True),
        row(paragraph(control("Type here", prompt=True, tag="c")), paragraph(choice("Yes", ("Yes", "y"), tag="d"))),
        row("Died?", paragraph(tick(ticked=True, tag="e"), " Yes ", tick(ticked=False, tag="f"), " No")),
        row(control(cell(paragraph("Ann")), tag="g"), cell(table(row("inner", paragraph(control("x", tag="h")))))),
    ),
    control(table(control(row("Ann"), kind="<w15:repeatingSectionItem/>")), kind="<w15:repeatingSection/>", tag="i"),
    paragraph(
        "Older: ", legacy("<w:textInput/>", "Jones", "T1"), legacy("<w:checkBox><w:checked/></w:checkBox>"), " yes"
    ),
    paragraph(legacy(LISTED, name="D1"), run("Yes", "<w:strike/>"), " / No ", deleted("12"), inserted("13")),
    control(paragraph("one") + paragraph("two"), tag="j"),
    paragraph(word.text_box(paragraph(control("boxed", tag="k")))),
]
SEEDS = range(150)
CHANGES = 12


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - the same forms at every run
    root = etree.fromstring(word.document(*BODY).encode())
    for _ in range(chance.randint(1, CHANGES)):
        everything = list(root.iter())[1:]
        if not everything:
            break
        change(chance, chance.choice(everything), everything)
    return word.docx(parts={"word/document.xml": etree.tostring(root)})


def change(chance: random.Random, element: Element, everything: list[Element]) -> None:
    parent = element.getparent()
    assert parent is not None
    match chance.randrange(5):
        case 0:
            parent.remove(element)
        case 1:
            parent.insert(0, copy.deepcopy(element))
        case 2:
            target = chance.choice(everything)
            if element not in target.iterancestors() and target is not element:
                target.append(element)
        case 3:
            element.tag = chance.choice(everything).tag
        case _:
            for name in element.attrib:
                element.set(name, chance.choice(["", "0", "1", "-1", "999999999999", "restart", "begin", "☒"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mutated_form_is_read_and_what_its_words_show_is_what_its_controls_hold(seed: int) -> None:
    try:
        document = read_word(mutated(seed))
    except Returned:
        return
    agrees(document)


def agrees(document: Document) -> None:
    """Whether every control is placed, and the words that it shows are the ones it is said to hold."""
    placed = {piece.control for each in paragraphs(document.blocks) for piece in each.pieces} - {None}
    assert placed <= set(range(len(document.controls)))
    for number, held in enumerate(document.controls):
        said = "".join(told.shown(document, number).split())
        if held.kind in ("group", "picture") or number not in placed:
            continue
        if held.ticked is not None:
            assert said[:1] == ("☒" if held.ticked else "☐")
        elif held.raw.strip() == "":
            assert said == ""
        else:
            assert sorted(said) == sorted("".join(held.raw.split())) or said in "".join(held.raw.split())
