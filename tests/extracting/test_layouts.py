"""Which form is it: known forms, their editions, and how sure an answer then is."""

from __future__ import annotations

from functools import lru_cache

import pytest

from formflow import shipped
from formflow.errors import Stop
from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.extracting.knowledge import Knowledge
from formflow.extracting.positions import placed_questions
from formflow.reading.document import Document, Paragraph, Piece
from formflow.reading.read import read
from formflow.validating.validate import validate
from makers import TODAY
from reading.word_maker import control, docx, paragraph, part, relation, relations, row, run, table

KESTREL = """
title = "Notification to the Kestrel partners"
kind = "notification"
ignore = ["Filed on"]
[marks]
title = ["notification of a serious incident to the Kestrel partners"]
[[edition]]
name = "2024"
marks = ["KP/2024"]
[[section]]
part = "notifier"
headings = ["Who tells us"]
[section.labels]
"notifier_name" = ["Teller"]
"date_completed" = ["Told on"]
[[section]]
part = "child"
headings = ["About whom"]
[section.labels]
"child_N_full_name" = ["Teller's child"]
"child_N_dob" = ["Day of arrival"]
"child_N_ethnicity" = ["Roots"]
[[section]]
part = "incident"
headings = ["Events"]
[section.labels]
"incident_date" = ["Day it was"]
"incident_place" = ["Spot"]
"nature" = ["Died or seriously harmed"]
"abuse_neglect" = ["Abuse or neglect"]
"la_aware_date" = ["Council knew"]
"""
BOLD = "<w:b/>"


def knowing(**layouts: str) -> Knowledge:
    return Knowledge.parse(shipped.text, {**shipped.layouts(), **layouts})


@lru_cache(maxsize=1)
def kestrel() -> Knowledge:
    return knowing(kestrel=KESTREL)


def a_kestrel_form(
    *, title: str = "Notification of a serious incident to the Kestrel partners", edition: str = "KP/2024",
    more: str = "", **said: str,
) -> bytes:  # fmt: skip
    answers = {
        "Teller": "Asha Byrne", "Told on": "16/03/2026", "Filed on": "20/03/2026", "Teller's child": "Noor Carey",
        "Day of arrival": "4 July 2019", "Roots": "Irish", "Day it was": "12/03/2026", "Spot": "At home",
        "Died or seriously harmed": "Seriously harmed", "Abuse or neglect": "Suspected", "Council knew": "13/03/2026",
        **said,
    }  # fmt: skip
    parts = (("Who tells us", 0, 3), ("About whom", 3, 6), ("Events", 6, 11))
    listed = list(answers.items())
    body = [paragraph(run(title, BOLD))]
    for heading, first, last in parts:
        rows = (row(paragraph(run(label, BOLD)), answer) for label, answer in listed[first:last])
        body += [paragraph(run(heading, BOLD), style="Heading1"), table(*rows)]
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>')
    return docx(*body, more, paragraph(edition), parts={
        "word/styles.xml": styles,
        "word/_rels/document.xml.rels": relations(relation("styles", "styles.xml")),
    })  # fmt: skip


def form_of(content: bytes, knowledge: Knowledge) -> Form:
    return extract(read(content, "form.docx"), knowledge, TODAY)


def test_a_form_with_the_marks_of_a_layout_is_recognised_and_its_own_words_are_nearly_certain() -> None:
    form = form_of(a_kestrel_form(), kestrel())
    assert (form.kind, form.layout, form.layout_certainty) == ("notification", "kestrel", "recognised")
    values = {field: (answer.value, answer.confidence) for field, answer in form.answers.items()}
    assert values["notifier_name"] == ("Asha Byrne", 0.95)
    assert values["child_1_surname"] == ("Carey", 0.95)
    assert values["child_1_dob"] == ("2019-07-04", 0.95)
    assert values["incident_date"] == ("2026-03-12", 0.95)
    assert values["la_aware_date"] == ("2026-03-13", 0.95)


def test_what_a_layout_passes_over_answers_nothing() -> None:
    form = form_of(a_kestrel_form(), kestrel())
    assert "20/03/2026" not in {answer.raw for answer in form.answers.values()}
    assert "20/03/2026" in {found.raw for found in form.found}


