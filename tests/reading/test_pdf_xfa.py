"""Forms of Adobe LiveCycle: answers in their own data, and what is refused."""

from __future__ import annotations

import pytest

from formflow.errors import Returned
from formflow.reading.document import Document, paragraphs
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import pdf, text, words

WAIT = words("Please wait... If this message is not eventually replaced")
TEMPLATE = """<template xmlns="http://www.xfa.org/schema/xfa-template/2.8/"><subform name="form1">
<field name="Surname"><caption><value><text>Surname of the child</text></value></caption><ui><textEdit/></ui></field>
<field name="Died"><ui><checkButton/></ui><caption><value><text>Has the child died?</text></value></caption>
<items><text>J</text><text>N</text></items></field>
<field name="Sex"><caption><value><text>Sex</text></value></caption><ui><choiceList/></ui>
<items><text>Female</text><text>Male</text></items><items save="1"><text>F</text><text>M</text></items></field>
<field name="Note"><caption><value><text>Note</text></value></caption></field>
</subform></template>"""


def data(inside: str) -> str:
    return (
        '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1>'
        f"{inside}</form1></xfa:data></xfa:datasets>"
    )


FILLED = data("<Surname>Ashby</Surname><Died>J</Died><Sex>F</Sex><Note/>")


def packets(template: str, datasets: str, *boxes: str) -> bytes:
    more = {40: _stream(template), 41: _stream(datasets)}
    return pdf(*boxes, form="/XFA [(template) 40 0 R (datasets) 41 0 R]", drawn=WAIT, more=more)


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def reason(content: bytes) -> str:
    with pytest.raises(Returned) as fault:
        read_pdf(content)
    return fault.value.reason


def test_the_answers_of_a_dynamic_form_are_read_from_its_data_with_its_captions() -> None:
    document: Document = read_pdf(packets(TEMPLATE, FILLED))
    told = [(control.name, control.kind, control.raw, control.ticked, control.label) for control in document.controls]
    assert told == [
        ("form1.Surname", "text", "Ashby", None, "Surname of the child"),
        ("form1.Died", "tick", "", True, "Has the child died?"),
        ("form1.Sex", "choice", "Female", None, "Sex"),
        ("form1.Note", "text", "", None, "Note"),
    ]
    assert document.notes == ("xfa",)
    assert [block.text for block in paragraphs(document.blocks)][:2] == [
        "Surname of the child Ashby",
        "Has the child died? ☒",
    ]


def test_several_answers_of_one_name_are_numbered() -> None:
    document = read_pdf(packets(TEMPLATE, data("<Surname>Ashby</Surname><Surname>Cole</Surname>")))
    assert [(control.name, control.raw) for control in document.controls] == [
        ("form1.Surname[0]", "Ashby"), ("form1.Surname[1]", "Cole"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        packets(TEMPLATE, data("<Surname/>")),
        packets("<template/>", FILLED),
        packets(TEMPLATE, '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'),
        packets(TEMPLATE, "<broken"),
    ],
    ids=["nothing filled in", "no captions", "instructions in the data", "broken data"],
)
def test_a_dynamic_form_whose_data_do_not_tell_is_returned_with_advice(content: bytes) -> None:
    assert reason(content) == "xfa-only"


def test_a_form_with_fields_is_read_by_them_and_what_its_data_hold_otherwise_is_a_doubt() -> None:
    shown = packets(TEMPLATE, FILLED, text("form1[0].Surname[0]", "Jones")).replace(b"Please wait", b"Dear reader")
    (control,) = read_pdf(shown).controls
    assert control.raw == "Jones"
    assert any("Ashby" in doubt for doubt in control.doubts)


def test_numbers_and_dates_are_written_in_one_way_and_kept_in_another() -> None:
    kept = packets(TEMPLATE, data("<Surname>2024-03-12</Surname>"), text("Surname", "12/03/2024"))
    (control,) = read_pdf(kept.replace(b"Please wait", b"Dear reader")).controls
    assert control.doubts == ()