def test_words_that_the_layout_does_not_name_are_read_as_on_any_form_and_less_certain() -> None:
    more = table(row(paragraph(run("NHS number", BOLD)), "999 054 8609"))
    answer = form_of(a_kestrel_form(more=more), kestrel()).answers["child_1_nhs_no"]
    assert (answer.value, answer.confidence) == ("9990548609", 0.85)


def test_a_known_form_in_an_unknown_edition_is_said_to_be_so() -> None:
    form = form_of(a_kestrel_form(edition="KP/2031"), kestrel())
    assert (form.layout, form.layout_certainty) == ("kestrel", "related")
    assert "in an edition it does not know (known: 2024)" in form.layout_says
    assert {a.confidence for a in form.answers.values() if a.state == "answered"} == {0.85}


def test_a_form_that_asks_as_a_known_one_without_its_marks_is_related_to_it() -> None:
    form = form_of(a_kestrel_form(title="Serious incident notification"), kestrel())
    assert (form.layout, form.layout_certainty) == ("kestrel", "related")
    assert "does not carry its marks" in form.layout_says


def test_guidance_that_carries_the_title_of_a_form_is_not_that_form() -> None:
    prose = "This guidance tells practitioners when the partners must be told of an incident, and by whom. " * 6
    content = docx(
        paragraph(run("Notification of a serious incident to the Kestrel partners", BOLD)),
        *(paragraph(prose) for _ in range(4)), paragraph("KP/2024"),
    )  # fmt: skip
    form = form_of(content, kestrel())
    assert (form.kind, form.layout) == ("not-a-form", "")


def test_an_unknown_form_stays_unknown_and_every_value_is_a_question() -> None:
    form = form_of(a_kestrel_form(**{"Date of birth": "4 July 2019"}), knowing())
    assert (form.layout, form.layout_certainty) == ("", "unknown")
    assert all(answer.confidence <= 0.85 for answer in form.answers.values() if answer.state == "answered")


def test_a_control_that_a_layout_knows_by_name_answers_whatever_stands_beside_it() -> None:
    named = KESTREL.replace("[[section]]", '[names]\n"national_ref" = ["txt_Ref9"]\n[[section]]', 1)
    more = table(row("Qzx", paragraph(control("CSPR-77", tag="txt_Ref9"))))
    answer = form_of(a_kestrel_form(more=more), knowing(kestrel=named)).answers["national_ref"]
    assert (answer.value, answer.how, answer.confidence) == ("CSPR-77", "tag", 1.0)


def test_a_named_control_and_a_label_that_disagree_are_a_conflict_with_both_shown() -> None:
    named = KESTREL.replace("[[section]]", '[names]\n"incident_place" = ["spot2"]\n[[section]]', 1)
    more = table(row("Qzx", paragraph(control("In the park", tag="spot2"))))
    answer = form_of(a_kestrel_form(more=more), knowing(kestrel=named)).answers["incident_place"]
    assert (answer.state, answer.value) == ("conflict", None)
    assert "In the park" in answer.because
    assert "At home" in answer.because


def test_numbered_names_answer_for_each_child() -> None:
    named = KESTREL.replace("[[section]]", '[names]\n"child_N_school" = ["Sch{N}"]\n[[section]]', 1)
    more = table(
        row("Q", paragraph(control("First School", tag="Sch1"))), row("R", paragraph(control("Second", tag="Sch2")))
    )
    form = form_of(a_kestrel_form(more=more), knowing(kestrel=named))
    assert form.answers["child_1_school"].value == "First School"
    assert form.answers["child_2_school"].value == "Second"


def placed(rule: str) -> Knowledge:
    return knowing(kestrel=f"{KESTREL}\n[[position]]\n{rule}\n")


def test_an_answer_below_its_words_is_found_by_position() -> None:
    more = table(row("Qzx", "Rzx"), row("CSPR-88", "other"))
    answer = form_of(a_kestrel_form(more=more), placed('field = "national_ref"\nbelow = "Qzx"')).answers["national_ref"]
    assert (answer.value, answer.confidence) == ("CSPR-88", 0.95)


def test_an_answer_right_of_its_words_is_found_by_position() -> None:
    rule = placed('field = "national_ref"\nright = "Qzx"')
    for more in (table(row("Qzx", "CSPR-88")), paragraph("Qzx   CSPR-88")):
        assert form_of(a_kestrel_form(more=more), rule).answers["national_ref"].value == "CSPR-88"


def test_a_column_below_a_heading_answers_a_row_for_each() -> None:
    rule = placed('field = "event_N_event"\ntable = "Rzx list"\ncolumn = "Bzx"')
    more = paragraph("Rzx list") + table(row("Azx", "Bzx"), row("1", "Fell"), row("2", "Seen by a doctor"))
    form = form_of(a_kestrel_form(more=more), rule)
    assert form.answers["event_1_event"].value == "Fell"
    assert form.answers["event_2_event"].value == "Seen by a doctor"


def test_an_answer_in_a_region_of_a_page_is_found_by_position_but_stays_less_certain() -> None:
    layout = placed('field = "national_ref"\npage = 2\nregion = [100, 50, 300, 80]').layouts.layouts[-1]
    inside = Paragraph((Piece("CSPR-12"),), "page 2", page=2, box=(110, 55, 200, 70))
    outside = Paragraph((Piece("CSPR-13"),), "page 2", page=2, box=(110, 90, 200, 99))
    elsewhere = Paragraph((Piece("CSPR-14"),), "page 1", page=1, box=(110, 55, 200, 70))
    (question,) = placed_questions(Document("pdf", blocks=(elsewhere, inside, outside)), layout)
    assert (question.raw, question.targets, question.place) == ("CSPR-12", ("national_ref",), "page 2")


def test_words_much_like_a_declared_question_are_only_suggested() -> None:
    label = "Initial notification unique refrence number"
    form = form_of(a_kestrel_form(more=table(row(paragraph(run(label, BOLD)), "KP/77"))), kestrel())
    assert "KP/77" not in {answer.value for answer in form.answers.values()}
    (suggestion,) = form.suggestions
    assert (suggestion.field, suggestion.asked_as) == ("case_ref", label)
    (asked,) = [
        q for q in validate(form, kestrel().dictionary, TODAY).queries if q.field == "case_ref" and q.level == "query"
    ]
    assert f"asked as “{label}” (table 4, row 1); is it the answer to" in asked.message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            KESTREL.replace('"Roots"', '"Day of arrival"'),
            'in the section "About whom" the label "Day of arrival" stands for',
        ),
        (KESTREL.replace("incident_place", "incident_plaice"), '"incident_plaice" is no field of the dictionary'),
        (KESTREL.replace('part = "child"', 'part = "kid"'), '"kid" is no part of the dictionary'),
        (KESTREL.replace("title = [", "titel = ["), '"marks.titel" is nothing a layout can say'),
        (KESTREL.replace('["Spot"]', '"Spot"'), 'must be a list in square brackets, like ["Name of child"]'),
        (KESTREL.replace('kind = "notification"', 'kind = "letter"'), '"kind" must be one of'),
        (KESTREL.replace('title = "Not', "title = Not"), "its text breaks the rules of TOML"),
        ('title = "X"\nkind = "notification"', "it says nothing to know the form by"),
        (KESTREL + '[[position]]\nfield = "national_ref"\nbelow = "A"\nright = "B"\n', "must say one of: below; right"),
        (KESTREL + '[[position]]\nfield = "national_ref"\ntable = "A"\n', "must say one of: below; right"),
    ],
)
def test_a_layout_with_a_fault_is_refused_in_plain_words_with_its_name(text: str, says: str) -> None:
    with pytest.raises(Stop) as fault:
        knowing(kestrel=text)
    assert says in str(fault.value)
    assert 'The layout "kestrel" cannot be used' in str(fault.value)
    assert "Mend kestrel.toml" in str(fault.value)


def test_every_shipped_layout_has_its_page_of_analysis_and_names_it() -> None:
    root = shipped.DATA.parents[2] / "docs" / "analysis"
    for name, text in shipped.texts("layouts").items():
        if "versions" in text:
            continue
        named = [page.name for page in root.glob("*.md") if f"docs/analysis/{page.name}" in text]
        assert named, name
